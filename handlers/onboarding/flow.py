"""Meets people: the stranger, the newcomer, and whoever opens the bot's own page."""

from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.events import Command, Press
from handlers.kit.feature import Feature
from handlers.kit.replies import Reply
from handlers.onboarding import views
from storage.records import Role

feature = Feature("onboarding", examples=views.examples)


def welcome(context: Context) -> Message:
    """The welcome to someone whom the programme knows."""
    networks = context.store.networks.by_ids(context.person.network_ids)
    names = [one.name for one in networks]
    return views.welcome(_first_name(context), names, is_faculty=context.person.holds(Role.FACULTY))


def home_page(context: Context) -> Message:
    """The bot's own page, with each feature's part."""
    parts = [message for part in context.routes.home_parts() if (message := part(context))]
    person = context.person
    return views.home(
        _first_name(context), parts, checks_in=bool(person.network_ids), is_faculty=person.holds(Role.FACULTY)
    )


def _first_name(context: Context) -> str:
    return context.person.name.split()[0]


@feature.press("check_in")
def begin_check_in(press: Press, context: Context) -> Reply:
    """As if one had typed check in."""
    return _typed("check in", press, context)


@feature.press("help")
def ask_for_help(press: Press, context: Context) -> Reply:
    """As if one had typed help."""
    return _typed("help", press, context)


def _typed(words: str, press: Press, context: Context) -> Reply:
    command = Command(id=press.id, sender=press.sender, place=press.place, text=words)
    return context.routes.commands[words].handler(command, "", context)
