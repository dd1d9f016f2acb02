"""Finds the moment at which a person may be written to: on their own clock, never in their quiet time."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.kit.bank_holidays import is_bank_holiday
from storage.records import Person

HOLIDAY = "it is a bank holiday"
LEAVE = "they are on leave"
DAY_OFF = "it is not a working day"
OUT_OF_HOURS = "it is outside working hours"
CLOCKS = "the clocks change in this hour"
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is sent. `why` is the end of a sentence: "it is a bank holiday"."""

    why: str


def good_time(
    person: Person, own: ZoneInfo, on: date, at: time, zone: ZoneInfo | None, moves: bool, window_days: int
) -> datetime | Quiet:
    """The UTC instant at which what a schedule says for that date reaches the person; or why it never does.

    `at` is wall time in `zone`, or where that is None on the person's own clock, `own`. What falls in their quiet time
    is dropped, or if it `moves` goes to the next good moment of their own calendar, `on` + `window_days` at the latest:
    the start of their hours where these still lie before them on that day, on later days `at` on their own clock or,
    where that is outside their hours, their start. Without one the first reason is given. What falls in an hour that
    clocks skip or repeat, theirs or the schedule's, goes to the first minute after it.
    """
    first = _settled(_instant(on, at, zone or own), own, zone)
    why = _why_quiet(person, own, first)
    if not why:
        return first
    if not moves:
        return Quiet(why)
    return _next(person, own, first, at, on + window_days * _DAY, zone, today_too=False) or Quiet(why)


def quiet_now(person: Person, own: ZoneInfo, now: datetime) -> str:
    """Why the person is not to be written to now; empty where they may be. The hour of a clock change is quiet."""
    return _why_quiet(person, own, now) or (CLOCKS if _settled(now, own, None) != now else "")


def next_good(person: Person, own: ZoneInfo, now: datetime, at: time, last_on: date) -> datetime | None:
    """The next good moment later than `now` as a UTC instant, on the local date `last_on` at the latest; None if
    there is none.

    Each day it is `at` on the person's own clock or, where that is quiet or past, the start of their hours.
    """
    after_the_change = _settled(now, own, None)
    if after_the_change != now and _is_good(person, own, after_the_change, last_on):
        return after_the_change
    return _next(person, own, now, at, last_on)


def _next(
    person: Person,
    own: ZoneInfo,
    after: datetime,
    at: time,
    last_on: date,
    zone: ZoneInfo | None = None,
    today_too: bool = True,
) -> datetime | None:
    """The first good moment of the person's days, where each has `at` before the start of the hours; but not the day
    of `after`, unless `today_too`."""
    today_on, begin = after.astimezone(own).date(), person.hours_from
    is_in_hours = _part(person, at) is not None
    for on in _days(today_on, last_on):
        for wall in (at, begin) if is_in_hours and (today_too or on > today_on) else (begin,):
            moment = _settled(_instant(on, wall, own), own, zone)
            if moment > after and _is_good(person, own, moment, last_on):
                return moment
    return None


def _days(first_on: date, last_on: date) -> Iterator[date]:
    for number in range(first_on.toordinal(), last_on.toordinal() + 1):
        yield date.fromordinal(number)


def _is_good(person: Person, own: ZoneInfo, moment: datetime, last_on: date) -> bool:
    return moment.astimezone(own).date() <= last_on and not _why_quiet(person, own, moment)


def _part(person: Person, wall: time) -> int | None:
    """0 within the hours, 1 in what a night shift has after midnight, None outside. To 5pm means
    that 5pm itself is outside; from 9am to 9am is all day."""
    begin, end = person.hours_from, person.hours_to
    if begin < end:
        return 0 if begin <= wall < end else None
    return 0 if wall >= begin else 1 if wall < end else None


def _why_quiet(person: Person, own: ZoneInfo, moment: datetime) -> str:
    """The reason, or nothing. After midnight a night shift is of the day on which it began: that must be a working day,
    and neither day may be a bank holiday or leave."""
    local = moment.astimezone(own)
    today = local.date()
    part = _part(person, local.time())
    began = today - _DAY if part else today
    days = {today, began}
    if any(is_bank_holiday(person.nation, one) for one in days):
        return HOLIDAY
    if any(_is_leave(person, one) for one in days):
        return LEAVE
    if began.weekday() not in person.working_days:
        return DAY_OFF
    return "" if part is not None else OUT_OF_HOURS


def _is_leave(person: Person, on: date) -> bool:
    """From the first day to the last, both with it; without one of the two there is no leave, as in `settings`."""
    begin, end = person.leave_from, person.leave_to
    return begin is not None and end is not None and begin <= on <= end


@lru_cache(maxsize=4096)
def _instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time; the first minute after where clocks skip or repeat it."""
    wall = datetime.combine(on, at, zone)
    return _after_the_change(wall) or wall.astimezone(UTC)


@lru_cache(maxsize=4096)
def _settled(moment: datetime, own: ZoneInfo, zone: ZoneInfo | None) -> datetime:
    """The moment, or the first minute after the hour that clocks repeat, on the person's own clock and the schedule's.

    Where they change one after the other, such as in Sydney and on Lord Howe Island, one look is not enough.
    """
    zones = (own, zone) if zone and zone is not own else (own,)
    while later := next(
        filter(None, (_after_the_change(moment.astimezone(one).replace(fold=0)) for one in zones)), None
    ):
        moment = later
    return moment


def _after_the_change(wall: datetime) -> datetime | None:
    """The first minute after the change that skips or repeats this wall time of a zone, as a UTC instant; None where it
    comes just once. The change is half an hour on Lord Howe Island, and was a whole day on Samoa."""
    again = wall.replace(fold=1)
    before, after = wall.utcoffset(), again.utcoffset()
    if before == after or before is None or after is None:
        return None
    early, late = sorted(reading.astimezone(UTC).replace(second=0, microsecond=0) for reading in (wall, again))
    minutes = range((late - early) // _MINUTE + 1)
    index = bisect_left(
        minutes, True, key=lambda one: (early + one * _MINUTE).astimezone(wall.tzinfo).utcoffset() == after
    )
    return early + index * _MINUTE + max(before - after, timedelta())
