"""Days and months of a claim must stand in its source, or follow from the article's date.

"on Monday" in an article of Wednesday 4 March is 2 March; "yesterday" is 3 March. Knows nothing of clock times
(numbers.py) or of bare years (also numbers.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.checks import Fault, Source, agree, listed
from index.articles import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        listed(
            "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep"
            " october/oct november/nov december/dec"
        ),
        1,
    )
    for name in names.split("/")
}
_WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_COUNTED = {word: number for number, word in enumerate(listed("one two three four five six seven"), 1)}
# These are also plain words or first names; alone they need company to be months.
_AMBIGUOUS = {"march", "april", "may", "june", "august"}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""
    \b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?
    (?P<month>{_MONTH})\b(?:\.(?=\s+\d))?
    (?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,]\d|\s?%))?
    (?:,?\s+(?P<year>(?:19|20)\d\d)\b)?
  | \b(?P<weekday>{"|".join(_WEEKDAYS)})s?\b
  | \b(?P<relative>{"|".join(_RELATIVE)})\b
  | \b(?P<counted>\d|{"|".join(_COUNTED)})\s+days?\s+(?:ago|earlier|before)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_BEFORE = re.compile(
    r"\b(in|since|until|till|last|next|this|by|early|late|mid|of|from|to|through|between|before|after|during)[\s-]+$"
)
_OTHER_MONTH = re.compile(r"\b(last|this|next)\s+(month|year)\b", re.IGNORECASE)
_STEPS = {"last": -1, "this": 0, "next": 1}
_AROUND = 6  # days within which a bare weekday of an article lies


@dataclass(frozen=True)
class Day:
    """A day, month or weekday as written; what is not said is None. `offset` counts days from the article's day."""

    text: str
    span: Span
    weekday: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    offset: int | None = None


def days(text: str) -> list[Day]:
    """The dates, weekdays and words such as "yesterday" of a text, in order."""
    return list(_days(text))


def _days(text: str) -> Iterator[Day]:
    for match in _DATE.finditer(text):
        span = Span(match.start(), match.end())
        if match["weekday"]:
            yield Day(match[0], span, weekday=match["weekday"].lower())
        elif match["relative"]:
            yield Day(match[0], span, offset=_RELATIVE[match["relative"].lower()])
        elif match["counted"]:
            count = match["counted"].lower()
            yield Day(match[0], span, offset=-(_COUNTED[count] if count in _COUNTED else int(count)))
        elif _is_month(text, match):
            yield _dated(match, span)


def _dated(match: "re.Match[str]", span: Span) -> Day:
    number = match["day"] or match["day_after"]
    return Day(
        match[0],
        span,
        month=_MONTHS[match["month"].lower()],
        day=int(number) if number else None,
        year=int(match["year"]) if match["year"] else None,
    )


def _is_month(text: str, match: "re.Match[str]") -> bool:
    """Whether "May", "March" or "Jan" is the month and not a verb or a name."""
    number, month = match["day"] or match["day_after"], match["month"].lower()
    if number:
        return 1 <= int(number) <= 31
    if match["year"]:
        return True
    if len(month) <= 4 and month not in ("may", "june", "july"):  # "Jan", "Sept": only in a date
        return False
    if month in _AMBIGUOUS:
        return match["month"][0].isupper() and bool(_MONTH_BEFORE.search(text[: match.start()].lower()[-12:]))
    return True


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each date of the claim that the source neither gives nor implies."""
    published = _published(source.day)
    given, claims = days(source.text), days(claim)
    agreed = [
        [other for other in given if other.text.lower() == each.text.lower() or _agree(each, other, published)]
        for each in claims
    ]
    used = [other for others in agreed for other in others]
    faults = []
    for claimed, others in zip(claims, agreed, strict=True):
        if others or _is_implied(claimed, source.text, given, published):
            continue
        fault = _fault(claimed, [other for other in given if other not in used], where)
        # "today" may also mean nowadays: it is at fault only where the source names another day.
        if claimed.offset is None or fault.kind == "wrong":
            faults.append(fault)
    return faults


def _fault(claimed: Day, given: list[Day], where: str) -> Fault:
    alike = [other for other in given if (other.month is None) == (claimed.month is None)]
    rival = next(iter(alike or given), None)
    if rival is None:
        return Fault("absent", f"“{claimed.text}” is not in {where}.", claimed.span)
    reason = f"“{claimed.text}” is not in {where}, which {agree(where, 'say')} “{rival.text}”."
    return Fault("wrong", reason, claimed.span, rival.span)


def _agree(claimed: Day, given: Day, published: date | None) -> bool:
    """Whether the source's date is, or may well be, the one that the claim gives."""
    if claimed.weekday and given.weekday:
        return claimed.weekday == given.weekday
    if claimed.month and given.month:
        return _same_date(claimed, given, published)
    if claimed.month and claimed.day is None:
        return any(
            (each.month, each.year) == (claimed.month, claimed.year or each.year)
            for each in _possible(given, published)
        )
    return not _possible(claimed, published).isdisjoint(_possible(given, published))


def _same_date(claimed: Day, given: Day, published: date | None) -> bool:
    if claimed.month != given.month or (claimed.day or given.day) != given.day:
        return False
    if claimed.year is None or claimed.year == given.year:
        return True
    return given.year is None and claimed.year in _years(given, published)


def _years(dated: Day, published: date | None) -> set[int]:
    """The years that a date without one may mean: the article's, or the one that brings the month nearer."""
    if published is None or dated.month is None:
        return set()
    step = (dated.month < published.month) - (dated.month > published.month)
    return {published.year, published.year + step}


def _possible(day: Day, published: date | None) -> set[date]:
    """The calendar days that a date as written may mean; none when that cannot be told."""
    if day.month and day.day:
        years = {day.year} if day.year else _years(day, published)
        return {found for year in years if (found := _calendar(year, day.month, day.day))}
    if published is None:
        return set()
    if day.offset is not None:
        return {_shifted(published, day.offset)}
    if day.weekday:
        around = (_shifted(published, offset) for offset in range(-_AROUND, _AROUND + 1))
        return {each for each in around if _WEEKDAYS[each.weekday()] == day.weekday}
    return set()


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, offset: int) -> date:
    try:
        return day + timedelta(days=offset)
    except OverflowError:
        return day


def _published(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day[:10]) if day else None
    except ValueError:
        return None


def _is_implied(claimed: Day, text: str, given: list[Day], published: date | None) -> bool:
    """Whether the claim names the article's own date where the source names none, or its "last month"."""
    if published is None or claimed.month is None:
        return False
    if not given and claimed.day:
        return published in _possible(claimed, published)
    months = (
        published.month - 1 + _STEPS[match[1].lower()]
        for match in _OTHER_MONTH.finditer(text)
        if match[2].lower() == "month"
    )
    return claimed.day is None and any(claimed.month == month % 12 + 1 for month in months)


def says_year(text: str, year: int, day: str | None) -> bool:
    """Whether a text means a year by "last year", "this year" or "next year", or the article is of that year."""
    published = _published(day)
    if published is None:
        return False
    steps = {0} | {_STEPS[match[1].lower()] for match in _OTHER_MONTH.finditer(text) if match[2].lower() == "year"}
    return year - published.year in steps
