"""Meets people: the stranger, the newcomer, and whoever opens the bot's own page."""

from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.events import Command
from handlers.kit.feature import Feature
from handlers.kit.happenings import HomeDrawn
from handlers.kit.replies import Reply, Say
from handlers.onboarding import views
from storage.records import Role

feature = Feature("onboarding", examples=views.examples)


@feature.command("home", does="See what waits for you", also=("my page",), order=5)
def show_page(command: Command, rest: str, context: Context) -> Reply:
    """The bot's own page as a message, for wherever there is no such page, as in Teams."""
    return Say(home_page(context))


def welcome(context: Context) -> Message:
    """The welcome to someone whom the programme knows."""
    networks = context.store.networks.by_ids(context.person.network_ids)
    names = [one.name for one in networks]
    return views.welcome(_first_name(context), names, is_faculty=context.person.holds(Role.FACULTY))


def home_page(context: Context) -> Message:
    """The bot's own page, with what waits for the person."""
    person = context.person
    drawn = HomeDrawn(person.id, [])
    context.announce(drawn)
    in_network, is_faculty = bool(person.network_ids), person.holds(Role.FACULTY)
    return views.home(_first_name(context), drawn.items, in_network=in_network, is_faculty=is_faculty)


def _first_name(context: Context) -> str:
    return context.person.name.split()[0]
