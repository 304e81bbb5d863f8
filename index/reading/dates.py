"""Dates as people and machines write them, to ISO. Knows nothing of articles."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from index.articles import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A month's name, without a group of its own.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTH = rf"(?P<month>{MONTH})"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# “Oct. 31, 2024, 5:10 p.m. ET” is a day to us: such times seldom say which zone they mean.
_CLOCK = r"(?:,?\s+(?:at\s+)?[012]?\d(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\b\.?|(?<=\d[:.]\d\d)\b).{0,12})?"
_WRITTEN = (
    re.compile(rf"{_WEEKDAY}{_DAY}\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})"),
)
_RFC_2822 = re.compile(r"(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}.{0,20}", re.IGNORECASE)
_IN_TEXT = (
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
# No date is longer, and nothing longer needs to be looked at.
_LONGEST = 60


def iso_date(value: object) -> str | None:
    """The date as "YYYY-MM-DD", or with its time as "YYYY-MM-DDTHH:MM:SS[+HH:MM]"; None when it is no date.

    A date whose order cannot be known, such as 3/4/2024, is none.
    """
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    written = " ".join(value.split())
    return _from_iso(written) or _from_rfc_2822(written) or _from_words(written)


def dates_in(text: str) -> list[tuple[Span, str]]:
    """The full dates of a text as ISO days, with their places, in order."""
    found = [match for form in _IN_TEXT for match in form.finditer(text)]
    return sorted((Span(match.start(), match.end()), day) for match in found if (day := _day(match)))


def _from_iso(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written).isoformat(timespec="seconds")
    except ValueError:
        return None


def _from_rfc_2822(written: str) -> str | None:
    if not _RFC_2822.fullmatch(written):
        return None
    try:
        return parsedate_to_datetime(written).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None


def _from_words(written: str) -> str | None:
    found = next(filter(None, (form.fullmatch(written) for form in _WRITTEN)), None)
    return _day(found) if found else None


def month_number(name: str) -> int:
    """The number of a month by its name or the first three letters of it."""
    return _MONTHS.index(name[:3].lower()) + 1


def _day(found: "re.Match[str]") -> str | None:
    month = found["month"]
    number = int(month) if month.isdigit() else month_number(month)
    try:
        return date(int(found["year"]), number, int(found["day"])).isoformat()
    except ValueError:
        return None
