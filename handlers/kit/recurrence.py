"""On which dates something comes round: every n weeks, each month or on chosen days; written as a few characters."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from handlers.kit.text import WEEKDAYS, day, listed

_MOST_WEEKS = 52
"""The longest way between two weeks: longer ones are a matter of chosen days."""
_MOST_DATES = 60
"""So many chosen days at the most: a date a week for over a year."""
_LAST = -1
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", _LAST: "last"}
_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Weekly:
    """On those days (0 is Monday) of each nth week, counted from the week of the first date. Raises ValueError for
    other than 1 to 52 weeks, and for no days or days that no week has. Days are kept in order, each once."""

    every: int
    days: tuple[int, ...]

    def __post_init__(self) -> None:
        _check(1 <= self.every <= _MOST_WEEKS, f"Every {self.every} weeks is not possible.")
        _check(bool(self.days) and all(0 <= one <= 6 for one in self.days), f"{self.days} are no days of a week.")
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))


@dataclass(frozen=True, slots=True)
class Monthly:
    """On that day of each month, 1 to 31; a shorter month's last day. Raises ValueError for any other."""

    day: int

    def __post_init__(self) -> None:
        _check(1 <= self.day <= 31, f"No month has a day {self.day}.")


@dataclass(frozen=True, slots=True)
class MonthlyOn:
    """On the first to fourth (1 to 4) or last (-1) such weekday (0 is Monday) of each month. Raises ValueError for any
    other: not every month has a fifth."""

    nth: int
    weekday: int

    def __post_init__(self) -> None:
        _check(self.nth in _NTH, f"Not every month has such a week: {self.nth}.")
        _check(0 <= self.weekday <= 6, f"{self.weekday} is no day of a week.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """On these dates alone, 1 to 60 of them. Raises ValueError for more or none. Kept in order, each once."""

    dates: tuple[date, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "dates", tuple(sorted(set(self.dates))))
        _check(1 <= len(self.dates) <= _MOST_DATES, f"{len(self.dates)} dates: choose 1 to {_MOST_DATES}.")


Cadence = Weekly | Monthly | MonthlyOn | Chosen


def _check(is_right: bool, what: str) -> None:
    if not is_right:
        raise ValueError(what)


def read(text: str) -> Cadence:
    """The cadence that `written` wrote. Raises ValueError for all else, even for another way to write the same."""
    kind, rest = text[:1], text[1:]
    head, colon, tail = rest.partition(":")
    found: Cadence | None = None
    if kind == "w" and colon:
        found = Weekly(int(head), tuple(int(one) for one in tail.split(",")))
    elif kind == "n" and colon:
        found = MonthlyOn(int(head), int(tail))
    elif kind == "m":
        found = Monthly(int(rest))
    elif kind == "d":
        found = Chosen(tuple(date.fromisoformat(one) for one in rest.split(",")))
    if found is None or written(found) != text:
        raise ValueError(f"No cadence is written like this: {text[:60]!r}")
    return found


def written(cadence: Cadence) -> str:
    """The cadence in a few characters, without spaces: "w2:0,3", "m15", "n-1:4", "d2027-01-11,2027-02-01"."""
    match cadence:
        case Weekly(every, days):
            return f"w{every}:{','.join(map(str, days))}"
        case Monthly(number):
            return f"m{number}"
        case MonthlyOn(nth, weekday):
            return f"n{nth}:{weekday}"
        case Chosen(chosen):
            return f"d{','.join(map(date.isoformat, chosen))}"


def dates(cadence: Cadence, from_on: date, after: date | None, to_on: date) -> list[date]:
    """The dates from `from_on` on that are later than `after`, up to and with `to_on`; oldest first.

    It costs what lies between `after` and `to_on`, however old `from_on` is.
    """
    start = from_on if after is None or after < from_on else after + timedelta(days=1)
    match cadence:
        case Weekly():
            return list(_weekly(cadence, from_on, start, to_on))
        case Chosen(chosen):
            return [one for one in chosen if start <= one <= to_on]
        case _:
            return [one for one in _monthly(cadence, start, to_on) if start <= one <= to_on]


def _weekly(cadence: Weekly, from_on: date, start: date, to_on: date) -> Iterator[date]:
    """Counts days since the year 1, so that no week before or after the calendar is in the way."""
    first, last = start.toordinal(), to_on.toordinal()
    anchor = from_on.toordinal() - from_on.weekday()
    step = 7 * cadence.every
    for monday in range(anchor + (first - anchor) // step * step, last + 1, step):
        for one in cadence.days:
            if first <= monday + one <= last:
                yield date.fromordinal(monday + one)


def _monthly(cadence: Monthly | MonthlyOn, start: date, to_on: date) -> Iterator[date]:
    """One date for each month that the two dates touch."""
    for number in range(start.year * 12 + start.month - 1, to_on.year * 12 + to_on.month):
        year, month = number // 12, number % 12 + 1
        of_first, length = monthrange(year, month)
        if isinstance(cadence, Monthly):
            yield date(year, month, min(cadence.day, length))
            continue
        found = 1 + (cadence.weekday - of_first) % 7
        found += 7 * ((length - found) // 7 if cadence.nth == _LAST else cadence.nth - 1)
        yield date(year, month, found)


def gap_days(cadence: Cadence) -> int:
    """The usual number of days between two dates, at least 1: a month has 30; for one chosen date alone it is 7."""
    match cadence:
        case Weekly(every, days):
            return max(1, round(7 * every / len(days)))
        case Chosen(chosen):
            return median_low([(later - earlier).days for earlier, later in pairwise(chosen)] or [7])
        case _:
            return 30


def in_words(cadence: Cadence) -> str:
    """The cadence for the middle of a sentence: "every two weeks on Monday and Thursday"."""
    match cadence:
        case Weekly(every, days):
            number = _NUMBERS[every] if every < len(_NUMBERS) else str(every)
            weeks = "every week" if every == 1 else f"every {number} weeks"
            return f"{weeks} on {listed([WEEKDAYS[one] for one in days])}"
        case Monthly(31):
            return "on the last day of each month"
        case Monthly(number) if number > 28:
            return f"on the {_ordinal(number)} of each month, or on its last day"
        case Monthly(number):
            return f"on the {_ordinal(number)} of each month"
        case MonthlyOn(nth, weekday):
            return f"on the {_NTH[nth]} {WEEKDAYS[weekday]} of the month"
        case Chosen(chosen):
            same_year = len({one.year for one in chosen}) == 1
            words = [day(one).rpartition(" ")[0] if same_year else day(one) for one in chosen]
            return f"on {listed(words)} {chosen[0].year}" if same_year else f"on {listed(words)}"


def _ordinal(number: int) -> str:
    """The number as "1st", "2nd", "3rd", "11th", "22nd"."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
