"""Numbers of a claim must stand in its source: same value, same unit. 10,000 = ten thousand = 10k.

Knows nothing of calendar days (dates.py). Words such as "dozens" or "several hundred" have no value.
"""

import re
from dataclasses import dataclass, replace
from math import floor, log10

from assistant.checks import Fault, Source, agree, listed, sentence_case
from assistant.checks.dates import days, says_year
from index.articles import Span
from index.words import STOPWORDS, stem

_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
VALUES = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_NTH = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value for value, word in enumerate(_NTH, 1)}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}

# What numbers count, as dimension and size. Only within one dimension can amounts be compared.
_DIMENSIONS: dict[str, dict[str, float]] = {
    "time": {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400},
    "months": {"month": 1, "year": 12},
    "length": {
        "centimetre centimeter cm": 0.01, "metre meter": 1, "kilometre kilometer km": 1000,
        "inch": 0.0254, "foot feet ft": 0.3048, "mile": 1609.344,
    },
    "mass": {"gram": 0.001, "kilogram kilo kg": 1, "tonne ton": 1000},
    "volume": {"litre liter": 1, "barrel": 159, "gallon": 3.785},
    "people": {
        "people troop soldier person worker passenger resident employee student patient voter protester demonstrator"
        " child woman man men women children": 1
    },
    "°C": {"celsius centigrade": 1}, "°F": {"fahrenheit": 1},
    "$": {"dollar": 1}, "€": {"euro": 1}, "£": {"pound": 1}, "¥": {"yen": 1},
}  # fmt: skip
_UNITS = {
    stem(word): (dimension, size)
    for dimension, sizes in _DIMENSIONS.items()
    for words, size in sizes.items()
    for word in listed(words)
}
_CURRENCIES = frozenset("$€£¥")

_TEN = "|".join(_TENS)
_UNIT = "|".join(sorted(_SMALL, key=len, reverse=True))
_SPELT_SMALL = rf"(?:(?:{_TEN})(?:[\s-](?:{'|'.join(_SMALL[1:10])})\b)?|{_UNIT})\b"
_SCALE = "|".join(_SCALES)
_SPELT_LARGE = rf"(?:{_SPELT_SMALL}|half\sa|an?)(?:[\s-](?:{_SCALE})\b)+"
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"""
    (?P<code>\d{{4}}-\d\d-\d\d|\d+(?:/\d+)+|\d+(?:-\d+){{2,}})
  | (?P<clock>(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?
      |(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b(?!:)|\b(?:noon|midnight)\b)
  | (?P<decade>(?:\b(?:1[89]|20)|['’])\d0s)\b
  | (?P<pair>(?<![\w.,])(?P<one>\d{{1,3}})[-–](?P<other>\d{{1,3}})(?![\w,]|[-.–]\d))
  | (?:(?P<money>(?:US|A|C)?[$£€¥])\s?)?(?P<digits>{_DIGITS})
    (?:(?P<ordinal>st|nd|rd|th)\b|[\s-]?(?P<scale>{_SCALE})s?\b|(?P<letter>k|mn?|bn?|tn)\b)?
    (?P<fraction>\sand\sa\shalf\b)?
    (?P<percent>\s?%|[\s-](?:percent|per\scent)(?:age)?\b)?
    (?P<points>[\s-](?:percentage[\s-])?points?\b)?
  | \b(?P<part>(?P<count>an?|one|two|three|four)[\s-](?P<size>third|quarter|fifth|sixth|tenth)s?(?=\sof\b)
      |(?P<counts>two|three|four)[\s-](?P<sizes>third|quarter|fifth|sixth|tenth)s
      |(?<!first\s)(?<!second\s)(?<!other\s)(?<!better\s)half(?=\sof\b|\s(?:the|its|their|all|his|her)\b))\b
  | \b(?P<spelt>(?:{_SPELT_LARGE}(?:(?:,\s|\s|-)(?:and\s)?(?:{_SPELT_LARGE}|{_SPELT_SMALL}))*|{_SPELT_SMALL}))
    (?P<spelt_fraction>\sand\sa\shalf\b)?
    (?P<spelt_percent>\s(?:percent|per\scent)(?:age)?\b)?
    (?P<spelt_points>\s(?:percentage\s)?points?\b)?
  | \b(?P<nth>{"|".join(_ORDINALS)})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABOVE = "more than|over|at least|above|upwards of|no fewer than|not less than|no less than|exceeding|exceeded|topped"
_BELOW = (
    "nearly|almost|less than|fewer than|under|below|up to|as many as|at most|no more than|just under|not quite|hardly"
)
_ABOUT = "about|around|approximately|roughly|some|an estimated|close to|circa"
_BOUND = re.compile(
    rf"\b(?:(?P<over>{_ABOVE})|(?P<under>{_BELOW})|(?P<about>{_ABOUT})|(?P<exact>exactly|precisely))\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:\bminus\s+|(?<![\w.,)%])[-−])$", re.IGNORECASE)
_BELOW_ZERO = re.compile(
    r"(?:\s*°\s?[CF]?|\s+degrees)?(?:\s+(?:celsius|fahrenheit))?\s+below\s+(?:zero|freezing)", re.IGNORECASE
)
_DEGREES = re.compile(r"\s?(?:°\s?|degrees?\s+)?(C|F|[Cc]elsius|[Cc]entigrade|[Ff]ahrenheit)\b")
# A change has a start, a size and an end: "from 9 percent", "by 4 points", "to 5 percent".
_STEP = re.compile(
    rf"\b(from|by|to)\s+(?:(?:just|{_ABOVE}|{_BELOW}|{_ABOUT})\s+)?[-−$£€]?(?:minus\s+)?$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s(?:in|out\sof)(?:\severy)?\s", re.IGNORECASE)
_RANGE = re.compile(r"\s(?:to|or)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_WITHIN = 0.05  # "about 10,000" may stand for 10,213, not for 11,000
_REACH = 1.2  # "more than 10,000" may stand for 11,500, not for 50,000

_ALIKE = 10  # numbers further apart than this many times are about different things unless both count something

_NEXT_WORD = re.compile(r"[\s-]+([^\W\d_]+)")
_NO_NUMBER_BEFORE = re.compile(r"\b(?:no|any|some|every|each|the|this|that|which|another)[\s-]+$", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|none|nobody|not|never|without)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """One number as written, with its value, kind, unit and the word that bounds it.

    `kind` is number, percent, points, year, decade, ordinal, part, time, pair (a score or a range), share ("one in
    ten"), label ("Boeing 737") or code. `unit` is a dimension or a currency and `size` how much one of it is; `noun` is
    what is counted. `bound` is over, under, about, exact or empty; `step` is from, by, to or empty.
    """

    text: str
    value: float
    kind: str
    unit: str | None
    span: Span
    size: float = 1.0
    noun: str | None = None
    bound: str = ""
    bound_text: str = ""
    other: float | None = None
    unit_end: int = 0
    step: str = ""

    @property
    def amount(self) -> float:
        """The value in the base unit of its dimension."""
        return self.value * self.size


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in order; "one" counts only before a unit, a scale or "in ten"."""
    return _joined(text, [each for match in _NUMBER.finditer(text) if (each := _quantity(text, match))])


def _quantity(text: str, match: "re.Match[str]") -> Quantity | None:
    if _in_a_name(text, match):
        return None
    kind, (value, other) = _kind(text, match), _value(match)
    unit, size, noun, unit_end = _unit(text, match)
    is_one = kind == "number" and match["spelt"] and value == 1 and not _SHARE.match(text, match.end())
    if is_one and (unit is None or _is_pronoun(text, match)):
        return None
    if kind not in ("pair", "code") and (
        _MINUS.search(text[max(0, match.start() - 8) : match.start()]) or _BELOW_ZERO.match(text, match.end())
    ):
        value = -value
    step = _STEP.search(text[max(0, match.start() - 24) : match.start()])
    if kind == "label" and unit:
        kind = "number"
    if kind == "year" and (unit or (noun and not unit and match.end() < len(text) and text[match.end()] == "-")):
        kind = "number"
    bound = _BOUND.search(text[max(0, match.start() - 24) : match.start()])
    word = bound.lastgroup if bound else None
    return Quantity(
        match[0].strip(), value, kind, unit, Span(match.start(), match.start() + len(match[0].rstrip())), size, noun,
        word or "", f"{bound[0].strip()} " if bound else "", other, unit_end, step[1].lower() if step else "",
    )  # fmt: skip


def _in_a_name(text: str, match: "re.Match[str]") -> bool:
    """Whether digits belong to a name, as in "COVID-19", "F-16" or "A320"."""
    start = match.start()
    before = text[max(0, start - 12) : start]
    return bool(re.search(r"[^\W\d_]$", before) or re.search(r"[A-Z][A-Za-z]*-$", before))


def _is_pronoun(text: str, match: "re.Match[str]") -> bool:
    return bool(_NO_NUMBER_BEFORE.search(text[max(0, match.start() - 10) : match.start()]))


def _kind(text: str, match: "re.Match[str]") -> str:
    for kind in ("code", "decade", "pair", "part"):
        if match[kind]:
            return kind
    if match["clock"]:
        return "time"
    if match["percent"] or match["spelt_percent"]:
        return "points" if match["points"] or match["spelt_points"] else "percent"
    if (match["points"] and "percentage" in match["points"]) or match["spelt_points"]:
        return "points"
    if match["ordinal"] or match["nth"]:
        return "ordinal"
    if match["digits"] and not match["money"] and re.fullmatch(r"(?:1[6-9]|20)\d\d", match[0]):
        return "year"
    return "label" if match["digits"] and re.search(r"\w [A-Z]\w+ $", text[: match.start()][-30:]) else "number"


def _value(match: "re.Match[str]") -> tuple[float, float | None]:
    if match["clock"]:
        return _minutes(match)
    if match["pair"]:
        return float(match["one"]), float(match["other"])
    if match["code"]:
        return 0.0, None
    if match["decade"]:
        digits = match["decade"].strip("'’s")
        return float(digits if len(digits) == 4 else f"19{digits}"), None
    if match["part"]:
        return _part(match), None
    if match["nth"]:
        return float(_ORDINALS[match["nth"].lower()]), None
    half = 0.5 if match["fraction"] or match["spelt_fraction"] else 0.0
    if match["spelt"]:
        return _spelt_value(match["spelt"]) + half, None
    number = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"])) + half
    letter = (match["letter"] or "").lower()
    if letter == "m" and not match["money"]:  # "200m" may be metres
        return number, None
    return number * _SCALES.get((match["scale"] or "").lower(), 1.0) * _LETTERS.get(letter, 1.0), None


def _part(match: "re.Match[str]") -> float:
    size = match["size"] or match["sizes"]
    if not size:
        return 0.5
    count = (match["count"] or match["counts"]).lower()
    return VALUES.get(count, 1) / _PARTS[size.lower()]


def _minutes(match: "re.Match[str]") -> tuple[float, float | None]:
    """A clock time in minutes; for one without "a.m." or "p.m." that may be either, both."""
    lowered = match["clock"].lower()
    if lowered in ("noon", "midnight"):
        return (720.0 if lowered == "noon" else 0.0), None
    hour, minute = int(match["hour"] or match["hour24"]), int(match["minute"] or match["minute24"] or 0)
    if match["half"]:
        return float(hour % 12 * 60 + minute + 720 * (match["half"].lower() == "p")), None
    minutes = float(hour * 60 + minute)
    return minutes, (minutes + 720 if hour < 12 else minutes - 720)


def _spelt_value(text: str) -> float:
    """The value of number words: "two hundred and fifty thousand" is 250,000."""
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in VALUES:
            current += VALUES[word]
        elif word == "half":
            current += 0.5
        elif word in ("hundred", "dozen"):
            current = (current or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += (current or 1.0) * _SCALES[word]
            current = 0.0
    return total + current


def _unit(text: str, match: "re.Match[str]") -> tuple[str | None, float, str | None, int]:
    """What is counted: dimension or currency, its size, the first noun after the number, and where the unit ends."""
    if match["money"]:
        return match["money"][-1], 1.0, None, match.end()
    if match["digits"] and (degrees := _DEGREES.match(text, match.end())):
        return f"°{degrees[1][0].upper()}", 1.0, None, degrees.end()
    end, noun = match.end(), None
    for step in range(3):
        following = _NEXT_WORD.match(text, end)
        if not following:
            break
        word, end = following[1].lower(), following.end()
        if word in STOPWORDS or word in VALUES or word in ("per", "percent"):
            break
        noun = stem(word)
        if noun in _UNITS:
            dimension, size = _UNITS[noun]
            return dimension, size, noun, end if step == 0 else match.end()
    return None, 1.0, noun, match.end()


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers, with "one hour and 26 minutes", "one in ten" and "5 to 10" each taken as one."""
    joined: list[Quantity] = []
    for number in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.unit == number.unit == "time"
            and last.size > number.size
            and re.fullmatch(r",?\s+(?:and\s+)?", text[last.unit_end : number.span.start])
        ):
            span = Span(last.span.start, number.span.end)
            value = (last.amount + number.amount) / number.size
            number = replace(number, text=text[span.start : span.end], value=value, span=span, bound=last.bound)
            joined.pop()
        elif last and (kind := _together(text, last, number)):
            span = Span(last.span.start, number.span.end)
            number = replace(
                number, text=text[span.start : span.end], value=last.value, other=number.value, kind=kind, span=span,
                bound=last.bound, step="",
            )  # fmt: skip
            joined.pop()
        joined.append(number)
    return [each for each in joined if each.value != 1 or each.text.lower() != "one" or each.unit]


def _together(text: str, one: Quantity, other: Quantity) -> str:
    """Whether two numbers are a share or a range, by the words between and before them; empty for neither."""
    if one.kind not in ("number", "label") or other.kind not in ("number", "label", "percent"):
        return ""
    between = text[one.span.end : other.span.start]
    before = text[max(0, one.span.start - 12) : one.span.start]
    if _SHARE.fullmatch(between) and one.value < other.value and other.unit not in ("time", "months"):
        return "share"
    if between.lower() == " and " and _BETWEEN.search(before):
        return "pair"
    if _RANGE.fullmatch(between) and one.value < other.value and not _FROM.search(before):
        return "pair"
    return ""


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each number of the claim that the source does not give."""
    claimed = _outside_dates(claim, quantities(claim))
    if not claimed:
        return []
    given = _different(quantities(source.text))
    alone = _different(claimed)
    rivals = [
        other for other in _outside_dates(source.text, given) if not any(_same(number, other) for number in alone)
    ]
    whole = {number.value for number in alone}
    parts = [other for other in given if other.kind in ("pair", "share") and {other.value, other.other} <= whole]
    missing = {_likeness(number) for number in alone if not _is_given(number, given, source, parts)}
    faults = [_fault(number, rivals, claim, source, where) for number in claimed if _likeness(number) in missing]
    turned = [_turned(number, given, where) for number in claimed if _likeness(number) not in missing]
    return [fault for fault in (*faults, *turned) if fault]


def _turned(number: Quantity, given: list[Quantity], where: str) -> Fault | None:
    """A number that the source gives otherwise: "by 5%" for "to 5%", or without its "up to"."""
    same = [other for other in given if other.kind == number.kind and other.amount == number.amount]
    if not same:
        return None
    other = same[0]
    if number.step and all(each.step and each.step != number.step for each in same):
        theirs, ours = f"“{other.step} {other.text}”", f"“{number.step} {number.text}”"
        reason = f"{sentence_case(where)} {agree(where, 'say')} {theirs}, not {ours}."
        return Fault("wrong", reason, number.span, other.span)
    if not number.bound and all(each.bound == "under" for each in same):
        reason = f"{sentence_case(where)} {agree(where, 'say')} “{other.bound_text}{other.text}”, not {number.text}."
        return Fault("stronger", reason, number.span, other.span)
    return None


def _likeness(number: Quantity) -> tuple[object, ...]:
    return number.kind, number.text.lower(), number.unit, number.size, number.bound


def _different(found: list[Quantity]) -> list[Quantity]:
    """Each number once, however often it is said."""
    return list({_likeness(number): number for number in reversed(found)}.values())[::-1]


def _outside_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    dated = [day.span for day in days(text)]
    return [each for each in found if not any(d.start <= each.span.start < d.end for d in dated)]


def _is_given(number: Quantity, given: list[Quantity], source: Source, parts: list[Quantity]) -> bool:
    """Whether the source bears out a number; `parts` are its ranges and shares that the claim gives whole."""
    if any(_same(number, other) for other in given) or any(number.value in (o.value, o.other) for o in parts):
        return True
    if number.kind == "year":
        return says_year(source.text, int(number.value), source.day)
    if number.value == 0 and number.kind == "number":
        return bool(_NONE.search(source.text))
    if number.kind == "pair" and not any(other.kind == "pair" for other in given):
        return {number.value, number.other} <= {other.value for other in given}
    return False


def _same(claimed: Quantity, given: Quantity) -> bool:
    """Whether the source's number bears out the claim's."""
    if claimed.kind == given.kind == "code":
        return claimed.text == given.text
    kinds = {claimed.kind, given.kind}
    if given.kind == "pair" and claimed.kind == "number":
        return (claimed.bound, claimed.value) in (("over", given.value), ("under", given.other))
    if len(kinds) == 2 and not kinds <= {"number", "label", "year", "ordinal"}:
        return _same_share(claimed, given)
    if claimed.kind == "time":
        return not {claimed.value, claimed.other}.isdisjoint({given.value, given.other} - {None})
    if claimed.kind in ("pair", "share"):
        return (claimed.value, claimed.other) == (given.value, given.other)
    return _units_agree(claimed, given) and _amounts_agree(claimed, given)


def _same_share(claimed: Quantity, given: Quantity) -> bool:
    """Whether "half" meets "50 percent", or "the 1990s" meets 1994."""
    kinds = {claimed.kind, given.kind}
    if kinds == {"part", "percent"}:
        part, percent = (claimed, given) if claimed.kind == "part" else (given, claimed)
        return abs(100 * part.value - percent.value) < 1
    if kinds <= {"share", "percent", "part"} and "share" in kinds:
        return abs(_percent(claimed) - _percent(given)) < 1
    return claimed.kind == "decade" and given.kind == "year" and 0 <= given.value - claimed.value < 10


def _percent(number: Quantity) -> float:
    if number.kind == "share":
        return 100 * number.value / (number.other or 1.0)
    return number.value if number.kind == "percent" else 100 * number.value


def _units_agree(claimed: Quantity, given: Quantity) -> bool:
    return claimed.unit == given.unit or claimed.unit is None or given.unit is None


def _contradict(claimed: Quantity, given: Quantity) -> bool:
    """Whether one side says "more than" and the other "fewer than" the same number."""
    return {claimed.bound, given.bound} == {"over", "under"}


def _amounts_agree(claimed: Quantity, given: Quantity) -> bool:
    measured = claimed.unit is not None and given.unit is not None
    ours, theirs = (claimed.amount, given.amount) if measured else (claimed.value, given.value)
    if measured and claimed.size != given.size and abs(ours - theirs) <= 0.02 * abs(theirs):
        return True  # metres and feet meet only nearly
    if abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs)):
        return not _contradict(claimed, given) and (claimed.bound != "exact" or given.bound in ("", "exact"))
    if claimed.bound == "over":
        return ours <= theirs <= ours * _REACH and given.bound != "under"
    if claimed.bound == "under":
        return ours / _REACH <= theirs <= ours and given.bound != "over"
    return _is_rounded(ours, theirs, loosely=claimed.bound == "about")


def _is_rounded(ours: float, theirs: float, *, loosely: bool) -> bool:
    """Whether our number is theirs with fewer digits: 1.2 million for 1,213,457, or "about 10,000" for 10,213."""
    digits = _significant(ours)
    if theirs <= 0 or digits >= _significant(theirs):
        return False
    if loosely:
        return abs(ours - theirs) <= _WITHIN * theirs
    return theirs >= 1000 and digits >= 2 and abs(float(f"{theirs:.{digits - 1}e}") - ours) <= 1e-9 * theirs


def _significant(value: float) -> int:
    """How many digits of a number matter: two in 1,200,000."""
    if value <= 0 or log10(value) > 15:
        return 1
    scaled = f"{value / 10 ** floor(log10(value)):.12f}".rstrip("0")
    return max(1, len(scaled.replace(".", "")))


def _fault(number: Quantity, rivals: list[Quantity], claim: str, source: Source, where: str) -> Fault | None:
    rival = _rival(number, rivals)
    if rival is None:
        if _says_little(number):
            return None
        return Fault("absent", f"{sentence_case(number.text)} is not in {where}.", number.span)
    ours, theirs = number.text, rival.text
    if (number.unit, number.kind) != (rival.unit, rival.kind) or number.value == rival.value:
        ours, theirs = _with_unit(number, claim), _with_unit(rival, source.text)
    if number.bound != rival.bound and {number.bound, rival.bound} & {"over", "under", "exact"}:
        ours, theirs = number.bound_text + ours, rival.bound_text.lower() + theirs
    reason = f"{sentence_case(ours)} is not in {where}, which {agree(where, 'say')} {theirs.rstrip('.')}."
    return Fault("wrong", reason, number.span, rival.span)


def _says_little(number: Quantity) -> bool:
    """Whether a number may stand for plain words: "one hour" for "an hour", "the first" for what is told first."""
    written_out = not number.text[0].isdigit()
    return written_out and (number.kind == "ordinal" or number.value == 1)


def _with_unit(number: Quantity, text: str) -> str:
    return text[number.span.start : max(number.span.end, number.unit_end)].rstrip()


def _rival(number: Quantity, given: list[Quantity]) -> Quantity | None:
    """The number that the source gives instead: the same value of something else, or else the nearest of its kind."""
    if number.kind not in ("ordinal", "year"):
        same_value = [other for other in given if other.value == number.value and other.kind not in ("year", "ordinal")]
        if same_value:
            return same_value[0]
    alike = [other for other in given if _comparable(number, other)]
    return min(alike, key=lambda other: (other.unit != number.unit, _distance(number, other)), default=None)


def _comparable(number: Quantity, other: Quantity) -> bool:
    """Whether two numbers can stand for the same thing: kind and dimension must not speak against it."""
    if number.kind == "ordinal":
        return other.kind == "ordinal" and number.noun is not None and number.noun == other.noun
    if number.kind != other.kind and {number.kind, other.kind} not in ({"percent", "points"}, {"percent", "part"}):
        return False
    if {number.unit, other.unit} <= {"people", None} and number.kind == "number":
        # A bare number, as in "Stavro, 71, said", stands for an age; it does not meet "five words".
        return (number.noun is not None and other.noun is not None) or _distance(number, other) < _ALIKE
    return number.unit == other.unit or {number.unit, other.unit} <= _CURRENCIES


def _distance(one: Quantity, other: Quantity) -> float:
    low, high = sorted((abs(one.amount), abs(other.amount)))
    return high / low if low else high
