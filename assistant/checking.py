"""Check any text: each sentence gets a verdict and the source sentences it rests on, or the nearest ones."""

import time
from collections.abc import Iterator, Sequence

from assistant.answers import Answer, AnswerSentence, Event, Finished, Numbering, Said, Searched, Seconds
from assistant.chat import passages, sentence_of, status_of, undisturbed
from assistant.support import Judge, Opinion, Verdict
from assistant.writers import WriterFailed
from index import sentences
from index.articles import canonical
from index.errors import BadRequest
from index.library import Filters, Library
from index.search import search

WRITER = "pasted text"
_LONGEST_TEXT = 100_000
# Passages that a sentence is held against: the best few carry the backing, the rest cost time.
_PASSAGES = 6
_SHOWN_LENGTH = 80


def check(
    library: Library, text: str, *, filters: Filters | None = None, opinion: Opinion | None = None
) -> Iterator[Event]:
    """Every sentence of the text with its verdict, in order; the last event is Finished.

    `opinion` is asked where a verdict is in doubt. Raises BadRequest for an empty or over-long text.
    """
    started = time.perf_counter()
    claims = _claims(text)
    filters = filters or Filters()
    second = _SecondOpinion(opinion)
    judge, numbering = Judge(opinion=second if opinion else None), Numbering()
    yield Searched(_title(claims), library.coverage(filters))
    said: list[AnswerSentence] = []
    first_said = 0.0
    for claim in claims:
        said.append(sentence_of(claim, _verdict(library, judge, claim, filters), numbering, all_near=True))
        first_said = first_said or time.perf_counter() - started
        yield Said(said[-1])
    yield Finished(
        Answer(
            question=_title(claims),
            asked=_title(claims),
            status=status_of(said),
            searched=library.coverage(filters),
            writer=WRITER,
            sentences=tuple(said),
            notices=second.notices,
            seconds=Seconds(first_sentence=first_said, total=time.perf_counter() - started),
        )
    )


class _SecondOpinion:
    """Asks for a second opinion until that fails once; `notices` then say so."""

    def __init__(self, opinion: Opinion | None) -> None:
        self._opinion = opinion
        self.notices: tuple[str, ...] = ()

    def __call__(self, claim: str, source: str) -> bool | None:
        if self._opinion is None or self.notices:
            return None
        try:
            return self._opinion(claim, source)
        except WriterFailed as error:
            self.notices = (f"{error} From there on the verdicts are without a second opinion.",)
            return None


def _claims(text: str) -> list[str]:
    if len(text) > _LONGEST_TEXT:
        raise BadRequest(f"The text has {len(text):,} characters; at most {_LONGEST_TEXT:,} can be checked at once.")
    claims = [part.quote for part in sentences.split(canonical(text)) if part.quote]
    if not claims:
        raise BadRequest("There is no text to check. Paste at least one sentence.")
    return claims


def _verdict(library: Library, judge: Judge, claim: str, filters: Filters) -> Verdict:
    found = undisturbed(lambda: search(library, claim, filters=filters, limit=_PASSAGES))
    return judge.verdict(claim, passages(library, found.evidence, of_claim=True), where="the nearest sentence")


def _title(claims: Sequence[str]) -> str:
    first = claims[0]
    return first if len(first) <= _SHOWN_LENGTH else f"{first[: _SHOWN_LENGTH - 1]}…"
