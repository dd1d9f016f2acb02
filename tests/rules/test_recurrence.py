"""On which dates a cadence comes round, against a walk of the calendar day by day, and how it is written."""

from __future__ import annotations

import calendar
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.recurrence import (
    Cadence,
    Chosen,
    Monthly,
    MonthlyOn,
    Weekly,
    dates,
    gap_days,
    in_words,
    read,
    written,
)

DAY = timedelta(days=1)
DATES = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CADENCES: st.SearchStrategy[Cadence] = st.one_of(
    st.builds(Weekly, st.integers(1, 52), st.sets(st.integers(0, 6), min_size=1).map(tuple)),
    st.builds(Monthly, st.integers(1, 31)),
    st.builds(MonthlyOn, st.sampled_from((1, 2, 3, 4, -1)), st.integers(0, 6)),
    st.builds(Chosen, st.lists(DATES, min_size=1, max_size=60).map(tuple)),
)
MONDAY_ON = date(2027, 1, 11)


def walked(cadence: Cadence, from_on: date, to_on: date) -> Iterator[date]:
    """The dates of a cadence, by looking at each day of its life and counting Mondays."""
    on, mondays = from_on, 0
    while on <= to_on:
        mondays += on.weekday() == 0 and on != from_on
        if comes_round(cadence, on, mondays):
            yield on
        on += DAY


def comes_round(cadence: Cadence, on: date, mondays: int) -> bool:
    if isinstance(cadence, Weekly):
        return mondays % cadence.every == 0 and on.weekday() in cadence.days
    if isinstance(cadence, Monthly):
        is_last_of_month = (on + DAY).month != on.month
        return on.day == cadence.day or (is_last_of_month and on.day < cadence.day)
    if isinstance(cadence, Chosen):
        return on in cadence.dates
    weeks = [week[cadence.weekday] for week in calendar.monthcalendar(on.year, on.month) if week[cadence.weekday]]
    return weeks[cadence.nth if cadence.nth < 0 else cadence.nth - 1] == on.day


@given(CADENCES, DATES, st.none() | st.integers(-400, 800), st.integers(-40, 800))
def test_the_dates_are_those_of_a_walk_through_the_calendar(
    cadence: Cadence, from_on: date, after_days: int | None, days: int
) -> None:
    after = None if after_days is None else from_on + after_days * DAY
    to_on = from_on + days * DAY
    expected = [one for one in walked(cadence, from_on, to_on) if after is None or one > after]
    assert dates(cadence, from_on, after, to_on) == expected


@given(CADENCES, DATES, st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_looking_piece_by_piece_finds_each_date_once(cadence: Cadence, from_on: date, steps: list[int]) -> None:
    found: list[date] = []
    after, to_on = None, from_on
    for step in steps:
        to_on += step * DAY
        found += dates(cadence, from_on, after, to_on)
        after = to_on
    assert found == dates(cadence, from_on, None, to_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w1:0", ["2027-01-18", "2027-01-25", "2027-02-01"]),
        ("w2:0,3", ["2027-01-14", "2027-01-25", "2027-01-28"]),
        ("w3:6", ["2027-01-17", "2027-02-07"]),
        ("n1:0", ["2027-02-01"]),
        ("n-1:4", ["2027-01-29"]),
        ("m11", ["2027-02-11"]),
        ("d2027-01-11,2027-02-01", ["2027-02-01"]),
    ],
)
def test_what_follows_monday_11_january(text: str, expected: list[str]) -> None:
    found = dates(read(text), MONDAY_ON, MONDAY_ON, date(2027, 2, 11))
    assert [one.isoformat() for one in found][:3] == expected


def test_every_second_week_counts_from_the_week_in_which_it_began() -> None:
    """It began on a Wednesday: the Monday of that week is over, the next is of the week between."""
    found = dates(Weekly(2, (0, 2)), date(2027, 1, 13), None, date(2027, 1, 31))
    assert found == [date(2027, 1, 13), date(2027, 1, 25), date(2027, 1, 27)]


@pytest.mark.parametrize(
    ("year", "expected"), [(2027, ["01-31", "02-28", "03-31", "04-30"]), (2028, ["01-31", "02-29", "03-31", "04-30"])]
)
def test_the_31st_is_the_last_day_of_a_shorter_month(year: int, expected: list[str]) -> None:
    found = dates(Monthly(31), date(year, 1, 1), None, date(year, 4, 30))
    assert [one.isoformat() for one in found] == [f"{year}-{each}" for each in expected]


def test_the_ends_of_the_calendar_are_not_in_the_way() -> None:
    last_week = (date.max - 3 * DAY, date.max)
    assert dates(Weekly(52, (4,)), date.max, None, date.max) == [date.max]
    assert dates(Weekly(1, (0, 1, 2, 3, 4, 5, 6)), date.min, last_week[0], date.max) == [
        last_week[0] + number * DAY for number in (1, 2, 3)
    ]
    assert dates(Monthly(31), date.min, last_week[0], date.max) == [date.max]
    assert dates(MonthlyOn(-1, 4), date.min, last_week[0], date.max) == [date.max]


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of the calculation it takes: a cost that does not depend on the machine, nor on who collects."""
    count, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[[FrameType, str, Any], Any]:
        nonlocal count
        count += event == "line" and frame.f_globals.get("__name__") == dates.__module__
        return trace

    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("text", ["w1:0", "w2:0", "w52:0", "m15", "n1:0", "n-1:4"])
def test_the_cost_does_not_grow_with_the_age(text: str) -> None:
    cadence, young, old = read(text), MONDAY_ON, MONDAY_ON - 52 * 7 * 36 * DAY
    costs = [lines_run(partial(dates, cadence, began, MONDAY_ON, MONDAY_ON + 400 * DAY)) for began in (young, old)]
    assert costs[0] == costs[1] > 0


@given(CADENCES)
def test_what_is_written_is_read_and_fits_a_button(cadence: Cadence) -> None:
    text = written(cadence)
    assert read(text) == cadence
    assert text.isascii()
    assert not set(text) & set(" \n\t|&<>")
    assert len(text) <= 700


NOT_WRITTEN = [
    *["", "w", "w1", "w1:", "w:0", "w0:0", "w53:0", "w1:7", "w1:-1", "w1:3,0", "w1:0,0", "w01:0", "w1:0,", "w 1:0"],
    *["w1:0\n", " w1:0", "W1:0", "w\u0661:0", "w1_0:0", "w+1:0", "m", "m0", "m32", "m015", "m1:0", "m-1", "n1", "n0:0"],
    *["n5:0", "n-2:0", "n1:7", "n1:0:0", "d", "d2027-02-29", "d20270111", "d2027-W02-1", "d2027-02-01,2027-01-11"],
    *["d2027-01-11,", "d2027-01-11,2027-01-11", "d2027-01-11T09:00", "x1", "every Monday", "w" + "9" * 9000 + ":0"],
    "d" + ",".join((MONDAY_ON + number * DAY).isoformat() for number in range(61)),
]


@pytest.mark.parametrize("text", NOT_WRITTEN, ids=lambda each: ascii(each[:20]))
def test_what_is_written_in_no_way_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


@given(st.text(max_size=30) | st.from_regex(r"[wmnd][-0-9:,]{0,12}", fullmatch=True))
def test_any_text_is_read_exactly_or_refused(text: str) -> None:
    try:
        cadence = read(text)
    except ValueError:
        return
    assert written(cadence) == text


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Weekly(0, (0,)),
        lambda: Weekly(1, ()),
        lambda: Weekly(1, (7,)),
        lambda: Monthly(0),
        lambda: Monthly(32),
        lambda: MonthlyOn(5, 0),
        lambda: MonthlyOn(0, 0),
        lambda: MonthlyOn(1, 7),
        lambda: Chosen(()),
    ],
)
def test_what_never_comes_round_cannot_be_made(wrong: Callable[[], Cadence]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_days_and_dates_are_kept_in_order_and_once() -> None:
    assert Weekly(1, (3, 0, 3)) == Weekly(1, (0, 3))
    assert Chosen((date(2027, 2, 1), MONDAY_ON, MONDAY_ON)) == Chosen((MONDAY_ON, date(2027, 2, 1)))


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("w1:0", 7, "every week on Monday"),
        ("w2:0,3", 7, "every two weeks on Monday and Thursday"),
        ("w2:1", 14, "every two weeks on Tuesday"),
        ("w1:0,1,2,3,4,5,6", 1, "every week on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday"),
        ("w12:4", 84, "every 12 weeks on Friday"),
        ("n1:0", 30, "on the first Monday of the month"),
        ("n-1:4", 30, "on the last Friday of the month"),
        ("m1", 30, "on the 1st of each month"),
        ("m2", 30, "on the 2nd of each month"),
        ("m11", 30, "on the 11th of each month"),
        ("m15", 30, "on the 15th of each month"),
        ("m23", 30, "on the 23rd of each month"),
        ("m28", 30, "on the 28th of each month"),
        ("m30", 30, "on the 30th of each month, or on its last day"),
        ("m31", 30, "on the last day of each month"),
        ("d2027-01-11", 7, "on 11 January 2027"),
        ("d2027-01-11,2027-02-01", 21, "on 11 January and 1 February 2027"),
        ("d2026-12-14,2027-01-11,2027-03-01", 28, "on 14 December 2026, 11 January 2027 and 1 March 2027"),
    ],
)
def test_how_often_and_in_words(text: str, days: int, words: str) -> None:
    cadence = read(text)
    assert gap_days(cadence) == days
    assert in_words(cadence) == words
