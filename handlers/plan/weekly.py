"""Chooses what a weekly message says of a plan, at most one line for each network, and words it kindly."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.kit.content import Button
from handlers.kit.occasions import Item
from handlers.kit.text import day, shortened
from handlers.plan import lines, standing
from handlers.plan.months import REVIEWED_AGAIN, in_words, month_of
from storage.plan_records import POINTS, Plan, PlanItem, PlanPoint
from storage.records import Network

ITEM_RESTS = timedelta(weeks=4)
"""How long something that has slipped is left alone after a line on it."""
SLIPS_REST = timedelta(weeks=2)
"""How long all that has slipped in a plan is left alone after a line on any of it."""
POINT_RESTS_WEEKS = 4
"""A review point whose day has passed comes back after so many weeks, and not each week."""
LONGEST = 120
"""Characters of an item's title in a line."""


def to_tell(plan: Plan, told: Mapping[int, date], on: date) -> PlanItem | None:
    """The one item of a plan that a person is told of on that date; None where there is nothing new.

    What comes next is told when it is new to them, and once more when its month comes; of several in one month each
    has its week. Then what has slipped has its turn, the one that was told longest ago. `told` says on which date each
    was told last; drawn again, it is the same.
    """
    mine = standing.open_items(plan)
    if again := next((one for one in mine if told.get(one.id) == on), None):
        return again
    following = standing.next_items(plan, on)
    if news := next((one for one in following if _is_news(one, told.get(one.id), on)), None):
        return news
    slipped = standing.slipped(plan, on)
    if any(one.id in told and on - told[one.id] < SLIPS_REST for one in slipped):
        return None
    rested = [one for one in slipped if one.id not in told or on - told[one.id] >= ITEM_RESTS]
    return min(rested, key=lambda one: told.get(one.id, date.min), default=None)


def _is_news(item: PlanItem, last_on: date | None, on: date) -> bool:
    return last_on is None or last_on < month_of(item.month_on) <= on


def item_line(network: Network, item: PlanItem, on: date) -> Item:
    """The line on an item that comes next, or that has slipped."""
    title, month = f"“{shortened(item.title, LONGEST)}”", in_words(item.month_on)
    if standing.slipped_since(item, on):
        text = f"In the plan of {network.name}, planned for {month} and not done yet: {title}. Is another month better?"
    else:
        when = "This month" if month_of(item.month_on) <= on else "Next"
        later = "" if when == "This month" else f", in {month}"
        said = [f"{when} in the plan of {network.name}{later}: {title}.", lines.owner(item), lines.step(item)]
        text = " ".join(filter(None, said))
    plan = Button("See the plan", "plan.show", str(network.id), about=network.name)
    if item.objective_id is None:
        return Item(text, plan)
    return Item(text, Button("Open it", "goals.show", str(item.objective_id), about=shortened(item.title, 60)), (plan,))


def point_to_tell(plan: Plan, on: date) -> PlanPoint | None:
    """The review point that is near, or whose day has passed, where it is to be told on that date; the newest of
    several."""
    near = [one for one in standing.waiting_points(plan) if standing.is_soon(one, on) and _is_its_turn(one, on)]
    return near[-1] if near else None


def _is_its_turn(point: PlanPoint, on: date) -> bool:
    return on <= point.on or (on - point.on).days // 7 % POINT_RESTS_WEEKS == 0


def point_line(network: Network, point: PlanPoint, on: date) -> Item:
    """The line on a review point: when it is or was to be, and what else belongs to it in that month."""
    which = f"The review point of month {point.month} for {network.name}"
    said = [f"{which} is on {day(point.on)}."]
    if on > point.on:
        said = [f"{which} was planned for {day(point.on)}.", HOLD_IT]
    if point.month == POINTS[-1]:
        said.append(LAST)
    elif point.month in REVIEWED_AGAIN:
        said.append(REVIEW_AGAIN)
    return Item(" ".join(said), Button("Open the plan", "plan.show", str(network.id), about=network.name))


HOLD_IT = "It has not been held yet: you can hold it, or choose another day."
REVIEW_AGAIN = "It is also time to do the review again: type diagnostic."
LAST = "It is the last one, and time to do the review again: type diagnostic."
