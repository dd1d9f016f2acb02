"""What stands on the own page of those who run a network: who asked for help and let them read it."""

from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Asked, Desk
from handlers.network.occasions import what_waits


def show_what_waits(drawn: HomeDrawn, context: Context) -> None:
    """The same lines that a reminder of what waits would have, for the networks that the person runs."""
    run = tuple(one for one in context.person.network_ids if context.person.runs(one))
    if run:
        asked = Asked(context.person, run, context.today_on)
        desk = Desk(context.store, context.now, context.programme)
        drawn.items.extend(what_waits([asked], desk)[drawn.person_id])
