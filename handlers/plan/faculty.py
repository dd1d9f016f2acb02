"""The routes of `plans`: faculty see where each network is in its plan, and what waits, of what is shared with them."""

from collections.abc import Iterable
from datetime import date, datetime

from handlers.kit.arguments import ids
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.replies import Replace, Reply, Say
from handlers.plan import overview
from handlers.plan.feature import feature
from handlers.plan.overview import Known
from storage.records import Audience, Role


@feature.command("plans", does="See where each network is in its plan, and what waits", roles=(Role.FACULTY,), order=16)
def show_plans(command: Command, rest: str, context: Context) -> Reply:
    """All networks' plans, for the one who asks alone."""
    return Say(_page(0, context))


@feature.press("networks")
def turn_page(press: Press, context: Context) -> Reply:
    """Another page of them."""
    return Replace(_page(ids(press.argument, 1)[0], context))


def _page(page: int, context: Context) -> Message:
    if not context.person.holds(Role.FACULTY):
        raise NotAllowed("the plans of all networks", overview.ONLY_FACULTY)
    known = gather(context)
    if not known:
        raise Refusal(overview.NO_NETWORKS)
    return overview.overview(known, page, context.today_on)


def gather(context: Context) -> list[Known]:
    """What the faculty may know of each network's plan, by name; a few statements for all of them.

    Of reviews that go on, whoever asks is told of those alone in which they have a seat.
    """
    store, networks = context.store, context.store.networks.all()
    wanted = [one.id for one in networks]
    plans, ended = store.plans.for_networks(wanted, Audience.FACULTY), store.plans.ended_of(wanted, Audience.FACULTY)
    results = store.reviews.results_of(wanted, Audience.FACULTY)
    moved = {one.network_id: context.local_on(one.moved_at) for one in store.reviews.open_with(context.person.id)}
    return [
        Known(
            one,
            plans.get(one.id),
            _latest([each.closed_at for each in ended.get(one.id, ())], context),
            _latest([each.review.ended_at for each in results.get(one.id, ())], context),
            moved.get(one.id),
        )
        for one in networks
    ]


def _latest(found: Iterable[datetime | None], context: Context) -> date | None:
    """The newest of these days, if there is any."""
    return max((context.local_on(at) for at in found if at), default=None)
