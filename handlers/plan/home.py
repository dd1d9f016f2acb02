"""What stands on the own page of those who run a network: something in its plan that waits, or a review point."""

from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.plan import own_page
from handlers.plan.feature import feature
from storage.records import Audience


@feature.hears(HomeDrawn)
def show_what_waits(drawn: HomeDrawn, context: Context) -> None:
    """One line for each network that the person runs."""
    run = [one for one in context.person.network_ids if context.person.runs(one)]
    plans = context.store.plans.for_networks(run, Audience.LEADERS) if run else {}
    for network in context.store.networks.by_ids(tuple(plans)) if plans else []:
        if found := own_page.line(network, plans[network.id], context.today_on):
            drawn.items.append(found)
