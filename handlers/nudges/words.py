"""Schedules and moments as people say them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from handlers.kit import recurrence
from handlers.kit.context import zone_named
from handlers.kit.text import day, listed, weekday
from handlers.kit.times import time_in_words, zone_in_words
from storage.records import Network, Role
from storage.scheduled import Schedule, Wanted

FAR_DAYS = 200
"""From so many days ahead a date is said with its year."""
MOST_SAID = 3
"""Chosen days that are said one by one."""
ROLES = {Role.MEMBER: "members", Role.COORDINATOR: "co-ordinators", Role.LEADER: "leaders"}
RHYTHMS = {
    1: "every time",
    2: "every second time",
    4: "every fourth time",
    8: "every eighth time",
}  # fmt: skip
_NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def moment(at: datetime, today_on: date) -> str:
    """A local time as "Monday 11 January at 9am"; far ahead with its year."""
    far = abs((at.date() - today_on).days) > FAR_DAYS
    return f"{weekday(at.date())}{f' {at.year}' if far else ''} at {time_in_words(at.time())}"


def how_often(wanted: Wanted) -> str:
    """ "every two weeks on Monday", in the middle of a sentence."""
    cadence = recurrence.read(wanted.cadence)
    if isinstance(cadence, recurrence.Chosen) and len(cadence.dates) > MOST_SAID:
        return f"on {len(cadence.dates)} chosen days, the last of them {day(cadence.dates[-1])}"
    return recurrence.in_words(cadence)


def at_what_time(wanted: Wanted, *, own: bool = False) -> str:
    """ "9am on each person's own clock", "9am London time"; `own`: to the one person whom it is for."""
    if wanted.zone and zone_named(wanted.zone):
        return f"{time_in_words(wanted.at)} {zone_in_words(wanted.zone)} time"
    return f"{time_in_words(wanted.at)} on {'your' if own else 'each person’s'} own clock"


def rhythm(every: int) -> str:
    """How often someone gets what comes round: "every second time"."""
    return RHYTHMS.get(every, f"one time in {every}")


def often_for(wanted: Wanted, every: int) -> str:
    """How often it comes to someone who may have wanted it less often."""
    often = began(how_often(wanted))
    return often if every == 1 else f"{often}; you get it {rhythm(every)}"


def role_in_plural(role: Role | None) -> str:
    """ "members", in the middle of a sentence; None: "people"."""
    return ROLES.get(role, "people") if role else "people"


def for_whom(wanted: Wanted, role: Role | None, networks: Sequence[Network]) -> str:
    """Who gets what a schedule sends: "You alone", "Members of X", "Members in the programme"."""
    if wanted.person_id is not None:
        return "You alone"
    who = began(role_in_plural(role))
    if wanted.network_id is None:
        return f"{who} in the programme"
    return f"{who} of {next((one.name for one in networks if one.id == wanted.network_id), 'your network')}"


def number(count: int) -> str:
    """A number that begins a sentence: "Two", "14"."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def titles(of: Iterable[str]) -> str:
    """What things are called, in the middle of a sentence: "check-in prompts and reminders"."""
    return listed(list(dict.fromkeys(of))) or "these messages"


def sentence(text: str) -> str:
    """A reason as a sentence of its own, with one full stop."""
    return f"{began(text).rstrip('.')}."


def began(title: str) -> str:
    """A title at the beginning of a sentence."""
    return title[:1].upper() + title[1:]


def who_set(schedule: Schedule, name: str | None, networks: Sequence[Network], *, is_mine: bool, on: date) -> str:
    """Who set a schedule, for whom and when. `name`: of who set it, where that is still known."""
    wanted = schedule.wanted
    if wanted.person_id is not None:
        return f"You, for yourself, on {day(on)}"
    if wanted.network_id is None:
        return "The programme"
    where = next((one.name for one in networks if one.id == wanted.network_id), "your network")
    who = "You" if is_mine else name or "Someone who has left"
    return f"{who}, for {where}, on {day(on)}"
