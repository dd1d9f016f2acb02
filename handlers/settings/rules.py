"""Understands times, places and dates as people type them, and decides what a settings form changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from handlers.kit.events import Values
from handlers.kit.times import UNKNOWN_TIME, ZONES, time_from, time_in_words, zone_from
from storage.records import Person

OTHER = "other"
NO_NATION = "none"
NATIONS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    NO_NATION: "None of these",
}
PLATFORMS = {"slack": "Slack", "teams": "Microsoft Teams", "web": "The browser"}
UNKNOWN_PLACE = "I don't know that place. Try a big city near you, such as Madrid, or Europe/Madrid."


def hours_in_words(begin: time, end: time) -> str:
    """Working hours as words; a night shift says that it ends the next day."""
    return f"{time_in_words(begin)} to {time_in_words(end)}{' the next day' if end < begin else ''}"


@dataclass(frozen=True, slots=True)
class Decided:
    """What the form changes, by field of `Person`, and one sentence at each answer that was not
    understood.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def decide(person: Person, values: Values, zone_shown: str, today_on: date) -> Decided:
    """What a settings form asks for. `zone_shown` is the zone that stood in the form."""
    errors: dict[str, str] = {}
    wanted: dict[str, Any] = {
        "name": " ".join(_one(values, "name").split()),
        "time_zone": _zone(values, zone_shown, errors),
        "working_days": tuple(sorted(int(day) for day in values.get("working_days", ()))),
        "nation": _one(values, "nation").replace(NO_NATION, "") or None,
    }
    wanted["hours_from"], wanted["hours_to"] = _hours(values, errors)
    wanted["leave_from"], wanted["leave_to"] = _leave(values, today_on, errors)
    if preferred := _one(values, "preferred_platform"):
        wanted["preferred_platform"] = preferred
    if person.time_zone is None and wanted["time_zone"] == zone_shown:
        del wanted["time_zone"]
    return Decided({name: value for name, value in wanted.items() if value != getattr(person, name)}, errors)


def _one(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else next(iter(value), "")


def _zone(values: Values, shown: str, errors: dict[str, str]) -> str | None:
    """What is typed counts where it is new or the choice says so: no form need hide the box to be read
    rightly.
    """
    chosen, typed = _one(values, "time_zone"), _one(values, "other_zone")
    stood_there = "" if shown in ZONES else shown
    if chosen != OTHER and typed in ("", stood_there):
        return chosen
    zone = zone_from(typed)
    if zone is None:
        errors["other_zone"] = UNKNOWN_PLACE if typed else "Please write the place here, or choose one above."
    return zone


def _hours(values: Values, errors: dict[str, str]) -> tuple[time | None, time | None]:
    begin = time_from(_one(values, "hours_from"))
    end = time_from(_one(values, "hours_to"), begin)
    if begin is None:
        errors["hours_from"] = UNKNOWN_TIME
    if end is None:
        errors["hours_to"] = UNKNOWN_TIME
    elif begin == end:
        errors["hours_to"] = "This is the same as the start. When does your day end?"
    return begin, end


def _leave(values: Values, today_on: date, errors: dict[str, str]) -> tuple[date | None, date | None]:
    is_cleared = "yes" in values.get("no_leave", ())
    begin, end = (None if is_cleared else _day(_one(values, key)) for key in ("leave_from", "leave_to"))
    if begin and not end:
        errors["leave_to"] = "Please give the last day of your leave too."
    elif end and not begin:
        errors["leave_from"] = "Please give the first day of your leave too."
    elif begin and end and end < begin:
        errors["leave_to"] = "This is before the first day of your leave."
    elif end and end < today_on:
        errors["leave_to"] = "This day has passed. Leave both days empty if you are not away."
    return begin, end


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def is_away_or_will_be(person: Person, today_on: date) -> bool:
    """True where the person's leave is not over."""
    return person.leave_to is not None and person.leave_to >= today_on


def platforms_of(platforms: Sequence[str]) -> tuple[str, ...]:
    """The platforms to prefer one of, each once; none where there is nothing to choose."""
    each = tuple(dict.fromkeys(platforms))
    return each if len(each) > 1 else ()
