"""Days, weeks and months that a question names, as periods of ISO days. Knows the calendar; nothing of articles."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.articles import Span
from index.reading.dates import MONTH, dates_in, month_number

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
# What is "recent" is at most so old.
_RECENT = timedelta(days=31)
_RELATIVE = re.compile(
    r"\b(?:(?P<day>today|tonight|yesterday)"
    r"|(?P<which>this|last|past|previous) (?P<unit>week|month|year)"
    r"|(?P<recent>recent(?:ly)?|latest|lately|current(?:ly)?|now|newly))\b",
    re.IGNORECASE,
)
# A month without a day needs a word before it or a year behind it: "may" and "march" are also plain words.
_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
# A month without a day needs a word before it or a year behind it, and no name: "may" and "march" are also plain words,
# "April Ryan" is a person and "Mar del Plata" a place.
_MONTH_ALONE = re.compile(
    rf"\b(?:in|since|during|of|last|this|early|late|mid|until|by)\s+(?P<bare>(?i:{_NAMES}))\b(?!\s+(?:\d|[A-Z]))"
    rf"|\b(?P<dated>(?i:{MONTH}))\s+(?P<year>(?:19|20)\d\d)\b"
)
# "March 3-5" and "3 and 5 March" are left alone: one day would be too little.
_RANGE = r"\s*(?:[-–—]|and|to|or)\s*\d"
_MONTH_AND_DAY = re.compile(
    rf"\b(?:(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})|(?<!\d-)(?<!\d–)(?<!and )(?<!to )"
    rf"(?P<day_before>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month_after>{MONTH}))(?:st|nd|rd|th)?\b(?!,?\s+\d{{4}}|{_RANGE})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included, as ISO days."""

    first: str
    last: str

    @classmethod
    def of(cls, first: date, last: date) -> "Period":
        """The period between two dates."""
        return cls(first.isoformat(), last.isoformat())

    def has(self, day: str | None) -> bool:
        """Whether an ISO day lies in it; None does not."""
        return day is not None and self.first <= day <= self.last


def day_of(published_at: str | None) -> date | None:
    """The day of an ISO date or date-time; None for what is none."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def periods_in(text: str, *, today: date, newest: date) -> list[tuple[Span, Period]]:
    """The periods a text names, with their places, in order.

    "this week" and the like count from `today`; a day or month without a year is its last one up to `newest`.
    """
    found = [(span, Period(day, day)) for span, day in dates_in(text)]
    taken = [span for span, _ in found]
    for span, period in (*_relative(text, today), *_without_year(text, newest)):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            found.append((span, period))
            taken.append(span)
    return sorted(found, key=lambda each: each[0])


def _relative(text: str, today: date) -> Iterator[tuple[Span, Period]]:
    for match in _RELATIVE.finditer(text):
        span = Span(match.start(), match.end())
        if match["day"]:
            day = today - _DAY if match["day"].lower() == "yesterday" else today
            yield span, Period.of(day, day)
        elif match["recent"]:
            yield span, Period.of(today - _RECENT, today)
        else:
            before = match["which"].lower() in ("last", "previous")
            yield span, _UNITS[match["unit"].lower()](today, before)


def _week(today: date, before: bool) -> Period:
    """The seven days up to today; or the calendar week before this one."""
    monday = today - timedelta(days=today.weekday())
    return Period.of(monday - _WEEK, monday - _DAY) if before else Period.of(today - _WEEK, today)


def _month_of(today: date, before: bool) -> Period:
    day = today.replace(day=1) - _DAY if before else today
    return _whole_month(day.year, day.month)


def _year_of(today: date, before: bool) -> Period:
    year = today.year - before
    return Period.of(date(year, 1, 1), date(year, 12, 31))


_UNITS: dict[str, Callable[[date, bool], Period]] = {"week": _week, "month": _month_of, "year": _year_of}


def _without_year(text: str, newest: date) -> Iterator[tuple[Span, Period]]:
    for match in _MONTH_AND_DAY.finditer(text):
        month = month_number(match["month"] or match["month_after"])
        day = _last_such_day(month, int(match["day"] or match["day_before"]), newest)
        if day:
            yield Span(match.start(), match.end()), Period.of(day, day)
    for match in _MONTH_ALONE.finditer(text):
        name = "dated" if match["dated"] else "bare"
        month = month_number(match[name])
        year = int(match["year"]) if match["year"] else newest.year - (month > newest.month)
        yield Span(match.start(name), match.end()), _whole_month(year, month)


def _last_such_day(month: int, day: int, newest: date) -> date | None:
    """The last 29 February and the like may lie years back; a 31 June never was."""
    for year in range(newest.year, newest.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= newest:
            return found
    return None


def _whole_month(year: int, month: int) -> Period:
    return Period.of(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
