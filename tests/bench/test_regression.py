"""The headline figures of retrieval on a small fixed part of the evaluation data: none may fall by over two points.

The data is not part of this project. It is looked for in ../shared/bench, or where BRIEFING_BENCH says; without it
the check is skipped. What was encoded is remembered between runs. When a figure falls for a good reason, or has
risen for good, write what the failure prints, or what `pytest -s` prints, into headlines.json.
"""

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
import toy_data

from bench import retrieval
from bench.data import Data, Record
from bench.memory import RememberingEncoder
from bench.report import Figure
from bench.workspace import Workspace
from index.encoder import Encoder

DATA = Path(os.environ.get("BRIEFING_BENCH") or Path(__file__).parents[2].parent / "shared" / "bench")
HEADLINES: dict[str, float] = json.loads(Path(__file__).with_name("headlines.json").read_text(encoding="utf-8"))
MAY_FALL = 0.02

# How many articles or records make the part; a minute's encoding in all.
MULTIHOP_ARTICLES = 45
# One sentence is evidence for a third of the questions: so many of each cluster choose the articles.
OF_ONE_CLUSTER = 2
MTRAG_RECORDS = 40
RGB_RECORDS = 30

PARTS: dict[str, Callable[[Data, Workspace], list[Figure]]] = {
    "multihop_rag": retrieval.multihop_rag,
    "realtimeqa": retrieval.realtimeqa,
    "mtrag_un": retrieval.mtrag_un,
    "rgb": retrieval.rgb,
}

pytestmark = [
    pytest.mark.measured,
    pytest.mark.timeout(900),  # the first time, on a busy machine
    pytest.mark.skipif(
        not DATA.is_dir(), reason=f"no evaluation data in {DATA}; set BRIEFING_BENCH to a folder that has it"
    ),
]


@pytest.fixture(scope="module")
def figures(
    encoder: Encoder, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, float]:
    """All figures of the part."""
    part, scratch = Data(tmp_path_factory.mktemp("part")), tmp_path_factory.mktemp("libraries")
    write_part(Data(DATA), part.folder)
    assert pytestconfig.cache is not None
    with RememberingEncoder(encoder, pytestconfig.cache.mkdir("encoded")) as remembering:
        workspace = Workspace(scratch, remembering, lambda _: None)
        found = {each.key: each.value for name in PARTS for each in PARTS[name](part, workspace)}
    # Shown when a test fails.
    sys.stdout.write("\n" + json.dumps({key: round(found[key], 3) for key in HEADLINES}, indent=1) + "\n")
    return found


@pytest.mark.parametrize("key", HEADLINES)
def test_no_headline_falls(figures: dict[str, float], key: str) -> None:
    assert figures[key] >= HEADLINES[key] - MAY_FALL


def test_the_headlines_are_figures_of_every_part() -> None:
    assert {key.split("/")[0] for key in HEADLINES} == set(PARTS)
    assert all(0 < value <= 1 for value in HEADLINES.values())


# The part, chosen by hashes so that neither the order of the files nor other records matter


def write_part(data: Data, folder: Path) -> None:
    questions = _multihop_questions(data.read("multihop_rag/queries"))
    _write(folder, "multihop_rag/queries", questions)
    _write(folder, "multihop_rag/corpus", _with_ids(data.read("multihop_rag/corpus"), map(_evidence_of, questions)))
    # The short articles of the quiz alone: finding one of 130 is hard enough, and they are quickly encoded.
    _write(folder, "realtimeqa/questions", data.read("realtimeqa/questions"))
    _write(folder, "realtimeqa/corpus", [])
    _write(folder, "followup/mtrag_un", _by_hash(data.read("followup/mtrag_un"))[:MTRAG_RECORDS])
    _write(folder, "rgb/rgb_en", _by_hash(data.read("rgb/rgb_en"))[:RGB_RECORDS])


def _multihop_questions(records: Sequence[Record]) -> list[Record]:
    """All questions on the articles that a few of each cluster ask of."""
    answerable = [record for record in _by_hash(records) if record["evidence"]]
    asked_of: set[str] = set()
    taken: Counter[str] = Counter()
    for record in answerable:
        cluster = record["cluster"] or record["id"]
        wider = asked_of | _evidence_of(record)
        if taken[cluster] < OF_ONE_CLUSTER and len(wider) <= MULTIHOP_ARTICLES:
            taken[cluster] += 1
            asked_of = wider
    return [record for record in answerable if _evidence_of(record) <= asked_of]


def _evidence_of(record: Record) -> set[str]:
    return {item["doc_id"] for item in record["evidence"]}


def _with_ids(records: Sequence[Record], ids: Iterable[set[str]]) -> list[Record]:
    wanted = set().union(*ids)
    return [record for record in records if record["doc_id"] in wanted]


def _by_hash(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda record: hashlib.sha256(str(record["id"]).encode()).digest())


def _write(folder: Path, name: str, records: Sequence[Record]) -> None:
    toy_data.write_jsonl(folder / f"{name}.jsonl", records)
