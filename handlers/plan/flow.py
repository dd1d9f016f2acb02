"""The routes of `plan`: the plan of a network as its reader may see it."""

from handlers.kit.arguments import ids
from handlers.kit.choosing import MOST, NO_NETWORK, which_network
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Command, Press
from handlers.kit.replies import Reply, Say
from handlers.plan import (
    changing,
    ending,
    exporting,
    facts,
    faculty,
    home,
    making,
    occasions,
    offers,
    points,
    privacy,
    replanning,
    views,
    whose,
)  # fmt: skip
from handlers.plan.feature import feature
from storage.records import Network, Role

__all__ = [
    "changing", "ending", "exporting", "facts", "faculty", "feature", "home", "making", "occasions", "points",
    "privacy", "replanning",
]  # fmt: skip

NONE_TO_READ = "No network has a plan that you can read yet."
OR_TYPE = f"These are the first {MOST}. For another, type plan and part of its name."


@feature.command(
    "plan",
    does="See your network’s plan over 18 months: what is next, and what waits",
    also=("development plan", "our plan", "review points"),
    order=16,
)
def show_plan(command: Command, rest: str, context: Context) -> Reply:
    """The plan of the person's network, or of the one whose name is typed."""
    networks = whose.with_plans(context)
    if not networks:
        raise Refusal(NONE_TO_READ if context.person.holds(Role.FACULTY) else NO_NETWORK)
    named = [one for one in networks if rest and rest.casefold() in one.name.casefold()] or networks
    if len(named) > 1:
        return Say(which_network("Which network’s plan?", named, "plan.show", or_type=OR_TYPE))
    return Say(shown(named[0], context))


@feature.press("show")
def show(press: Press, context: Context) -> Reply:
    """The plan of one network."""
    return Say(shown(whose.network(ids(press.argument, 1)[0], context), context))


def shown(network: Network, context: Context) -> Message:
    """The page of the plan; where there is none, how one is made."""
    plan = whose.current(network.id, context)
    if plan is not None:
        return views.page(whose.seen(plan, context))
    older = bool(context.store.plans.all_of(network.id, whose.reader(context)))
    review_on = making.reviewed_on(network.id, context)
    return offers.none_yet(network, review_on, runs=context.person.runs(network.id), older=older)
