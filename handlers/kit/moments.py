"""Understands a day with a time as people write them in a line: "Tue 3 Dec 2pm", "tomorrow 9.30"; and says one."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.dates import day_meant
from handlers.kit.text import MONTHS, WEEKDAYS, day, shortened, weekday
from handlers.kit.times import time_from, time_in_words, zone_in_words

FARTHEST = timedelta(days=183)
"""How far ahead a time may lie: one that is farther is taken for a slip of the year."""
EARLIEST = time(6, 59)
"""A bare hour up to then is one of the afternoon: "Tuesday 2" is 2pm."""
LIKE = "Write it like Tue 19 January 2pm."
_MOST_TIME_WORDS = 4
_OLDEST_YEAR = 2000
_BETWEEN = re.compile(r"[;\n]|\bor\b", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?:at|on|from|around)\b|,", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)


def lines_in(text: str) -> list[str]:
    """The times that were written, one in a line, with "or" or a semicolon between."""
    return [" ".join(one.split()) for one in _BETWEEN.split(text) if one.strip()]


def moments_in(text: str, now: datetime, zone: ZoneInfo, most: int) -> tuple[tuple[datetime, ...], str]:
    """The moments in the order of time as UTC instants, and a sentence about what is wrong; empty where nothing is.

    They are read on the clock of `zone`, and must lie ahead. At least one and at most `most`, each once.
    """
    lines, found = lines_in(text), dict[datetime, str]()
    if not lines:
        return (), f"Please write at least one time. {LIKE}"
    if len(lines) > most:
        return (), f"These are {len(lines)} times. Please write {most} or fewer."
    for line in lines:
        at, problem = moment_from(line, now, zone)
        if at is None:
            return (), problem
        if at in found:
            return (), f"“{found[at]}” and “{shortened(line, 40)}” are the same time. Please leave one out."
        found[at] = shortened(line, 40)
    return tuple(sorted(found)), ""


def moment_from(line: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """The moment that a line means as a UTC instant, or None and a sentence that says how to mend it."""
    shown, today_on = shortened(line, 40), now.astimezone(zone).date()
    words = _LOOSE.sub(" ", line).split()
    whole = day_meant(" ".join(words), today_on)
    if whole is not None and whole.year >= _OLDEST_YEAR:
        return None, f"“{shown}” has no time of day. {LIKE}"
    for on_words, at in _splits(words):
        on = day_meant(on_words, today_on)
        if on is not None:
            return _checked(on, at, on_words, shown, now, zone)
    if time_from(" ".join(words), EARLIEST) is not None:
        return None, f"“{shown}” has no day. {LIKE}"
    return None, f"I can't read “{shown}” as a day and a time. {LIKE}"


def _splits(words: Sequence[str]) -> Iterator[tuple[str, time]]:
    """Every way to take some words at the end, or at the beginning, as the time of day, and the others as the day."""
    for count in range(min(_MOST_TIME_WORDS, len(words) - 1), 0, -1):
        for at_words, on_words in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            at = time_from(" ".join(at_words).rstrip("."), EARLIEST)
            if at is not None:
                yield " ".join(on_words), at


def _checked(
    on: date, at: time, on_words: str, shown: str, now: datetime, zone: ZoneInfo
) -> tuple[datetime | None, str]:
    named = _WEEKDAY.search(on_words)
    if named and not WEEKDAYS[on.weekday()].casefold().startswith(named[1].casefold()):
        return None, f"“{shown}”: {day(on)} is a {WEEKDAYS[on.weekday()]}. Please check the day."
    wall = datetime.combine(on, at, zone)
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        return None, f"“{shown}” is in the hour in which the clocks change. Please choose another time."
    moment = wall.astimezone(UTC)
    if moment <= now:
        return None, f"“{shown}” has passed. Please choose a time that is still to come."
    if moment - now > FARTHEST:
        return None, f"“{shown}” is {day(on)}, more than half a year away. Please choose an earlier time."
    return moment, ""


def in_words(at: datetime, zone: ZoneInfo, others: ZoneInfo | None = None) -> str:
    """The moment on the clock of `zone` as "Tuesday 19 January, 2pm".

    Where the clock of `others` says something else it follows: "(in Delhi: 7.30pm)", with its day if that differs.
    """
    local = at.astimezone(zone)
    said = f"{weekday(local.date())}, {time_in_words(_wall(local))}"
    there = at.astimezone(others) if others else local
    if there.utcoffset() == local.utcoffset():
        return said
    day_there = f"{weekday(there.date())}, " if there.date() != local.date() else ""
    return f"{said} (in {zone_in_words(str(others))}: {day_there}{time_in_words(_wall(there))})"


def in_short(at: datetime, zone: ZoneInfo) -> str:
    """The moment on the clock of `zone` as "Tue 19 Jan, 2pm": short enough for a button."""
    local = at.astimezone(zone)
    on = local.date()
    return f"{WEEKDAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1][:3]}, {time_in_words(_wall(local))}"


def _wall(local: datetime) -> time:
    return local.time().replace(second=0, microsecond=0)
