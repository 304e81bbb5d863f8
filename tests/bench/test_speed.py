"""The whole measuring of speed, on a tiny folder of data: what is measured and told, not how fast this machine is."""

import json
import math
import re
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
import toy_data
from doubles import ToyEncoder, article

from bench import speed_bare, speed_peer
from bench.__main__ import main
from bench.data import Data
from bench.speed_bare import Overheard, bare
from bench.speed_footprint import bytes_on_disk, peak_memory
from bench.speed_indexing import FirstArticles
from index import ingest
from index.encoder import BundledEncoder
from index.library import Library

# What each collection has, and what is measured once on a part of the smaller one.
EACH = """search_ms_p50 search_ms_p95 filtered_search_ms_p50 ask_first_sentence_ms_p50 verdict_ms_p50 readd_s
    peak_rss_mb bytes_per_article""".split()
ONCE = "encode_tokens_per_s bare_encoder_tokens_per_s encode_share_of_bare add_articles_per_s".split()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy_data.write(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def run(data: Path, cache: Path, *more: str) -> int:
    return main(["speed", "--data", str(data), "--cache", str(cache), *more], encoder=ToyEncoder())


@pytest.fixture(scope="module")
def figures(data: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What one run over both collections writes."""
    file = tmp_path_factory.mktemp("out") / "figures.json"
    assert run(data, cache, "--articles", "609,6600", "--json", str(file)) == 0
    told: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return told


def test_every_figure_has_a_value_that_makes_sense(figures: dict[str, dict[str, Any]]) -> None:
    wanted = {f"speed/{name}/{size}" for name in EACH for size in ("609", "6600")}
    assert set(figures) == wanted | {f"speed/{name}/609" for name in ONCE}
    assert all(each["value"] > 0 and each["n"] > 0 for each in figures.values())


def test_every_question_is_searched_and_every_article_added_again(figures: dict[str, dict[str, Any]]) -> None:
    assert figures["speed/search_ms_p50/609"]["n"] == 4
    assert figures["speed/readd_s/609"]["n"] == 16
    assert figures["speed/readd_s/6600"]["n"] == 17
    # Two articles are of one text.
    assert figures["speed/bytes_per_article/609"]["n"] == 15


def test_the_share_is_that_of_the_two_rates(figures: dict[str, dict[str, Any]]) -> None:
    own, alone, share = (figures[f"speed/{name}/609"]["value"] for name in ONCE[:3])
    assert share == pytest.approx(own / alone)


def test_kept_libraries_are_measured_unasked_and_left_as_they_were(
    figures: dict[str, dict[str, Any]], data: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, cache) == 0
    told = capsys.readouterr()
    assert re.search(r"speed/bytes_per_article/609 .* 15 ", told.out)
    assert re.search(r"speed/bytes_per_article/6600 .* 16 ", told.out)
    assert "indexing 16 articles in" not in told.err


def test_the_large_collection_waits_to_be_asked_for(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, tmp_path) == 0
    told = capsys.readouterr()
    assert "6600" not in told.out
    assert re.search(r"multihop_rag\+news_scale is left out: .* --articles 6600", told.err)
    # The table is headed by machine, commit and day.
    head = r"\d+ processors, load (\d+\.\d|unknown) before and .* after\ncommit .*, \d{4}-\d\d-\d\d "
    assert re.match(head, told.out)


def test_an_unknown_collection_is_answered_with_those_there_are(
    data: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(data, cache, "--articles", "12")
    assert "no collection has “12” articles; choose from 609, 6600" in capsys.readouterr().err


def test_without_the_peers_packages_it_says_how_to_get_them(
    data: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(speed_peer, "find_spec", nothing)
    assert run(data, cache, "--peer") == 1
    assert re.fullmatch(r"--peer needs torch, .*pip install -e '\.\[bench\]'.*\n", capsys.readouterr().err)


def test_the_peer_finds_what_it_was_given(tmp_path: Path) -> None:
    try:
        speed_peer.require()
    except speed_peer.MissingPeer as missing:
        pytest.skip(str(missing))
    peer = speed_peer.Peer(tmp_path)
    ferry = article(toy_data.FERRY, title="Ferry", source="Coast Gazette")
    peer.add([ferry, article(toy_data.MILL, title="Mill")])
    [(article_id, text)] = peer.find("Where did the Blue Heron sink?", 1)
    assert article_id == ferry.id
    assert "Lindholm" in text


def test_questions_on_other_articles_are_left_out(data: Path) -> None:
    part = FirstArticles(data, 3)  # the ferry and both mills
    assert len(part.read("multihop_rag/corpus")) == 3
    assert [each["id"] for each in part.read("multihop_rag/queries")] == ["q-1", "q-2"]
    assert part.read("rgb/rgb_en") == Data(data).read("rgb/rgb_en")


def test_what_is_encoded_for_articles_is_overheard(tmp_path: Path) -> None:
    overheard = Overheard(ToyEncoder())
    with Library(tmp_path, overheard) as library:
        ingest.add_all(library, [article("The ferry sank. All were saved.", title="Ferry")])
    assert len(overheard.calls) == 1
    assert "All were saved." in overheard.calls[0][0]


def test_the_bare_model_runs_on_the_encoders_own_batches(
    encoder: BundledEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Boat number {number} left " + "before the storm " * number for number in range(0, 40, 2)]

    class Session:
        def __init__(self) -> None:
            self.batches: list[speed_bare.Inputs] = []

        def run(self, _: None, inputs: speed_bare.Inputs) -> Sequence[object]:
            self.batches.append(inputs)
            return []

    session = Session()
    monkeypatch.setattr(speed_bare, "_session", lambda: session)
    bare(encoder, [texts])()
    theirs = list(encoder._batches(texts, offsets=True))
    assert len(session.batches) == len(theirs)
    for own, other in zip(session.batches, theirs, strict=True):
        assert (own["attention_mask"] == other.mask).all()


def test_the_bare_model_says_what_the_encoder_says(encoder: BundledEncoder) -> None:
    [inputs] = speed_bare._batches(["All were saved."])
    [hidden] = speed_bare._session().run(None, inputs)
    mean = hidden[0].mean(axis=0)
    assert mean / math.sqrt(mean @ mean) == pytest.approx(encoder.encode(["All were saved."])[0], abs=1e-5)


def test_memory_is_that_of_the_process_which_uses_the_library(tmp_path: Path) -> None:
    with Library(tmp_path / "library", ToyEncoder()) as library:
        ingest.add_all(library, [article(toy_data.MILL)])
    before = bytes_on_disk(tmp_path / "library")
    ballast = bytearray(600_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    peak = peak_memory(tmp_path / "library", [article(toy_data.MILL)], ["Did the mill burn?"], ToyEncoder)
    assert math.isnan(peak) or 20 < peak < 500
    assert bytes_on_disk(tmp_path / "library") == before
