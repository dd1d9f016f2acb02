"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from dataclasses import dataclass, replace

from handlers.kit.arguments import ids
from handlers.kit.audience import goal_reader, reader_in
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.reviewed import Reviewed, reviewed
from handlers.kit.whom import Candidate
from handlers.plan import sentences, standing, views
from prompts.kinds import Kind
from prompts.plan.words import Words, words_for
from storage.goal_records import Goal, GoalReader
from storage.plan_records import Plan, PlanItem, PlanPoint, PlanState
from storage.records import Network, Role

MOST_IN_NETWORK = 100_000
"""People of one network among whom someone is looked for."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form carries behind its ids: the versions that were shown; None where a button has just opened it."""

    own: tuple[int, ...]
    shown: tuple[int, ...] | None


def stamped(argument: str, count: int, stamps: int = 1) -> Stamp:
    """The so many ids of a form, and the versions behind them. Raises NotAllowed for anything else."""
    if argument.count(".") == count - 1:
        return Stamp(ids(argument, count), None)
    found = ids(argument, count + stamps)
    return Stamp(found[:count], found[count:])


def network(network_id: int, context: Context) -> Network:
    """A network that the person is in, or any for the faculty. Raises NotAllowed for any other, or none."""
    found = context.store.networks.by_id(network_id)
    if found is None or reader_in(context.person, network_id).tier is None:
        raise NotAllowed("a plan of a network that is not theirs", sentences.NOT_YOURS)
    return found


def run(network_id: int, context: Context) -> Network:
    """A network that the person runs, its plan held where it may be changed. Raises NotAllowed for any other."""
    found = network(network_id, context)
    if not context.person.runs(network_id):
        raise NotAllowed("to change a plan of a network that they do not run", sentences.NOT_YOURS_TO_CHANGE)
    if not context.opening:
        context.store.plans.hold(network_id)
    return found


def current(network_id: int, context: Context) -> Plan | None:
    """The network's plan of now, if the person may read it."""
    found = context.store.plans.current(network_id, reader(context))
    return local(found, context) if found else None


def readable(plan_id: int, context: Context) -> Plan:
    """A plan that the person may read. Raises NotAllowed for any other, or none."""
    found = context.store.plans.by_id(plan_id, reader(context))
    if found is None:
        raise NotAllowed("a plan that one may not read", sentences.NOT_YOURS)
    return local(found, context)


def theirs(plan_id: int, context: Context) -> Plan:
    """A plan of a network that the person runs, whether it is over or not, held as above."""
    run(readable(plan_id, context).network_id, context)
    return readable(plan_id, context)


def changeable(plan_id: int, context: Context) -> Plan:
    """The same, of now. Raises Refusal where it is over."""
    found = theirs(plan_id, context)
    if found.state is not PlanState.CURRENT:
        raise Refusal(sentences.OVER)
    return found


def item_in(plan: Plan, item_id: int) -> PlanItem:
    """An item of that plan. Raises NotAllowed for any other."""
    found = next((one for one in plan.items if one.id == item_id), None)
    if found is None:
        raise NotAllowed("an item of another plan", sentences.NOT_YOURS)
    return found


def open_item(plan: Plan, item_id: int) -> PlanItem:
    """The same, while it is still to do. Raises Refusal afterwards."""
    found = item_in(plan, item_id)
    if not standing.is_open(found):
        raise Refusal(sentences.DONE)
    return found


def point_in(plan: Plan, month: int) -> PlanPoint:
    """A review point of that plan. Raises NotAllowed for any other."""
    found = next((one for one in plan.points if one.month == month), None)
    if found is None:
        raise NotAllowed("a review point of another plan", sentences.NOT_YOURS)
    return found


def objective(item: PlanItem, context: Context) -> Goal | None:
    """The objective that the item became."""
    if item.objective_id is None:
        return None
    return context.store.goals.by_id(item.objective_id, reader(context))


def reader(context: Context) -> GoalReader:
    """Whoever acts, as a reader of plans and goals."""
    return goal_reader(context.person)


def local(plan: Plan, context: Context) -> Plan:
    """The plan with its times on the person's own clock."""
    items = (
        replace(one, closed_at=one.closed_at.astimezone(context.zone)) if one.closed_at else one for one in plan.items
    )
    closed_at = plan.closed_at.astimezone(context.zone) if plan.closed_at else None
    end = replace(plan.end, at=plan.end.at.astimezone(context.zone)) if plan.end else None
    return replace(plan, items=tuple(items), closed_at=closed_at, end=end)


def last_review(network_id: int, context: Context) -> Reviewed | None:
    """The newest review of the network that the person may read, with what follows from it."""
    me = reader_in(context.person, network_id)
    found = context.store.reviews.latest_for([(me, network_id)]).get((me.person_id, network_id))
    return reviewed(found) if found else None


def words(network_id: int, context: Context) -> Words:
    """The words that fit the network, as far as the person may know its kind."""
    found = last_review(network_id, context)
    return words_for(found.kind if found else Kind())


def candidates(network_id: int, context: Context) -> list[Candidate]:
    """Everyone in the network, by name: any of them can look after an item."""
    people = context.store.people.in_network(network_id, MOST_IN_NETWORK)
    return [Candidate(str(one.id), one.id, one.name, one.name) for one in people]


def seen(plan: Plan, context: Context) -> views.Page:
    """What the page of a plan shows to whoever acts."""
    found = context.store.networks.by_id(plan.network_id)
    assert found is not None, "foreign keys hold"
    count = len(context.store.plans.all_of(plan.network_id, reader(context)))
    today_on = plan.closed_at.date() if plan.closed_at else context.today_on
    return views.Page(found, plan, words(found.id, context), today_on, context.person.runs(found.id), older=count > 1)


def with_plans(context: Context) -> list[Network]:
    """The networks whose plan the person may come for: their own; for the faculty also those whose plan they read."""
    mine = list(context.person.network_ids)
    if context.person.holds(Role.FACULTY):
        every = [one.id for one in context.store.networks.all()]
        tier = reader(context).everywhere
        assert tier is not None, "they are faculty"
        mine += [one for one in context.store.plans.for_networks(every, tier) if one not in mine]
    return context.store.networks.by_ids(tuple(mine)) if mine else []
