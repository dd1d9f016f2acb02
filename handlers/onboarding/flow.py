"""Meets people: the stranger, the newcomer, and whoever opens the bot's own page."""

from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from handlers.onboarding import views
from storage.records import Role

feature = Feature("onboarding", examples=views.examples)


def welcome(context: Context) -> Message:
    """The welcome to someone whom the programme knows."""
    networks = context.store.networks.by_ids(context.person.network_ids)
    names = [one.name for one in networks]
    return views.welcome(_first_name(context), names, is_faculty=context.person.holds(Role.FACULTY))


def home_page(context: Context) -> Message:
    """The bot's own page."""
    person = context.person
    return views.home(_first_name(context), checks_in=bool(person.network_ids), is_faculty=person.holds(Role.FACULTY))


def _first_name(context: Context) -> str:
    return context.person.name.split()[0]
