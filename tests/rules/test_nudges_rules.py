"""What decides about schedules: dates as people write them, short texts on buttons, previews, and what was put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit import dates
from handlers.kit.events import Values
from handlers.kit.recurrence import Chosen, Monthly, MonthlyOn, Weekly, written
from handlers.nudges import filled, rules, spec, views, words
from handlers.nudges.forms import WEEKS
from storage.records import Account, Person, Programme
from storage.scheduled import Recipient, Schedule, Wanted, Wish

TODAY = date(2027, 1, 12)
NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
PROGRAMME = Programme("Practitioner networks 2027", "Europe/London")
MONDAYS = Wanted("checkins.ask", "w1:0", time(9), date(2027, 1, 11), 7)
ANN = Person(5, "Ann Example")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2027-01-15", date(2027, 1, 15)),
        ("15 January 2027", date(2027, 1, 15)),
        ("Friday 15th of Jan 2027", date(2027, 1, 15)),
        ("January 15 2027", date(2027, 1, 15)),
        ("03/02/2027", date(2027, 2, 3)),
        ("15 january", date(2027, 1, 15)),
        ("8/2", date(2027, 2, 8)),
        ("8/1", date(2028, 1, 8)),
        ("11 January", date(2028, 1, 11)),
        ("29 February", date(2028, 2, 29)),
        ("29 February 2028", date(2028, 2, 29)),
        ("31 February 2027", None),
        ("January", None),
        ("15", None),
        ("next week", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_a_date_is_read_as_people_write_it_or_not_at_all(text: str, on: date | None) -> None:
    assert dates.date_from(text, TODAY) == on


def test_several_dates_stand_in_a_line() -> None:
    found, problem = dates.dates_in("8 March 2027, 15 January; 2027-02-01 and 15 Jan 2027\n", TODAY)
    assert found == (date(2027, 1, 15), date(2027, 2, 1), date(2027, 3, 8))
    assert problem == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("15 January 2027, 31 February 2027", "“31 February 2027” in the calendar"),
        ("4 January 2027", "“4 January 2027” has passed"),
        ("18 January 2027, 1 January 2031", "“1 January 2031” is more than two years away"),
        (" , ", "at least one date"),
        (", ".join(f"2027-{month:02}-{day:02}" for month in (2, 3) for day in range(1, 29)), "56 dates"),
    ],
)
def test_what_is_wrong_with_dates_is_said_in_one_sentence(text: str, says: str) -> None:
    found, problem = dates.dates_in(text, TODAY)
    assert found == ()
    assert says in problem


cadences = st.one_of(
    st.builds(Weekly, st.integers(1, 4), st.sets(st.integers(0, 6), min_size=1).map(tuple)),
    st.builds(Monthly, st.integers(1, 31)),
    st.builds(MonthlyOn, st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6)),
    st.builds(Chosen, st.sets(st.dates(date(2027, 1, 1), date(2030, 1, 1)), min_size=1, max_size=50).map(tuple)),
)
schedules = st.builds(
    Wanted,
    st.just("checkins.ask"),
    cadences.map(written),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    st.integers(1, 999_999_999),
    st.none(),
    st.sampled_from([None, "Europe/London", "Asia/Kolkata"]),
    st.none() | st.dates(date(2026, 1, 1), date(2031, 1, 1)),
)


@given(schedules, st.sampled_from([1, 3, 7, 0]))
def test_a_schedule_on_a_button_is_read_back_as_it_was_and_fits(wanted: Wanted, days: int) -> None:
    wanted = replace(wanted, moves=days > 0, window_days=days or 3)
    argument = spec.written(wanted)
    assert len(argument) < spec.LONGEST
    assert spec.read(argument) == wanted
    assert spec.addressed(argument) == (wanted.network_id, "checkins.ask")


@pytest.mark.parametrize(
    "argument",
    [
        "", "7", "7|checkins.ask", "7|checkins.ask|w1:0|09:00||2027-01-11||3|", "|||||||",
        "7|checkins.ask|w1:0|09:00||2027-01-11|", "x|checkins.ask|w1:0|09:00||2027-01-11||3",
        "7|checkins.ask|w1:9|09:00||2027-01-11||3", "7|checkins.ask|w1:0|9am||2027-01-11||3",
        "7|checkins.ask|w1:0|09:00:01||2027-01-11||3", "7|checkins.ask|w1:0|09:00|Nowhere||2027-01-11||3",
        "7|checkins.ask|w1:0|09:00||20270111||3", "7|checkins.ask|w1:0|09:00||2027-01-11||03",
        "7|checkins.ask|w1:0|09:00||2027-01-11||99", "7|checkins.ask|w1:0|09:00||2027-01-11||-1",
        "7|checkins.ask|w1:0|09:00|../../etc/passwd|2027-01-11||3", "7|" + "x" * 2000 + "|w1:0|09:00||2027-01-11||3",
    ],
)  # fmt: skip
def test_what_no_button_carries_is_no_schedule(argument: str) -> None:
    assert spec.read(argument) is None


def _recipient(person_id: int, wish: Wish | None = None, **fields: object) -> Recipient:
    person = Person(person_id, f"Person {person_id}", **fields)  # type: ignore[arg-type]  # any field of a person
    return Recipient(person, (7,), (Account("slack", "T01", f"U{person_id}"),), wish or Wish())


def test_a_preview_counts_who_gets_it_and_who_gets_it_when_else() -> None:
    recipients = [
        *(_recipient(number) for number in range(10)),
        _recipient(20, leave_from=date(2027, 1, 11), leave_to=date(2027, 1, 18)),
        _recipient(21, leave_from=date(2027, 1, 11), leave_to=date(2027, 3, 1)),
        _recipient(22, hours_from=time(13)),
        _recipient(23, working_days=(1, 2)),
        _recipient(24, Wish(1, NOW)),
    ]
    found = rules.preview(MONDAYS, recipients, PROGRAMME, NOW)
    assert found == rules.Preview(
        date(2027, 1, 18), 13, on_leave=2, later_that_day=1, on_a_later_day=2, none=1
    )  # fmt: skip


def test_a_preview_begins_with_the_first_time_that_is_not_past() -> None:
    tuesdays = replace(MONDAYS, cadence="w1:1")
    early, late = replace(tuesdays, at=time(9)), replace(tuesdays, at=time(16))
    for wanted, on in ((early, date(2027, 1, 19)), (late, TODAY)):
        found = rules.preview(wanted, [_recipient(1)], PROGRAMME, NOW)
        assert found
        assert found.on == on


def test_a_preview_of_an_empty_network_says_nobody_and_of_what_is_over_nothing() -> None:
    assert rules.preview(MONDAYS, [], PROGRAMME, NOW) == rules.Preview(date(2027, 1, 18), 0)
    over = replace(MONDAYS, until_on=date(2027, 1, 11))
    assert rules.preview(over, [_recipient(1)], PROGRAMME, NOW) is None


def test_a_preview_of_days_that_nobody_works_says_that_they_get_nothing() -> None:
    sundays = replace(MONDAYS, cadence="w1:6", moves=False)
    assert rules.preview(sundays, [_recipient(1)], PROGRAMME, NOW) == rules.Preview(date(2027, 1, 17), 0, none=1)


def test_someone_who_wants_every_second_one_gets_the_second_after_the_last_they_had() -> None:
    schedule = Schedule(1, MONDAYS, None, NOW, date(2027, 1, 17), NOW)
    for had, every, on in ((3, 1, 18), (3, 2, 25), (2, 2, 18), (None, 2, 18)):
        found = rules.next_for(schedule, 3, had, every, ANN, PROGRAMME, NOW)
        assert found
        assert found.date() == date(2027, 1, on)


def test_half_as_often_ends_at_one_in_eight() -> None:
    assert [rules.rarer(every) for every in (1, 2, 4, 8)] == [2, 4, 8, 8]


def test_in_an_hour_is_in_an_hour_unless_that_is_quiet_time() -> None:
    assert rules.in_an_hour(ANN, LONDON, NOW) == datetime(2027, 1, 12, 11, tzinfo=UTC)
    evening = datetime(2027, 1, 15, 16, 30, tzinfo=UTC)
    assert rules.in_an_hour(ANN, LONDON, evening) == datetime(2027, 1, 18, 9, tzinfo=UTC)


def test_what_is_put_off_to_a_day_off_comes_on_the_next_good_day() -> None:
    saturday = rules.on_day(ANN, LONDON, date(2027, 1, 16), replace(MONDAYS, at=time(10, 30)))
    assert saturday == datetime(2027, 1, 18, 10, 30, tzinfo=UTC)
    away = replace(ANN, leave_from=date(2027, 1, 13), leave_to=date(2027, 3, 1))
    assert rules.on_day(away, LONDON, date(2027, 1, 14), MONDAYS) is None


FILLED: Values = {
    "often": "w2", "days": ("0", "3"), "nth": "1", "weekday": "0", "date": "1", "dates": "", "at": "9am",
    "clock": "own", "from_on": "2027-01-11", "until_on": "", "moves": "3",
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "cadence"),
    [
        ({}, "w2:0,3"),
        ({"often": "w4", "days": ("4",)}, "w4:4"),
        ({"often": "weekday", "nth": "-1", "weekday": "4"}, "n-1:4"),
        ({"often": "date", "date": "31"}, "m31"),
        ({"often": "chosen", "dates": "8 February 2027 and 11 Jan 2028"}, "d2027-02-08,2028-01-11"),
    ],
)
def test_a_filled_form_becomes_a_cadence(answers: Values, cadence: str) -> None:
    read = filled.for_network({**FILLED, **answers}, MONDAYS, TODAY)
    assert read.errors == {}
    assert read.wanted.cadence == cadence
    assert spec.read(spec.written(read.wanted)) == read.wanted


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"at": "early"}, "at"),
        ({"often": "date", "date": "32"}, "date"),
        ({"often": "date", "date": "1.5"}, "date"),
        ({"often": "chosen", "dates": "31 February"}, "dates"),
        ({"from_on": "2030-01-11"}, "from_on"),
        ({"until_on": "2027-01-11"}, "until_on"),
        ({"from_on": "2027-03-01", "until_on": "2027-02-01"}, "until_on"),
        ({"often": "weekday", "nth": "1", "weekday": "0", "until_on": "2027-01-20"}, "often"),
        ({"often": "chosen", "dates": "8 February 2027", "until_on": "2027-02-01"}, "often"),
    ],
)
def test_what_cannot_be_is_said_where_it_stands(answers: Values, where: str) -> None:
    read = filled.for_network({**FILLED, **answers}, MONDAYS, TODAY)
    assert list(read.errors) == [where]


def test_ones_own_schedule_begins_today_and_keeps_its_weeks_where_only_the_time_changes() -> None:
    first = filled.for_oneself({**FILLED, "often": "w2"}, MONDAYS, 5, TODAY).wanted
    assert (first.person_id, first.network_id, first.from_on) == (5, None, TODAY)
    later = filled.for_oneself({**FILLED, "at": "2pm"}, first, 5, date(2027, 1, 20)).wanted
    assert (later.at, later.from_on) == (time(14), TODAY)


def test_every_choice_of_weeks_can_be_kept() -> None:
    for often in WEEKS:
        assert filled.for_network({**FILLED, "often": often}, MONDAYS, TODAY).wanted.cadence == f"{often}:0,3"


def test_a_late_answer_says_which_question_it_answers_and_a_prompt_one_does_not() -> None:
    asked = [date(2027, 1, 4), date(2026, 12, 21)]
    assert views.said_of_late(asked, TODAY) == "This also answers what I asked on Monday 4 January."
    assert views.said_of_late([date(2027, 1, 11)], TODAY) == ""
    assert views.said_of_late([], TODAY) == ""


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ann Example", "Ann"), ("Dr. Ann Example", "Ann"), ("Dr", "Dr"), ("Prof Cal Leader", "Cal"), ("", "there")],
)
def test_people_are_greeted_by_their_first_name(name: str, first: str) -> None:
    assert views.first_name(name) == first


def test_a_moment_far_ahead_is_said_with_its_year() -> None:
    assert words.moment(datetime(2027, 1, 13, 10), TODAY) == "Wednesday 13 January at 10am"  # noqa: DTZ001  local
    assert words.moment(datetime(2028, 1, 12, 12), TODAY) == "Wednesday 12 January 2028 at midday"  # noqa: DTZ001
