"""What stands on a person's own page about the check-ins of this week."""

from handlers.kit.content import Button
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Item
from storage.records import CheckIn, Network

MOST = 3
"""Networks that one's own page names; whoever is in more types check in."""


def show_this_week(drawn: HomeDrawn, context: Context) -> None:
    """A line for each network of the person: its check-in is open, or kept already."""
    for network in context.store.networks.by_ids(context.person.network_ids)[:MOST]:
        before = context.store.checkins.standing(network.id, drawn.person_id, context.week_on)
        drawn.items.append(of_this_week(network, before))


def of_this_week(network: Network, before: CheckIn | None) -> Item:
    """The line of one's own page: the check-in of this week, or that it is kept. Nothing in it hurries anybody."""
    if before:
        edit = Button("Edit my check-in", "checkins.edit", str(before.id), opens_form=True, about=network.name)
        return Item(f"You have checked in for {network.name} this week.", edit)
    text = f"Your check-in for {network.name} is open this week. It takes about two minutes."
    start = Button("Check in", "checkins.record", f"{network.id}", opens_form=True, primary=True, about=network.name)
    return Item(text, start)
