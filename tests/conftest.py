"""What tests share: the toy encoder for speed, the real one for meaning, and libraries over temporary folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import ToyEncoder, read_all
from servers import SECRET, StubEndpoint, stub_endpoint

from index import ingest
from index.encoder import Encoder, load_encoder
from index.library import Library
from seeds import seed_folder


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the settings, keys or library of the person who runs it."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))


@pytest.fixture
def toy() -> ToyEncoder:
    return ToyEncoder()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def library(tmp_path: Path, toy: ToyEncoder) -> Iterator[Library]:
    """An empty library with the toy encoder."""
    with Library(tmp_path / "library", toy) as opened:
        yield opened


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """All sample articles with the real encoder. Tests must leave it as it is."""
    with Library(tmp_path_factory.mktemp("seeded"), encoder) as opened:
        ingest.add_all(opened, read_all(Path(str(seed_folder()))))
        yield opened


@pytest.fixture(scope="session")
def user_seed(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """The user's article alone, with the real encoder."""
    with Library(tmp_path_factory.mktemp("user-seed"), encoder) as opened:
        ingest.add_all(opened, read_all(Path(str(seed_folder())) / "000_eb5d6385e64a8b32.txt"))
        yield opened


@pytest.fixture(scope="module")
def running_stub() -> Iterator[StubEndpoint]:
    with stub_endpoint() as stub:
        yield stub


@pytest.fixture
def stub(running_stub: StubEndpoint) -> StubEndpoint:
    """An endpoint that has heard nothing yet, and that puts its caller's key into what it says of errors."""
    running_stub.replies.clear()
    running_stub.requests.clear()
    running_stub.disconnected.clear()
    running_stub.leak = SECRET
    return running_stub
