"""The routes of `prompts`: what comes to a person, when the next comes, and a day and time of their own."""

from handlers.kit.choosing import NO_NETWORK
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.planning import make_way
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.nudges import coming, filled, forms, pages, whose
from handlers.nudges.feature import feature
from storage.records import Role
from storage.scheduled import Wanted, Wish


@feature.command(
    "prompts",
    does="See and change what I send you, and when",
    roles=(Role.MEMBER, Role.COORDINATOR, Role.LEADER),
    also=("my prompts", "reminders", "my reminders"),
    order=75,
)
def show_prompts(command: Command, rest: str, context: Context) -> Reply:
    """All that comes to the person."""
    return Say(_page(context))


@feature.press("mine")
def show_mine(press: Press, context: Context) -> Reply:
    """All that comes to the person."""
    return Say(_page(context))


def _page(context: Context) -> Message:
    if not context.person.roles:
        raise Refusal(NO_NETWORK)
    return pages.mine(coming.to_me(context), context.today_on)


def draw_own(argument: str, context: Context) -> Form:
    """The form of one's own day and time, with what counts now."""
    occasion = whose.one_occasion(argument, context)
    return forms.for_oneself(_stands(argument, context), occasion.title, occasion.name)


def _stands(argument: str, context: Context) -> Wanted:
    (found,) = coming.to_me(context, [whose.one_occasion(argument, context)])
    return found.schedules[0].wanted


@feature.form("own", draw_own)
def choose_own(submission: Submission, context: Context) -> Reply:
    """Keep a schedule of one's own; it counts before the network's."""
    occasion, stands = whose.one_occasion(submission.argument, context), _stands(submission.argument, context)
    read = filled.for_oneself(submission.values, stands, context.person.id, context.today_on)
    if read.errors:
        return Correct(draw_own(submission.argument, context).filled(submission.values), read.errors)
    if read.wanted != stands:
        context.store.schedules.put(read.wanted, context.person.id, context.now)
        make_way(context.store, context.routes, read.wanted)
        context.audit("set their own schedule", occasion.name)
    if read.wanted.cadence != stands.cadence:
        _take_at_their_word(occasion.name, context)
    return Say(pages.own_kept(coming.to_me(context, [occasion])[0], context.today_on))


def _take_at_their_word(occasion: str, context: Context) -> None:
    """Whoever chooses how often means just that: no longer half of it."""
    wish = context.store.wishes.of(context.person.id).get(occasion, Wish())
    if wish.every > 1:
        context.store.wishes.put(context.person.id, occasion, Wish(1, wish.stopped_at))


@feature.press("shared")
def go_by_the_network(press: Press, context: Context) -> Reply:
    """Give one's own schedule up: the network's, or the programme's, counts again."""
    occasion = whose.one_occasion(press.argument, context)
    for one in context.store.schedules.of_person(context.person.id):
        if one.wanted.occasion == occasion.name:
            context.store.schedules.remove(one.id)
            context.audit("gave up their own schedule", occasion.name)
    return Replace(pages.own_given_up(coming.to_me(context, [occasion])[0], context.today_on))
