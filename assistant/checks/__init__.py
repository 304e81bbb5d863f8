"""Deterministic checks of a claim against source words. Each module finds one kind of fault; none needs a model.

A check takes the claim and a `Source` and returns faults. The order of the checks is fixed in support.py.
"""

from dataclasses import dataclass
from typing import Literal

from index.articles import Span

# "wrong": the source says otherwise. "absent": the source does not say it. "stronger": the source is less sure.
Kind = Literal["wrong", "absent", "stronger"]


@dataclass(frozen=True)
class Fault:
    """One thing in a claim that its source does not bear out.

    `reason` is told to the reader; `span` is where the words at fault stand in the claim, `source_span` what
    they were held against in `Source.text`, if anything.
    """

    kind: Kind
    reason: str
    span: Span
    source_span: Span | None = None


@dataclass(frozen=True)
class Source:
    """The words a claim is held against.

    `sentences` are the source sentences; `text` is them joined, and spans point into it. `before` is what stands
    before them in the article, for pronouns; `article` all words of the article and its headline, for full names;
    `day` its ISO day, for weekdays; `ahead` what stands before the first sentence in its paragraph, for quotations
    that are open there.
    """

    sentences: tuple[str, ...]
    before: str = ""
    article: str = ""
    day: str | None = None
    ahead: str = ""

    @property
    def text(self) -> str:
        """The source sentences as one text."""
        return " ".join(self.sentences)

    @property
    def whole(self) -> str:
        """The article's words, or what is known of them."""
        return self.article or f"{self.before} {self.text}"


def agree(where: str, verb: str) -> str:
    """A verb in the form that goes with `where`: "the cited sentence says", "the cited sentences say"."""
    return verb if where.endswith("sentences") else f"{verb}s"


def sentence_case(text: str) -> str:
    """A text with a capital first letter and the rest as it was."""
    return text[:1].upper() + text[1:]


def listed(text: str) -> tuple[str, ...]:
    """The words of a list written as running text."""
    return tuple(text.split())
