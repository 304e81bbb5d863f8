"""The conversation: question → stand-alone question → evidence → drafts → checked sentences, as a stream of events.

This is the one road for answers; briefings take its second half. Knows writers only by their protocol.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant import abstention, questions
from assistant.answers import (
    Answer,
    AnswerSentence,
    Citation,
    Event,
    Finished,
    Held,
    Notice,
    Numbering,
    Said,
    Searched,
    Seconds,
    Status,
)
from assistant.extractive import ExtractiveWriter
from assistant.support import FOR_MODELS, Judge, Passage, Verdict
from assistant.writers import Assignment, Draft, Writer, WriterCut, WriterFailed
from index.errors import BadRequest
from index.library import Coverage, Filters, Library
from index.search import Evidence, search

# A writer sees this many sentences: enough for an answer, few enough for a small model's window.
_EVIDENCE_SHOWN = 12
_NEAREST_SHOWN = 3
_ANSWER_WORDS = 120
_LONGEST_QUESTION = 2_000


@dataclass(frozen=True)
class Turn:
    """One question of a conversation with its answer."""

    question: str
    answer: Answer


def ask(
    library: Library,
    question: str,
    *,
    writer: Writer,
    history: Sequence[Turn] = (),
    filters: Filters | None = None,
    hold_back: bool = True,
) -> Iterator[Event]:
    """Answer a question from the library, sentence by sentence; the last event is Finished.

    `history` is the conversation so far, oldest first. Closing the iterator stops the writer. Raises BadRequest
    for an empty or over-long question.
    """
    started = time.perf_counter()
    question = _acceptable(question)
    asked = _stand_alone(question, history)
    filters = filters or Filters()
    found = search(library, asked, filters=filters)
    searched_in = time.perf_counter() - started
    yield Searched(asked, found.searched)
    decision = abstention.decide(library, asked, found)
    if not decision.answerable:
        yield Finished(
            Answer(
                question=question,
                asked=asked,
                status="not_found",
                searched=found.searched,
                writer=writer.name,
                nearest=nearest(found.evidence),
                notices=_not_said(decision.missing),
                seconds=Seconds(search=searched_in, total=time.perf_counter() - started),
            )
        )
        return
    assignment = Assignment("answer", asked, decision.evidence[:_EVIDENCE_SHOWN], _ANSWER_WORDS)
    road = Road(library, question, asked, found.searched, hold_back, started, searched_in)
    yield from road.write(writer, assignment)


class Road:
    """From an assignment to a finished answer: write, cite, verify, say or hold back. One use each."""

    def __init__(
        self,
        library: Library,
        question: str,
        asked: str,
        searched: Coverage,
        hold_back: bool,
        started: float,
        searched_in: float,
        *,
        is_briefing: bool = False,
    ) -> None:
        self._library = library
        self._question, self._asked, self._searched = question, asked, searched
        self._hold_back = hold_back
        self._started, self._searched_in = started, searched_in
        self._first_said = 0.0
        self._is_briefing = is_briefing
        self._judge = Judge(library.encoder, FOR_MODELS)
        self._numbering = Numbering()
        self._said: list[AnswerSentence] = []
        self._held: list[AnswerSentence] = []
        self._notices: list[str] = []

    def write(self, writer: Writer, assignment: Assignment) -> Iterator[Event]:
        """All events from the first sentence to Finished; falls back to the extractive writer when the first fails."""
        name, cut = writer.name, False
        try:
            yield from self._sentences(writer, assignment)
        except WriterFailed as error:
            yield self._notice(str(error))
            cut = isinstance(error, WriterCut)
            if not self._said and not isinstance(writer, ExtractiveWriter):
                cut = False
                name = ExtractiveWriter.name
                yield self._notice("The answer below is in the articles' own sentences instead.")
                yield from self._sentences(ExtractiveWriter(), assignment)
            elif self._said:
                cut = True
        yield Finished(self._answer(name, assignment, cut))

    def _sentences(self, writer: Writer, assignment: Assignment) -> Iterator[Event]:
        drafts = writer.write(assignment)
        with closing(drafts):  # type: ignore[type-var]  # generators close; closing stops the model
            for draft in drafts:
                sentence = self._checked(draft, assignment)
                if self._hold_back and sentence.verdict in ("contradicted", "not_found"):
                    self._held.append(sentence)
                    yield Held(sentence)
                else:
                    self._first_said = self._first_said or time.perf_counter() - self._started
                    self._said.append(sentence)
                    yield Said(sentence)

    def _checked(self, draft: Draft, assignment: Assignment) -> AnswerSentence:
        """The draft with its verdict; without citations of its own it is held against all the evidence."""
        cited = [self._passage(each) for each in draft.cited]
        verdict = self._judge.verdict(draft.text, cited) if cited else None
        if verdict is None or verdict.label in ("contradicted", "not_found"):
            others = [self._passage(each) for each in assignment.evidence if each not in draft.cited]
            verdict = _better(verdict, self._judge.verdict(draft.text, others, where="the nearest sentence"))
        return self._sentence(draft.text, verdict)

    def _passage(self, evidence: Evidence) -> Passage:
        sentences = self._library.sentences(evidence.article.id)
        return Passage.of(evidence.article, sentences, evidence.sentence.number)

    def _sentence(self, text: str, verdict: Verdict) -> AnswerSentence:
        return sentence_of(text, verdict, self._numbering)

    def _notice(self, text: str) -> Notice:
        self._notices.append(text)
        return Notice(text)

    def _answer(self, writer: str, assignment: Assignment, cut: bool) -> Answer:
        status: Status = "incomplete" if cut else "answered" if self._said else "not_found"
        return Answer(
            question=self._question,
            asked=self._asked,
            status=status,
            searched=self._searched,
            writer=writer,
            sentences=tuple(self._said),
            nearest=nearest(assignment.evidence) if status == "not_found" else (),
            held=tuple(self._held),
            notices=tuple(self._notices),
            seconds=Seconds(self._searched_in, self._first_said, time.perf_counter() - self._started),
            kind="topic" if self._is_briefing else "question",
        )


def sentence_of(text: str, verdict: Verdict, numbering: Numbering) -> AnswerSentence:
    """A sentence with its verdict; a marker only where there is support, or a source that says otherwise."""
    shown = verdict.backing if verdict.label != "not_found" else ()
    citations = tuple(numbering.cite(passage.article, passage.sentence) for passage in shown)
    return AnswerSentence(text, verdict.label, verdict.score, verdict.reasons, citations)


def _better(cited: Verdict | None, found: Verdict) -> Verdict:
    """What code found in the other sentences counts only when it really supports; else the cited ones' verdict."""
    if cited is None or found.label in ("supported", "partly"):
        return found
    return cited


def _acceptable(question: str) -> str:
    question = " ".join(question.split())
    if not question:
        raise BadRequest("The question is empty. Type what you want to know.")
    if len(question) > _LONGEST_QUESTION:
        raise BadRequest(f"The question has {len(question)} characters; at most {_LONGEST_QUESTION} can be asked.")
    return question


def _stand_alone(question: str, history: Sequence[Turn]) -> str:
    if not history:
        return question
    last = history[-1].answer
    said = last.sentences[0].text if last.sentences else ""
    return questions.stand_alone(question, last.asked, said=said)


def nearest(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """The sentences that come nearest, to be shown when nothing answers."""
    numbering = Numbering()
    return tuple(numbering.cite(each.article, each.sentence) for each in evidence[:_NEAREST_SHOWN])


def _not_said(missing: Sequence[str]) -> tuple[str, ...]:
    if not missing:
        return ()
    return ("No nearby sentence says " + ", ".join(f"“{word}”" for word in missing[:4]) + ".",)
