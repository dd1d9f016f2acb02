"""Asks which of several networks is meant, and says that there is none."""

from collections.abc import Sequence

from handlers.kit.content import Button, Message, plain
from handlers.kit.context import Context
from storage.records import Network, Role

NO_NETWORK = "You are not in a network yet. Please ask a co-ordinator to add you."
MOST = 20
"""Networks to choose from at once, where others can be found by typing."""


def co_ordinated(context: Context) -> list[Network]:
    """The networks that whoever acts co-ordinates, by name."""
    held = tuple(one.network_id for one in context.person.roles if one.role is Role.COORDINATOR and one.network_id)
    return context.store.networks.by_ids(held) if held else []


def which_network(
    question: str,
    networks: Sequence[Network],
    action: str,
    then: str = "",
    *,
    opens_form: bool = False,
    or_type: str = "",
    also: Sequence[Button] = (),
) -> Message:
    """A button for each network: it has `action`, and carries the network's id with `then` behind it.

    `or_type` says what finds a network by typing: with it, at most `MOST` are shown. `also` are buttons behind them.
    """
    shown = networks[:MOST] if or_type else networks
    more = f" {or_type}" if len(shown) < len(networks) else ""
    buttons = (Button(one.name, action, f"{one.id}{then}", opens_form=opens_form) for one in shown)
    return plain(f"{question}{more}", *buttons, *also)
