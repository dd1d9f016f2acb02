"""Times and time zones as people say them, and the clock that each person goes by."""

import re
from datetime import time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from handlers.kit.context import zone_named
from storage.records import Person, Programme

ZONES = {
    "Europe/London": "London",
    "Europe/Dublin": "Dublin",
    "Europe/Lisbon": "Lisbon",
    "Europe/Paris": "Paris",
    "Europe/Athens": "Athens",
    "Asia/Dubai": "Dubai",
    "Asia/Kolkata": "Delhi",
    "Australia/Sydney": "Sydney",
    "America/New_York": "New York",
}
"""The zones to choose from; any other can be typed."""
UNKNOWN_TIME = "I can't read that as a time. Write it like 9am, 17:30 or 5.30pm."
_IN_LONDON_TIME = (
    "uk", "gb", "united kingdom", "great britain", "britain", "england", "scotland", "wales", "northern ireland",
    "edinburgh", "glasgow", "aberdeen", "dundee", "inverness", "cardiff", "swansea", "derry", "manchester",
    "birmingham", "leeds", "liverpool", "bristol", "newcastle", "sheffield", "nottingham", "bst", "gmt",
)  # fmt: skip
_MORE_PLACES = {
    **dict.fromkeys(_IN_LONDON_TIME, "Europe/London"),
    "ireland": "Europe/Dublin",
    **dict.fromkeys(("delhi", "new delhi", "mumbai", "india"), "Asia/Kolkata"),
}


def own_zone(person: Person, programme: Programme) -> ZoneInfo:
    """The person's own time zone; the programme's where theirs is not known."""
    return zone_named(person.time_zone or "") or ZoneInfo(programme.time_zone)


def zone_from(text: str) -> str | None:
    """The IANA time zone that someone means by "London", "new york" or "europe/madrid"; None if there is
    none.
    """
    typed = re.sub(r"[\s_]+", " ", text.strip().casefold()).rstrip(".")
    return _MORE_PLACES.get(typed) or _zones_by_name().get(typed)


@cache
def _zones_by_name() -> dict[str, str]:
    """Every zone under its full name and under its city; a shorter name wins where two zones share a city."""
    names: dict[str, str] = {}
    for zone in sorted(available_timezones() - {"Factory", "localtime"}, key=_plainest_first):
        spoken = zone.casefold().replace("_", " ")
        names.setdefault(spoken, zone)
        names.setdefault(spoken.rpartition("/")[2], zone)
    return names


def _plainest_first(zone: str) -> tuple[bool, int, str]:
    return "/" not in zone or zone.startswith("Etc/"), zone.count("/"), zone


def zone_in_words(zone: str) -> str:
    """The zone's city as people say it: "New York" for America/New_York."""
    return ZONES.get(zone) or zone.rpartition("/")[2].replace("_", " ")


_TIME = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm|a\.m\.?|p\.m\.?)?")
_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_HOUR = re.compile(rf"\b({'|'.join(_HOURS)})\b")
_PART_PAST = re.compile(r"(half|quarter)(?: past)? (\d{1,2})(?! ?[:.h\d])")
_QUARTER_TO = re.compile(r"quarter to (\d{1,2})(?! ?[:.h\d])")


def time_from(text: str, after: time | None = None) -> time | None:
    """The time that someone means by "9am", "17:30", "half nine", "0900", "noon" or "5"; None if it is none.

    With `after`, a bare "5" that is not later is read as the afternoon: 9 to 5 is 09:00 to 17:00.
    """
    typed = text.strip().casefold()
    named = {"noon": time(12), "midday": time(12), "12 noon": time(12), "midnight": time(0)}
    if typed in named:
        return named[typed]
    found = _TIME.fullmatch(_in_digits(typed))
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if hour > (12 if half else 23) or (half and hour == 0):
        return None
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    is_bare = len(found[1]) == 1 and hour < 12
    if after and is_bare and time(hour, minute) <= after:
        hour += 12
    return time(hour, minute)


def _in_digits(typed: str) -> str:
    """As Britain says it: "half nine" is 9.30, "quarter to ten am" 9.45 am."""
    spoken = _HOUR.sub(
        lambda hour: str(_HOURS.index(hour[1]) + 1), typed.removesuffix("o'clock").removesuffix("o’clock")
    )
    spoken = _PART_PAST.sub(lambda found: f"{found[2]}.{30 if found[1] == 'half' else 15}", spoken)
    return _QUARTER_TO.sub(lambda found: f"{(int(found[1]) - 2) % 12 + 1}.45", spoken).strip()


def time_in_words(at: time) -> str:
    """The time as the NHS writes it: "9am", "5.30pm", "midday", "midnight"."""
    if at in (time(0), time(12)):
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"
