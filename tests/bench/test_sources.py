"""Which sources are cited: on a few records, with a product that is known to the word, and once with the real one."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from doubles import ToyEncoder
from toy_data import Record, write_jsonl

from bench import sources
from bench.__main__ import main
from bench.data import Data
from bench.metrics import Place
from bench.replies import Asked, Reply
from bench.report import Figure
from bench.workspace import Workspace
from index.articles import Span
from index.library import Library

OLD, NEW = "Ann Berg leads the harbour board.", "Carl Lund leads the harbour board."
BURNED, REBUILT = "The mill in Ostby burned down.", "The mill in Ostby was rebuilt."

Answering = Callable[[Library, Asked], Reply]


def figures(
    part: Callable[[Data, Workspace], Iterable[Figure]],
    folder: Path,
    answer: Answering,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, tuple[Any, int]]:
    def ask_all(workspace: Workspace, what: str, library: Library, wanted: Sequence[Asked]) -> list[Reply]:
        return [answer(library, each) for each in wanted]

    monkeypatch.setattr(sources, "ask_all", ask_all)
    workspace = Workspace(folder / "cache", ToyEncoder(), lambda line: None)
    return {each.key: (pytest.approx(each.value), each.n) for each in part(Data(folder), workspace)}


def citing(library: Library, *article_ids: str) -> Reply:
    """All that these articles say, a citation for each."""
    places = [Place(each, Span(0, len(library.article(each).text))) for each in article_ids]
    said = " ".join(library.article(each).text for each in article_ids)
    return Reply(said, abstained=False, cited=tuple((place,) for place in places))


ABSTAINED = Reply("", abstained=True, cited=())


# evotemp


def changed(record_id: str, question: str, answer: str, docs: list[Record], **more: object) -> Record:
    made = {"id": record_id, "query": question, "answers": [[answer]], "docs": docs}
    return {**made, "question_date": "2026-02-06", "answer_in_current": True, **more}


def doc(text: str, day: str | None, *, current: bool) -> Record:
    return {"text": text, "date": day, "current": current}


def write_evotemp(folder: Path) -> None:
    board = [doc(OLD, "3 Feb 2020", current=False), doc(NEW, "2026-02-01", current=True)]
    mill = [doc(BURNED, None, current=False), doc(REBUILT, None, current=True), doc(BURNED, None, current=False)]
    records = [
        changed("e-1", "Who leads the harbour board?", "Carl Lund", board),
        changed("e-2", "What became of the mill in Ostby?", "rebuilt", mill, question_date=None),
        changed("e-3", "Who leads the harbour board?", "Dora Ek", board, answer_in_current=False),
    ]
    write_jsonl(folder / "evotemp/evotemp.jsonl.gz", records)


def newest(library: Library, asked: Asked) -> Reply:
    """A product that believes the newest text, and without dates the first one."""
    return citing(library, library.list_articles(asked.filters)[0].id)


def test_dates_are_what_tells_new_from_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_evotemp(tmp_path)
    assert figures(sources.evotemp, tmp_path, newest, monkeypatch) == {
        "evotemp/Correct": (0.5, 2),
        "evotemp/current_cited": (0.5, 2),
        "evotemp/Correct/undated": (0.0, 2),
        "evotemp/current_cited/undated": (0.0, 2),
    }


def test_each_citation_counts_and_an_abstention_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_or_nothing(library: Library, asked: Asked) -> Reply:
        assert asked.filters is not None
        return citing(library, *asked.filters.article_ids) if asked.today else ABSTAINED

    write_evotemp(tmp_path)
    found = figures(sources.evotemp, tmp_path, all_or_nothing, monkeypatch)
    assert found["evotemp/Correct"] == (0.5, 2)
    assert found["evotemp/current_cited"] == (0.5, 1)


def test_a_question_is_asked_on_its_day_over_its_own_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, date | None, list[str]]] = []

    def look(library: Library, asked: Asked) -> Reply:
        texts = [library.article(each.id).text for each in library.list_articles(asked.filters)]
        seen.append((asked.question, asked.today, sorted(texts)))
        return ABSTAINED

    write_evotemp(tmp_path)
    figures(sources.evotemp, tmp_path, look, monkeypatch)
    board = ("Who leads the harbour board?", date(2026, 2, 6), [OLD, NEW])
    assert seen == [board, ("What became of the mill in Ostby?", None, [BURNED, REBUILT])] * 2


def test_a_text_given_as_current_and_as_outdated_is_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [doc(OLD, "2020-02-03", current=False), doc(OLD, None, current=True)]
    write_jsonl(tmp_path / "evotemp/evotemp.jsonl", [changed("e-1", "Who leads the board?", "Ann Berg", docs)])
    assert figures(sources.evotemp, tmp_path, newest, monkeypatch)["evotemp/current_cited"] == (1.0, 1)


# quotesum

GOATS, TIMBER, SILENT = "The ferry carried goats.", "The ferry carried timber to Lindholm.", "The ferry was late."


def write_quotesum(folder: Path) -> None:
    texts = [GOATS, TIMBER, SILENT]
    # A bare number in brackets is a footnote, no quotation.
    made = {
        "question": "What did the ferry carry?",
        "sources": [{"n": n, "title": f"Ferry {n}", "text": text} for n, text in enumerate(texts, 1)],
        "summaries": ["It carried [ 1 goats ] and [ 2 timber ].", "[ 2 timber to Lindholm ], they say [3], 3 times"],
        "short_answers": {"1": "goats", "2": "timber", "3": "a mill"},
    }
    other = [{"n": 1, "title": "Mill", "text": BURNED}]
    quoted = {"sources": other, "summaries": ["[1 burned down]"], "short_answers": {"1": "burned"}}
    records: list[Record] = [{**made, "id": "s-1"}, {"id": "s-2", "question": "What burned?", **quoted}]
    write_jsonl(folder / "citation/quotesum.jsonl", records)


def by_text(library: Library, asked: Asked) -> dict[str, str]:
    return {library.article(each.id).text: each.id for each in library.list_articles(asked.filters)}


def test_sources_that_people_quoted_are_to_be_cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(library: Library, asked: Asked) -> Reply:
        ids = by_text(library, asked)
        return citing(library, ids[TIMBER], ids[TIMBER], ids[SILENT]) if TIMBER in ids else ABSTAINED

    write_quotesum(tmp_path)
    # Of two quoted sources one is cited, and of two cited ones one is quoted. The second question is not answered.
    assert figures(sources.quotesum, tmp_path, answer, monkeypatch) == {
        "quotesum/recall": ((1 / 2 + 0) / 2, 2),
        "quotesum/precision": (1 / 2, 1),
        "quotesum/short_answers": ((1 / 3 + 0) / 2, 2),
    }


def test_each_question_has_its_own_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def look(library: Library, asked: Asked) -> Reply:
        seen.append(set(by_text(library, asked)))
        return ABSTAINED

    write_quotesum(tmp_path)
    figures(sources.quotesum, tmp_path, look, monkeypatch)
    assert seen == [{GOATS, TIMBER, SILENT}, {BURNED}]


def test_the_product_itself_answers_from_the_texts(tmp_path: Path) -> None:
    write_evotemp(tmp_path)
    write_quotesum(tmp_path)
    out = tmp_path / "figures.json"
    options = ["--data", str(tmp_path), "--cache", str(tmp_path / "cache"), "--json", str(out)]
    assert main(["quality", "--only", "evotemp,quotesum", *options], encoder=ToyEncoder()) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["evotemp/current_cited"]["n"] > 0
    assert told["quotesum/recall"]["value"] > 0
