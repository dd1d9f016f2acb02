"""How development plans stand in the rows of their tables."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, select

from storage.goal_records import GoalState
from storage.goal_tables import goals
from storage.many import among
from storage.plan_records import Plan, PlanEnd, PlanItem, PlanPoint, PlanState
from storage.plan_tables import ends, items, plans, points
from storage.records import Audience
from storage.tables import people, roles

PLANS = select(plans)
"""Plans; whoever selects from it says for whom."""
_OWNER = people.alias("owner")
_OWNER_ID = case((goals.c.id.is_not(None), goals.c.owner_id), else_=items.c.owner_id)
_IS_IN_NETWORK = exists().where(roles.c.person_id == _OWNER.c.id, roles.c.network_id == plans.c.network_id)
POINTS = select(points).where(among(points.c.plan_id)).order_by(points.c.month)
ENDS = select(ends, people.c.name).outerjoin(people, people.c.id == ends.c.by_id).where(among(ends.c.plan_id))


def items_with(readable: ColumnElement[bool]) -> Select[Any]:
    """Items of plans in the order of their months; of what became an objective, with it where it is `readable`.

    An objective of the network alone counts: never a goal of somebody's own, nor another network's.
    """
    is_theirs = and_(goals.c.is_personal.is_(False), goals.c.network_id == plans.c.network_id, readable)
    return (
        select(
            items, goals.c.id.label("goal_id"), goals.c.title.label("goal_title"), goals.c.state.label("goal_state"),
            goals.c.closed_at, goals.c.step_when.label("goal_when"), goals.c.step_then.label("goal_then"),
            _OWNER.c.id.label("looks_after_id"), _OWNER.c.name.label("looks_after"),
        )
        .join_from(items, plans, plans.c.id == items.c.plan_id)
        .outerjoin(goals, and_(goals.c.id == items.c.objective_id, is_theirs))
        .outerjoin(_OWNER, and_(_OWNER.c.id == _OWNER_ID, _IS_IN_NETWORK))
        .where(among(items.c.plan_id))
        .order_by(items.c.month_on, items.c.place)
    )  # fmt: skip


def item_in(row: Row[Any]) -> PlanItem | None:
    """The item that a row of `items_with` holds; None where it became an objective that is not for the reader."""
    if row.is_objective and row.goal_id is None:
        return None
    title, when, then, state = (
        (row.goal_title, row.goal_when, row.goal_then, row.goal_state)
        if row.is_objective
        else (row.title, row.step_when, row.step_then, GoalState.OPEN)
    )
    return PlanItem(
        row.id, row.plan_id, row.place, row.action, title, row.dimension, row.why, row.month_on, row.looks_after_id,
        row.looks_after or "", when, then, row.goal_id, GoalState(state), row.closed_at, row.left_on,
        row.first_on if row.first_on != row.month_on else None,
    )  # fmt: skip


def point_in(row: Row[Any], tier: Audience) -> PlanPoint:
    """The review point that a row of `POINTS` holds; its note where that is for the tier."""
    return PlanPoint(row.plan_id, row.month, row.first_on, row.on, row.held_on, _for(tier, row, row.note))


def end_in(row: Row[Any]) -> PlanEnd:
    """The end that a row of `ENDS` holds."""
    return PlanEnd(row.changed, row.lasts, row.learned, row.by_id, row.name or "", row.at)


def plan_in(
    row: Row[Any], tier: Audience, found: tuple[PlanItem, ...], looked_at: tuple[PlanPoint, ...],
    end: PlanEnd | None, hidden: int,
) -> Plan:  # fmt: skip
    """The plan that a row of `PLANS` holds, for that tier, with what belongs to it."""
    return Plan(
        row.id, row.network_id, row.number, PlanState(row.state), row.review_id, row.began_on, Audience(row.audience),
        row.made_by_id, row.made_at, row.version, _for(tier, row, row.why), row.closed_at, found, looked_at, end,
        hidden,
    )  # fmt: skip


def _for(tier: Audience, row: Row[Any], words: str) -> str:
    return words if row.reach >= tier else ""
