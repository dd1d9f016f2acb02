"""Understands dates as people write them in a line: "11 January 2027, 8 Feb and 2027-03-08"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from handlers.kit.text import MONTHS, WEEKDAYS, shortened

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


_SPAN = re.compile(r"(?:in )?(\d{1,3}|an?|one|two|three|four|five|six) (day|week|month|year)s?")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTH = re.compile(r"(?:the )?(?:end of )?(?:the )?([a-z]{3,9})\.? ?(\d{4})?")
_FEAST = {"christmas": (12, 25), "new year": (1, 1), "the new year": (1, 1)}


def day_meant(text: str, today_on: date) -> date | None:
    """The one day that someone means by "30 June", "end of June", "Friday", "in three weeks" or "the end of the year".

    A month alone means its last day, a weekday the next one. None where there is no such day.
    """
    plain = " ".join(text.casefold().strip(" .,;:!?").split())
    weekdays = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
    if (number := weekdays.get(plain.removeprefix("next "))) is not None:
        return today_on + timedelta(days=(number - today_on.weekday() - 1) % 7 + 1)
    if plain in ("today", "tomorrow"):
        return today_on + timedelta(days=plain == "tomorrow")
    if plain in _FEAST:
        feast_on = date(today_on.year, *_FEAST[plain])
        return feast_on if feast_on >= today_on else feast_on.replace(year=today_on.year + 1)
    if found := _SPAN.fullmatch(plain):
        return _ahead(_COUNTS.get(found[1]) or int(found[1]), found[2], today_on)
    if found := _MONTH.fullmatch(plain):
        return _last_of(found[1], int(found[2] or 0), today_on)
    return date_from(text, today_on)


def _ahead(count: int, span: str, today_on: date) -> date:
    if span in ("day", "week"):
        return today_on + timedelta(days=count * (7 if span == "week" else 1))
    return months_after(today_on, count * (12 if span == "year" else 1))


def months_after(on: date, count: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(on.month - 1 + count, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _last_of(name: str, year: int, today_on: date) -> date | None:
    """The last day of a named month, or of this month or year."""
    if name in ("month", "year"):
        month = today_on.month if name == "month" else 12
        return date(today_on.year, month, monthrange(today_on.year, month)[1])
    months = [number for number, known in enumerate(MONTHS, 1) if known.casefold().startswith(name)]
    if not months:
        return None
    month = months[0]
    year = year or (today_on.year if month >= today_on.month else today_on.year + 1)
    return date(year, month, monthrange(year, month)[1]) if year else None


def month_before(today_on: date) -> tuple[date, date]:
    """The first and last day of the whole month before this one."""
    last_on = today_on.replace(day=1) - timedelta(days=1)
    return last_on.replace(day=1), last_on


def quarter_began(today_on: date) -> date:
    """The first day of this quarter of the year."""
    return date(today_on.year, (today_on.month - 1) // 3 * 3 + 1, 1)


def quarter_before(today_on: date) -> tuple[date, date]:
    """The first and last day of the whole quarter of the year before this one."""
    last_on = quarter_began(today_on) - timedelta(days=1)
    return date(last_on.year, last_on.month - 2, 1), last_on
