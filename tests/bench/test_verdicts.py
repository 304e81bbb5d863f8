"""Backing sentences against those of people, with a checker that is known to the word, and once with the real one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from doubles import ToyEncoder
from toy_data import Record, write_jsonl

from assistant.answers import Answer, AnswerSentence, Citation, Event, Finished, VerdictLabel
from bench import verdicts
from bench.data import Data
from bench.report import Figure
from bench.workspace import Workspace
from index.articles import Span
from index.library import Filters, Library

SANK, SAVED, HEADING = "The Blue Heron ferry sank off Lindholm.", "All were saved.", "Ferry news"
BURNED, SLEPT = "The paper mill in Ostby burned down.", "Nobody slept there."


def check_as(proposals: Mapping[str, Sequence[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each claim be backed by these words of the articles that it may be checked against."""

    def check(library: Library, text: str, *, filters: Filters) -> Iterator[Event]:
        cited = tuple(citation(library, quote, filters.article_ids) for quote in proposals[text])
        verdict: VerdictLabel = "supported" if cited else "not_found"
        said = AnswerSentence(text, verdict, 0.9 if cited else 0.1, citations=cited)
        yield Finished(Answer(text, text, "answered", library.coverage(filters), "pasted text", (said,)))

    monkeypatch.setattr(verdicts, "check", check)


def citation(library: Library, quote: str, article_ids: Iterable[str]) -> Citation:
    article = next(each for each in map(library.article, article_ids) if quote in each.text)
    start = article.text.index(quote)
    return Citation.of(1, article, Span(start, start + len(quote)))


def workspace(folder: Path) -> Workspace:
    return Workspace(folder / "cache", ToyEncoder(), lambda line: None)


def shown(figures: Sequence[Figure]) -> dict[str, tuple[Any, int]]:
    return {each.key: (pytest.approx(each.value), each.n) for each in figures}


# multinews_aligned


def topic(topic_id: str, documents: list[list[str]], aligned: Mapping[str, list[tuple[int, int]]]) -> Record:
    sentences = [
        {"text": text, "support": [{"doc": doc, "sent": sent} for doc, sent in places]}
        for text, places in aligned.items()
    ]
    return {"id": topic_id, "documents": documents, "summary_sentences": sentences}


def write_topics(folder: Path) -> None:
    # As in the real set, a sentence may hold white space and line ends, and be two for us.
    ferry = [f"{HEADING}\n", f"{SANK}  ", f"{SAVED}\n\n"]
    mill = [SAVED, f"{BURNED}\n{SLEPT} "]
    aligned = {"A ferry went down.": [(0, 1), (0, 2)], "A mill burned.": [(1, 1)], "It sank.": [(0, 1)], "So.": []}
    other = topic("t-2", [["Goats paraded."]], {"There were goats.": [(0, 0)], "Sheep!": [(0, 0)]})
    write_jsonl(folder / "briefing/multinews_aligned.jsonl", [topic("t-1", [ferry, mill], aligned), other])


def test_backing_sentences_are_those_that_people_aligned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proposals = {
        "A ferry went down.": [SAVED],  # one of two
        "A mill burned.": [SLEPT, BURNED, HEADING],  # two parts of the one, then another
        "It sank.": [HEADING, SAVED, BURNED, SANK],  # too late
        "There were goats.": ["Goats paraded."],
        "Sheep!": [],
    }
    check_as(proposals, monkeypatch)
    write_topics(tmp_path)
    assert shown(verdicts.multinews_aligned(Data(tmp_path), workspace(tmp_path))) == {
        "multinews_aligned/top1": ((1 + 1 + 0 + 1 + 0) / 5, 5),
        "multinews_aligned/recall3": ((1 / 2 + 1 + 0 + 1 + 0) / 5, 5),
    }


def test_the_same_words_in_another_document_back_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [[SANK, "Then it rained."], [SAVED, f"{SANK}\n"]]
    write_jsonl(tmp_path / "briefing/multinews_aligned.jsonl", [topic("t-1", documents, {"It sank.": [(1, 1)]})])
    check_as({"It sank.": [SANK]}, monkeypatch)  # that of the first document
    found = shown(verdicts.multinews_aligned(Data(tmp_path), workspace(tmp_path)))
    assert found == {"multinews_aligned/top1": (1.0, 1), "multinews_aligned/recall3": (1.0, 1)}


def test_the_real_check_finds_a_sentence_that_was_copied(tmp_path: Path) -> None:
    aligned = {SANK: [(0, 0)], "The goats of Marle paraded.": [(0, 1)]}
    write_jsonl(tmp_path / "briefing/multinews_aligned.jsonl", [topic("t-1", [[SANK, SAVED], [BURNED]], aligned)])
    found = shown(verdicts.multinews_aligned(Data(tmp_path), workspace(tmp_path)))
    assert found["multinews_aligned/top1"] == (0.5, 2)


# wice


def test_backing_lines_are_those_of_the_best_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = [HEADING, SANK, SAVED]
    records = [
        {"claim": "It sank.", "label": 1, "evidence": evidence, "supporting_sets": [[0], [1, 2]]},
        {"claim": "It flew.", "label": 0, "evidence": evidence, "supporting_sets": []},
    ]
    write_jsonl(tmp_path / "support/wice.jsonl", records)
    check_as({"It sank.": [SAVED, SANK, SAVED], "It flew.": []}, monkeypatch)
    assert shown(verdicts.wice(Data(tmp_path), workspace(tmp_path))) == {
        "wice/AUC": (1.0, 2),
        "wice/BA": (1.0, 2),
        "wice/F1": (1.0, 1),
    }
