"""The moment that is good for a person: in their hours, on their own clock, never where clocks skip or repeat it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.kit.good_times import (
    CLOCKS,
    DAY_OFF,
    HOLIDAY,
    LEAVE,
    OUT_OF_HOURS,
    Quiet,
    good_time,
    next_good,
    quiet_now,
)
from storage.records import Person

DAY = timedelta(days=1)
LONDON, NEW_YORK, KOLKATA, SYDNEY, LORD_HOWE = (
    ZoneInfo(name)
    for name in ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe")
)
ANN = Person(1, "Ann Example")
NURSE = replace(ANN, hours_from=time(22), hours_to=time(6))
ROUND_THE_CLOCK = replace(ANN, working_days=tuple(range(7)), hours_from=time(0), hours_to=time(0))


def london(text: str) -> datetime:
    """The instant of a wall time in London, such as "2027-01-11 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("person", "on", "at", "why", "moved_to"),
    [
        (replace(ANN, nation="scotland"), "2027-01-04", time(9), HOLIDAY, "2027-01-05 09:00"),
        (replace(ANN, nation="england"), "2027-12-25", time(10), HOLIDAY, None),
        (ANN, "2027-01-09", time(10), DAY_OFF, "2027-01-11 10:00"),
        (ANN, "2027-01-11", time(7), OUT_OF_HOURS, "2027-01-11 09:00"),
        (ANN, "2027-01-11", time(17), OUT_OF_HOURS, "2027-01-12 09:00"),
        (ANN, "2027-01-08", time(20), OUT_OF_HOURS, "2027-01-11 09:00"),
        (
            replace(ANN, leave_from=date(2027, 1, 11), leave_to=date(2027, 1, 12)),
            *("2027-01-11", time(10), LEAVE, "2027-01-13 10:00"),
        ),
        (
            replace(ANN, leave_from=date(2027, 1, 11), leave_to=date(2027, 1, 14)),
            *("2027-01-11", time(10), LEAVE, None),
        ),
        (replace(ANN, working_days=()), "2027-01-11", time(10), DAY_OFF, None),
        (NURSE, "2027-01-11", time(9), OUT_OF_HOURS, "2027-01-11 22:00"),
        (NURSE, "2027-01-11", time(2), DAY_OFF, "2027-01-11 22:00"),
        (NURSE, "2027-01-09", time(23), DAY_OFF, "2027-01-11 23:00"),
        (replace(NURSE, nation="england"), "2027-12-28", time(2), HOLIDAY, "2027-12-29 22:00"),
    ],
)
def test_what_falls_in_quiet_time_moves_or_is_dropped(
    person: Person, on: str, at: time, why: str, moved_to: str | None
) -> None:
    def asked(*, moves: bool) -> datetime | Quiet:
        return good_time(person, LONDON, date.fromisoformat(on), at, None, moves, 3)

    assert asked(moves=False) == Quiet(why)
    assert asked(moves=True) == (Quiet(why) if moved_to is None else london(moved_to))


@pytest.mark.parametrize("at", [time(22), time(23, 30), time(0), time(5, 59)])
def test_a_night_shift_belongs_to_the_day_on_which_it_began(at: time) -> None:
    """Friday's shift ends on Saturday morning, and that is good; Sunday's never began."""
    friday_on = date(2027, 1, 8)
    on = friday_on if at >= time(22) else friday_on + DAY
    assert good_time(NURSE, LONDON, on, at, None, False, 0) == datetime.combine(on, at, LONDON)
    sunday_on = on + 2 * DAY
    assert good_time(NURSE, LONDON, sunday_on, at, None, False, 0) == Quiet(DAY_OFF)


@pytest.mark.parametrize(
    ("own", "zone", "on", "at", "expected"),
    [
        (LONDON, None, "2027-03-28", time(1), "2027-03-28 01:00"),
        (LONDON, None, "2027-03-28", time(1, 59), "2027-03-28 01:00"),
        (LONDON, None, "2027-10-31", time(0, 59), "2027-10-30 23:59"),
        (LONDON, None, "2027-10-31", time(1), "2027-10-31 02:00"),
        (LONDON, None, "2027-10-31", time(1, 59), "2027-10-31 02:00"),
        (NEW_YORK, None, "2027-03-14", time(2, 30), "2027-03-14 07:00"),
        (NEW_YORK, None, "2027-11-07", time(1, 30), "2027-11-07 07:00"),
        (LORD_HOWE, None, "2027-10-03", time(2, 15), "2027-10-02 15:30"),
        (LORD_HOWE, None, "2027-04-04", time(1, 45), "2027-04-03 15:30"),
        (LORD_HOWE, SYDNEY, "2027-04-04", time(1, 45), "2027-04-03 17:00"),
        (LONDON, KOLKATA, "2027-10-31", time(6), "2027-10-31 02:00"),
        (KOLKATA, LONDON, "2027-10-31", time(1, 30), "2027-10-31 02:00"),
        (KOLKATA, None, "2027-10-31", time(1, 30), "2027-10-30 20:00"),
    ],
)
def test_nothing_comes_in_the_hour_that_clocks_skip_or_repeat(
    own: ZoneInfo, zone: ZoneInfo | None, on: str, at: time, expected: str
) -> None:
    """For someone who works round the clock; expected is an instant in UTC."""
    found = good_time(ROUND_THE_CLOCK, own, date.fromisoformat(on), at, zone, True, 3)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_time_in_the_networks_zone_is_weighed_on_the_persons_own_clock() -> None:
    on = date(2027, 1, 11)
    assert good_time(ANN, NEW_YORK, on, time(15), LONDON, False, 0) == london("2027-01-11 15:00")
    assert good_time(ANN, NEW_YORK, on, time(10), LONDON, False, 0) == Quiet(OUT_OF_HOURS)
    assert good_time(ANN, NEW_YORK, on, time(10), LONDON, True, 0) == datetime(2027, 1, 11, 14, tzinfo=UTC)
    assert good_time(ANN, SYDNEY, on, time(10), LONDON, True, 3) == datetime(2027, 1, 11, 23, tzinfo=UTC)


def test_someone_west_of_the_schedule_is_not_left_out_at_the_end_of_the_window() -> None:
    """Midnight in London is the evening before in New York: the same day's hours are still to come."""
    on = date(2027, 1, 12)
    assert good_time(ANN, NEW_YORK, on, time(0), LONDON, True, 0) == datetime(2027, 1, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("2027-01-11 08:59", OUT_OF_HOURS),
        ("2027-01-11 09:00", ""),
        ("2027-01-11 16:59", ""),
        ("2027-01-11 17:00", OUT_OF_HOURS),
        ("2027-01-10 12:00", DAY_OFF),
    ],
)
def test_hours_begin_with_their_first_minute_and_end_before_the_last(now: str, why: str) -> None:
    assert quiet_now(ANN, LONDON, london(now)) == why


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_of_the_change_is_quiet_on_whatever_clock_now_is_told(fold: int) -> None:
    now = datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=fold)
    for told in (now, now.astimezone(UTC), now.astimezone(KOLKATA)):
        assert quiet_now(ROUND_THE_CLOCK, LONDON, told) == CLOCKS
        assert next_good(ROUND_THE_CLOCK, LONDON, told, time(9), told.date()) == london("2027-10-31 02:00")


@pytest.mark.parametrize(
    ("now", "at", "last_on", "expected"),
    [
        ("2027-01-11 08:00", time(9), "2027-01-11", "2027-01-11 09:00"),
        ("2027-01-11 09:00", time(9), "2027-01-11", None),
        ("2027-01-11 09:00", time(9), "2027-01-12", "2027-01-12 09:00"),
        ("2027-01-11 17:30", time(14), "2027-01-12", "2027-01-12 14:00"),
        ("2027-01-08 17:30", time(14), "2027-01-10", None),
        ("2027-01-08 17:30", time(20), "2027-01-11", "2027-01-11 09:00"),
        ("2027-01-11 08:00", time(9), "2027-01-10", None),
    ],
)
def test_the_next_good_time_after_now(now: str, at: time, last_on: str, expected: str | None) -> None:
    found = next_good(ANN, LONDON, london(now), at, date.fromisoformat(last_on))
    assert found == (expected and london(expected))


@pytest.mark.parametrize("leave", [(date(2027, 1, 11), None), (None, date(2027, 1, 11)), (None, None)])
def test_half_a_leave_is_none(leave: tuple[date | None, date | None]) -> None:
    person = replace(ANN, leave_from=leave[0], leave_to=leave[1])
    assert quiet_now(person, LONDON, london("2027-01-11 10:00")) == ""


def test_the_whole_day_that_samoa_skipped_goes_to_the_first_minute_after() -> None:
    found = good_time(ROUND_THE_CLOCK, ZoneInfo("Pacific/Apia"), date(2011, 12, 30), time(9), None, True, 3)
    assert found == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_what_slips_over_midnight_stays_within_the_last_day() -> None:
    """In Santiago the clocks repeat the hour before midnight: the first minute after it is of the next day."""
    santiago, noon = ZoneInfo("America/Santiago"), datetime(2027, 4, 3, 16, tzinfo=UTC)
    found = [
        next_good(ROUND_THE_CLOCK, santiago, noon, time(23, 30), date(2027, 4, 3) + number * DAY) for number in (0, 1)
    ]
    assert found == [None, datetime(2027, 4, 4, 4, tzinfo=UTC)]
