"""The one day that someone means, however they write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.dates import day_meant

TODAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("30 June", date(2027, 6, 30)),
        ("30 June 2027", date(2027, 6, 30)),
        ("1st of March", date(2027, 3, 1)),
        ("30/06", date(2027, 6, 30)),
        ("the end of June", date(2027, 6, 30)),
        ("June", date(2027, 6, 30)),
        ("Sept", date(2027, 9, 30)),
        ("June 2028", date(2028, 6, 30)),
        ("January", date(2027, 1, 31)),
        ("Friday", date(2027, 1, 15)),
        ("next Tuesday", date(2027, 1, 19)),
        ("today", TODAY),
        ("tomorrow", date(2027, 1, 13)),
        ("in three weeks", date(2027, 2, 2)),
        ("2 months", date(2027, 3, 12)),
        ("a year", date(2028, 1, 12)),
        ("the end of the month", date(2027, 1, 31)),
        ("the end of the year", date(2027, 12, 31)),
        ("Christmas", date(2027, 12, 25)),
        ("the new year", date(2028, 1, 1)),
        ("31 June", None),
        ("30 February 2027", None),
        ("2027", None),
        ("ju", None),
        ("soonish", None),
        ("", None),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str, on: date | None) -> None:
    assert day_meant(text, TODAY) == on


def test_a_month_from_the_last_day_of_january_is_the_last_of_february() -> None:
    assert day_meant("in a month", date(2027, 1, 31)) == date(2027, 2, 28)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_day_or_none(text: str) -> None:
    assert day_meant(text, TODAY) is None or isinstance(day_meant(text, TODAY), date)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["Monday", "next Sunday", "tomorrow", "March"]))
def test_what_has_no_year_is_ahead(today_on: date, text: str) -> None:
    meant = day_meant(text, today_on)
    assert meant is not None
    assert today_on <= meant <= today_on + timedelta(days=366 + 31)
