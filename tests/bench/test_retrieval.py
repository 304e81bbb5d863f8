"""The whole measuring of retrieval, on a tiny folder of data, through its command line."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
import toy_data
from doubles import ToyEncoder

from bench.__main__ import main
from bench.conversations import asked, users_turns


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy_data.write(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def figures(data: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What one run over all retrieval parts writes."""
    file = tmp_path_factory.mktemp("out") / "figures.json"
    wanted = ["--only", "retrieval", "--full", "--cache", str(cache), "--json", str(file)]
    assert main(["quality", "--data", str(data), *wanted], encoder=ToyEncoder()) == 0
    told: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        # Two questions of one cluster find all their evidence, the one of the other cluster none.
        pytest.param("multihop_rag/Hits@4/micro", 2 / 3, 3, id="hits at 4, over questions"),
        pytest.param("multihop_rag/Hits@10/macro", 1 / 2, 2, id="hits at 10, over clusters"),
        pytest.param("multihop_rag/All@10/micro", 2 / 3, 3, id="all evidence of a question"),
        pytest.param("multihop_rag/Recall@10/macro", 1 / 2, 2, id="recall over clusters"),
        pytest.param("multihop_rag/MRR@10/micro", 2 / 3, 3, id="found at the first rank"),
        pytest.param("multihop_rag/docRecall@10", 2 / 3, 3, id="articles"),
        pytest.param("multihop_rag/nDCG@10", 2 / 3, 3, id="order of articles"),
        pytest.param("multihop_rag/Hits@10/micro/bm25", 2 / 3, 3, id="hits of the baseline"),
        pytest.param("multihop_rag+news_scale/Recall@10/micro", 2 / 3, 3, id="among more articles"),
        pytest.param("realtimeqa/Recall@10", 1 / 2, 2, id="one explanation found, one not"),
        pytest.param("realtimeqa/MRR@10/bm25", 1 / 2, 2, id="its rank by the baseline"),
        pytest.param("mtrag_un/nDCG@10", 1.0, 2, id="the question is made to stand alone"),
        pytest.param("rgb/Recall@5", (1 + 5 / 10) / 2, 2, id="five passages of ten"),
        pytest.param("rgb/Recall@5/bm25", (1 + 5 / 10) / 2, 2, id="the same by the baseline"),
    ],
)
def test_figures(figures: dict[str, dict[str, Any]], key: str, value: float, n: int) -> None:
    assert figures[key] == {"value": pytest.approx(value), "n": n}


def test_a_follow_up_as_it_was_asked_finds_less(figures: dict[str, dict[str, Any]]) -> None:
    # "When was it built?" finds the town hall first.
    assert figures["mtrag_un/nDCG@10/bm25_last_turn"]["value"] == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_every_product_figure_has_its_baseline(figures: dict[str, dict[str, Any]]) -> None:
    own = {key for key in figures if "bm25" not in key and "last_turn" not in key}
    assert {f"{key}/bm25" for key in own} <= set(figures)


def test_the_table_says_commit_day_and_counts(data: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "--data", str(data), "--only", "rgb", "--cache", str(cache)], encoder=ToyEncoder()) == 0
    out = capsys.readouterr().out
    assert re.match(r"commit (unknown|[0-9a-f]{7,}(\+changes)?), \d{4}-\d\d-\d\d ", out)
    assert re.search(r"rgb/Recall@5 .* 0\.750 .* 2 ", out)
    assert "multihop_rag" not in out


def test_the_slow_part_waits_to_be_asked_for(data: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for only in ("multihop_rag", "multihop_rag+news_scale"):
        main(["quality", "--data", str(data), "--only", only, "--cache", str(cache)], encoder=ToyEncoder())
        shown = "news_scale" in capsys.readouterr().out
        assert shown == (only == "multihop_rag+news_scale")


def test_missing_data_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "--data", str(tmp_path), "--cache", str(tmp_path)], encoder=ToyEncoder()) == 1
    err = capsys.readouterr().err
    assert re.fullmatch(r"No multihop_rag/corpus\.jsonl or .* in .*--data.*\n", err)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["quality", "--data", "x", "--only", "karaoke"], id="unknown part"),
        pytest.param(["quality"], id="no data"),
        pytest.param([], id="no command"),
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "error:" in capsys.readouterr().err


def test_an_unknown_part_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["quality", "--data", "x", "--only", "karaoke"])
    assert re.search(r"no part is named “karaoke”; choose from .*rgb.*retrieval", capsys.readouterr().err)


def test_a_follow_up_takes_what_it_lacks_from_the_turns_before() -> None:
    history = [
        {"role": "user", "text": "Where did the Blue Heron sink?"},
        {"role": "assistant", "text": "Off Lindholm. It was late."},
        {"role": "user", "text": "When was it built?"},
    ]
    record = {"history": history, "question": "Who built it?"}
    assert "Blue Heron" in asked(record)
    assert users_turns(record) == ["Where did the Blue Heron sink?", "When was it built?", "Who built it?"]


def test_a_first_question_is_asked_as_it_is() -> None:
    assert asked({"history": [], "question": "When was it built?"}) == "When was it built?"
