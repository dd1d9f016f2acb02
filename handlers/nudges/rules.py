"""Decides when what was put off comes back, how much rarer something gets, and what a schedule would do next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.kit import recurrence
from handlers.kit.context import zone_named
from handlers.kit.good_times import Quiet, good_time, next_good, quiet_now
from handlers.kit.planning import FAR_DAYS, is_turn
from handlers.kit.text import week_of
from handlers.kit.times import own_zone
from storage.records import Person, Programme
from storage.scheduled import Recipient, Schedule, Wanted

RAREST = 8
PUT_OFF_DAYS = 14
"""How far a good time may lie behind the day to which someone puts a message off."""
FARTHEST_DAYS = 92
"""The last day that one can put a message off to."""


def rarer(every: int) -> int:
    """Half as often, and never less than one time in eight."""
    return min(RAREST, max(1, every) * 2)


def in_an_hour(person: Person, own: ZoneInfo, now: datetime) -> datetime | None:
    """The person's next good time from an hour from now on; None where none is near."""
    then = now + timedelta(hours=1)
    if not quiet_now(person, own, then):
        return then
    local = then.astimezone(own)
    return next_good(person, own, then, person.hours_from, local.date() + timedelta(days=PUT_OFF_DAYS))


def on_day(person: Person, own: ZoneInfo, on: date, wanted: Wanted) -> datetime | None:
    """The person's good time of that day, or the next one behind it; None where none is near."""
    found = good_time(person, own, on, wanted.at, None, True, PUT_OFF_DAYS)
    return None if isinstance(found, Quiet) else found


def next_week(today_on: date) -> date:
    """The Monday of the next week."""
    return week_of(today_on) + timedelta(days=7)


def upcoming(wanted: Wanted, after: date) -> Iterator[date]:
    """The dates of a schedule after that one, in their order."""
    to_on = after + timedelta(days=FAR_DAYS)
    last = min(to_on, wanted.until_on) if wanted.until_on else to_on
    yield from recurrence.dates(recurrence.read(wanted.cadence), wanted.from_on, after, last)


def next_for(
    schedule: Schedule,
    last_number: int,
    had: int | None,
    every: int,
    person: Person,
    programme: Programme,
    now: datetime,
) -> datetime | None:
    """When a person gets something next of what is not planned yet; None where nothing more comes.

    `last_number` is that of the schedule's newest occurrence, -1 where it has none; `had` that of the last one that
    the person has had.
    """
    wanted, own = schedule.wanted, own_zone(person, programme)
    after = schedule.planned_on or now.astimezone(own).date() - timedelta(days=1)
    for count, on in enumerate(upcoming(wanted, after), 1):
        due = _due(wanted, person, own, on)
        if is_turn(last_number + count, had, every) and isinstance(due, datetime) and due > now:
            return due
    return None


def _due(wanted: Wanted, person: Person, own: ZoneInfo, on: date) -> datetime | Quiet:
    zone = zone_named(wanted.zone or "")
    return good_time(person, own, on, wanted.at, zone, wanted.moves, wanted.window_days)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a schedule would do next: on which local date, to how many people, and how many of them when else.

    `later_that_day` and `on_a_later_day` count among `people`; `none` get nothing; `on_leave` may be any of these.
    """

    on: date
    people: int
    on_leave: int = 0
    later_that_day: int = 0
    on_a_later_day: int = 0
    none: int = 0


def preview(wanted: Wanted, recipients: Sequence[Recipient], programme: Programme, now: datetime) -> Preview | None:
    """The next date on which anybody would get something; where nobody is there yet, the next date. None: no more.

    Whoever stopped these messages is not counted.
    """
    programme_on = now.astimezone(ZoneInfo(programme.time_zone)).date()
    people = [one.person for one in recipients if one.wish.stopped_at is None]
    for on in upcoming(wanted, programme_on - timedelta(days=1)):
        found = _on_date(wanted, people, programme, now, on)
        if found.people or (on > programme_on and not any(_leave(one, on) for one in people)):
            return found
    return None


def _on_date(wanted: Wanted, people: Iterable[Person], programme: Programme, now: datetime, on: date) -> Preview:
    counts = {"people": 0, "later_that_day": 0, "on_a_later_day": 0, "none": 0, "on_leave": 0}
    for person in people:
        own = own_zone(person, programme)
        due = _due(wanted, person, own, on)
        nominal = datetime.combine(on, wanted.at, zone_named(wanted.zone or "") or own)
        counts["on_leave"] += _leave(person, on)
        if isinstance(due, Quiet) or due <= now:
            counts["none"] += 1
            continue
        counts["people"] += 1
        if due > nominal:
            is_that_day = due.astimezone(own).date() == nominal.astimezone(own).date()
            counts["later_that_day" if is_that_day else "on_a_later_day"] += 1
    return Preview(on, **counts)


def _leave(person: Person, on: date) -> bool:
    return person.leave_from is not None and person.leave_to is not None and person.leave_from <= on <= person.leave_to


def has_dates(wanted: Wanted, today_on: date) -> bool:
    """True if the schedule has a date from today on."""
    return next(upcoming(wanted, today_on - timedelta(days=1)), None) is not None
