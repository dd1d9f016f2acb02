"""How a plan stands on a day: what is next, what did not happen when it was meant to, and which review point waits."""

from collections.abc import Iterable
from datetime import date, timedelta

from handlers.kit.content import Standing
from handlers.plan.months import end_of_month
from storage.goal_records import GoalState
from storage.plan_records import Plan, PlanItem, PlanPoint

SOON = timedelta(weeks=2)
"""A review point that is no farther away is near."""


def is_open(item: PlanItem) -> bool:
    """True while the item is in the plan and neither done nor let go."""
    return item.left_on is None and item.state is GoalState.OPEN


def open_items(plan: Plan) -> list[PlanItem]:
    """What is still to do, by its month."""
    return by_month(one for one in plan.items if is_open(one))


def by_month(items: Iterable[PlanItem]) -> list[PlanItem]:
    """The items by their month, then in the order of the plan."""
    return sorted(items, key=lambda one: (one.month_on, one.place, one.id))


def slipped_since(item: PlanItem, today_on: date) -> date | None:
    """The first day after the month that the item was planned for, where that has come and it is still to do."""
    since_on = end_of_month(item.month_on) + timedelta(days=1)
    return since_on if is_open(item) and since_on <= today_on else None


def slipped(plan: Plan, today_on: date) -> list[PlanItem]:
    """What was not done in its month, the longest first."""
    return [one for one in open_items(plan) if slipped_since(one, today_on)]


def next_item(plan: Plan, today_on: date) -> PlanItem | None:
    """What is to do next: the earliest whose month has not ended."""
    return next(iter(next_items(plan, today_on)), None)


def next_items(plan: Plan, today_on: date) -> list[PlanItem]:
    """The same with all that is planned for its month."""
    ahead = [one for one in open_items(plan) if not slipped_since(one, today_on)]
    return [one for one in ahead if one.month_on == ahead[0].month_on]


def waiting_points(plan: Plan) -> list[PlanPoint]:
    """The review points that were not held, by their day; none that was passed over, since a later one was held."""
    held = max((one.month for one in plan.points if one.held_on is not None), default=0)
    return sorted((one for one in plan.points if one.month > held), key=lambda one: (one.on, one.month))


def next_point(plan: Plan) -> PlanPoint | None:
    """The earliest review point that waits; its day may have passed."""
    return next(iter(waiting_points(plan)), None)


def is_soon(point: PlanPoint, today_on: date) -> bool:
    """True if the review point is not held, and is near or past."""
    return point.held_on is None and point.on - today_on <= SOON


def of_item(item: PlanItem, today_on: date) -> Standing:
    """How an item stands on a timeline."""
    if item.state is GoalState.ACHIEVED:
        return Standing.DONE
    if item.left_on is not None or item.state is GoalState.DROPPED:
        return Standing.LEFT
    if slipped_since(item, today_on):
        return Standing.SLIPPED
    return Standing.DUE if item.month_on <= today_on else Standing.AHEAD


def of_point(point: PlanPoint, today_on: date) -> Standing:
    """How a review point stands on a timeline."""
    if point.held_on is not None:
        return Standing.DONE
    if point.on < today_on:
        return Standing.SLIPPED
    return Standing.DUE if is_soon(point, today_on) else Standing.AHEAD
