"""The routes of settings."""

from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.events import Command, Submission
from handlers.kit.feature import Feature
from handlers.kit.happenings import SettingsChanged
from handlers.kit.replies import Correct, Reply, Say
from handlers.settings import rules, views

feature = Feature("settings", examples=views.examples)


@feature.command(
    "settings", does="See and change your name, hours and leave", also=("setting", "my settings"), order=80
)
def show_settings(command: Command, rest: str, context: Context) -> Reply:
    """The person's settings in one message."""
    return Say(views.settings(context.person, context.zone.key, _platforms(context), context.today_on))


def draw(argument: str, context: Context) -> Form:
    """The form, always of one's own settings."""
    return views.edit_form(context.person, context.zone.key, _platforms(context), context.today_on)


@feature.form("edit", draw)
def change_settings(submission: Submission, context: Context) -> Reply:
    """Keep what changed, and read all of it back."""
    decided = rules.decide(context.person, submission.values, context.zone.key, context.today_on)
    if decided.errors:
        return Correct(draw("", context).filled(submission.values), decided.errors)
    if not decided.changes:
        return Say(views.unchanged(context.person, context.zone.key, _platforms(context), context.today_on))
    context.store.people.change(context.person.id, decided.changes)
    context.audit("changed settings", " ".join(sorted(decided.changes)))
    context.announce(SettingsChanged(context.person.id))
    person = context.store.people.by_id(context.person.id)
    assert person is not None
    zone = person.time_zone or context.zone.key
    return Say(views.settings(person, zone, _platforms(context), context.today_on, kept=True))


def _platforms(context: Context) -> tuple[str, ...]:
    accounts = context.store.people.accounts_of(context.person.id)
    return rules.platforms_of([one.platform for one in accounts])
