"""Looks up what a button or form of an update carries, and refuses whoever it is not for; anew at every press."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.kit.audience import goal_reader
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.facts import Asked, Fact, Section
from handlers.kit.feature import Routes
from handlers.updates import stale
from handlers.updates.stale import Line
from handlers.updates.views import SECTIONS
from storage.draft_records import Draft
from storage.plan_records import Plan
from storage.records import Audience, Network, Person, Programme, Role

if TYPE_CHECKING:
    from storage.unit import Store

GONE = "That update is not there for you any more. Type updates to see what is."
NOT_RUN = "Only those who run a network can draft its updates. Type updates to read them."
IS_OUT = "That update has gone out. Press Correct it to make a new one from it."


@dataclass(frozen=True, slots=True)
class Open:
    """A draft with its network, all facts that its readers may read, and its lines beside them."""

    draft: Draft
    network: Network
    facts: tuple[Fact, ...]
    lines: tuple[Line, ...]


def run_by(context: Context) -> list[Network]:
    """The networks that whoever acts runs, by name."""
    found = tuple(one for one in context.person.network_ids if context.person.runs(one))
    return context.store.networks.by_ids(found) if found else []


def run(network_id: int, context: Context) -> Network:
    """The network of that id. Raises NotAllowed for whoever does not run it."""
    network = context.store.networks.by_id(network_id)
    if network is None or not context.person.runs(network.id):
        raise NotAllowed(f"updates of network {network_id}", NOT_RUN)
    return network


def plan(plan_id: int, context: Context) -> tuple[Plan, Network]:
    """The plan of that id, and its network. Raises NotAllowed for whoever does not run it, or may not read the plan."""
    found = context.store.plans.by_id(plan_id, goal_reader(context.person))
    if found is None:
        raise NotAllowed(f"an update of plan {plan_id}", NOT_RUN)
    return found, run(found.network_id, context)


def draft(draft_id: int, context: Context) -> Draft:
    """The draft of that id, held by whoever acts. Raises NotAllowed unless they run its network."""
    if not context.opening:
        context.store.drafts.hold(draft_id)
    found = context.store.drafts.by_id(draft_id)
    if found is None or not context.person.runs(found.network_id):
        raise NotAllowed("a draft that one may not see", GONE)
    return found


def editable(draft_id: int, context: Context) -> Draft:
    """The same, as long as it has not gone out. Raises Refusal afterwards."""
    found = draft(draft_id, context)
    if found.is_out:
        raise Refusal(IS_OUT)
    return found


def opened(found: Draft, context: Context) -> Open:
    """The draft with its lines as they may be shown now."""
    return beside_facts(found, context.store, context.routes, context.programme)


def beside_facts(found: Draft, store: "Store", routes: Routes, programme: Programme) -> Open:
    """The draft beside all that its readers may read of its days; what they may not is struck from it for good, also
    from the version that is not shown."""
    network = store.networks.by_id(found.network_id)
    assert network is not None, "foreign keys hold"
    facts = of_draft(found, routes.facts(asked(found, (network,), programme), store))
    lines = stale.lines(store.drafts.sentences(found.id, is_model=found.shows_model), facts)
    other = store.drafts.sentences(found.id, is_model=not found.shows_model) if found.writing.done_at else []
    if hidden := stale.hidden([*lines, *stale.lines(other, facts)]):
        store.drafts.strike(hidden)
    return Open(found, network, tuple(facts), tuple(lines))


def asked(found: Draft, networks: tuple[Network, ...], programme: Programme) -> Asked:
    """What facts a draft of these networks is made of."""
    return Asked(networks, found.first_on, found.last_on, found.audience, programme)


def of_draft(found: Draft, facts: list[Fact]) -> list[Fact]:
    """Those of its network and days that its readers may read. Every source keeps to that already: this is the last
    door."""
    return [
        one
        for one in facts
        if one.network_id == found.network_id
        and found.first_on <= one.on <= found.last_on
        and one.audience >= found.audience
    ]


def section(number: int) -> Section:
    """The section that a button names. Raises NotAllowed for a number that none has."""
    if number >= len(SECTIONS):
        raise NotAllowed("a malformed button or form")
    return SECTIONS[number]


def readable(draft_id: int, context: Context) -> Draft:
    """An update that has gone out and that whoever acts may read. Raises NotAllowed for any other."""
    found = context.store.drafts.by_id(draft_id)
    if found is None or not may_read(found, context.person):
        raise NotAllowed("an update that one may not read", GONE)
    return found


def may_read(found: Draft, person: Person) -> bool:
    """True for everyone in the network once it is posted, for the faculty once it is shared with them, and for those
    who run it."""
    if found.network_id in person.network_ids:
        return found.posted_at is not None or person.runs(found.network_id)
    is_theirs = found.shared_at is not None and found.audience >= Audience.FACULTY
    return is_theirs and person.holds(Role.FACULTY)
