"""Reads what a form about days and times was filled with: the schedule that it asks for, or what is wrong where."""

from dataclasses import dataclass, field, replace
from datetime import date, time

from handlers.kit import recurrence
from handlers.kit.dates import FARTHEST_DAYS, dates_in
from handlers.kit.events import Values
from handlers.kit.recurrence import Cadence, Chosen, Monthly, MonthlyOn, Weekly
from handlers.kit.times import UNKNOWN_TIME, time_from
from handlers.nudges import forms, rules, spec
from storage.scheduled import Wanted

MORNING = time(6)
"""A bare number up to here means the afternoon: nobody asks to be asked at 3 in the night."""
NOT_A_DAY = "Please write a day of the month in digits, from 1 to 31."


@dataclass(frozen=True, slots=True)
class Read:
    """The schedule that a form asks for, and one sentence at each answer that does not fit."""

    wanted: Wanted
    errors: dict[str, str] = field(default_factory=dict)


def for_network(values: Values, before: Wanted, today_on: date) -> Read:
    """A network's schedule. `before` is what stood in the form."""
    read = _cadence_and_time(values, before, today_on)
    errors = dict(read.errors)
    clock, days = _one(values, "clock"), int(_one(values, "moves"))
    from_on = date.fromisoformat(_one(values, "from_on"))
    until_on = date.fromisoformat(until) if (until := _one(values, "until_on")) else None
    if abs((from_on - today_on).days) > FARTHEST_DAYS:
        errors["from_on"] = "Please choose a day less than two years from now."
    if until_on and until_on < max(from_on, today_on):
        errors["until_on"] = "This day has passed." if until_on < today_on else "This is before the first day."
    wanted = replace(
        read.wanted, zone=None if clock == forms.OWN_CLOCK else clock, from_on=from_on, until_on=until_on,
        moves=days > 0, window_days=days or spec.WINDOW_DAYS,
    )  # fmt: skip
    return _with_a_date(wanted, errors, today_on)


def for_oneself(values: Values, before: Wanted, person_id: int, today_on: date) -> Read:
    """One's own schedule, from today on; one that comes as often as before keeps its weeks."""
    read = _cadence_and_time(values, before, today_on)
    is_same = before.person_id == person_id and before.cadence == read.wanted.cadence
    from_on = before.from_on if is_same else today_on
    wanted = replace(
        read.wanted, network_id=None, person_id=person_id, zone=None, from_on=from_on, until_on=None,
        moves=True, window_days=spec.WINDOW_DAYS,
    )  # fmt: skip
    return _with_a_date(wanted, dict(read.errors), today_on)


def _with_a_date(wanted: Wanted, errors: dict[str, str], today_on: date) -> Read:
    if not errors and not rules.has_dates(wanted, today_on):
        errors["often"] = "No such day comes between the first and the last day."
    return Read(wanted, errors)


def _cadence_and_time(values: Values, before: Wanted, today_on: date) -> Read:
    errors: dict[str, str] = {}
    cadence = _cadence(values, today_on, errors)
    at = time_from(_one(values, "at"), MORNING)
    if at is None:
        errors["at"] = UNKNOWN_TIME
    written = recurrence.written(cadence) if cadence else before.cadence
    return Read(replace(before, cadence=written, at=at or before.at), errors)


def _cadence(values: Values, today_on: date, errors: dict[str, str]) -> Cadence | None:
    often = _one(values, "often")
    if often in forms.WEEKS:
        return Weekly(int(often[1:]), tuple(sorted(int(one) for one in values["days"])))
    if often == forms.ON_WEEKDAY:
        return MonthlyOn(int(_one(values, "nth")), int(_one(values, "weekday")))
    if often == forms.ON_DATE:
        typed = _one(values, "date")
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 31:
            return Monthly(int(typed))
        errors["date"] = NOT_A_DAY
        return None
    dates, problem = dates_in(_one(values, "dates"), today_on)
    if problem:
        errors["dates"] = problem
        return None
    return Chosen(dates)


def _one(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else next(iter(value), "")
