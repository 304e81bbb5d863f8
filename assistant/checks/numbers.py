"""Numbers of a claim must stand in its source: same value, same unit. 10,000 = ten thousand = 10k."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks import Fault, Source
from index.articles import Span
from index.words import stem

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_MAGNITUDES = {
    "hundred": 1e2, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_SPELT = "|".join(sorted(_UNITS, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_NUMBER = re.compile(
    rf"""
    (?P<money>[$£€¥]\s?)?
    (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<ordinal>st|nd|rd|th)?
    (?:[\s-]?(?P<scale>(?:{_SCALE})s?\b|(?:k|m|mn|bn|tn)\b(?!\w)))?
    (?P<percent>\s?(?:%|percent\b|per\scent\b))?
  | \b(?P<spelt>(?:(?:a|half\sa)\s(?=(?:{_SCALE})\b))?
        (?:(?:{_SPELT}|{_SCALE})(?:[\s-](?:and\s)?(?=(?:{_SPELT}|{_SCALE})\b))?)+)\b
    (?P<spelt_percent>\s(?:percent\b|per\scent\b))?
  | \b(?P<nth>{"|".join(_ORDINALS)})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT = re.compile(
    r"\b(about|around|approximately|roughly|nearly|almost|some|more than|over|at least|less than|fewer than|under"
    r"|up to|as many as|an estimated|close to)\s+$",
    re.IGNORECASE,
)
_WITHIN = 0.05  # "about 10,000" may stand for 10,213, not for 11,000

# Units that must agree when both sides name one; any other noun may be a paraphrase.
_UNIT_KINDS = {
    stem(word): kind
    for kind, names in {
        "length": "kilometre kilometer km metre meter mile foot feet inch",
        "seconds": "second", "minutes": "minute", "hours": "hour", "days": "day", "weeks": "week",
        "months": "month", "years": "year",
        "mass": "tonne ton kilogram kilo kg gram pound",
        "volume": "litre liter barrel gallon",
        "people": "people troop soldier person worker passenger resident casualty force employee student",
    }.items()
    for word in names.split()
}  # fmt: skip
_NEXT_WORD = re.compile(r"[\s-]+([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")


@dataclass(frozen=True)
class Quantity:
    """One number as written, with its value, kind ("number", "percent", "money", "ordinal") and unit, if known."""

    text: str
    value: float
    kind: str
    unit: str | None
    about: bool
    span: Span


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in order; "one" counts only before a unit or a scale."""
    return list(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        value, kind = _value(match), _kind(match)
        unit = _unit(text, match.end())
        if match["spelt"] and match["spelt"].lower() == "one" and unit is None:
            continue
        if match["nth"] and match["nth"].lower() in ("first", "second", "third") and unit is None:
            kind = "ordinal"
        about = bool(_ABOUT.search(text[max(0, match.start() - 20) : match.start()]))
        yield Quantity(match[0].strip(), value, kind, unit, about, Span(match.start(), match.end()))


def _kind(match: "re.Match[str]") -> str:
    if match["percent"] or match["spelt_percent"]:
        return "percent"
    if match["money"]:
        return "money"
    return "ordinal" if match["ordinal"] or match["nth"] else "number"


def _value(match: "re.Match[str]") -> float:
    if match["nth"]:
        return float(_ORDINALS[match["nth"].lower()])
    if match["digits"]:
        scale = (match["scale"] or "").lower()
        factor = _MAGNITUDES.get(scale) or _MAGNITUDES.get(scale.rstrip("s"), 1.0)
        return float(match["digits"].replace(",", "")) * factor
    return _spelt_value(match["spelt"])


def _spelt_value(text: str) -> float:
    """The value of number words: "two hundred and fifty thousand" is 250,000."""
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word == "half":
            current += 0.5
        elif word in ("hundred", "dozen"):
            current = (current or 1.0) * _MAGNITUDES[word]
        elif word in _MAGNITUDES and len(word) > 2:
            total += (current or 1.0) * _MAGNITUDES[word]
            current = 0.0
    return total + current


def _unit(text: str, end: int) -> str | None:
    match = _NEXT_WORD.match(text, end)
    if not match or match[1].lower() in ("per", "a", "each", "every"):  # "12,000 per day" counts no days
        return None
    return next((_UNIT_KINDS[stem(word)] for word in match.groups() if word and stem(word) in _UNIT_KINDS), None)


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each number of the claim that the source does not give."""
    given = quantities(source.text)
    return [
        _fault(number, given, where)
        for number in quantities(claim)
        if not any(_same(number, other) for other in given) and not _is_date_part(number, source.day)
    ]


def _same(claimed: Quantity, given: Quantity) -> bool:
    if (claimed.kind == "percent") != (given.kind == "percent"):
        return False
    if claimed.unit and given.unit and claimed.unit != given.unit:
        return False
    if claimed.value == given.value:
        return True
    return claimed.about and abs(claimed.value - given.value) <= _WITHIN * given.value


def _is_date_part(number: Quantity, day: str | None) -> bool:
    """Whether the number is the year or the day of the month of the article's own date; dates.py checks those."""
    if day is None or number.kind == "percent":
        return False
    return number.value in (float(day[:4]), float(day[8:10] or 0)) and number.unit is None


def _fault(number: Quantity, given: list[Quantity], where: str) -> Fault:
    rival = _rival(number, given)
    if rival is None:
        return Fault("absent", f"{number.text} is not in {where}.", number.span)
    reason = f"{number.text} is not in {where}, which says {rival.text}."
    return Fault("wrong", reason, number.span, rival.span)


def _rival(number: Quantity, given: list[Quantity]) -> Quantity | None:
    """The number that the source gives instead: of the same kind and unit, the nearest in size."""
    alike = [
        other
        for other in given
        if (other.kind == "percent") == (number.kind == "percent")
        and (other.kind == "ordinal") == (number.kind == "ordinal")
    ]
    return min(alike, key=lambda other: (other.unit != number.unit, _distance(number, other)), default=None)


def _distance(one: Quantity, other: Quantity) -> float:
    low, high = sorted((abs(one.value), abs(other.value)))
    return high / low if low else high
