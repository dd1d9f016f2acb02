"""The months of a plan: which one it is, where its three phases lie, and which months something can be planned for."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit.dates import months_after
from handlers.kit.text import MONTHS
from storage.plan_records import POINTS

LENGTH = 18
"""Months of a plan."""
REVIEWED_AGAIN = (9, 18)
"""The months in which the network's review is done again, and shown beside the first."""
LATE_IN_MONTH = 20
"""What is put into a plan after this day is for the next month at first: it would be late in a few days otherwise."""


@dataclass(frozen=True, slots=True)
class PlanPhase:
    """One of a plan's three phases: its months, both included. `doing` says it in the middle of a sentence."""

    name: str
    doing: str
    first: int
    last: int

    @property
    def title(self) -> str:
        """Its name with its months."""
        months = f"to month {self.last}" if self.first == 1 else f"months {self.first} to {self.last}"
        return f"{self.name} ({months})"


PHASES = (
    PlanPhase("Getting going", "getting going", 1, 3),
    PlanPhase("Making it work", "making it work", 4, 12),
    PlanPhase("Making it last", "making it last", 13, LENGTH),
)


def ends_on(began_on: date) -> date:
    """The last day of a plan."""
    return months_after(began_on, LENGTH)


def last_day(began_on: date) -> date:
    """The last day that something of a plan can be on: its last month is there to its end."""
    return end_of_month(ends_on(began_on))


def month_number(began_on: date, today_on: date) -> int:
    """Which month of a plan a day is in: 1 from its first day, 0 before; 19 or more once its 18 months are over.

    A month ends with its day of the plan, so that the review point of month 3 is in month 3.
    """
    if today_on < began_on:
        return 0
    count = 1
    while today_on > months_after(began_on, count):
        count += 1
    return count


def phase_of(month: int) -> PlanPhase:
    """The phase that a month is in; the first before the plan begins, the last once it is over."""
    return next((one for one in PHASES if month <= one.last), PHASES[-1])


def phase_days(began_on: date, phase: PlanPhase) -> tuple[date, date]:
    """The first and the last day of a phase."""
    first_on = began_on if phase.first == 1 else months_after(began_on, phase.first - 1) + timedelta(days=1)
    return first_on, months_after(began_on, phase.last)


def usual_points(began_on: date, made_on: date = date.min) -> dict[int, date]:
    """The review points of a plan by their month, before any is moved: none that was past when the plan was made."""
    every = {month: months_after(began_on, month) for month in POINTS}
    return {month: on for month, on in every.items() if on >= made_on}


def month_of(on: date) -> date:
    """The first day of a day's month."""
    return on.replace(day=1)


def end_of_month(on: date) -> date:
    """The last day of a day's month."""
    return on.replace(day=monthrange(on.year, on.month)[1])


def in_words(month_on: date) -> str:
    """A month as "March 2027"."""
    return f"{MONTHS[month_on.month - 1]} {month_on.year}"


def to_choose(began_on: date, today_on: date, also: date | None = None) -> list[date]:
    """The months that something can be planned for: this one and those to come, and `also` where it stands already."""
    first_on, last_on = month_of(max(began_on, min(today_on, ends_on(began_on)))), month_of(ends_on(began_on))
    found = {also} if also else set()
    while first_on <= last_on:
        found.add(first_on)
        first_on = months_after(first_on, 1)
    return sorted(found)


def usual_month(began_on: date, today_on: date, fits: tuple[int, int]) -> date:
    """The month that stands in the form at first: the earliest that fits and has not passed, nor is about to end."""
    wanted = month_of(months_after(began_on, max(fits[0], 1) - 1))
    choices = to_choose(began_on, today_on)
    is_ending = choices[0] == month_of(today_on) and today_on.day > LATE_IN_MONTH
    return min(max(wanted, choices[1] if is_ending and len(choices) > 1 else choices[0]), choices[-1])
