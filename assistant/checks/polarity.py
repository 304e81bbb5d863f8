"""What did not happen, may happen or went the other way must not be told as a plain fact."""

import re
from collections.abc import Iterable

from assistant.checks import Fault, Kind, Source
from index.words import Word, content_words, words

_NEGATORS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "nor",
        "neither",
        "cannot",
        "none",
        "nobody",
        "nothing",
        "deny",
        "denies",
        "denied",
        "denying",
        "refuse",
        "refuses",
        "refused",
        "fail",
        "fails",
        "failed",
        "reject",
        "rejects",
        "rejected",
        "rejecting",
        "dismiss",
        "dismissed",
        "unable",
        "halted",
        "cancelled",
        "canceled",
    ]
)
_HEDGES = frozenset(
    [
        "may",
        "might",
        "could",
        "would",
        "should",
        "plan",
        "plans",
        "planned",
        "planning",
        "propose",
        "proposes",
        "proposed",
        "hope",
        "hopes",
        "hoped",
        "expect",
        "expects",
        "expected",
        "consider",
        "considers",
        "considering",
        "considered",
        "possibly",
        "perhaps",
        "likely",
        "unlikely",
        "reportedly",
        "allegedly",
        "alleged",
        "suspected",
        "seek",
        "seeks",
        "seeking",
        "aim",
        "aims",
        "intends",
        "intended",
        "if",
        "unless",
        "potential",
        "potentially",
        "suggests",
        "suggest",
        "suggested",
        "threatened",
        "threatens",
    ]
)
# A mark governs the next content words of its clause.
_REACH = 2
_CLAUSE_END = re.compile(
    r"[.;:!?,—–()“”\"]|\b(?:but|although|though|while|whereas|because|which|who|and|that)\b", re.IGNORECASE
)

_OPPOSITES = [
    ("rise rose risen rising increase increased increases increasing up grew grow growth climb climbed gain gained"
     " higher raised raise raises soared surged jumped more",
     "fall fell fallen falling decrease decreased decreases decreasing down shrank decline declined drop dropped"
     " lower lowered cut cuts reduced reduce plunged sank less fewer"),
    ("before earlier", "after later"),
    ("won win wins victory", "lost lose loses defeat"),
    ("accept accepted accepts approve approved approves approval backed support supported supports",
     "reject rejected rejects refuse refused oppose opposed opposes opposition"),
    ("best largest biggest highest longest most", "worst smallest lowest shortest least"),
    ("guilty convicted", "innocent acquitted cleared"),
    ("open opened opens reopen reopened", "close closed closes shut"),
    ("arrive arrived arrives", "leave left leaves departed"),
    ("begin began begins start started starts", "end ended ends finished stop stopped"),
    ("alive survived survive", "dead died killed dies"),
    ("east eastern eastward", "west western westward"),
    ("north northern northward", "south southern southward"),
    ("above", "below"), ("first", "last"), ("hired", "fired dismissed"), ("allowed allow permitted", "banned ban forbidden"),
]  # fmt: skip
_SIDES: dict[str, list[tuple[int, int]]] = {}
for _pair, _both in enumerate(_OPPOSITES):
    for _side, _words in enumerate(_both):
        for _word in _words.split():
            _SIDES.setdefault(_word, []).append((_pair, _side))


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """Faults for a lost or added "not", a dropped hedge, and a word turned into its opposite."""
    return [
        *_marks(claim, source, _NEGATORS, "wrong", where),
        *_marks(claim, source, _HEDGES, "stronger", where),
        *_opposites(claim, source, where),
    ]


def _marks(claim: str, source: Source, marks: frozenset[str], kind: Kind, where: str) -> list[Fault]:
    claimed, given = _governed(claim, marks), _governed(source.text, marks)
    plain_claim = {word.stem: word for word in content_words(claim)}
    plain_source = {word.stem for word in content_words(source.text)}
    faults = []
    for governed, mark in given.items():
        if governed in plain_claim and governed not in claimed and not _has_mark(claim, marks):
            reason = f"{where[:1].upper()}{where[1:]} says “{mark.text}” of “{plain_claim[governed].text}”; the claim does not."
            faults.append(Fault(kind, reason, plain_claim[governed].span, mark.span))
    if kind == "wrong":
        for governed, mark in claimed.items():
            if governed in plain_source and governed not in given and not _has_mark(source.text, marks):
                reason = f"“{mark.text}” of “{plain_claim[governed].text}” is not in {where}."
                faults.append(Fault(kind, reason, mark.span))
    return faults[:1]


def _has_mark(text: str, marks: frozenset[str]) -> bool:
    return any(_is_mark(word, marks) for word in words(text))


def _is_mark(word: Word, marks: frozenset[str]) -> bool:
    lowered = word.text.lower().replace("’", "'")
    return (lowered in marks and word.text != "May") or (marks is _NEGATORS and lowered.endswith("n't"))


def _governed(text: str, marks: frozenset[str]) -> dict[str, Word]:
    """The stems that stand under a mark, each with its mark: the next content words of the same clause."""
    every = words(text)
    found: dict[str, Word] = {}
    for number, mark in enumerate(every):
        if _is_mark(mark, marks):
            for word in _reached(text, mark, every[number + 1 :]):
                found.setdefault(word.stem, mark)
    return found


def _reached(text: str, mark: Word, following: Iterable[Word]) -> list[Word]:
    reached: list[Word] = []
    content = {word.span for word in content_words(text)}
    for word in following:
        if len(reached) == _REACH or _CLAUSE_END.search(text, mark.span.end, word.span.start):
            break
        if word.span in content:
            reached.append(word)
    return reached


def _opposites(claim: str, source: Source, where: str) -> list[Fault]:
    said = {word.text.lower(): word for word in words(source.text)}
    sides_of_source = {side for word in said for side in _SIDES.get(word, ())}
    claim_words = words(claim)
    sides_of_claim = {side for word in claim_words for side in _SIDES.get(word.text.lower(), ())}
    for word in claim_words:
        sides = _SIDES.get(word.text.lower(), [])
        turned = [(pair, 1 - side) for pair, side in sides if (pair, side) not in sides_of_source]
        wrong = [each for each in turned if each in sides_of_source and each not in sides_of_claim]
        if wrong and len(wrong) == len(sides):
            other = next(each for text, each in said.items() if wrong[0] in _SIDES.get(text, ()))
            reason = f"{where[:1].upper()}{where[1:]} says “{other.text}”, not “{word.text}”."
            return [Fault("wrong", reason, word.span, other.span)]
    return []
