"""What became of messages, in numbers; names only where a message is in trouble."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, case, func, literal_column, or_, select

from storage.records import Role
from storage.rows import delivery_in
from storage.scheduled import Delivery, Pending, State
from storage.tables import deliveries, occurrences, people, roles, schedules
from storage.waiting import SKIPPED, carriers, root_state, with_carriers

MOST_TROUBLED = 50
_root_id = func.coalesce(carriers.c.id, deliveries.c.id)
_DAY = timedelta(days=1)
# Written out, and not bound: the planner must see that the partial indexes of tables.py hold these rows.
IS_PLANNED = deliveries.c.state == literal_column("'planned'")
IS_OPEN = deliveries.c.state.in_([literal_column("'sending'"), literal_column("'unknown'")])


def pending(connection: Connection, now: datetime) -> Pending:
    """What is not at its end yet, and what of it is due at that time."""
    states = select(deliveries.c.state, func.count()).where(IS_OPEN).group_by(deliveries.c.state)
    open_ones = {State(state): count for state, count in connection.execute(states)}
    due = func.count(case((deliveries.c.due_at <= now, 1)))
    every = select(func.count(), due, func.min(deliveries.c.due_at)).where(IS_PLANNED)
    planned, due_count, oldest = connection.execute(every).one()
    return Pending({**open_ones, State.PLANNED: planned}, due_count, oldest if due_count else None)


def counts(connection: Connection, network_id: int, since: datetime) -> dict[State, int]:
    """How many messages, due since then, that are about the network, stand where."""
    messages = _about(network_id, since, _root_id, root_state.label("state")).distinct().subquery()
    rows = connection.execute(select(messages.c.state, func.count()).group_by(messages.c.state))
    return {State(state): count for state, count in rows}


def troubled(connection: Connection, network_id: int, since: datetime) -> list[tuple[Delivery, str]]:
    """The messages that are uncertain or were given up, with the person's name, newest first, at most 50."""
    ids = _about(network_id, since, _root_id).where(root_state.in_((State.UNKNOWN.value, State.GAVE_UP.value)))
    statement = (
        select(deliveries, people.c.name)
        .join(people, people.c.id == deliveries.c.person_id)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.due_at.desc(), deliveries.c.id.desc())
        .limit(MOST_TROUBLED)
    )
    return [(delivery_in(row), row.name) for row in connection.execute(statement)]


def missing(
    connection: Connection, network_id: int, occasion: str, role: Role, since_on: date
) -> list[tuple[date, int, int]]:
    """By week (its Monday), oldest first: how many who hold the role there were asked, and how many answered."""
    # Not far before its date is any message due; so few rows are read.
    since = datetime.combine(since_on, time(), UTC) - 2 * _DAY
    is_answered = deliveries.c.answered_at.is_not(None) & (deliveries.c.why != SKIPPED)
    has_answer = func.max(case((is_answered, 1), else_=0))
    holders = select(roles.c.person_id).where(roles.c.network_id == network_id, roles.c.role == role.value)
    asked = (
        _about(network_id, since, occurrences.c.on, deliveries.c.person_id, has_answer.label("has_answer"))
        .where(schedules.c.occasion == occasion, occurrences.c.on >= since_on, root_state == State.SENT.value)
        .where(deliveries.c.person_id.in_(holders))
        .group_by(occurrences.c.on, deliveries.c.person_id)
    )
    weeks: dict[date, dict[int, bool]] = defaultdict(dict)
    for on, person_id, answered in connection.execute(asked):
        week = weeks[on - on.weekday() * _DAY]
        week[person_id] = week.get(person_id, False) or bool(answered)
    return [(week_on, len(week), sum(week.values())) for week_on, week in sorted(weeks.items())]


def _about(network_id: int, since: datetime, *columns: Any) -> Select[Any]:
    """Deliveries due since then to people of the network: of its own schedule, of the programme's, or of their own."""
    members = select(roles.c.person_id).where(roles.c.network_id == network_id)
    return (
        with_carriers(*columns)
        .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
        .join(schedules, schedules.c.id == occurrences.c.schedule_id)
        .where(deliveries.c.person_id.in_(members), deliveries.c.due_at >= since)
        .where(or_(schedules.c.network_id.is_(None), schedules.c.network_id == network_id))
    )
