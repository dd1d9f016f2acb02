"""When people are asked for a check-in: members now and then, co-ordinators each week, nobody who has just answered."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.checkins import views
from handlers.kit.occasions import Asked, Desk, Item

LATELY = timedelta(days=4)
"""Someone who answered so short a time ago is not asked again."""


def ask(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each network that the person has not checked in for lately."""
    network_ids = {network_id for one in asked for network_id in one.network_ids}
    networks = desk.store.networks.by_ids(tuple(sorted(network_ids)))
    since = desk.now - LATELY
    answered = desk.store.checkins.lately(network_ids, [one.person.id for one in asked], since)
    return {
        one.person.id: [
            views.prompt(network, again=one.again, week=one.on.toordinal() // 7)
            for network in networks
            if network.id in one.network_ids and (network.id, one.person.id) not in answered
        ]
        for one in asked
    }
