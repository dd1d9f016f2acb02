"""Decisions about one-to-ones: who is the coach of whom, and when each of the two is reminded."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.good_times import good_time
from storage.records import Person, Role

MOST_TIMES = 3
"""Times that one suggests at once."""
LENGTHS = (15, 30, 45, 60, 90, 120)
USUAL_LENGTH = 45
REMIND_AT = time(9)
"""When a reminder comes, or at the start of the person's hours."""
MOST_DAYS_BEFORE = 14
"""A reminder that would come so long before the day is none."""


def is_faculty(person: Person) -> bool:
    """True if the person may coach."""
    return person.holds(Role.FACULTY)


def runs_any(person: Person) -> bool:
    """True if the person may be coached: they co-ordinate or lead a network."""
    return any(person.runs(network_id) for network_id in person.network_ids)


def sides(one: Person, other: Person) -> tuple[int, int] | None:
    """The ids of the coach and of the coachee among the two; None where they are no such pair.

    Where each could be either, `one`, who suggests it, is the coach.
    """
    if one.id == other.id:
        return None
    for coach, coachee in ((one, other), (other, one)):
        if is_faculty(coach) and runs_any(coachee):
            return coach.id, coachee.id
    return None


def are_still(coach: Person | None, coachee: Person | None) -> bool:
    """True if the one still may coach, and the other be coached."""
    return coach is not None and coachee is not None and is_faculty(coach) and runs_any(coachee)


def reminder_at(person: Person, zone: ZoneInfo, starts_at: datetime, now: datetime) -> datetime | None:
    """When the person is reminded: at their good time of the last good day before; None where that has passed."""
    starts_on = starts_at.astimezone(zone).date()
    for days in range(1, MOST_DAYS_BEFORE + 1):
        at = good_time(person, zone, starts_on - timedelta(days=days), REMIND_AT, None, moves=True, window_days=0)
        if isinstance(at, datetime):
            return at if at > now else None
    return None
