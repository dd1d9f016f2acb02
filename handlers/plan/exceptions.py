"""What in a plan did not happen when it was meant to, as whoever may read the plan is told: kindly, and since when."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.text import counted, day
from handlers.plan import standing
from storage.goal_records import GoalState
from storage.plan_records import Plan, PlanItem, PlanPoint

GRACE = timedelta(weeks=2)
"""A review point may be held so much later before others than its network are told that it was not."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that waits in a plan since a day, as a sentence. `objective_ids`: the objectives that it sums up."""

    part: str
    text: str
    since_on: date
    objective_ids: tuple[int, ...] = ()


def slips(plan: Plan, on: date) -> list[Slip]:
    """What slipped in the plan by that day: things that are past their month, and a review point that was not held."""
    return [one for one in (_things(plan, on), _look(plan, on)) if one]


def _things(plan: Plan, on: date) -> Slip | None:
    late = standing.slipped(plan, on)
    since = [since_on for one in late if (since_on := standing.slipped_since(one, on))]
    if not since:
        return None
    first = ", the first" if len(set(since)) > 1 else ""
    things = counted(len(late), "item in the plan is past its month", "items in the plan are past their month")
    text = f"{things}{first} since {day(min(since))}."
    return Slip("slipped", text, min(since), tuple(one.objective_id for one in late if one.objective_id is not None))


def _look(plan: Plan, on: date) -> Slip | None:
    first = next((one for one in standing.waiting_points(plan) if one.on + GRACE < on), None)
    if first is None:
        return None
    text = f"The review point of month {first.month} was planned for {day(first.on)}, and has not been held yet."
    return Slip("unheld", text, first.on)


def done(plan: Plan) -> str:
    """How much of the plan is done: "1 of 3 items in the plan is done."; empty where it holds nothing."""
    in_it = [one for one in plan.items if one.left_on is None and one.state is not GoalState.DROPPED]
    count = sum(one.state is GoalState.ACHIEVED for one in in_it)
    verb = "is" if count == 1 else "are"
    return f"{count} of {counted(len(in_it), 'item', 'items')} in the plan {verb} done." if in_it else ""


def as_of(plan: Plan, on: date, zone: ZoneInfo) -> Plan:
    """The plan as it stood when that day ended, as far as is known: what was done later was not done yet."""
    return replace(
        plan,
        items=tuple(_item_as_of(one, on, zone) for one in plan.items),
        points=tuple(_point_as_of(one, on) for one in plan.points),
    )


def _item_as_of(item: PlanItem, on: date, zone: ZoneInfo) -> PlanItem:
    was_open = item.closed_at is not None and item.closed_at.astimezone(zone).date() > on
    was_in = item.left_on is not None and item.left_on > on
    return replace(
        item,
        state=GoalState.OPEN if was_open else item.state,
        closed_at=None if was_open else item.closed_at,
        left_on=None if was_in else item.left_on,
    )


def _point_as_of(point: PlanPoint, on: date) -> PlanPoint:
    was_ahead = point.held_on is not None and point.held_on > on
    return replace(point, held_on=None, note="") if was_ahead else point
