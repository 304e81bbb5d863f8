from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-10-31", "2024-10-31"),
        ("20241031", "2024-10-31"),
        ("2024/10/31", "2024-10-31"),
        ("2024/1/3", "2024-01-03"),
        ("2023-12-25T08:00:00Z", "2023-12-25T08:00:00+00:00"),
        ("2023-12-25T08:00:00.123456+02:00", "2023-12-25T08:00:00+02:00"),
        ("2023-12-25 08:00", "2023-12-25T08:00:00"),
        ("Mon, 25 Dec 2023 08:00:00 +0100", "2023-12-25T08:00:00+01:00"),
        ("25 Dec 2023 08:00:00 GMT", "2023-12-25T08:00:00+00:00"),
        ("31 October 2024", "2024-10-31"),
        ("31st of October 2024", "2024-10-31"),
        ("Oct. 31, 2024", "2024-10-31"),
        ("October 31st, 2024", "2024-10-31"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("Thursday, May 2, 2024", "2024-05-02"),
        ("Oct. 31, 2024, 5:10 p.m. ET", "2024-10-31"),
        ("31 October 2024 at 17:10", "2024-10-31"),
        ("  31\n October  2024 ", "2024-10-31"),
        (date(2024, 10, 31), "2024-10-31"),
        (datetime(2024, 10, 31, 8, 0, 0, 5, tzinfo=timezone.utc), "2024-10-31T08:00:00+00:00"),  # noqa: UP017
    ],
    ids=str,
)
def test_dates_that_are_understood(written: object, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    ["", "soon", "3/4/2024", "2024", "2024-10", "2024-02-30", "32 October 2024", "February 30, 2024", "Oct. 31",
     "Mon, 99 Dec 2023 08:00:00 GMT", "25 Dec 2023 99:00", "Oct. 31, 2024 was a Thursday",
     "9" * 1000, None, 20241031, True, ["2024-10-31"]],
    ids=lambda written: repr(written)[:30],
)  # fmt: skip
def test_what_is_no_date_is_none(written: object) -> None:
    assert iso_date(written) is None


@given(st.dates())
def test_a_date_survives(day: date) -> None:
    assert iso_date(day) == iso_date(day.isoformat()) == day.isoformat()


@given(st.text())
def test_no_text_raises(written: str) -> None:
    iso_date(written)
