"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from handlers.kit.audience import reader_in
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from storage.records import Network

NOT_YOURS = "Only people of that network can read its plan."
NOT_YOURS_TO_CHANGE = "Only those who run the network can change its plan."


def network_of(network_id: int, context: Context) -> Network:
    """A network whose plan the person may come to read. Raises NotAllowed for any other, or none."""
    found = context.store.networks.by_ids((network_id,))
    if not found or reader_in(context.person, network_id).tier is None:
        raise NotAllowed("a plan of a network that is not theirs", NOT_YOURS)
    return found[0]


def run_by(network_id: int, context: Context) -> Network:
    """A network that the person runs. Raises NotAllowed for any other, or none."""
    network = network_of(network_id, context)
    if not context.person.runs(network_id):
        raise NotAllowed("changing a plan of a network that they do not run", NOT_YOURS_TO_CHANGE)
    return network
