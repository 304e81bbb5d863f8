"""A writer that lies: the reader is never told that the articles say so, and sees nothing of its markup.

The replies (lies.py) are streamed in pieces of odd sizes through the writer for language models and the road of every
answer. What a real small model makes up is in test_smollm2.py.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lies import KEY, Claim, Reply, replies

from assistant.answers import Answer, AnswerSentence, Finished, Held, Said
from assistant.chat import Road
from assistant.page import render
from assistant.writers import Assignment, ModelWriter
from index.library import Coverage, Library
from index.words import words

REPLIES = replies()
LIES = tuple(dict.fromkeys(claim.kind for reply in REPLIES for claim in reply.claims if claim.label == "unsupported"))
_QUESTION = "What happened?"
# Of the unsupported sentences so many are to be held back or marked; of the supported ones so many may be.
_LEAST_CAUGHT, _MOST_LOST = 0.95, 0.08


class Dictated:
    """A language model that streams a given reply with the keys of its prompt, in pieces of one to nine characters."""

    def __init__(self, reply: str) -> None:
        self._reply = reply

    def stream_chat(self, messages: Sequence[Any], **_: Any) -> Iterator[SimpleNamespace]:
        """The reply piece by piece; a number beyond the sentences shown gives a key that nobody was shown."""
        letter, first = re.findall(r"^\[([A-Z])(\d\d)\] ", messages[0].content, re.MULTILINE)[0]
        text = KEY.sub(lambda match: f"{letter}{int(first) + int(match[1])}", self._reply)
        sizes = Random(text)
        while text:
            size = sizes.randint(1, 9)
            piece, text = text[:size], text[size:]
            yield SimpleNamespace(raw=None, delta=piece)


@dataclass(frozen=True)
class Outcome:
    """A sentence of a reply and what became of it."""

    claim: Claim
    sentence: AnswerSentence
    said: bool

    @property
    def vouched_for(self) -> bool:
        """Whether the reader is told that the articles say so."""
        return self.said and self.sentence.verdict == "supported"

    def __str__(self) -> str:
        """What to read when it went wrong."""
        quotes = " | ".join(each.quote for each in self.sentence.citations)
        return f"{self.claim.kind}: {self.sentence.verdict} {self.sentence.text!r} {self.sentence.reasons} ← {quotes!r}"


@pytest.fixture(scope="module")
def answered(seeded: Library) -> list[tuple[Reply, list[Said | Held], Answer]]:
    """Every reply, its sentences after the road that answers take, and the answer that they make."""
    return [(reply, *answer(seeded, reply, number)) for number, reply in enumerate(REPLIES)]


def answer(library: Library, reply: Reply, number: int) -> tuple[list[Said | Held], Answer]:
    writer = ModelWriter(cast(Any, Dictated(reply.text)), "liar", random=Random(number))
    road = Road(library, _QUESTION, _QUESTION, Coverage(17, None, None), True, 0.0, 0.0)
    *events, last = road.write(writer, Assignment("answer", _QUESTION, reply.shown, 120))
    assert isinstance(last, Finished)
    return [each for each in events if isinstance(each, Said | Held)], last.answer


@pytest.fixture(scope="module")
def outcomes(answered: list[tuple[Reply, list[Said | Held], Answer]]) -> list[Outcome]:
    return [
        Outcome(claim, each.sentence, isinstance(each, Said))
        for reply, judged, _ in answered
        for claim, each in zip(reply.claims, judged, strict=True)
    ]


# The replies


def test_there_are_replies_enough_of_every_kind() -> None:
    kinds = Counter(reply.kind for reply in REPLIES)
    assert len(REPLIES) >= 200
    assert {kind: kinds[kind] for kind in LIES if kinds[kind] < 12} == {}
    assert {len(reply.claims) for reply in REPLIES} == {1, 2, 3, 4}
    assert sum(all(claim.label == "supported" for claim in reply.claims) for reply in REPLIES) >= 40


def test_the_replies_are_always_the_same() -> None:
    assert replies.__wrapped__() == REPLIES


def test_what_is_labelled_supported_is_what_a_sentence_shown_says_with_nothing_added() -> None:
    for reply in REPLIES:
        for claim in reply.claims:
            if claim.label == "supported":
                assert claim.source in reply.shown
                left = iter(spelled(claim.source.sentence.quote))
                assert all(word in left for word in spelled(claim.text)), claim.text


def test_what_is_labelled_unsupported_is_no_sentence_shown() -> None:
    for reply in REPLIES:
        shown = {evidence.sentence.quote for evidence in reply.shown}
        for claim in reply.claims:
            if claim.label == "unsupported" and claim.kind != "pronoun captured":
                assert claim.text not in shown


def spelled(text: str) -> list[str]:
    return [word.text for word in words(text.translate(str.maketrans("“”‘’", "\"\"''")))]


# What becomes of them


def test_each_sentence_comes_out_of_the_stream_in_plain_words(
    answered: list[tuple[Reply, list[Said | Held], Answer]],
) -> None:
    for reply, judged, _ in answered:
        assert [each.sentence.text for each in judged] == [claim.text for claim in reply.claims], reply.text


def test_lies_are_held_back_or_marked(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    lies = [each for each in outcomes if each.claim.label == "unsupported"]
    missed = [each for each in lies if each.vouched_for]
    with capsys.disabled():
        sys.stdout.write(report(outcomes))
    assert len(missed) <= (1 - _LEAST_CAUGHT) * len(lies)
    assert [str(each) for each in missed] == []


def test_few_true_sentences_are_lost(outcomes: list[Outcome]) -> None:
    true = [each for each in outcomes if each.claim.label == "supported"]
    lost = [each for each in true if not each.vouched_for]
    assert len(lost) <= _MOST_LOST * len(true), [str(each) for each in lost]


def test_what_is_vouched_for_cites_the_sentence_that_it_is_whatever_key_it_had(outcomes: list[Outcome]) -> None:
    for each in outcomes:
        if each.claim.source and each.vouched_for:
            assert each.claim.source.sentence.quote in [citation.quote for citation in each.sentence.citations]


def test_what_is_held_back_or_marked_says_why(outcomes: list[Outcome]) -> None:
    assert [str(each) for each in outcomes if not each.vouched_for and not each.sentence.reasons] == []


def test_nothing_that_is_said_shows_markup_or_keys(outcomes: list[Outcome]) -> None:
    for each in outcomes:
        if each.said:
            assert not re.search(r"[<>\[\]【】［］〔〕*`]|://|\{\d", each.sentence.text), str(each)
            drawn = render.sentence(each.sentence)
            assert set(re.findall(r"<(\w+)", drawn)) <= {"div", "span", "a", "details", "summary", "ul", "li"}
            assert all(link.startswith("#") for link in re.findall(r'\b(?:href|src)="([^"]*)', drawn))


def test_keys_that_were_never_shown_are_told(answered: list[tuple[Reply, list[Said | Held], Answer]]) -> None:
    for reply, _, told in answered:
        made_up = any(isinstance(key, str) for claim in reply.claims for key in claim.cites)
        assert any("that it was not shown" in notice for notice in told.notices) == made_up, reply.text


def report(outcomes: Iterable[Outcome]) -> str:
    """How many unsupported sentences were caught and supported ones lost, by kind."""
    counts: dict[str, Counter[str]] = {}
    for each in outcomes:
        kind = counts.setdefault(each.claim.kind, Counter())
        kind[each.claim.label] += 1
        kind[f"{each.claim.label}, vouched for"] += each.vouched_for
    rows = [(f"A writer that lies, {len(REPLIES)} replies", sum(counts.values(), Counter())), *counts.items()]
    return "\n" + "".join(
        f"{name:40} unsupported caught {_of('unsupported', row):>9}   supported lost {_of('supported', row):>7}\n"
        for name, row in rows
    )


def _of(label: str, row: Counter[str]) -> str:
    if not row[label]:
        return "–"
    return f"{row[label] - row[f'{label}, vouched for']}/{row[label]}"
