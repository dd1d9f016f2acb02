"""The routes to the network's week."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.kit.arguments import ids
from handlers.kit.audience import reader_in
from handlers.kit.choosing import NO_NETWORK
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.feature import Feature
from handlers.kit.happenings import HomeDrawn
from handlers.kit.replies import Replace, Reply, Say
from handlers.kit.template import template_in_force
from handlers.network import rules, views
from handlers.network.home import show_what_waits
from handlers.network.occasions import wanting_help, what_waits
from storage.records import Network, Reader, Role, Template

feature = Feature("network", examples=views.examples)
feature.hears(HomeDrawn)(show_what_waits)
for role, action, title in (
    (Role.LEADER, "waiting", "reminders of what is waiting"),
    (Role.COORDINATOR, "asked", "reminders of requests for help"),
):
    feature.occasion(action, title=title, role=role, cadence="w1:0", answerable=False)(what_waits)


@feature.command("network", does="See this week's check-ins that you may read", order=20)
def show_network(command: Command, rest: str, context: Context) -> Reply:
    """This week of one's network; someone who may look at several chooses, or types part of a name."""
    networks = _networks(context)
    wanted = [one for one in networks if rest.casefold() in one.name.casefold()] if rest else networks
    if not networks:
        raise Refusal(NO_NETWORK)
    if len(wanted) == 1:
        return Say(_week(wanted[0], 0, 0, context))
    return Say(views.which_network(wanted or networks))


def _networks(context: Context) -> list[Network]:
    store, person = context.store, context.person
    return store.networks.all() if person.holds(Role.FACULTY) else store.networks.by_ids(person.network_ids)


@feature.press("look")
def look_at_week(press: Press, context: Context) -> Reply:
    """The same as a message of its own: what one came from, with all that waits in it, stays."""
    return Say(_page(press.argument, context))


@feature.press("week")
def turn_week(press: Press, context: Context) -> Reply:
    """A page of a week; the argument is `network.page.back`, so many weeks back."""
    return Replace(_page(press.argument, context))


def _page(argument: str, context: Context) -> Message:
    network_id, page, back = ids(argument, 3)
    network = context.store.networks.by_id(network_id)
    if network is None or not rules.may_look_at(context.person, network.id):
        raise NotAllowed("another network's week", "You are not in that network, so you can't see its check-ins.")
    return _week(network, page, min(back, rules.WEEKS), context)


def _week(network: Network, page: int, back: int, context: Context) -> Message:
    checkins, week_on = context.store.checkins, context.week_on - timedelta(weeks=back)
    reader = reader_in(context.person, network.id)
    template = template_in_force(context, network.id)
    shown = checkins.of_week(network.id, week_on, reader, views.PAGE, page * views.PAGE)
    return views.week(
        views.Week(
            network=network,
            week_on=week_on,
            answered=checkins.count_in_week(network.id, week_on),
            wanting_help=list(wanting_help(context.store, network.id, week_on, reader).values()),
            trend=None if back else _trend(network, template, reader, context),
            checkins=shown,
            readable=checkins.count_readable(network.id, week_on, reader),
            templates=context.store.templates.by_ids(one.template_id for one in shown),
            page=page,
            reader_id=context.person.id,
            missing=_missing(network, week_on, context),
            back=back,
        )
    )


def _missing(network: Network, week_on: date, context: Context) -> Sequence[rules.Missing]:
    """For those who run the network: how many of those asked have not answered; never who."""
    if not context.person.runs(network.id):
        return ()
    since_on = week_on - timedelta(weeks=rules.MISSING_WEEKS - 1)
    asked = context.store.deliveries.missing(network.id, rules.ASKED, Role.MEMBER, since_on)
    return rules.missing(asked, week_on)


def _trend(network: Network, template: Template, reader: Reader, context: Context) -> rules.Trend | None:
    scale = rules.scale_of(template)
    if scale is None:
        return None
    since_on = rules.first_week(context.week_on)
    means = context.store.checkins.weekly_means(network.id, scale.key, since_on, reader)
    return rules.trend(scale, means, context.week_on) if means else None
