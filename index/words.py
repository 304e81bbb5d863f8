"""Words, stems and stop words, with their places in a text. Knows nothing of articles or search."""

import re
import threading
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from index.articles import Span

# A number keeps its points and commas, a word its apostrophe and its inner points ("U.S", "a.m").
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_](?:\.[^\W\d_]\b)+|\w+(?:['’]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")

# Words that carry the grammar of a question or sentence rather than its matter.
STOPWORDS = frozenset(
    """a about above after again against ago all also am an and any are aren't as at be became because become
    been before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
    don't down during each either else ever every few for from further get gets give given go goes got had hadn't
    has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how however i i'd i'll
    i'm i've if in into is isn't it it's its itself just let like made make many may me might more most much must
    my myself near no nor not now of off on once one only onto or other ought our ours ourselves out over own per
    please same say says said she she'd she'll she's should shouldn't since so some still such tell than that
    that's the their theirs them themselves then there there's these they they'd they'll they're they've thing
    things this those through to too toward towards under until up upon us very was wasn't we we'd we'll we're
    we've were weren't what what's when when's where where's whether which while who who's whom whose why will
    with within without won't would wouldn't yes yet you you'd you'll you're you've your yours""".split()
)


@dataclass(frozen=True)
class Word:
    """One word of a text: as written, without a possessive ending, and where it stands."""

    text: str
    span: Span

    @property
    def stem(self) -> str:
        """The form under which words are compared."""
        return stem(self.text)


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: "re.Match[str]") -> Word:
    bare = _POSSESSIVE.sub("", match[0])
    return Word(bare, Span(match.start(), match.start() + len(bare)))


def content_words(text: str) -> list[Word]:
    """The words that carry the matter: no stop words, no single letters."""
    return [word for word in words(text) if is_content(word.text)]


def is_content(word: str) -> bool:
    """Whether a word carries matter."""
    lowered = word.lower().replace("’", "'")
    return lowered not in STOPWORDS and (len(lowered) > 1 or not lowered.isascii() or lowered.isdigit())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball's English stem of a word; a number without its separators; initials without points."""
    lowered = word.lower().replace("’", "'").removesuffix("'s")
    if lowered[:1].isdigit():
        return lowered.replace(",", "")
    return str(_stemmers.english.stemWord(lowered.replace(".", "")))


class _Stemmers(threading.local):
    """A stemmer a thread: one must not be shared."""

    def __init__(self) -> None:
        import Stemmer

        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


@lru_cache(maxsize=4_096)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words. Kept: search asks for the same sentences again and again."""
    return frozenset(_content_stem(token) for token in _WORD.findall(text)) - {""}


@lru_cache(maxsize=100_000)
def _content_stem(token: str) -> str:
    bare = _POSSESSIVE.sub("", token)
    return stem(bare) if is_content(bare) else ""


def coverage(wanted: Sequence[str], present: Set[str], weights: Mapping[str, float]) -> float:
    """The weighted share of wanted stems that are present, in [0, 1]; 0 when nothing is wanted."""
    total = sum(weights.get(each, 1.0) for each in wanted)
    return sum(weights.get(each, 1.0) for each in wanted if each in present) / total if total else 0.0
