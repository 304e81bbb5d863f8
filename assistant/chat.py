"""The conversation: question → stand-alone question → evidence → drafts → checked sentences, as a stream of events.

This is the one road for answers; briefings take its second half. Knows writers only by their protocol.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from assistant import abstention, questions
from assistant.abstention import Caution
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
from assistant.writers import Assignment, Draft, Writer, WriterFailed
from index.errors import BadRequest
from index.library import Coverage, Filters, Library
from index.search import Evidence, Found, rerank, search

# A writer sees this many sentences: enough for an answer, few enough for a small model's window.
_EVIDENCE_SHOWN = 12
_NEAREST_SHOWN = 3
_ANSWER_WORDS = 120
_LONGEST_QUESTION = 2_000
_READINGS = 5  # an article rarely goes while one reads, let alone so often in a row

# What a reader takes for whoever the sentence before speaks of, at the start or after a lead of time or place.
_PRONOUN = re.compile(
    r"[“\"]?(?:(?:And|But|Yet|Then) |(?:In|On|At|After|Before|During|For|With|Since|By)\b[^.]{0,200}?,? )?"
    r"(?P<pronoun>he|she|they|it|his|her|their|its)\b",
    re.IGNORECASE,
)

_Read = TypeVar("_Read")


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
    caution: Caution = "balanced",
    today: date | None = None,
) -> Iterator[Event]:
    """Answer a question from the library, sentence by sentence; the last event is Finished.

    `history` is the conversation so far, oldest first; "this week" and the like count from `today`; `caution` says how
    readily it is refused. Closing the iterator stops the writer. Raises BadRequest for an empty or over-long question.
    """
    started = time.perf_counter()
    question = _acceptable(question)
    asked = _stand_alone(question, history)
    filters = filters or Filters()
    found, decision = undisturbed(lambda: look_up(library, asked, filters, today, caution))
    searched_in = time.perf_counter() - started
    yield Searched(asked, found.searched)
    if not decision.answerable:
        yield Finished(
            Answer(
                question=question,
                asked=asked,
                status="not_found",
                searched=found.searched,
                writer=writer.name,
                nearest=nearest(found.evidence, Numbering()),
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
        self._judge = Judge(FOR_MODELS)
        self._numbering = Numbering()
        self._said: list[AnswerSentence] = []
        self._held: list[AnswerSentence] = []
        self._written: list[AnswerSentence] = []  # by the writer at work, said or held
        self._dropped: set[str] = set()
        self._last_cited: Passage | None = None
        self._notices: list[str] = []

    def write(self, writer: Writer, assignment: Assignment) -> Iterator[Event]:
        """All events from the first sentence to Finished; the extractive writer steps in for one that said nothing."""
        cut = False
        try:
            yield from self._sentences(writer, assignment)
        except WriterFailed as error:
            yield self._notice(str(error))
            cut = bool(self._said)
            if not cut:
                yield self._notice("The answer below is in the articles' own sentences instead.")
                writer = ExtractiveWriter()
                yield from self._sentences(writer, assignment)
        else:
            if not self._written and writer.name != ExtractiveWriter.name:
                yield self._notice(f"The model {writer.name} found no answer in the sentences that it was shown.")
        if self._dropped:
            yield self._notice(_not_shown(len(self._dropped)))
        if self._said and (left_out := self._left_out()):
            yield self._notice(f"No article cited here speaks of {', '.join(f'“{name}”' for name in left_out)}.")
        yield Finished(self._answer(writer.name, assignment, cut))

    def _sentences(self, writer: Writer, assignment: Assignment) -> Iterator[Event]:
        self._written.clear()
        drafts = writer.write(assignment)
        with closing(drafts):  # type: ignore[type-var]  # generators close; closing stops the model
            for draft in drafts:
                sentence = self._checked(draft, assignment)
                self._written.append(sentence)
                self._dropped.update(draft.dropped)
                if self._hold_back and sentence.verdict in ("contradicted", "not_found"):
                    self._held.append(sentence)
                    yield Held(sentence)
                else:
                    self._first_said = self._first_said or time.perf_counter() - self._started
                    self._said.append(sentence)
                    yield Said(sentence)

    def _checked(self, draft: Draft, assignment: Assignment) -> AnswerSentence:
        """The draft with its verdict: by what it cites, and where that does not fully back it, by all the evidence."""
        verdict = self._judge.verdict(draft.text, passages(self._library, draft.cited))
        if verdict.label != "supported":
            shown = passages(self._library, assignment.evidence)
            found = self._judge.verdict(draft.text, shown, where="the nearest sentence")
            # Its own source is outweighed only by one that plainly says so: a vaguer one must not hide what it denies.
            if verdict.label == "not_found" or found.label == "supported":
                verdict = found
        if verdict.label == "supported" and (pronoun := self._captured(draft.text, verdict.backing[0])):
            reason = f"“{pronoun}” may be somebody else than it seems here: read the source."
            verdict = replace(verdict, label="partly", reasons=(reason,))
        if verdict.label in ("supported", "partly"):
            self._last_cited = verdict.backing[0]
        return sentence_of(draft.text, verdict, self._numbering)

    def _captured(self, text: str, source: Passage) -> str:
        """The pronoun that opens a sentence which here stands after another one than in its source; empty for none."""
        opening, last = _PRONOUN.match(text), self._last_cited
        if opening is None or last is None:
            return ""
        follows = last.article.id == source.article.id and source.sentence.number - last.sentence.number in (0, 1)
        return "" if follows else opening["pronoun"]

    def _notice(self, text: str) -> Notice:
        self._notices.append(text)
        return Notice(text)

    def _answer(self, writer: str, assignment: Assignment, cut: bool) -> Answer:
        status = "incomplete" if cut else status_of(self._written)
        if status == "answered" and self._left_out():
            status = "partial"
        return Answer(
            question=self._question,
            asked=self._asked,
            status=status,
            searched=self._searched,
            writer=writer,
            sentences=tuple(self._said),
            nearest=nearest(assignment.evidence, self._numbering) if status == "not_found" else (),
            held=tuple(self._held),
            notices=tuple(self._notices),
            seconds=Seconds(self._searched_in, self._first_said, time.perf_counter() - self._started),
            kind="topic" if self._is_briefing else "question",
        )

    def _left_out(self) -> tuple[str, ...]:
        """What the question asks about and the answer's sources do not mention; a briefing is asked nothing."""
        cited = [citation.article for sentence in self._said for citation in sentence.citations]
        return () if self._is_briefing else abstention.left_out(self._asked, cited)


def sentence_of(text: str, verdict: Verdict, numbering: Numbering, *, all_near: bool = False) -> AnswerSentence:
    """A sentence with its verdict; a marker only where there is support, or a source that says otherwise.

    What is not found gets the nearest sentences instead; with `all_near` others get those that they do not rest on.
    """

    def cited(passages: Sequence[Passage]) -> tuple[Citation, ...]:
        return tuple(numbering.cite(passage.article, passage.sentence) for passage in passages)

    if verdict.label == "not_found":
        return AnswerSentence(text, verdict.label, verdict.score, verdict.reasons, (), cited(verdict.backing))
    citations, near = cited(verdict.backing), cited(verdict.near) if all_near else ()
    return AnswerSentence(text, verdict.label, verdict.score, verdict.reasons, citations, near)


def status_of(written: Sequence[AnswerSentence]) -> Status:
    """How an answer stands, by the verdicts of all that was written for it, held back or not."""
    labels = {sentence.verdict for sentence in written}
    if not labels & {"supported", "partly"}:
        return "not_found"
    return "answered" if labels == {"supported"} else "partial"


def passages(library: Library, evidence: Sequence[Evidence], *, of_claim: bool = False) -> list[Passage]:
    """The evidence as a judge reads it; what has been removed from the library meanwhile is left out.

    `of_claim` says that it was searched for the claim itself, so that its likeness is likeness to the claim.
    """
    found = []
    for each in evidence:
        with suppress(BadRequest):
            sentences = library.sentences(each.article.id)
            likeness = each.similarity if of_claim else 0.0
            found.append(Passage.of(each.article, sentences, each.sentence.number, likeness))
    return found


def look_up(
    library: Library,
    question: str,
    filters: Filters,
    today: date | None = None,
    caution: Caution = "balanced",
) -> tuple[Found, abstention.Decision]:
    """What a search finds, and whether it is enough to answer from."""
    found = rerank(library, question, search(library, question, filters=filters, today=today))
    return found, abstention.decide(library, question, found, caution)


def undisturbed(read: Callable[[], _Read]) -> _Read:
    """What is read from the library; from the start again when an article was removed while it was being read."""
    for _ in range(_READINGS - 1):
        with suppress(BadRequest):
            return read()
    return read()


def _acceptable(question: str) -> str:
    question = " ".join(question.split())
    if not question:
        raise BadRequest("The question is empty. Type what you want to know.")
    if len(question) > _LONGEST_QUESTION:
        raise BadRequest(
            f"The question has {len(question):,} characters; at most {_LONGEST_QUESTION:,} can be asked. Shorten it."
        )
    return question


def _stand_alone(question: str, history: Sequence[Turn]) -> str:
    if not history:
        return question
    last = history[-1].answer
    said = last.sentences[0].text if last.sentences else ""
    return questions.stand_alone(question, last.asked, said=said)


def nearest(evidence: Sequence[Evidence], numbering: Numbering) -> tuple[Citation, ...]:
    """The sentences that come nearest, to be shown when nothing answers."""
    return tuple(numbering.cite(each.article, each.sentence) for each in evidence[:_NEAREST_SHOWN])


def _not_said(missing: Sequence[str]) -> tuple[str, ...]:
    if not missing:
        return ()
    return ("No nearby sentence says " + ", ".join(f"“{word}”" for word in missing[:4]) + ".",)


def _not_shown(count: int) -> str:
    return f"The model cited {count} {'source' if count == 1 else 'sources'} that it was not shown."
