"""When people are asked for a pulse: twice at the most, each time as one line of a message that they get anyway."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.kit import letters
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Asked, Desk, Item
from handlers.pulse import rules, views, whose
from handlers.pulse.feature import feature
from storage.records import Audience

ASK, CLOSED = "pulse.ask", "pulse.closed"
LATELY = timedelta(days=letters.WINDOW_DAYS)
"""So long after it closed a letter about it can still come."""


@feature.occasion("ask", title="pulses of your network", role=None, cadence="w1:3", answerable=False)
def ask(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each pulse that asks on that day and has no answer of the person yet; three statements for all."""
    zone, pulses = ZoneInfo(desk.programme.time_zone), desk.store.pulses
    found = pulses.open_in({network_id for one in asked for network_id in one.network_ids}, desk.now)
    networks = {one.id: one for one in desk.store.networks.by_ids(tuple({one.network_id for one in found}))}
    waiting = pulses.waiting([one.id for one in found], [one.person.id for one in asked])
    days = {one.id: rules.asked_on(one.began_at.astimezone(zone).date()) for one in found}
    closes = {one.id: one.closes_at.astimezone(zone).date() for one in found}
    return {
        one.person.id: [
            views.line(each, networks[each.network_id], closes[each.id], again=one.on == days[each.id][1])
            for each in found
            if each.network_id in one.network_ids and each.id in waiting[one.person.id] and one.on in days[each.id]
        ]
        for one in asked
    }


@feature.letter("closed", title="a pulse that you began has closed")
def tell_that_it_closed(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each network that the person runs whose newest pulse has closed lately.

    It is sent when the pulse closes, and to draw it is what counts the answers, unless someone looked before.
    """
    desk.store.pulses.close_due(desk.now, rules.count)
    network_ids = {network_id for one in asked for network_id in one.network_ids}
    closed = desk.store.pulses.closed(network_ids, desk.now - LATELY, Audience.NETWORK)
    networks = {one.id: one for one in desk.store.networks.by_ids(tuple({one.network_id for one in closed}))}
    return {
        one.person.id: [
            views.has_closed(networks[each.network_id], each)
            for each in closed
            if each.network_id in one.network_ids and one.person.runs(each.network_id)
        ]
        for one in asked
    }


@feature.hears(HomeDrawn)
def show_what_is_open(drawn: HomeDrawn, context: Context) -> None:
    """A line for each open pulse of the person's networks that they have not answered."""
    whose.settle(context)
    found = context.store.pulses.open_in(context.person.network_ids, context.now)
    waiting = context.store.pulses.waiting([one.id for one in found], [drawn.person_id]) if found else {}
    for one in found:
        network = context.store.networks.by_id(one.network_id)
        if network is not None and one.id in waiting[drawn.person_id]:
            drawn.items.append(views.line(one, network, whose.on_programme(one.closes_at, context)))
