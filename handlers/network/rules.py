"""Decisions about the network's week: which networks one may look at, and the trend of the scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.records import Person, QuestionKind, Role, Template, TemplateQuestion, WeekMean

WEEKS = 12
"""Weeks in the trend."""

MISSING_WEEKS = 5
"""Weeks in the row of answers that are missing: this one and four before."""
FEWEST_ASKED = 5
"""A number about who did not answer is shown from so many people up (design.md §4, small numbers)."""
ASKED = "checkins.ask"
"""The occasion whose missing answers are counted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Of how many who were asked in a week how many have not answered."""

    week_on: date
    asked: int
    missing: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A scale's weekly means, oldest first; None for a week without an answer that the reader may read."""

    question: TemplateQuestion
    weeks: tuple[date, ...]
    means: tuple[float | None, ...]


def may_look_at(person: Person, network_id: int) -> bool:
    """True for anyone with a role in the network, and for faculty."""
    return network_id in person.network_ids or person.holds(Role.FACULTY)


def scale_of(template: Template) -> TemplateQuestion | None:
    """The scale whose trend is shown: the template's first."""
    return next((one for one in template.questions if one.kind is QuestionKind.SCALE), None)


def help_keys(templates: Iterable[Template]) -> set[str]:
    """The questions of these versions that ask whether help is wanted."""
    return {one.key for template in templates for one in template.questions if one.asks_for_help}


def first_week(this_week_on: date) -> date:
    """The Monday of the trend's first week."""
    return this_week_on - timedelta(weeks=WEEKS - 1)


def trend(question: TemplateQuestion, means: Sequence[WeekMean], this_week_on: date) -> Trend:
    """The means in a row of weeks up to this one, each rounded to one decimal."""
    by_week = {one.week_on: round(one.mean, 1) for one in means}
    weeks = tuple(first_week(this_week_on) + timedelta(weeks=number) for number in range(WEEKS))
    return Trend(question, weeks, tuple(by_week.get(week) for week in weeks))


def missing(asked: Iterable[tuple[date, int, int]], week_on: date) -> tuple[Missing, ...]:
    """Weeks up to that one in which enough people were asked for a number to name nobody, oldest first."""
    return tuple(
        Missing(on, sent, sent - answered) for on, sent, answered in asked if on <= week_on and sent >= FEWEST_ASKED
    )
