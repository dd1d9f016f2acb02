"""The days that a digest covers: as someone types them, and as buttons carry them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit import dates
from handlers.kit.text import MONTHS, days_in_words

WEEKS = 4
"""Without another wish a digest covers so many weeks up to today."""
MOST_DAYS = 800
"""The longest that a digest covers: eighteen months and a little."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates from the first to the last, with both."""

    first_on: date
    last_on: date

    def in_words(self) -> str:
        """The period as "March to May 2027"."""
        return days_in_words(self.first_on, self.last_on)

    def written(self) -> str:
        """The period in two short numbers, for a button."""
        return f"{self.first_on:%Y%m%d}.{self.last_on:%Y%m%d}"


def lately(today_on: date) -> Period:
    """The last four weeks, with today."""
    return Period(today_on - timedelta(days=7 * WEEKS - 1), today_on)


def last_quarter(today_on: date) -> Period:
    """The whole quarter of the year before this one."""
    return Period(*dates.quarter_before(today_on))


def last_month(today_on: date) -> Period:
    """The whole month before this one."""
    return Period(*dates.month_before(today_on))


def _this_month(today_on: date) -> Period:
    return Period(today_on.replace(day=1), today_on)


def _this_quarter(today_on: date) -> Period:
    return Period(dates.quarter_began(today_on), today_on)


_NAMED = {
    "": lately,
    "lately": lately,
    "this month": _this_month,
    "month": _this_month,
    "last month": last_month,
    "this quarter": _this_quarter,
    "quarter": last_quarter,
    "last quarter": last_quarter,
}


def meant(words: str, today_on: date) -> Period | None:
    """The period that someone types: "last month", "quarter", "May", "May 2027"; None for other words."""
    plain = " ".join(words.casefold().strip(" .,:;?!").split()).removeprefix("for ").removeprefix("the ")
    if plain in _NAMED:
        return _NAMED[plain](today_on)
    name, _, year_said = plain.partition(" ")
    month = next((place for place, known in enumerate(MONTHS, 1) if known.casefold() == name), None)
    if month is None or (year_said and not (year_said.isascii() and year_said.isdigit() and len(year_said) == 4)):
        return None
    year = int(year_said) if year_said else today_on.year - (month > today_on.month)
    if not date.min.year <= year <= today_on.year or date(year, month, 1) > today_on:
        return None
    return Period(date(year, month, 1), min(date(year, month, monthrange(year, month)[1]), today_on))


def read(first: int, last: int, today_on: date) -> Period | None:
    """The period that a button carries; None for numbers that none of ours does."""
    found = [_date(first), _date(last)]
    if found[0] is None or found[1] is None or problem(found[0], found[1], today_on):
        return None
    return Period(found[0], found[1])


def _date(written: int) -> date | None:
    try:
        return date.fromisoformat(str(written)) if len(str(written)) == 8 else None
    except ValueError:
        return None


def problem(first_on: date, last_on: date, today_on: date) -> str:
    """What is wrong with these two days, as a sentence; empty where nothing is."""
    if last_on < first_on:
        return "The last day is before the first. Please swap them."
    if first_on > today_on:
        return "That has not begun yet. Please choose days up to today."
    if (last_on - first_on).days > MOST_DAYS:
        return "That is more than two years. Please choose a shorter time."
    return ""
