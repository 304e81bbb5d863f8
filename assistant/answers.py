"""What an answer is: sentences with verdicts and citations, and the events by which it streams. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from index.articles import Article, Sentence, Span
from index.library import Coverage

VerdictLabel = Literal["supported", "partly", "contradicted", "not_found"]
# answered: all that was written is supported; partial: some of it is, or partly; not_found: none of it;
# incomplete: the writer broke off.
Status = Literal["answered", "partial", "not_found", "incomplete"]

# Said when a stream ends without an answer, which only a fault in this program can cause.
_NO_END = "The stream ended without an answer."


@dataclass(frozen=True)
class Citation:
    """The exact words of an article that a sentence rests on; `key` is the number of its marker.

    Raises ValueError when the article does not say `quote` at [start, end): such a citation cannot exist.
    """

    key: int
    article: Article
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise ValueError(f"Article {self.article.id} does not say {self.quote!r} at {self.start}–{self.end}.")

    @classmethod
    def of(cls, key: int, article: Article, span: Span) -> "Citation":
        """The citation of a span of an article."""
        return cls(key, article, span.start, span.end, article.text[span.start : span.end])

    def as_json(self) -> dict[str, Any]:
        """The citation as design and API show it."""
        return {
            "key": self.key,
            "article_id": self.article.id,
            "title": self.article.title,
            "source": self.article.source,
            "published_at": self.article.published_at,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }


@dataclass(frozen=True)
class AnswerSentence:
    """One sentence that the reader is shown, what we think of it, and the words it rests on.

    `reasons` are plain words for a journalist; `score` in [0, 1] says how well the citations back the text; `nearest`
    are the sentences that come nearest where nothing is found.
    """

    text: str
    verdict: VerdictLabel
    score: float
    reasons: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sentence as design and API show it."""
        return {
            "text": self.text,
            "verdict": self.verdict,
            "score": round(self.score, 3),
            "reasons": list(self.reasons),
            "citations": [citation.as_json() for citation in self.citations],
            "nearest": [citation.as_json() for citation in self.nearest],
        }


@dataclass(frozen=True)
class Seconds:
    """How long the search took, until the first sentence was ready, and all of it."""

    search: float = 0.0
    first_sentence: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Answer:
    """A whole answer, briefing or check. `asked` is the question made to stand alone; a briefing need have no topic.

    `nearest` is filled only with status not_found. `held` are the sentences of a model that nothing backs and
    that the reader is not shown unless asked for. `notices` are faults told in plain words.
    """

    question: str
    asked: str
    status: Status
    searched: Coverage
    writer: str
    sentences: tuple[AnswerSentence, ...] = ()
    nearest: tuple[Citation, ...] = ()
    held: tuple[AnswerSentence, ...] = ()
    notices: tuple[str, ...] = ()
    seconds: Seconds = field(default_factory=Seconds)
    kind: Literal["question", "topic"] = "question"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the shown sentences, once each, by key."""
        by_key = {citation.key: citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(by_key[key] for key in sorted(by_key))

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line's `--json`, the API and the tests see it."""
        return {
            self.kind: self.question,
            "asked": self.asked,
            "status": self.status,
            "sentences": [sentence.as_json() for sentence in self.sentences],
            "nearest": [citation.as_json() for citation in self.nearest],
            "searched": {
                "articles": self.searched.articles,
                "from": self.searched.first_day,
                "to": self.searched.last_day,
            },
            "held_back": len(self.held),
            "notices": list(self.notices),
            "writer": self.writer,
            "seconds": {
                "search": round(self.seconds.search, 3),
                "first_sentence": round(self.seconds.first_sentence, 3),
                "total": round(self.seconds.total, 3),
            },
        }


@dataclass(frozen=True)
class Searched:
    """First event: the question as it was searched for, and what was looked at."""

    asked: str
    searched: Coverage


@dataclass(frozen=True)
class Said:
    """One checked sentence that the reader may see."""

    sentence: AnswerSentence


@dataclass(frozen=True)
class Held:
    """One sentence of a model that is kept from the reader, because nothing backs it."""

    sentence: AnswerSentence


@dataclass(frozen=True)
class Notice:
    """Something the reader should know, such as that the endpoint failed."""

    text: str


@dataclass(frozen=True)
class Finished:
    """Last event: the answer whole."""

    answer: Answer


Event = Searched | Said | Held | Notice | Finished


class Numbering:
    """Gives each cited span its number, in order of first appearance; the same words keep theirs."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, Span], int] = {}

    def cite(self, article: Article, sentence: Sentence) -> Citation:
        """The citation of a sentence, without the white space around it."""
        place = (article.id, sentence.span)
        key = self._keys.setdefault(place, len(self._keys) + 1)
        return Citation.of(key, article, sentence.span)


def collect(events: Iterable[Event]) -> Answer:
    """The whole answer: the stream collected."""
    for event in events:
        if isinstance(event, Finished):
            return event.answer
    raise RuntimeError(_NO_END)
