"""Says for which weeks of a period nothing was shared: pure, and sensible for one week as for many."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from handlers.kit.text import MONTHS, counted, listed

MOST_NAMED = 6
"""Weeks that are named one by one."""
_WEEK = timedelta(weeks=1)


def whole_weeks(first_on: date, last_on: date, started_on: date | None = None) -> list[date]:
    """The Mondays of the weeks that lie wholly in the period, and in which the network had begun."""
    from_on = max(first_on, started_on) if started_on else first_on
    monday = from_on + timedelta(days=-from_on.weekday() % 7)
    return [monday + number * _WEEK for number in range(max(0, (last_on - monday).days + 1) // 7)]


def sentence(weeks: Sequence[date], told: Collection[date], whom: str = "") -> str:
    """What is said of the weeks that are not `told`; empty where all are. `whom`: " with the faculty"."""
    missing = [week for week in weeks if week not in told]
    if not missing:
        return ""
    if len(missing) == len(weeks):
        only = f"the week of {_day(weeks[0])}" if len(weeks) == 1 else f"any of the {len(weeks)} weeks"
        return f"No check-ins were shared{whom} in {only}."
    if len(missing) <= MOST_NAMED:
        of = "the week of" if len(missing) == 1 else "the weeks of"
        return f"No check-ins were shared{whom} in {of} {_days(missing)}."
    first, last = max(_runs(missing), key=lambda run: run[1] - run[0])
    count = (last - first) // _WEEK + 1
    longest = f" The longest time without was {counted(count, 'week', 'weeks')}, from {_day(first)}."
    return f"No check-ins were shared{whom} in {len(missing)} of {len(weeks)} weeks.{longest if count > 1 else ''}"


def _runs(weeks: Sequence[date]) -> list[tuple[date, date]]:
    """First and last of each row of weeks without one between."""
    runs: list[tuple[date, date]] = []
    for week in weeks:
        if runs and week - runs[-1][1] == _WEEK:
            runs[-1] = (runs[-1][0], week)
        else:
            runs.append((week, week))
    return runs


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]}"


def _days(weeks: Sequence[date]) -> str:
    """ "3 and 10 May", "26 April, 3 and 10 May"."""
    pairs = zip(weeks, [*weeks[1:], None], strict=True)
    return listed(
        [_day(week) if after is None or after.month != week.month else str(week.day) for week, after in pairs]
    )
