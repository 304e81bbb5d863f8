"""Who did what to whom: the same words in another order may say the opposite.

Compares the order of the words that claim and source share, and lets pass what a writer may move without harm: the
speaker, a date, a place, and both sides of a passive. Knows nothing of the words' sense.
"""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.checks.attribution import speakers
from assistant.checks.dates import days
from assistant.checks.names import NATIONS, SIDES, SPEECH_VERBS, plain
from assistant.checks.numbers import VALUES
from index.articles import Span
from index.words import Word, content_words, is_content, words

_REASON = "The same words in another order: check who did what."
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got)\s+(?:\w+ly\s+)?(?:\w+(?:ed|en|t|n|de|ght|ung)|\w+)\s+(?:\w+\s+){0,2}?by\s+(?!\d)",
    re.IGNORECASE,
)
_NOT = re.compile(r"not|no|never|without|\w+n['’]t", re.IGNORECASE)
_KEPT = re.compile(rf"{_NOT.pattern}|he|she", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|at|near|on|off|outside|across|inside)\s+(?:(?:the|a|an|his|her|its|their)\s+)?$", re.IGNORECASE
)


def doubt(claim: str, text: str) -> str:
    """A reason to doubt a claim whose words stand in another order than the source's; empty for none."""
    return _REASON if _is_turned(claim, text) else ""


def _is_turned(claim: str, text: str) -> bool:
    if _of_another_people(claim, text):
        return True
    ours, theirs = _fixed(claim), _fixed(text)
    if bool(_PASSIVE.search(claim)) != bool(_PASSIVE.search(text)):
        return not _swapped_round_by(claim, ours, text, theirs)
    said_once = _once(ours) & _once(theirs)
    place = {word.stem: number for number, word in enumerate(theirs)}
    if any({_way(claim, w), _way(text, theirs[place[w.stem]])} == {"from", "to"} for w in ours if w.stem in said_once):
        return True
    for kind in ("name", "number", "day", "word"):
        places = [place[w.stem] for w in ours if w.stem in said_once and _kind(w, claim) == kind]
        if places != sorted(places):
            return True
    return False


def _of_another_people(claim: str, text: str) -> bool:
    """Whether "Russian troops" of the claim are "North Korean troops" in the source, and nothing else there."""
    told = _peoples(text)
    return any(noun in told and not peoples & told[noun] for noun, peoples in _peoples(claim).items())


def _peoples(text: str) -> dict[str, set[str]]:
    """The stems of words with the peoples that they are said of."""
    found: dict[str, set[str]] = {}
    for side, people, noun in zip((*words("the"), *(every := words(text))), every, every[1:], strict=False):
        if people.text[0].isupper() and noun.text.islower() and plain(people.text) in NATIONS:
            north_or_south = f"{plain(side.text)} " if plain(side.text) in SIDES else ""
            found.setdefault(noun.stem, set()).add(north_or_south + plain(people.text))
    return found


def _once(every: Sequence[Word]) -> set[str]:
    return {stem for stem, times in Counter(word.stem for word in every).items() if times == 1}


def _way(text: str, word: Word) -> str:
    """Whether a word is where something comes from or goes to."""
    found = re.search(r"\b(from|to)\s+(?:the\s+)?$", text[max(0, word.span.start - 12) : word.span.start])
    return found[1] if found else ""


def _kind(word: Word, text: str) -> str:
    """What may be swapped with what: a name with a name, a number with a number."""
    if word.text[0].isdigit() or word.text.lower() in VALUES:
        return "number"
    if days(word.text):
        return "day"
    return "name" if word.text[0].isupper() and word.span.start else "word"


def _swapped_round_by(claim: str, ours: Sequence[Word], text: str, theirs: Sequence[Word]) -> bool:
    """Whether the words before and after the "by" of one side stand the other way round on the other."""
    passive = _PASSIVE.search(claim)
    if passive is None:
        passive, ours, theirs = _PASSIVE.search(text), theirs, ours
    assert passive is not None  # noqa: S101  the caller has seen it
    done = [word.stem for word in ours if word.span.end <= passive.start()]
    doer = [word.stem for word in ours if word.span.start >= passive.end()][:2]
    where = {word.stem: number for number, word in enumerate(theirs)}
    before = [where[stem] for stem in done if stem in where]
    after = [where[stem] for stem in doer if stem in where]
    return not before or not after or min(after) < max(before)


def _fixed(text: str) -> list[Word]:
    """The words that must keep their order: matter and "not", without speakers, places, and a date that is alone."""
    dated = days(text)
    free = [each.span for each in speakers(text)] + ([dated[0].span] if len(dated) == 1 else [])
    placed = [word for word in content_words(text) if _is_placed(text, word)]
    free += [Span(word.span.start, _end(text, word)) for word in placed] if len(placed) == 1 else []
    return [
        Word("not", word.span) if _NOT.fullmatch(word.text) else word
        for word in words(text)
        if (is_content(word.text) or _KEPT.fullmatch(word.text))
        and word.text.lower() not in SPEECH_VERBS
        and not _stands_in(word, free)
    ]


def _end(text: str, word: Word) -> int:
    """Where a word with all that a hyphen joins to it ends."""
    return next((place for place in range(word.span.end, len(text)) if text[place].isspace()), len(text))


def _stands_in(word: Word, spans: Sequence[Span]) -> bool:
    return any(span.start <= word.span.start < span.end for span in spans)


def _is_placed(text: str, word: Word) -> bool:
    """Whether a word tells where something is, which may be said first or last."""
    return (
        word.text[0].isalpha()
        and not days(word.text)
        and bool(_PLACE.search(text[max(0, word.span.start - 16) : word.span.start]))
    )
