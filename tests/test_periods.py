"""Days, weeks and months that questions name."""

from datetime import date

import pytest

from index.periods import Period, day_of, periods_in

TODAY, NEWEST = date(2026, 3, 12), date(2026, 3, 10)  # a Thursday


def named(text: str) -> list[tuple[str, str]]:
    return [(period.first, period.last) for _, period in periods_in(text, today=TODAY, newest=NEWEST)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What happened on March 4, 2026?", "2026-03-04", "2026-03-04"),
        ("What happened on 4 March 2026?", "2026-03-04", "2026-03-04"),
        ("What happened on the 4th of March 2026?", "2026-03-04", "2026-03-04"),
        ("What happened on 2026-03-04?", "2026-03-04", "2026-03-04"),
        ("Who spoke on Sept. 3?", "2025-09-03", "2025-09-03"),
        ("Who spoke on March 10th?", "2026-03-10", "2026-03-10"),
        ("Who spoke on March 11?", "2025-03-11", "2025-03-11"),
        ("Who spoke on 29 February?", "2024-02-29", "2024-02-29"),
        ("Who resigned today?", "2026-03-12", "2026-03-12"),
        ("Who resigned yesterday?", "2026-03-11", "2026-03-11"),
        ("Who resigned this week?", "2026-03-05", "2026-03-12"),
        ("Who resigned last week?", "2026-03-02", "2026-03-08"),
        ("Who resigned this month?", "2026-03-01", "2026-03-31"),
        ("Who resigned last month?", "2026-02-01", "2026-02-28"),
        ("Who resigned last year?", "2025-01-01", "2025-12-31"),
        ("Who resigned recently?", "2026-02-09", "2026-03-12"),
        ("What is the latest figure?", "2026-02-09", "2026-03-12"),
        ("What was said in February?", "2026-02-01", "2026-02-28"),
        ("What was said in May?", "2025-05-01", "2025-05-31"),
        ("What was said of October 2024?", "2024-10-01", "2024-10-31"),
    ],
)
def test_a_period_is_understood(text: str, first: str, last: str) -> None:
    assert named(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "Who may resign?",
        "Did they march on the capital?",
        "What happened on June 31?",
        "How many weeks did it take?",
        "Who spoke in Mar del Plata?",
        "What was said by April Ryan?",
        "What was said of Jan Karski?",
        "What happened between 3 and 5 March?",
        "What happened on March 3-5?",
        "",
    ],
)
def test_plain_words_names_ranges_and_days_that_never_were_are_none(text: str) -> None:
    assert named(text) == []


def test_places_are_exact_and_in_order() -> None:
    text = "Was the toll of March 4, 2026 still right last week, or in February?"
    found = periods_in(text, today=TODAY, newest=NEWEST)
    assert [text[span.start : span.end] for span, _ in found] == ["March 4, 2026", "last week", "February"]


def test_a_period_has_its_first_and_last_day_and_no_article_without_a_day() -> None:
    period = Period("2026-03-04", "2026-03-06")
    assert [period.has(day) for day in ("2026-03-03", "2026-03-04", "2026-03-06", "2026-03-07", None)] == [
        False, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-03-04", date(2026, 3, 4)), ("2026-03-04T10:00:00+01:00", date(2026, 3, 4)), ("spring", None), (None, None)],
)
def test_the_day_of_a_date(written: str | None, day: date | None) -> None:
    assert day_of(written) == day
