"""When a leader is reminded that the network's goals could do with a look."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.goals import summaries
from handlers.kit.occasions import Asked, Desk, Item

LATELY = timedelta(weeks=8)
"""Goals that were reviewed so short a time ago are left in peace."""
NEW = timedelta(weeks=4)
"""A network whose goals are all newer has nothing to review yet."""


def review_due(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each network that has open goals of some age, and no review of late."""
    ids = tuple({network_id for one in asked for network_id in one.network_ids})
    networks = desk.store.networks.by_ids(ids)
    counts = desk.store.goals.open_of_networks(ids, desk.now - NEW)
    ended = desk.store.goal_reviews.last_ended(ids)
    due = [one for one in networks if counts.get(one.id) and (one.id not in ended or desk.now - ended[one.id] > LATELY)]
    return {
        one.person.id: [summaries.due(net, counts[net.id]) for net in due if net.id in one.network_ids] for one in asked
    }
