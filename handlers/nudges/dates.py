"""Understands dates as people write them in a line: "11 January 2027, 8 Feb and 2027-03-08"."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from handlers.kit.text import shortened

MOST = 50
"""Dates in one schedule: a button carries them all."""
FARTHEST_DAYS = 730
"""How far ahead a day of a schedule may lie: planning looks no more than 800 days ahead."""
_WITH_YEAR = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d/%m/%Y")
_BETWEEN = re.compile(r"[,;\n]|\band\b", re.IGNORECASE)
_DAYS = "mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun"
_NOISE = re.compile(rf"\b(?:{_DAYS})(?:day)?\b|(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\.", re.IGNORECASE)


def dates_in(text: str, today_on: date) -> tuple[tuple[date, ...], str]:
    """The dates in their order, each once, and a sentence about what is wrong with them; empty where nothing is.

    A date without a year is the next one of that name.
    """
    found: set[date] = set()
    for part in filter(None, (one.strip() for one in _BETWEEN.split(text))):
        shown = shortened(part, 30)
        on = date_from(part, today_on)
        if on is None:
            return (), f"I can't find “{shown}” in the calendar. Write 11 January 2027, or 2027-01-11."
        if on < today_on:
            return (), f"“{shown}” has passed. Please leave it out."
        if (on - today_on).days > FARTHEST_DAYS:
            return (), f"“{shown}” is more than two years away. Please leave it out."
        found.add(on)
    if not found:
        return (), "Please write at least one date, such as 11 January 2027."
    if len(found) > MOST:
        return (), f"These are {len(found)} dates. Please write {MOST} or fewer."
    return tuple(sorted(found)), ""


def date_from(text: str, today_on: date) -> date | None:
    """The date that someone means; None where the calendar has none. 11/01/2027 is in January, as in Britain."""
    plain = " ".join(_NOISE.sub(" ", text).split())
    for on in _read(plain):
        return on
    between = "/" if "/" in plain else " "
    this_year = next(_read(f"{plain}{between}{today_on.year}"), None)
    if this_year is not None and this_year >= today_on:
        return this_year
    return next(_read(f"{plain}{between}{today_on.year + 1}"), None)


def _read(text: str) -> Iterator[date]:
    for form in _WITH_YEAR:
        try:
            yield datetime.strptime(text, form).date()  # noqa: DTZ007  a date has no time zone
        except ValueError:
            continue
