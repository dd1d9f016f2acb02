"""The routes of `deliveries`: what was sent in a network, what is uncertain, and sending that again."""

from datetime import timedelta

from handlers.kit import choosing
from handlers.kit.arguments import ids
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.planning import SEEN_DAYS
from handlers.kit.replies import Replace, Reply, Say
from handlers.nudges import pages, views, whose
from handlers.nudges.feature import feature
from storage.records import Network, Role

SENT_AGAIN = "sent a message again"
"""What the audit log says where someone had an uncertain message sent again."""


@feature.command("deliveries", does="See which messages arrived in your network", roles=(Role.COORDINATOR,), order=67)
def show_deliveries(command: Command, rest: str, context: Context) -> Reply:
    """What was sent in the network that one co-ordinates."""
    networks = choosing.co_ordinated(context)
    if not networks:
        raise Refusal(views.NOT_YOURS)
    if len(networks) > 1:
        question = "Whose messages do you want to see?"
        return Say(choosing.which_network(question, networks, "nudges.deliveries"))
    return Say(_page(networks[0], context))


@feature.press("deliveries")
def show_of_network(press: Press, context: Context) -> Reply:
    """What was sent in the network that was chosen."""
    return Replace(_page(whose.network_in(ids(press.argument, 1)[0], context), context))


def _page(network: Network, context: Context) -> Message:
    since = context.now - timedelta(days=SEEN_DAYS)
    deliveries = context.store.deliveries
    counts = deliveries.counts(network.id, since)
    troubled = [(one, name, context.local_on(one.due_at)) for one, name in deliveries.troubled(network.id, since)]
    return pages.deliveries(network, SEEN_DAYS, counts, troubled)


@feature.press("resend")
def send_again(press: Press, context: Context) -> Reply:
    """Send an uncertain or given-up message of someone in the network again; a second press finds it done."""
    network_id, delivery_id = ids(press.argument, 2)
    network = whose.network_in(network_id, context)
    since, detail = context.now - timedelta(days=SEEN_DAYS), f"network {network.id} delivery {delivery_id}"
    troubled = {one.id for one, _ in context.store.deliveries.troubled(network.id, since)}
    if delivery_id not in troubled:
        if not context.store.audit.holds(SENT_AGAIN, [detail]):
            raise NotAllowed(f"a message that is not uncertain in network {network.id}", pages.NOT_UNCERTAIN)
    elif context.store.outbox.send_again(delivery_id, context.now):
        context.audit(SENT_AGAIN, detail)
    return Say(pages.sent_again(network))
