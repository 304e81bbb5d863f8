"""What tests share: a toy encoder for speed, the real one for meaning, and libraries over temporary folders."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import ingest, reading
from index.articles import Article, Span
from index.encoder import Encoded, Encoder, TokenVectors, load_encoder
from index.library import Library
from seeds import seed_folder


class ToyEncoder:
    """A bag of hashed words: deterministic, instant, and near for texts that share words."""

    name = "toy"
    dimensions = 64
    max_tokens = 64

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % self.dimensions] += 1
            vectors[row, 0] += 1e-3
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        return [
            Encoded(self.encode([text])[0], self.encode([text[s.start : s.end] for s in places]))
            for text, places in zip(texts, spans, strict=True)
        ]

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        found = []
        for text, whole in zip(texts, self.encode(texts), strict=True):
            places = [match.span() for match in re.finditer(r"\w+", text)]
            vectors = self.encode([text[start:end] for start, end in places])
            found.append(TokenVectors(np.array(places, np.int64).reshape(-1, 2), vectors, whole))
        return found


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


def read_all(path: Path) -> list[Article | reading.Failure]:
    found = list(reading.find_files([path]))
    assert found, f"no articles under {path}"
    return [
        outcome
        for each in found
        for outcome in ([each] if isinstance(each, reading.Failure) else reading.read_file(each))
    ]


def article(text: str, *, title: str = "A title", **fields: str) -> Article:
    """A small article."""
    return Article.make(title=title, text=text, **fields)
