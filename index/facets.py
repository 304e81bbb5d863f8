"""What a question asks, and of whom: its clauses, the outlets and the periods it names. Knows words; nothing of search.

"Did Wired report on 4 March that the ferry sank, while The Herald blamed the port?" has two facets: what is asked of
Wired's articles of that day, and what of The Herald's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from index.articles import Span
from index.periods import Period, periods_in
from index.words import content_words

# Where one clause ends and the next begins.
_CUT = re.compile(
    r"[,;:?]\s+|\s+(?:and|but|while|whereas|unlike|than|or|after|before|who|which|that)\s+", re.IGNORECASE
)
# A clause of fewer words of matter says too little to be looked for by itself.
_FEWEST_WORDS = 4
# "Cnbc | World Business News Leader", "BBC News - Technology": readers know the outlet by what stands first.
_SUBTITLE = re.compile(r"\s[|–—-]\s|:\s")
_HOST = re.compile(r"(?:[\w-]+\.)*?([\w-]{2,})\.(?:(?:com?|org|net)\.)?[a-z]{2,}", re.IGNORECASE)
_SUBDOMAIN = re.compile(r"(?:www\d?|edition|news|m|amp|mobile|en|us|uk)\.(?=[^.]+\.[^.]+)", re.IGNORECASE)
# "The Verge" is also "Verge", but "The Age" is never "Age".
_LONG_ENOUGH = 5


@dataclass(frozen=True)
class Facet:
    """A part of a question, with the outlets and the periods that are named in it."""

    span: Span
    sources: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Inquiry:
    """A question understood. Facets partition it, and so do clauses; all spans are offsets into it.

    `matter` is the question with blanks in the place of outlets and periods: what articles may say about it.
    """

    question: str
    matter: str
    clauses: tuple[Span, ...]
    facets: tuple[Facet, ...]

    def asks(self, span: Span) -> bool:
        """Whether enough is said in this part to look for it."""
        return len(content_words(self.matter[span.start : span.end])) > 1


@dataclass(frozen=True)
class _Mention:
    span: Span
    sources: frozenset[str]


def understand(question: str, sources: Sequence[str], *, today: date, newest: date) -> Inquiry:
    """Take a question apart.

    `sources` are the outlets that can be named, as the library has them, and `newest` its last day: see periods.py.
    """
    mentions = list(_mentions(question, tuple(sources)))
    periods = periods_in(question, today=today, newest=newest)
    matter = _blanked(question, [*(each.span for each in mentions), *(span for span, _ in periods)])
    cuts = [match.end() for match in _CUT.finditer(matter)]
    facets = tuple(
        Facet(span, named, tuple(period for place, period in periods if span.start <= place.start < span.end))
        for span, named in _parts(question, mentions, cuts)
    )
    return Inquiry(question, matter, tuple(_clauses(matter, cuts)), facets)


def _mentions(question: str, sources: tuple[str, ...]) -> Iterator[_Mention]:
    outlets = _by_alias(sources)
    if not outlets:
        return
    for match in _any_of(tuple(outlets)).finditer(question):
        # "Wired" at the head of a question is as likely a plain word; "wired" elsewhere is one.
        opens = not question[: match.start()].strip() and " " not in match[0] and not match[0].isupper()
        if match[0] != match[0].lower() and not opens:
            yield _Mention(Span(match.start(), match.end()), outlets[match[0].lower()])


@lru_cache(maxsize=8)
def _by_alias(sources: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The outlets that go by each name, in lower case."""
    found: dict[str, set[str]] = {}
    for source in sources:
        for alias in _aliases(source):
            if len(alias) > 1:  # an outlet called "X" is in too many words
                found.setdefault(alias.lower(), set()).add(source)
    return {alias: frozenset(outlets) for alias, outlets in found.items()}


def _aliases(source: str) -> Iterator[str]:
    head = _SUBTITLE.split(source)[0].strip()
    yield from (source, head)
    host = _HOST.fullmatch(_SUBDOMAIN.sub("", head, count=1))
    if host:
        yield host[1]
    bare = re.sub(r"^the\s+", "", head, flags=re.IGNORECASE)
    if bare != head and len(bare) >= _LONG_ENOUGH:
        yield bare


@lru_cache(maxsize=8)
def _any_of(names: tuple[str, ...]) -> "re.Pattern[str]":
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _blanked(question: str, spans: Sequence[Span]) -> str:
    for span in spans:
        question = question[: span.start] + " " * (span.end - span.start) + question[span.end :]
    return question


def _parts(question: str, mentions: Sequence[_Mention], cuts: Sequence[int]) -> Iterator[tuple[Span, frozenset[str]]]:
    """One part for each outlet named: from the last cut before its name to the part of the next outlet."""
    if not mentions:
        yield Span(0, len(question)), frozenset()
        return
    bounds = [0]
    for before, after in pairwise(mentions):
        between = [cut for cut in cuts if before.span.end < cut <= after.span.start]
        bounds.append(between[-1] if between else after.span.start)
    bounds.append(len(question))
    for mention, (start, end) in zip(mentions, pairwise(bounds), strict=True):
        yield Span(start, end), mention.sources


def _clauses(matter: str, cuts: Sequence[int]) -> Iterator[Span]:
    """Runs from cut to cut, too short ones joined to the next, or at the end to the one before."""
    found: list[Span] = []
    start = 0
    for end in (*(cut for cut in cuts if cut < len(matter)), len(matter)):
        if len(content_words(matter[start:end])) >= _FEWEST_WORDS:
            found.append(Span(start, end))
            start = end
    if start < len(matter):
        last = found.pop() if found else Span(0, 0)
        found.append(Span(last.start, len(matter)))
    yield from found
