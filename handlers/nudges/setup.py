"""The routes of `schedule`: a network's schedules, with a preview before anything is kept."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.kit import choosing
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.occasions import Occasion
from handlers.kit.planning import make_way
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.nudges import coming, filled, forms, pages, rules, spec, views, whose
from handlers.nudges.feature import feature
from storage.records import Network, Role
from storage.scheduled import Recipient, Schedule, Wanted


@feature.command(
    "schedule", does="Set when your network is asked", roles=(Role.COORDINATOR,), also=("schedules",), order=66
)
def show_schedules(command: Command, rest: str, context: Context) -> Reply:
    """The schedules of the network that one co-ordinates."""
    networks = choosing.co_ordinated(context)
    if not networks:
        raise Refusal(views.NOT_YOURS)
    if len(networks) > 1:
        question = "Whose schedules do you want to see?"
        return Say(choosing.which_network(question, networks, "nudges.schedule"))
    return Say(_page(networks[0], context))


@feature.press("schedule")
def show_of_network(press: Press, context: Context) -> Reply:
    """The schedules of the network that was chosen."""
    return Replace(_page(whose.network_in(ids(press.argument, 1)[0], context), context))


def _page(network: Network, context: Context) -> Message:
    lines = []
    for occasion in sorted(context.routes.occasions.values(), key=lambda one: one.name):
        if occasion.role is None:
            continue
        standing = _standing(network, occasion, context)
        setter = context.store.people.by_id(standing.set_by) if standing.set_by is not None else None
        lines.append(
            pages.Line(
                occasion,
                standing,
                setter.name if setter else None,
                context.local_on(standing.set_at),
                _preview(standing.wanted, network, context),
                is_mine=standing.set_by == context.person.id,
            )
        )
    return pages.schedules(network, lines, context.today_on)


def _standing(network: Network, occasion: Occasion, context: Context) -> Schedule:
    """The schedule that counts in the network."""
    store = context.store.schedules
    found: Iterable[Schedule] = [*store.of_network(network.id), *store.of_programme()]
    return next((one for one in found if one.wanted.occasion == occasion.name), coming.default(occasion, context))


def _preview(wanted: Wanted, network: Network, context: Context) -> rules.Preview | None:
    return rules.preview(wanted, _recipients(wanted, network, context), context.programme, context.now)


def _recipients(wanted: Wanted, network: Network, context: Context) -> list[Recipient]:
    """Everyone in the network whom the schedule would be for, were it the network's own."""
    as_if = Schedule(0, replace(wanted, network_id=network.id), None, context.now, None, None)
    roles = {wanted.occasion: context.routes.occasions[wanted.occasion].role}
    return context.store.schedules.recipients([as_if], roles).get(0, [])


def _addressed(argument: str, context: Context) -> tuple[Network, Occasion]:
    where = spec.addressed(argument)
    network = whose.network_in(where[0] if where else None, context)
    occasion = context.routes.occasions.get(where[1]) if where else None
    if occasion is None or occasion.role is None:
        raise NotAllowed(f"an unknown schedule of network {network.id}")
    return network, occasion


def _in_form(argument: str, context: Context) -> tuple[Network, Occasion, Wanted]:
    """What the form is about, and what stands in it: the schedule that the argument holds, or the one that counts."""
    network, occasion = _addressed(argument, context)
    if not spec.is_whole(argument):
        if argument != spec.of_network(network.id, occasion.name):
            raise NotAllowed("a malformed button or form")
        standing = _standing(network, occasion, context).wanted
        return network, occasion, replace(standing, network_id=network.id)
    return network, occasion, _whole(argument)


def _whole(argument: str) -> Wanted:
    wanted = spec.read(argument)
    if wanted is None:
        raise NotAllowed("a malformed button or form")
    return wanted


def draw_edit(argument: str, context: Context) -> Form:
    """The form of a network's schedule."""
    network, occasion, wanted = _in_form(argument, context)
    return forms.for_network(network, wanted, occasion.title, context.programme.time_zone, argument)


@feature.form("edit", draw_edit)
def show_what_it_means(submission: Submission, context: Context) -> Reply:
    """What the schedule would do next. Nothing is kept."""
    network, occasion, before = _in_form(submission.argument, context)
    read = filled.for_network(submission.values, before, context.today_on)
    if read.errors:
        return Correct(draw_edit(submission.argument, context).filled(submission.values), read.errors)
    preview = _preview(read.wanted, network, context)
    return Say(pages.preview(network, occasion, read.wanted, preview, context.today_on))


@feature.press("start")
def start(press: Press, context: Context) -> Reply:
    """Keep the schedule that was shown; a second press finds it kept."""
    network, occasion = _addressed(press.argument, context)
    wanted = _whole(press.argument)
    if not rules.has_dates(wanted, context.today_on):
        raise Refusal(pages.NO_MORE_DATES)
    standing = _standing(network, occasion, context)
    if standing.wanted != wanted:
        context.store.schedules.put(wanted, context.person.id, context.now)
        make_way(context.store, context.routes, wanted)
        context.audit("set a schedule", f"network {network.id} {occasion.name} {wanted.cadence[:80]} {wanted.at:%H:%M}")
    return Replace(pages.started(network, occasion, wanted, _preview(wanted, network, context), context.today_on))


@feature.press("programme")
def go_by_the_programme(press: Press, context: Context) -> Reply:
    """Give the network's own schedule up: the programme's counts again."""
    network, occasion = _addressed(press.argument, context)
    for one in context.store.schedules.of_network(network.id):
        if one.wanted.occasion == occasion.name:
            context.store.schedules.remove(one.id)
            context.audit("gave up a schedule", f"network {network.id} {occasion.name}")
    return Replace(_page(network, context))
