"""What a network's answers to a scale come to: a sentence and a chart, and only a word where too few answered."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.kit.content import Chart
from handlers.kit.figures import FEWEST, middle
from handlers.kit.text import MONTHS, counted, short_day, week_of
from storage.records import TemplateQuestion

MOST_WEEKS = 18
"""Weeks in a chart; a longer time is shown by month."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer to a scale."""

    person_id: int
    on: date
    number: float


def sentence(question: TemplateQuestion, marks: Sequence[Mark]) -> str:
    """The range, the middle, and how many answers of how many people."""
    people = len({one.person_id for one in marks})
    if people < FEWEST:
        return f"“{question.label}”: too few people answered to show it."
    numbers = sorted(one.number for one in marks)
    answers = f"{counted(len(marks), 'answer', 'answers')} by {counted(people, 'person', 'people')}"
    ends = f"1 is {question.low}, 5 is {question.high}"
    return f"“{question.label}”: {numbers[0]:g} to {numbers[-1]:g}, middle {middle(numbers):g}, {answers} ({ends})."


def chart(question: TemplateQuestion, marks: Sequence[Mark], first_on: date, last_on: date) -> Chart | None:
    """The average by week, or by month over a long time; None where too few people answered."""
    if len({one.person_id for one in marks}) < FEWEST:
        return None
    by_month = (week_of(last_on) - week_of(first_on)).days // 7 >= MOST_WEEKS
    steps = _months(first_on, last_on) if by_month else _weeks(first_on, last_on)
    numbers: dict[date, list[float]] = defaultdict(list)
    for one in marks:
        numbers[one.on.replace(day=1) if by_month else week_of(one.on)].append(one.number)
    means = tuple(round(sum(numbers[on]) / len(numbers[on]), 1) if on in numbers else None for on in steps)
    known = [mean for mean in means if mean is not None]
    step = "month" if by_month else "week"
    span = f"The lowest {step} is {min(known):g}, the highest {max(known):g}."
    return Chart(
        title=question.label,
        summary=f"{question.label} Average by {step}, from 1, {question.low}, to 5, {question.high}. {span}",
        categories=tuple(_month(on) if by_month else short_day(on) for on in steps),
        values=means,
        series="Average",
        low=1,
        high=5,
        along=step.capitalize(),
    )


def _weeks(first_on: date, last_on: date) -> list[date]:
    return list(_each(week_of(first_on), last_on, lambda on: on + timedelta(weeks=1)))


def _months(first_on: date, last_on: date) -> list[date]:
    return list(_each(first_on.replace(day=1), last_on, lambda on: (on + timedelta(days=31)).replace(day=1)))


def _each(on: date, last_on: date, after: Callable[[date], date]) -> Iterable[date]:
    while on <= last_on:
        yield on
        on = after(on)


def _month(on: date) -> str:
    return f"{MONTHS[on.month - 1][:3]} {on.year}"
