"""How a plan's items and review points are said, and its timeline."""

from collections.abc import Iterable
from datetime import date

from handlers.kit.content import Phase, Standing, Stop, Timeline
from handlers.kit.text import counted, day, if_then
from handlers.plan import months, standing
from prompts.plan.words import Words
from storage.goal_records import GoalState
from storage.plan_records import Plan, PlanEnd, PlanItem, PlanPoint

NOBODY = "Nobody looks after it now."


def where_now(plan: Plan, today_on: date) -> str:
    """Which month of the plan it is, and what that month is for."""
    month = months.month_number(plan.began_on, today_on)
    if month == 0:
        return f"The plan begins on {day(plan.began_on)}."
    if month > months.LENGTH:
        return f"The 18 months ended on {day(months.ends_on(plan.began_on))}."
    return f"Month {month} of {months.LENGTH}: {months.phase_of(month).doing}."


def how(item: PlanItem, today_on: date) -> str:
    """How an item stands: what became of it, or when it was planned for."""
    if item.state is GoalState.ACHIEVED:
        return f"Done{_in_month(item)}."
    if item.state is GoalState.DROPPED:
        return f"Let go{_in_month(item)}."
    if item.left_on is not None:
        return f"Taken out in {months.in_words(item.left_on)}."
    planned = f"Planned for {months.in_words(item.month_on)}."
    return f"{planned} Not done yet." if standing.slipped_since(item, today_on) else planned


def _in_month(item: PlanItem) -> str:
    return f" in {months.in_words(item.closed_at.date())}" if item.closed_at else ""


def moved(item: PlanItem) -> str:
    """For when an item was planned at first, where that was another month."""
    return f"It was first planned for {months.in_words(item.first_on)}." if item.first_on else ""


def told(item: PlanItem, today_on: date, words: Words, *, runs: bool) -> tuple[str, ...]:
    """All that is said under an item's title, in paragraphs: of what was not done in its month also since when, and to
    those who run the network what they can do."""
    since_on = standing.slipped_since(item, today_on)
    hands = f"{owner(item)} {step(item)}".strip() if standing.is_open(item) else ""
    if since_on is None:
        return tuple(filter(None, (f"{how(item, today_on)} {moved(item)}".strip(), hands)))
    said = words.slipped_since(months.in_words(item.month_on)) if runs else how(item, today_on)
    since = f"Its month has been over since {day(since_on)}. {moved(item)}".strip()
    return tuple(filter(None, (said, since, hands)))


def owner(item: PlanItem) -> str:
    """Who looks after the item."""
    return f"{item.owner_name} looks after it." if item.owner_name else NOBODY


def step(item: PlanItem) -> str:
    """The first step, in the words of whoever looks after the item; "" where none is said."""
    said = if_then(item.step_when, item.step_then)
    return f"First step: “{said}”" if said else ""


def point(one: PlanPoint) -> str:
    """A review point: when it is or was, and when it was first meant to be."""
    if one.held_on is not None:
        return f"Month {one.month}: held on {day(one.held_on)}."
    first = f" It was first on {day(one.first_on)}." if one.on != one.first_on else ""
    return f"Month {one.month}: {day(one.on)}.{first}"


def end(found: PlanEnd) -> Iterable[tuple[str, str]]:
    """What the end review found, each part that was written under its label."""
    parts = (("What changed", found.changed), ("What lasts", found.lasts), ("What was learned", found.learned))
    return ((label, words) for label, words in parts if words)


def timeline(plan: Plan, today_on: date) -> Timeline:
    """All that is in the plan, in its three phases."""
    done = sum(one.state is GoalState.ACHIEVED and one.left_on is None for one in plan.items)
    items = counted(sum(one.left_on is None for one in plan.items), "item", "items")
    summary = f"{where_now(plan, today_on)} The plan has {items}. Done: {done}."
    stops = sorted((*_items(plan, today_on), *_points(plan, today_on)), key=lambda one: (one.on, one.text))
    phases = []
    for place, phase in enumerate(months.PHASES):
        first_on, last_on = months.phase_days(plan.began_on, phase)
        is_last = place == len(months.PHASES) - 1
        mine = [one for one in stops if (one.on >= first_on or place == 0) and (one.on <= last_on or is_last)]
        phases.append(Phase(phase.title, first_on, last_on, tuple(mine)))
    return Timeline("The plan over 18 months", summary, tuple(phases), today_on)


def _items(plan: Plan, today_on: date) -> Iterable[Stop]:
    for one in plan.items:
        on = max(one.month_on, plan.began_on)
        stands = standing.of_item(one, today_on)
        # Its month stands before it already.
        became = "" if stands in (Standing.DUE, Standing.AHEAD, Standing.SLIPPED) else how(one, today_on)
        yield Stop(on, months.in_words(one.month_on), one.title, stands, f"{became} {moved(one)}".strip())


def _points(plan: Plan, today_on: date) -> Iterable[Stop]:
    for one in plan.points:
        first = f"It was first on {day(one.first_on)}." if one.on != one.first_on else ""
        held = f"Held on {day(one.held_on)}." if one.held_on else first
        yield Stop(one.on, day(one.on), f"Review point of month {one.month}", standing.of_point(one, today_on), held)
