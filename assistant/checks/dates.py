"""Days and months of a claim must stand in its source, or follow from the article's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.checks import Fault, Source
from index.articles import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep"
        " october/oct november/nov december/dec".split(),
        1,
    )
    for name in names.split("/")
}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""
    \b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?
    (?P<month>{_MONTH})\b\.?
    (?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|,\d{{3}}))?
    (?:,?\s+(?P<year>(?:19|20)\d\d)\b)?
  | \b(?P<weekday>{"|".join(_WEEKDAYS)})s?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Day:
    """A day, month or weekday as written; what is not said is None."""

    text: str
    span: Span
    weekday: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None


def days(text: str) -> list[Day]:
    """The dates and weekdays of a text, in order. "may" and "march" count only with a capital or a day."""
    return list(_days(text))


def _days(text: str) -> Iterator[Day]:
    for match in _DATE.finditer(text):
        span = Span(match.start(), match.end())
        if match["weekday"]:
            yield Day(match[0], span, weekday=match["weekday"].lower())
            continue
        number = match["day"] or match["day_after"]
        if not match["month"][0].isupper() or (match["month"] == "May" and not number and not _is_month(text, match)):
            continue
        yield Day(
            match[0],
            span,
            month=_MONTHS[match["month"].lower()],
            day=int(number) if number else None,
            year=int(match["year"]) if match["year"] else None,
        )


def _is_month(text: str, match: "re.Match[str]") -> bool:
    """Whether a bare "May" is the month: "in May", "since May", "May 2024"; not the name or a verb."""
    before = text[: match.start()].rstrip().lower()
    return bool(match["year"]) or before.endswith((" in", "since", "until", "last", "next", "by", "early", "late", "of"))


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each date of the claim that the source neither gives nor implies."""
    given = days(source.text)
    faults = []
    for claimed in days(claim):
        if any(_agree(claimed, other, source.day) for other in given) or _is_article_day(claimed, source.day):
            continue
        rival = next((other for other in given if (other.weekday is None) == (claimed.weekday is None)), None)
        if rival:
            reason = f"“{claimed.text}” is not in {where}, which says “{rival.text}”."
            faults.append(Fault("wrong", reason, claimed.span, rival.span))
        else:
            faults.append(Fault("absent", f"“{claimed.text}” is not in {where}.", claimed.span))
    return faults


def _agree(claimed: Day, given: Day, day: str | None) -> bool:
    if claimed.weekday and given.weekday:
        return claimed.weekday == given.weekday
    if claimed.weekday or given.weekday:
        named, dated = (claimed, given) if claimed.weekday else (given, claimed)
        return _weekday_of(dated, day) == named.weekday
    return claimed.month == given.month and all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in ((claimed.day, given.day), (claimed.year, given.year))
    )


def _weekday_of(dated: Day, day: str | None) -> str | None:
    """The weekday of a day and month in the year it names, or else the article's."""
    year = dated.year or (int(day[:4]) if day else None)
    if year is None or dated.month is None or dated.day is None:
        return None
    try:
        return _WEEKDAYS[date(year, dated.month, dated.day).weekday()]
    except ValueError:
        return None


def _is_article_day(claimed: Day, day: str | None) -> bool:
    """Whether the claim's date is the article's own day."""
    if day is None:
        return False
    try:
        published = date.fromisoformat(day[:10])
    except ValueError:
        return False
    if claimed.weekday:
        return False  # a weekday says when something happened, which the date of the report does not
    return (claimed.month, claimed.day or published.day, claimed.year or published.year) == (
        published.month,
        published.day,
        published.year,
    )
