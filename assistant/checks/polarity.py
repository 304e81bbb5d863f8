"""What did not happen, may happen or went the other way must not be told as a plain fact.

Three comparisons of words that claim and source share: whether a "not" governs them, whether a "may" does, and
whether a word beside them was turned into its opposite. Knows no grammar beyond clauses.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
    """A text with its content words and the marks in it."""

    text: str
    content: list[Word]
    marks: list[_Mark]

    @classmethod
    def of(cls, text: str, pattern: re.Pattern[str], content: list[Word]) -> "_Read":
        """The text, read for one sort of mark."""
        return cls(text, content, list(_marks(text, pattern, content)))

    def states(self, stem: str) -> set[bool]:
        """Whether the word stands under a mark, for each place where it stands; two marks undo each other."""
        return {
            sum(word.span == governed.span for mark in self.marks for governed in mark.governed) % 2 == 1
            for word in self.content
            if word.stem == stem
        }


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """Faults for a lost or added "not", a dropped hedge, and a word turned into its opposite."""
    said, told = content_words(claim), content_words(source.text)
    if not _same_matter(said, told):
        return []
    return [
        *_negations(claim, source.text, said, told, where),
        *_hedges(claim, source.text, said, told, where),
        *_opposites(claim, source.text, said, told, where),
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
    for word in islice((word for word in content if word.span.start >= end), _REACH):
        between = text[end : word.span.start]
        if _CLAUSE_END.search(between):
            return
        if not word.text[:1].isupper() or len(between.split()) == 0:
            yield word


def _negations(claim: str, text: str, said: list[Word], told: list[Word], where: str) -> list[Fault]:
    ours, theirs = _Read.of(claim, _NEGATION, said), _Read.of(text, _NEGATION, told)
    if lost := _unanswered(theirs, ours):
        mark, word, own = lost
        told_so = f"{sentence_case(where)} {agree(where, 'say')} “{_phrase(text, mark, word)}”"
        return [Fault("wrong", f"{told_so}; the claim leaves out “{mark.text}”.", own.span, mark.span)]
    if added := _unanswered(ours, theirs):
        mark, word, other = added
        told_so = f"The claim says “{_phrase(claim, mark, word)}”"
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
    free = [mark for mark in plain.marks if not any(True in marked.states(word.stem) for word in mark.governed)]
    if free:
        return None
    for mark in marked.marks:
        if any(True in plain.states(word.stem) for word in mark.governed):
            continue
        for word in mark.governed:
            if plain.states(word.stem) == {False} and marked.states(word.stem) == {True}:
                return mark, word, next(each for each in plain.content if each.stem == word.stem)
    return None


def _phrase(text: str, mark: _Mark, word: Word) -> str:
    return " ".join(text[mark.span.start : word.span.end].split())


def _opposites(claim: str, text: str, said: list[Word], told: list[Word], where: str) -> list[Fault]:
    negated = {
        governed.stem
        for read in (_Read.of(claim, _NEGATION, said), _Read.of(text, _NEGATION, told))
        for mark in read.marks
        for governed in mark.governed
    }
    ours, theirs = _sided(claim), _sided(text)
    own, taken = _sides_of(ours), _sides_of(theirs)
    for word in ours:
        sides = _sides_of([word])
        if word.stem in negated or sides & taken:
            continue
        for other in theirs:
            turned = {side for side in _sides_of([other]) if any(side[0] == group for group, _ in sides)}
            if (
                other.stem not in negated
                and turned
                and not turned & own
                and _of_the_same(word, claim, said, other, text, told)
            ):
                reason = f"{sentence_case(where)} {agree(where, 'say')} “{other.text}”, not “{word.text}”."
                return [Fault("wrong", reason, word.span, other.span)]
    return []


def _sides_of(found: Sequence[Word]) -> set[tuple[int, int]]:
    return {side for word in found for side in _SIDES[word.text.lower()]}


def _sided(text: str) -> list[Word]:
    return [word for word in words(text) if word.text.lower() in _SIDES]


def _of_the_same(ours: Word, claim: str, said: list[Word], theirs: Word, text: str, told: list[Word]) -> bool:
    """Whether two opposite words stand in like company: the same next word, or a shared word near both."""
    if ours.text.lower() in _LEANING:
        following = _following(ours, said)
        return following is not None and following == _following(theirs, told)
    return not _company(ours, claim, said).isdisjoint(_company(theirs, text, told))


def _following(word: Word, content: list[Word]) -> str | None:
    return next((each.stem for each in content if each.span.start >= word.span.end), None)


def _company(word: Word, text: str, content: list[Word]) -> set[str]:
    """The content words next to a word in its clause."""
    before = [each for each in content if each.span.end <= word.span.start][-_NEAR:]
    after = [each for each in content if each.span.start >= word.span.end][:_NEAR]
    return {
        *(each.stem for each in before if not _CLAUSE_END.search(text[each.span.end : word.span.start])),
        *(each.stem for each in after if not _CLAUSE_END.search(text[word.span.end : each.span.start])),
    }
