"""What stands on the own page of those who run a network: something in its plan that waits, or a review point."""

from datetime import date

from handlers.kit.content import Button
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day
from handlers.plan import standing
from handlers.plan.feature import feature
from storage.plan_records import Plan
from storage.records import Audience, Network


@feature.hears(HomeDrawn)
def show_what_waits(drawn: HomeDrawn, context: Context) -> None:
    """One line for each network that the person runs."""
    run = [one for one in context.person.network_ids if context.person.runs(one)]
    plans = context.store.plans.for_networks(run, Audience.LEADERS) if run else {}
    for network in context.store.networks.by_ids(tuple(plans)) if plans else []:
        if found := line(network, plans[network.id], context.today_on):
            drawn.items.append(found)


def line(network: Network, plan: Plan, today_on: date) -> Item | None:
    """What waits in the plan of a network; None where nothing does."""
    late, point = standing.slipped(plan, today_on), standing.next_point(plan)
    said = []
    if late:
        said.append(f"{counted(len(late), 'item', 'items')} in the plan of {network.name} can have a new month.")
    if point is not None and standing.is_soon(point, today_on):
        when = "was planned for" if point.on < today_on else "is on"
        said.append(f"A review point of {'it' if late else network.name} {when} {day(point.on)}.")
    if not said:
        return None
    return Item(" ".join(said), Button("See the plan", "plan.show", str(network.id), about=network.name))
