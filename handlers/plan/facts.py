"""What plans tell of networks for updates and digests: where the plan is, what slipped, looks at it, and its end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.kit.content import Button
from handlers.kit.facts import Asked, Fact, Section, stamp
from handlers.kit.text import day
from handlers.plan import exceptions, lines
from handlers.plan.feature import feature
from storage.plan_records import Plan, PlanEnd, PlanPoint
from storage.records import Audience

if TYPE_CHECKING:
    from storage.unit import Store


@feature.facts
def collect(asked: Asked, store: "Store") -> Iterator[Fact]:
    """Of each network's plans, also of those that another took the place of, what belongs to the period.

    What began, moved or ended in it is told by goals, which each thing in a plan is.
    """
    for plans in store.plans.of_networks(asked.network_ids, asked.tier, asked.since).values():
        for plan in plans:
            if plan.made_at < asked.until:
                yield from _of(exceptions.as_of(plan, asked.last_on, asked.zone), asked)


def _of(plan: Plan, asked: Asked) -> Iterator[Fact]:
    goes_on = plan.closed_at is None or plan.closed_at >= asked.until
    if goes_on:
        yield from _standing(plan, asked)
    for point in plan.points:
        if point.held_on is not None and asked.first_on <= point.held_on:
            held = _fact(plan, f"-point-{point.month}:held", Section.GOALS, _held(point), point.held_on)
            yield replace(held, audience=asked.tier)  # Its note may be for nobody beyond.
        elif goes_on and point.held_on is None and _is_moved(point, asked):
            yield _fact(plan, f"-point-{point.month}:moved", Section.GOALS, _moved(point), point.first_on)
    if plan.end and asked.since <= plan.end.at < asked.until:
        yield from _ended(plan, plan.end, plan.end.at.astimezone(asked.zone).date(), asked.tier)


def _standing(plan: Plan, asked: Asked) -> Iterator[Fact]:
    """Where the plan was when the period ended, and what waited then: counted of what the audience may read, so it is
    for nobody beyond."""
    on = asked.last_on
    text = " ".join(filter(None, [lines.where_now(plan, on), exceptions.done(plan)]))
    yield replace(_fact(plan, ":stands", Section.GOALS, text, on), audience=asked.tier)
    for slip in exceptions.slips(plan, on):
        fact = _fact(plan, f"-{slip.part}:waits", Section.GOALS, slip.text, on)
        summed = tuple(f"goals:{one}" for one in slip.objective_ids)
        yield replace(fact, audience=asked.tier, since=slip.since_on, sums_up=summed)


def _held(point: PlanPoint) -> str:
    said = f" They noted: “{point.note}”" if point.note else ""
    return f"The network held the review point of month {point.month} of its plan.{said}"


def _is_moved(point: PlanPoint, asked: Asked) -> bool:
    """True for a review point that was to be held in the period, and is meant to be later now."""
    return asked.first_on <= point.first_on <= asked.last_on and point.on > point.first_on


def _moved(point: PlanPoint) -> str:
    days = f"from {day(point.first_on)} to {day(point.on)}"
    return f"The review point of month {point.month} of the plan was moved {days}."


def _ended(plan: Plan, end: PlanEnd, on: date, tier: Audience) -> Iterator[Fact]:
    told = (
        ("changed", Section.PRACTICE, "What changed by the plan", end.changed),
        ("lasts", Section.NEXT, "What lasts after the plan", end.lasts),
        ("learned", Section.LEARNED, "What was learned by the plan", end.learned),
    )
    for part, section, title, said in told:
        if said:
            fact = _fact(plan, f"-end:{part}", section, f"{title}: “{said}”", on)
            yield replace(fact, audience=tier, person_id=end.by_id, by=end.by_name)


def _fact(plan: Plan, part: str, section: Section, text: str, on: date) -> Fact:
    return Fact(
        key=f"plan:{plan.id}{part}",
        network_id=plan.network_id,
        section=section,
        text=text,
        on=on,
        audience=plan.audience,
        stamp=stamp(text),
        opens=Button("See the plan", "plan.show", str(plan.network_id), about=f"plan {plan.number}"),
    )
