"""Dates of a claim against dates of its source."""

import pytest
from tables import Row, holds, params

from assistant.checks.dates import check, days

WED = "2026-03-04"
ROWS = [
    Row("order", "It sank on March 4.", "It sank on 4 March."),
    Row("ordinal", "It sank on the 4th of March.", "It sank on March 4."),
    Row("year from the article", "It sank on 4 March 2026.", "It sank on 4 March.", day=WED),
    Row("year left out", "It sank on 4 March.", "It sank on 4 March 2024."),
    Row("month alone", "It sank in March.", "It sank on 4 March."),
    Row("weekday", "It sank on Monday.", "It sank late on Monday night."),
    Row("weekday as a date", "It sank on 2 March.", "It sank on Monday.", day=WED),
    Row("date as a weekday", "It sank on Monday.", "It sank on 2 March.", day=WED),
    Row("both", "It sank on Monday, 2 March.", "It sank on Monday.", day=WED),
    Row("two days earlier", "It sank on Monday.", "It sank two days earlier.", day=WED),
    Row("yesterday", "It sank on Tuesday.", "It sank yesterday.", day=WED),
    Row("today as a date", "It sank on 4 March.", "It sank today.", day=WED),
    Row("tomorrow", "They meet on Thursday.", "They meet tomorrow.", day=WED),
    Row("the article's day", "On 4 March the board said so.", "The board said so.", day=WED),
    Row("may as a verb", "It may rain and they march on.", "Rain is possible; they go on."),
    Row("May as a name", "Theresa May spoke.", "May spoke."),
    Row("April as a name", "April Dorn spoke.", "Dorn spoke."),
    Row("the Sun", "The Sun reported it.", "A newspaper reported it."),
    Row("short month", "It rose on Jan. 18.", "It rose on 18 January."),
    Row("last month", "It rained in February.", "It rained last month.", day=WED),
    Row("today as nowadays", "The mill is a museum today.", "The mill is a museum."),
    Row("last year in December", "It was filed in December 2025.", "It was filed in December.", day=WED),
    Row("lower case", "it sank on march 2.", "It sank on March 2."),
    Row("plural weekday", "The market opens on Mondays.", "The market opens every Monday."),
    Row(
        "other weekday",
        "It sank on Tuesday.",
        "It sank on Monday.",
        "wrong",
        "“Tuesday” is not in the cited sentence, which says “Monday”.",
        "Tuesday",
    ),
    Row("other day", "It sank on 5 March.", "It sank on 4 March.", "wrong", "says “4 March”", "5 March"),
    Row("other month", "It sank on 4 May.", "It sank on 4 March.", "wrong", "says “4 March”", "4 May"),
    Row(
        "other year",
        "It sank on 4 March 2025.",
        "It sank on 4 March 2026.",
        "wrong",
        "says “4 March 2026”",
        "4 March 2025",
    ),
    Row(
        "not the article's year",
        "It sank on 4 March 2025.",
        "It sank on 4 March.",
        "wrong",
        "4 March",
        "4 March 2025",
        day=WED,
    ),
    Row("month only", "It closes in July.", "It closes in June.", "wrong", "says “June”", "July"),
    Row(
        "weekday against a date",
        "It sank on Friday.",
        "It sank on 2 March.",
        "wrong",
        "says “2 March”",
        "Friday",
        day=WED,
    ),
    Row(
        "date against a weekday",
        "It sank on 3 March.",
        "It sank on Monday.",
        "wrong",
        "says “Monday”",
        "3 March",
        day=WED,
    ),
    Row(
        "yesterday was Tuesday",
        "It sank on Monday.",
        "It sank yesterday.",
        "wrong",
        "says “yesterday”",
        "Monday",
        day=WED,
    ),
    Row("today for yesterday", "It sank today.", "It sank yesterday.", "wrong", "says “yesterday”", "today", day=WED),
    Row(
        "day from nowhere",
        "It sank on Monday.",
        "It sank off the head.",
        "absent",
        "“Monday” is not in the cited sentence.",
        "Monday",
    ),
    Row(
        "date from nowhere",
        "It sank on 9 March.",
        "It sank off the head.",
        "absent",
        "“9 March” is not in",
        "9 March",
        day=WED,
    ),
    Row(
        "weekday of the report",
        "It sank on Wednesday.",
        "It sank off the head.",
        "absent",
        "Wednesday",
        "Wednesday",
        day=WED,
    ),
    Row("more exact than the source", "It closes on 3 June.", "It closes in June.", "wrong", "says “June”", "3 June"),
    Row("abbreviated, other", "It rose on Jan. 19.", "It rose on Jan. 18.", "wrong", "“Jan. 18”", "Jan. 19"),
    Row(
        "second of two dates",
        "It opens Monday and ends Friday.",
        "It opens Monday and ends Sunday.",
        "wrong",
        "“Sunday”",
        "Friday",
    ),
    Row("two months ago", "It rained in January.", "It rained last month.", "absent", "January", "January", day=WED),
]


@pytest.mark.parametrize("row", params(ROWS))
def test_a_date_is_held_against_the_source(row: Row) -> None:
    holds(check, row)


@pytest.mark.parametrize(
    "text", ["May I go?", "Officers march on.", "Jan Novak spoke.", "50 may come", "March on, said Dorn."]
)
def test_plain_words_and_names_are_no_dates(text: str) -> None:
    assert days(text) == []
