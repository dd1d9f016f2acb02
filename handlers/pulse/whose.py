"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.kit.arguments import ids
from handlers.kit.audience import reader_in
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.pulse import rules, views
from storage.pulse_records import Pulse
from storage.records import Audience, Network


def settle(context: Context) -> None:
    """Close whatever should be closed by now."""
    context.store.pulses.close_due(context.now, rules.count)


def on_programme(at: datetime, context: Context) -> date:
    """The date of an instant on the programme's calendar: a pulse has the same days for everyone in it."""
    return at.astimezone(ZoneInfo(context.programme.time_zone)).date()


def tier_in(network_id: int, context: Context) -> Audience:
    """The tier at which the person reads what pulses of the network came to. Raises NotAllowed for outsiders."""
    tier = reader_in(context.person, network_id).tier
    if tier is None:
        raise NotAllowed(f"a pulse of network {network_id}", views.NOT_IN_IT)
    return tier


def network_of(argument: str, context: Context) -> Network:
    """The network of that id, if the person may see its pulses."""
    network_id = ids(argument, 1)[0]
    network = context.store.networks.by_id(network_id)
    if network is None:
        raise NotAllowed(f"a pulse of network {network_id}", views.NOT_IN_IT)
    tier_in(network.id, context)
    return network


def run(argument: str, context: Context) -> Network:
    """The network of that id, if the person runs it."""
    network = network_of(argument, context)
    if not context.person.runs(network.id):
        raise NotAllowed(f"beginning a pulse of network {network.id}")
    return network


def open_to(argument: str, context: Context) -> tuple[Pulse, Network]:
    """An open pulse of one of the person's own networks, held where something is kept in it.

    Who has left since they answered can still change their answers, and take them out.
    """
    pulse_id = ids(argument, 1)[0]
    if not context.opening:
        context.store.pulses.hold(pulse_id)
    pulse = context.store.pulses.by_id(pulse_id)
    is_in = pulse is not None and pulse.network_id in context.person.network_ids
    if pulse is None or not (is_in or context.store.pulses.own(pulse.id, context.person.id)):
        raise NotAllowed("a pulse of another network", views.NOT_IN_IT)
    if not pulse.is_open(context.now):
        raise Refusal(views.CLOSED)
    return pulse, _network(pulse, context)


def told(argument: str, context: Context) -> tuple[Pulse, Network]:
    """A closed pulse that came to something which the person may read."""
    pulse_id = ids(argument, 1)[0]
    bare = context.store.pulses.by_id(pulse_id)
    if bare is None:
        raise NotAllowed("a pulse of another network", views.NOT_IN_IT)
    pulse = context.store.pulses.by_id(pulse_id, tier_in(bare.network_id, context))
    if pulse is None or pulse.answered is None:
        raise NotAllowed("a pulse that they may not read", views.NOT_IN_IT)
    return pulse, _network(pulse, context)


def _network(pulse: Pulse, context: Context) -> Network:
    network = context.store.networks.by_id(pulse.network_id)
    assert network is not None, "a pulse goes with its network"
    return network
