"""The moment that is good for a person, against a walk through every minute of the weeks in which clocks change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.kit.good_times import DAY_OFF, HOLIDAY, LEAVE, OUT_OF_HOURS, Quiet, good_time, next_good, quiet_now
from storage.records import Person

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LONDON, NEW_YORK, KOLKATA, SYDNEY, LORD_HOWE = (
    ZoneInfo(name)
    for name in ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe")
)
ALL_DAYS = tuple(range(7))
ANN = Person(1, "Ann Example")
ROUND_THE_CLOCK = replace(ANN, working_days=ALL_DAYS, hours_from=time(0), hours_to=time(0))

# Weeks of 2027 around every change in those zones: New York; London, Sydney, Lord Howe; these two; London, New York.
WEEKS = [
    (date(2027, 3, 8), date(2027, 3, 20)),
    (date(2027, 3, 24), date(2027, 4, 8)),
    (date(2027, 9, 29), date(2027, 10, 7)),
    (date(2027, 10, 27), date(2027, 11, 11)),
]
PAD_DAYS = 8
HOLIDAYS = {
    "england": {date(2027, 3, 26), date(2027, 3, 29)},
    "wales": {date(2027, 3, 26), date(2027, 3, 29)},
    "scotland": {date(2027, 3, 26)},
    "northern-ireland": {date(2027, 3, 17), date(2027, 3, 26), date(2027, 3, 29)},
}
"""Those of the weeks above, as GOV.UK announced them."""
NATIONS = (None, *HOLIDAYS)


@dataclass(frozen=True)
class Minutes:
    """Every minute of some weeks: what the clocks of a zone show, and how often they show it."""

    begin: datetime
    shown: list[datetime]
    times: Counter[datetime]

    def wall(self, moment: datetime) -> datetime:
        return self.shown[(moment - self.begin) // MINUTE]

    def comes_once(self, moment: datetime) -> bool:
        return self.times[self.wall(moment)] == 1

    def first_from(self, wall: datetime) -> datetime:
        """The first minute at which the clocks show this, or more where they never do."""
        start = max(0, (wall.replace(tzinfo=UTC) - self.begin) // MINUTE - 16 * 60)
        return (
            self.begin + next(number for number in range(start, len(self.shown)) if self.shown[number] >= wall) * MINUTE
        )


@cache
def minutes(zone: ZoneInfo, begin_on: date, end_on: date) -> Minutes:
    begin = datetime.combine(begin_on - PAD_DAYS * DAY, time(), UTC)
    count = ((end_on - begin_on).days + 2 * PAD_DAYS) * 24 * 60
    shown = [(begin + number * MINUTE).astimezone(zone).replace(tzinfo=None, fold=0) for number in range(count)]
    return Minutes(begin, shown, Counter(shown))


@dataclass(frozen=True)
class Walk:
    """The slow way: looks at what the clocks show, minute by minute, and knows nothing of how they change."""

    person: Person
    own: Minutes
    zone: Minutes

    def moment(self, wall: datetime, clocks: Minutes) -> datetime:
        """The first minute from that wall time on that neither clock shows twice."""
        found = clocks.first_from(wall)
        while not (self.own.comes_once(found) and self.zone.comes_once(found)):
            found += MINUTE
        return found

    def is_good(self, moment: datetime) -> bool:
        """Within the shift of a working day, and not a moment of it or its first day on leave or a bank holiday."""
        wall = self.own.wall(moment)
        begin, end = self.person.hours_from, self.person.hours_to
        for began_on in (wall.date() - DAY, wall.date()):
            shift_end = datetime.combine(began_on + (DAY if end <= begin else 0 * DAY), end)
            if datetime.combine(began_on, begin) <= wall < shift_end:
                is_kept = began_on.weekday() in self.person.working_days
                if is_kept and not self.is_off(began_on) and not self.is_off(wall.date()):
                    return True
        return False

    def is_off(self, on: date) -> bool:
        begin, end = self.person.leave_from, self.person.leave_to
        leave = [begin + number * DAY for number in range((end - begin).days + 1)] if begin and end else []
        return on in leave or on in HOLIDAYS.get(self.person.nation or "", ())

    def next(self, after: datetime, at: time, last_on: date, today: tuple[time, ...]) -> datetime | None:
        """The first good moment of `today`, the walls of the day of `after`; then of the days behind it."""
        on, walls = self.own.wall(after).date(), today
        while on <= last_on:
            for wall in walls:
                found = self.moment(datetime.combine(on, wall), self.own)
                if found > after and self.own.wall(found).date() <= last_on and self.is_good(found):
                    return found
            on, walls = on + DAY, self.walls(at)
        return None

    def walls(self, at: time) -> tuple[time, ...]:
        return (at, self.person.hours_from) if self.is_in_hours(at) else (self.person.hours_from,)

    def is_in_hours(self, at: time) -> bool:
        begin, end = self.person.hours_from, self.person.hours_to
        wall = datetime.combine(date(2027, 1, 1), begin)
        while True:
            if wall.time() == at:
                return True
            wall += MINUTE
            if wall.time() == end:
                return False


CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 29, 30, 31, 45, 59))) | st.sampled_from(
    [time(1), time(1, 30), time(1, 59), time(2), time(2, 15), time(2, 30), time(3), time(9), time(17)]
)
ZONES = st.sampled_from((LONDON, NEW_YORK, KOLKATA, SYDNEY, LORD_HOWE))


@st.composite
def people(draw: st.DrawFn) -> Person:
    leave = draw(st.none() | st.tuples(st.sampled_from(WEEKS), st.integers(0, 14), st.integers(0, 6)))
    leave_from = leave[0][0] + leave[1] * DAY if leave else None
    return replace(
        ANN,
        nation=draw(st.sampled_from(NATIONS)),
        working_days=tuple(sorted(draw(st.sampled_from([ALL_DAYS, ALL_DAYS, (0, 1, 2, 3, 4), (5, 6), (1, 3), ()])))),
        hours_from=draw(CLOCK),
        hours_to=draw(CLOCK),
        leave_from=leave_from,
        leave_to=leave_from + leave[2] * DAY if leave and leave_from else None,
    )


@st.composite
def dates_and_weeks(draw: st.DrawFn) -> tuple[date, tuple[date, date]]:
    weeks = draw(st.sampled_from(WEEKS))
    return draw(st.dates(*weeks)), weeks


@settings(max_examples=400, deadline=None)
@given(people(), ZONES, st.none() | ZONES, dates_and_weeks(), CLOCK, st.booleans(), st.integers(0, 5))
@example(ROUND_THE_CLOCK, LONDON, None, (date(2027, 3, 28), WEEKS[1]), time(1, 30), True, 3)
@example(ROUND_THE_CLOCK, LONDON, None, (date(2027, 10, 31), WEEKS[3]), time(1, 30), True, 3)
@example(ROUND_THE_CLOCK, KOLKATA, NEW_YORK, (date(2027, 11, 7), WEEKS[3]), time(1, 1), False, 0)
@example(ROUND_THE_CLOCK, LORD_HOWE, None, (date(2027, 4, 4), WEEKS[1]), time(1, 45), True, 3)
@example(ROUND_THE_CLOCK, LORD_HOWE, SYDNEY, (date(2027, 4, 4), WEEKS[1]), time(1, 30), True, 3)
@example(ROUND_THE_CLOCK, LORD_HOWE, None, (date(2027, 10, 3), WEEKS[2]), time(2, 15), True, 3)
def test_the_good_time_is_that_of_a_walk_through_every_minute(
    person: Person,
    own: ZoneInfo,
    zone: ZoneInfo | None,
    day: tuple[date, tuple[date, date]],
    at: time,
    moves: bool,
    window_days: int,
) -> None:
    on, weeks = day
    walk = Walk(person, minutes(own, *weeks), minutes(zone or own, *weeks))
    first = walk.moment(datetime.combine(on, at), walk.zone)
    expected = first if walk.is_good(first) else None
    if moves and expected is None:
        expected = walk.next(first, at, on + window_days * DAY, today=(person.hours_from,))
    found = good_time(person, own, on, at, zone, moves, window_days)
    assert (None if isinstance(found, Quiet) else found) == expected
    assert not isinstance(found, Quiet) or found.why in {HOLIDAY, LEAVE, DAY_OFF, OUT_OF_HOURS}
    assert isinstance(found, Quiet) or (found.tzinfo is UTC and quiet_now(person, own, found) == "")


@settings(max_examples=300, deadline=None)
@given(people(), ZONES, dates_and_weeks(), CLOCK, CLOCK, st.integers(0, 5))
@example(ROUND_THE_CLOCK, LONDON, (date(2027, 10, 31), WEEKS[3]), time(0, 30), time(9), 3)
@example(ROUND_THE_CLOCK, LONDON, (date(2027, 10, 31), WEEKS[3]), time(1, 30), time(9), 3)
def test_now_and_the_next_are_those_of_a_walk_through_every_minute(
    person: Person, own: ZoneInfo, day: tuple[date, tuple[date, date]], now_at: time, at: time, days: int
) -> None:
    on, weeks = day
    walk = Walk(person, minutes(own, *weeks), minutes(own, *weeks))
    now = datetime.combine(on, now_at, UTC)
    comes_once = walk.own.comes_once(now)
    assert (quiet_now(person, own, now) == "") == (comes_once and walk.is_good(now))
    last_on = walk.own.wall(now).date() + days * DAY
    expected = walk.next(now, at, last_on, today=walk.walls(at))
    after_the_change = walk.moment(walk.own.wall(now), walk.own)
    if not comes_once and walk.is_good(after_the_change) and walk.own.wall(after_the_change).date() <= last_on:
        expected = after_the_change
    assert next_good(person, own, now, at, last_on) == expected
