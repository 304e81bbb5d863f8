"""What did not happen, may happen or went the other way must not be told as a plain fact.

Three comparisons of words that claim and source share: whether a "not" governs them, whether a "may" does, and
whether a word beside them was turned into its opposite. Knows no grammar beyond clauses.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.checks import Fault, Source, agree, listed, sentence_case
from index.articles import Span
from index.words import Word, content_words, words

# What turns a statement round, and what only looks like it ("not only", "no fewer than", "No 10").
_NEGATION = re.compile(
    r"""
    \b(?:not|never|without|neither|nor|cannot|none|nobody|nothing)\b(?!\s+(?:only|just|merely|least|until|to\smention))
  | \bno\b(?!\s+(?:fewer|less|more|later|sooner|doubt|matter|\d)|\.)
  | \w*n['’]t\b
  | \b(?:fail(?:s|ed|ing)?|yet|unable|declin(?:es?|ed|ing)|refus(?:es?|ed|ing))\s+to\b
  | \b(?:deny|denies|denied|denying)\b(?:\s+that\b)?
  | \brul(?:es?|ed|ing)\s+out\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEDGE = re.compile(
    r"""
    \b(?:might|may(?!\s+\d)|could(?!\s+not|n['’]t))\b
  | \b(?:possibly|perhaps|probably|likely|unlikely|reportedly|allegedly|alleged|suspected|potential|potentially)\b
  | \b(?:propose[sd]?|proposing|considers|considering|threaten(?:s|ed)?\sto)\b
  | \b(?:plan(?:s|ned|ning)?|hop(?:es?|ed|ing)|intend(?:s|ed)?)\s(?:to|for)\b
  | \b(?:aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|want(?:s|ed)?)\s(?:to|for)\b
  | \b(?:expect(?:s|ed|ing)?|appear(?:s|ed)?\sto|seem(?:s|ed)?\sto)\b(?:\sto\b|\sthat\b)?
  | \b(?:believ(?:es?|ed)|suspects?|thinks?|thought|fears?|feared|suggests?|suggested)\b(?:\sthat\b|\sto\b)?
  | (?<!as\s)(?<!even\s)\b(?:if|unless|whether)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A claim with one of these does not speak plainly either.
_SOFT = re.compile(
    r"\b(?:would|should|can|hypothetical|set\sto|due\sto|plans?|proposals?|hopes?|expectations?|looking)\b",
    re.IGNORECASE,
)
# A mark governs the next content words of its clause.
_REACH = 2
_CLAUSE_END = re.compile(
    r"[.;:!?,—–()“”\"]|\b(?:but|although|though|while|whereas|because|which|who|and|that|whether|if|when|where|how|why"
    r"|what)\b",
    re.IGNORECASE,
)
# Below this share of common words the two do not speak of the same matter.
_SAME_MATTER = 0.4
# Hedges are common words, so that more must be shared before one counts as dropped.
_SAME_STATEMENT = 0.5

_OPPOSITES = [
    ("rise rises rose risen rising increase increases increased increasing grow grows grew grown growth climb climbs"
     " climbed gain gained higher raise raises raised soar soared surge surged jump jumped upturn",
     "fall falls fell fallen falling decrease decreases decreased decreasing shrank shrink decline declines declined"
     " declining drop drops dropped lower lowered reduce reduces reduced reduction plunge plunged sank slump downturn"),
    ("won win wins winning victory", "lost lose loses losing defeat"),
    ("accept accepts accepted approve approves approved approval back backs backed support supports supported",
     "reject rejects rejected refuse refused oppose opposes opposed opposition"),
    ("confirm confirms confirmed admit admits admitted acknowledged", "deny denies denied"),
    ("guilty convicted", "innocent acquitted cleared"),
    ("open opens opened opening reopen reopened", "close closes closed closing shut"),
    ("arrive arrives arrived", "leave left leaves departed"),
    ("begin begins began start starts started", "end ends ended finish finished stop stopped"),
    ("survive survived survivors alive", "die died dead killed"),
    ("east eastern eastward", "west western westward"), ("north northern northward", "south southern southward"),
    ("above", "below"), ("upstream", "downstream"), ("inside", "outside"),
    ("hired", "fired dismissed"), ("allow allows allowed permitted legal", "ban bans banned forbidden illegal"),
    ("buy buys bought", "sell sells sold"), ("strengthen strengthened stronger", "weaken weakened weaker"),
    ("safe", "unsafe dangerous"), ("voluntary optional", "mandatory compulsory obligatory"),
    ("succeed succeeded success", "fail failed failure collapsed"),
    ("praise praised praises", "criticise criticised criticized"),
    ("majority", "minority"), ("maximum", "minimum"), ("morning", "evening", "afternoon", "night"),
    ("mother", "father"), ("son", "daughter"), ("brother", "sister"), ("husband", "wife"),
    ("attack attacked", "defend defended defends"), ("deploy deployed", "withdraw withdrew withdrawn"),
    ("before", "after"), ("more most", "less least fewer fewest"), ("first", "last"),
    ("best biggest largest highest longest", "worst smallest lowest shortest"),
]  # fmt: skip
# These turn round only the word they stand before.
_LEANING = frozenset(
    listed("before after more most less least fewer fewest first last morning evening afternoon night")
)
_SIDES: dict[str, list[tuple[int, int]]] = {}
for _group, _sides in enumerate(_OPPOSITES):
    for _side, _words in enumerate(_sides):
        for _word in _words.split():
            _SIDES.setdefault(_word, []).append((_group, _side))
_NEAR = 3


@dataclass(frozen=True)
class _Mark:
    """A "not" or a "may" with the content words that it governs."""

    text: str
    span: Span
    governed: tuple[Word, ...]


@dataclass(frozen=True)
class _Read:
    """A text read for one sort of mark: its content words, the marks, and how each stem stands.

    `states` tells for each stem whether it stands under a mark, for all places where it stands; two marks undo each
    other.
    """

    text: str
    content: Sequence[Word]
    marks: Sequence[_Mark]
    states: Mapping[str, set[bool]]

    @classmethod
    def of(cls, text: str, pattern: re.Pattern[str], content: Sequence[Word]) -> "_Read":
        """The text with its marks found."""
        marks = list(_marks(text, pattern, content))
        times = Counter(governed.span for mark in marks for governed in mark.governed)
        states: dict[str, set[bool]] = {}
        for word in content:
            states.setdefault(word.stem, set()).add(times[word.span] % 2 == 1)
        return cls(text, content, marks, states)

    def is_marked(self, words: Iterable[Word]) -> bool:
        """Whether one of the words stands under a mark here."""
        return any(True in self.states.get(word.stem, ()) for word in words)


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """Faults for a lost or added "not", a dropped hedge, and a word turned into its opposite."""
    said, told = content_words(claim), content_words(source.text)
    if not _same_matter(said, told):
        return []
    ours, theirs = _Read.of(claim, _NEGATION, said), _Read.of(source.text, _NEGATION, told)
    return [
        *_negations(ours, theirs, where),
        *_hedges(claim, source.text, said, told, where),
        *_opposites(ours, theirs, where),
    ]


def _same_matter(said: Sequence[Word], told: Sequence[Word], least: float = _SAME_MATTER) -> bool:
    wanted, there = {word.stem for word in said}, {word.stem for word in told}
    return bool(wanted) and len(wanted & there) >= least * len(wanted)


def _marks(text: str, pattern: re.Pattern[str], content: Sequence[Word]) -> Iterator[_Mark]:
    for match in pattern.finditer(text):
        if match[0] == "May":  # the month, a name, or a question
            continue
        yield _Mark(match[0], Span(*match.span()), tuple(_governed(text, match.end(), content)))


def _governed(text: str, end: int, content: Sequence[Word]) -> Iterator[Word]:
    """The next content words of the clause; a name only right after the mark."""
    first = bisect_left(content, end, key=lambda word: word.span.start)
    for word in content[first : first + _REACH]:
        between = text[end : word.span.start]
        if _CLAUSE_END.search(between):
            return
        if not word.text[:1].isupper() or not between.split():
            yield word


def _negations(ours: _Read, theirs: _Read, where: str) -> list[Fault]:
    if lost := _unanswered(theirs, ours):
        mark, word, own = lost
        told_so = f"{sentence_case(where)} {agree(where, 'say')} “{_phrase(theirs.text, mark, word)}”"
        return [Fault("wrong", f"{told_so}; the claim leaves out “{mark.text}”.", own.span, mark.span)]
    if added := _unanswered(ours, theirs):
        mark, word, other = added
        told_so = f"The claim says “{_phrase(ours.text, mark, word)}”"
        return [Fault("wrong", f"{told_so}; “{mark.text}” is not in {where}.", mark.span, other.span)]
    return []


def _hedges(claim: str, text: str, said: list[Word], told: list[Word], where: str) -> list[Fault]:
    if _SOFT.search(claim) or not _same_matter(said, told, least=_SAME_STATEMENT):
        return []
    lost = _unanswered(_Read.of(text, _HEDGE, told), _Read.of(claim, _HEDGE, said))
    if not lost:
        return []
    mark, word, own = lost
    told_so = f"{sentence_case(where)} {agree(where, 'say')} “{_phrase(text, mark, word)}”"
    return [Fault("stronger", f"{told_so}; the claim says it without “{mark.text}”.", own.span, mark.span)]


def _unanswered(marked: _Read, plain: _Read) -> tuple[_Mark, Word, Word] | None:
    """A mark whose words stand on the other side without one: the mark, its word and that word on the other side.

    A mark on the other side that governs other words may say the same in another way, so then nothing is found.
    """
    if any(not marked.is_marked(mark.governed) for mark in plain.marks):
        return None
    for mark in marked.marks:
        if plain.is_marked(mark.governed):
            continue
        for word in mark.governed:
            if plain.states.get(word.stem) == {False} and marked.states[word.stem] == {True}:
                return mark, word, next(each for each in plain.content if each.stem == word.stem)
    return None


def _phrase(text: str, mark: _Mark, word: Word) -> str:
    return " ".join(text[mark.span.start : word.span.end].split())


def _opposites(ours: _Read, theirs: _Read, where: str) -> list[Fault]:
    claimed, told = _sided(ours.text), _sided(theirs.text)
    own, taken = _sides_of(claimed), _sides_of(told)
    for word in claimed:
        sides = _sides_of([word])
        groups = {group for group, _ in sides}
        if sides & taken or _is_negated(word, ours, theirs):
            continue
        for other in told:
            turned = {side for side in _sides_of([other]) if side[0] in groups}
            if not turned or turned & own or _is_negated(other, ours, theirs):
                continue
            if _of_the_same(word, ours, other, theirs):
                reason = f"{sentence_case(where)} {agree(where, 'say')} “{other.text}”, not “{word.text}”."
                return [Fault("wrong", reason, word.span, other.span)]
    return []


def _is_negated(word: Word, *reads: _Read) -> bool:
    """Whether a word stands under a "not" on either side: "did not rise" does not quarrel with "fell"."""
    return any(read.is_marked([word]) for read in reads)


def _sides_of(found: Sequence[Word]) -> set[tuple[int, int]]:
    return {side for word in found for side in _SIDES[word.text.lower()]}


def _sided(text: str) -> list[Word]:
    return [word for word in words(text) if word.text.lower() in _SIDES]


def _of_the_same(word: Word, ours: _Read, other: Word, theirs: _Read) -> bool:
    """Whether two opposite words stand in like company: the same next word, or a shared word near both."""
    if word.text.lower() in _LEANING:
        following = _following(word, ours)
        return following is not None and following == _following(other, theirs)
    return not _company(word, ours).isdisjoint(_company(other, theirs))


def _following(word: Word, read: _Read) -> str | None:
    return next((each.stem for each in _after(word, read)), None)


def _company(word: Word, read: _Read) -> set[str]:
    """The content words next to a word in its clause."""
    first = bisect_left(read.content, word.span.start, key=lambda each: each.span.start)
    before = read.content[max(0, first - _NEAR) : first]
    parted = [(each, read.text[each.span.end : word.span.start]) for each in before]
    parted += [(each, read.text[word.span.end : each.span.start]) for each in _after(word, read)]
    return {each.stem for each, between in parted if not _CLAUSE_END.search(between)}


def _after(word: Word, read: _Read) -> Sequence[Word]:
    first = bisect_left(read.content, word.span.end, key=lambda each: each.span.start)
    return read.content[first : first + _NEAR]
