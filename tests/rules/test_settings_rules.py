"""Times, places and dates as people type them, and what a settings form changes."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from handlers.kit.times import time_from, time_in_words, zone_from, zone_in_words
from handlers.settings.rules import decide, hours_in_words
from storage.records import Person

TODAY_ON = date(2027, 1, 12)
SAME: dict[str, str | tuple[str, ...]] = {
    "name": "Ann Example",
    "time_zone": "Europe/London",
    "working_days": ("0", "1", "2", "3", "4"),
    "hours_from": "9am",
    "hours_to": "5pm",
    "nation": "none",
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9", time(9)),
        ("09:00", time(9)),
        ("0900", time(9)),
        ("17:30", time(17, 30)),
        ("5.30pm", time(17, 30)),
        ("5:30 p.m.", time(17, 30)),
        ("half nine", time(9, 30)),
        ("Half past five pm", time(17, 30)),
        ("quarter past 8", time(8, 15)),
        ("quarter to one pm", time(12, 45)),
        ("quarter to ten", time(9, 45)),
        ("nine o'clock", time(9)),
        ("half", None),
        ("half 9.30", None),
        ("half thirty", None),
        ("17h30", time(17, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("00:00", time(0)),
        ("late", None),
        ("25:00", None),
        ("13pm", None),
        ("0pm", None),
        ("9:60", None),
        ("9 to 5", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time | None) -> None:
    assert time_from(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("5", time(17)), ("5.30", time(17, 30)), ("10", time(10)), ("05:00", time(5)), ("5am", time(5)), ("9", time(21))],
)
def test_a_bare_hour_after_the_start_is_in_the_afternoon(typed: str, meant: time) -> None:
    assert time_from(typed, after=time(9)) == meant


@pytest.mark.parametrize(
    ("at", "words"),
    [(time(9), "9am"), (time(17, 30), "5.30pm"), (time(12), "midday"), (time(0), "midnight"), (time(12, 5), "12.05pm")],
)
def test_a_time_reads_as_the_nhs_writes_it_and_can_be_typed_back(at: time, words: str) -> None:
    assert time_in_words(at) == words
    assert time_from(words) == at


def test_a_night_shift_says_that_it_ends_the_next_day() -> None:
    assert hours_in_words(time(21), time(7, 30)) == "9pm to 7.30am the next day"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("London", "Europe/London"),
        (" uk ", "Europe/London"),
        ("Belfast", "Europe/Belfast"),
        ("Northern Ireland", "Europe/London"),
        ("new york", "America/New_York"),
        ("Europe/Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        ("America/New_York", "America/New_York"),
        ("Madrid", "Europe/Madrid"),
        ("UTC", "UTC"),
        ("united", None),
        ("Narnia", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_a_place_is_understood_by_its_city_or_its_full_name(typed: str, zone: str | None) -> None:
    assert zone_from(typed) == zone


def test_a_zone_is_said_by_its_city() -> None:
    assert [zone_in_words(zone) for zone in ("Europe/London", "America/Argentina/Buenos_Aires", "UTC")] == [
        "London",
        "Buenos Aires",
        "UTC",
    ]


def decided(person: Person, shown: str = "Europe/London", **values: str | tuple[str, ...]) -> Any:
    return decide(person, SAME | values, shown, TODAY_ON)


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ({}, {}),
        ({"name": "  Ann   Other "}, {"name": "Ann Other"}),
        ({"working_days": ("4", "0")}, {"working_days": (0, 4)}),
        ({"hours_from": "8", "hours_to": "4"}, {"hours_from": time(8), "hours_to": time(16)}),
        ({"nation": "wales"}, {"nation": "wales"}),
        ({"other_zone": "Madrid"}, {"time_zone": "Europe/Madrid"}),
        ({"time_zone": "other", "other_zone": "Madrid"}, {"time_zone": "Europe/Madrid"}),
        ({"time_zone": "Europe/Paris"}, {"time_zone": "Europe/Paris"}),
        (
            {"leave_from": "2027-02-01", "leave_to": "2027-02-12"},
            {"leave_from": date(2027, 2, 1), "leave_to": date(2027, 2, 12)},
        ),
        ({"preferred_platform": "teams"}, {"preferred_platform": "teams"}),
    ],
)
def test_only_what_is_different_is_a_change(values: dict[str, Any], changes: dict[str, Any]) -> None:
    found = decided(Person(5, "Ann Example"), **values)
    assert (found.changes, found.errors) == (changes, {})


def test_a_zone_that_stood_in_the_form_is_kept_or_left_for_one_of_the_list() -> None:
    person = Person(5, "Ann Example", "Europe/Madrid")
    madrid = {"time_zone": "other", "other_zone": "Europe/Madrid"}
    assert decided(person, "Europe/Madrid", **madrid).changes == {}
    moved = decided(person, "Europe/Madrid", **(madrid | {"time_zone": "Europe/Paris"}))
    assert moved.changes == {"time_zone": "Europe/Paris"}


def test_leave_can_be_taken_out() -> None:
    person = Person(5, "Ann Example", leave_from=date(2027, 2, 1), leave_to=date(2027, 2, 12))
    found = decided(person, leave_from="2027-02-01", leave_to="2027-02-12", no_leave=("yes",))
    assert found.changes == {"leave_from": None, "leave_to": None}


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"hours_from": "early"}, ["hours_from"]),
        ({"hours_to": "late"}, ["hours_to"]),
        ({"hours_from": "9am", "hours_to": "9am"}, ["hours_to"]),
        ({"other_zone": "Narnia"}, ["other_zone"]),
        ({"time_zone": "other"}, ["other_zone"]),
        ({"leave_from": "2027-02-01"}, ["leave_to"]),
        ({"leave_to": "2027-02-01"}, ["leave_from"]),
        ({"leave_from": "2027-02-02", "leave_to": "2027-02-01"}, ["leave_to"]),
        ({"leave_from": "2027-01-02", "leave_to": "2027-01-11"}, ["leave_to"]),
    ],
)
def test_what_cannot_be_understood_has_one_sentence_at_its_question(values: dict[str, Any], where: list[str]) -> None:
    assert list(decided(Person(5, "Ann Example"), **values).errors) == where
