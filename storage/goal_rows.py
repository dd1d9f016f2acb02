"""How goals and the lines of their stories stand in the rows of their tables."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, or_, select

from storage.goal_records import Change, Confidence, Entry, Goal, GoalState, GoalWords, QuietGoal, Told
from storage.goal_tables import goal_entries, goals
from storage.many import among
from storage.records import Audience
from storage.tables import checkins, people, roles

_OWNER = people.alias("owner")
OWNER_IS_THERE = exists().where(roles.c.person_id == goals.c.owner_id, roles.c.network_id == goals.c.network_id)
_VERSION = (
    select(func.coalesce(func.max(goal_entries.c.id), 0))
    .where(goal_entries.c.goal_id == goals.c.id, goal_entries.c.told == Told.CHANGED.value)
    .scalar_subquery()
)
GOALS = select(
    goals, _OWNER.c.name.label("owner_name"), OWNER_IS_THERE.label("is_there"), _VERSION.label("version")
).outerjoin(_OWNER, _OWNER.c.id == goals.c.owner_id)
"""Goals; whoever selects from it adds `may_read`."""
QUIET: Select[Any] = (
    select(goals.c.id, goals.c.owner_id, goals.c.network_id, goals.c.is_personal, goals.c.title, goals.c.moved_at)
    .where(among(goals.c.owner_id), goals.c.state == GoalState.OPEN.value, goals.c.is_objective.is_(False))
    .where(goals.c.moved_at <= bindparam("since"), or_(goals.c.is_personal, OWNER_IS_THERE))
    .order_by(goals.c.id)
)
"""Quiet goals of those who look after them: one's own, and a network's while one is in it. Both may always be read."""
_ABOUT = people.alias("about")
_STANDS = checkins.c.withdrawn_at.is_(None)
ENTRIES = (
    select(
        goal_entries,
        people.c.name.label("person_name"),
        _ABOUT.c.name.label("about_name"),
        checkins.c.week_on,
        goals.c.title,
    )
    .join(goals, goals.c.id == goal_entries.c.goal_id)
    .outerjoin(people, people.c.id == goal_entries.c.person_id)
    .outerjoin(_ABOUT, _ABOUT.c.id == goal_entries.c.about_id)
    .outerjoin(checkins, and_(checkins.c.id == goal_entries.c.checkin_id, _STANDS))
)
"""Lines of stories; whoever selects from it adds `may_read`."""


def goal_in(row: Row[Any], helpers: tuple[tuple[int, str], ...]) -> Goal:
    """The goal that a row of `GOALS` holds, with who helps."""
    return Goal(
        id=row.id,
        words=GoalWords(
            row.title, row.due_on, row.measure, row.target, row.step_when, row.step_then, row.with_whom
        ),
        author_id=row.author_id,
        owner_id=row.owner_id,
        owner_name=row.owner_name or "",
        network_id=row.network_id,
        is_personal=row.is_personal,
        is_objective=row.is_objective,
        objective_id=row.objective_id,
        audience=Audience(row.audience),
        state=GoalState(row.state),
        made_at=row.made_at,
        moved_at=row.moved_at,
        closed_at=row.closed_at,
        version=row.version,
        confidence=Confidence(row.confidence) if row.confidence else None,
        now=row.now,
        value=row.value,
        owner_is_here=row.is_personal or bool(row.is_there),
        helpers=helpers,
    )  # fmt: skip


def quiet_in(row: Row[Any]) -> QuietGoal:
    """The goal that a row of `QUIET` holds."""
    return QuietGoal(row.id, row.owner_id, None if row.is_personal else row.network_id, row.title, row.moved_at)


def entry_in(row: Row[Any]) -> Entry:
    """The line of a story that a row of `ENTRIES` holds."""
    return Entry(
        told=Told(row.told),
        at=row.at,
        person_id=row.person_id,
        person_name=row.person_name or "",
        confidence=Confidence(row.confidence) if row.confidence else None,
        now=row.now,
        value=row.value,
        why=row.why,
        changes=tuple(Change(*one) for one in json.loads(row.changes)),
        about_id=row.about_id,
        about_name=row.about_name or "",
        checkin_id=row.checkin_id,
        checkin_on=row.week_on,
        review_id=row.review_id,
        goal_id=row.goal_id,
        goal_title=row.title,
    )


def own_words(entry: Entry) -> Entry:
    """The line with nothing in it but what its writer said."""
    return replace(entry, goal_title="", about_name="", changes=tuple(replace(one, before="") for one in entry.changes))
