"""The routes of privacy: what is kept, a copy of it, and erasing it."""

from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.events import Command, Press, Submission
from handlers.kit.feature import Feature
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.replies import Correct, Reply, Say
from handlers.kit.text import day
from handlers.privacy import rules, views
from storage.records import Network, Role, RoleHeld

feature = Feature("privacy", examples=views.examples)


@feature.command("privacy", does="See what is kept about you, and who can read it", order=85)
def explain(command: Command, rest: str, context: Context) -> Reply:
    """What is kept, who can read it, and how to have it out or gone."""
    return Say(views.privacy())


@feature.command("export", does="Get a copy of all that is kept about you", also=("export my data",), order=86)
def export_on_command(command: Command, rest: str, context: Context) -> Reply:
    """All that is kept about the person, as a file."""
    return _export(context)


@feature.press("export")
def export_on_press(press: Press, context: Context) -> Reply:
    """All that is kept about the person, as a file."""
    return _export(context)


def _export(context: Context) -> Reply:
    context.audit("exported own data")
    return Say(views.copy_of(everything_about(context)))


def everything_about(context: Context) -> str:
    """All that is kept about `context.person`, as Markdown; every feature that keeps something adds its
    part.
    """
    asked = DataAsked(context.person.id, [])
    context.announce(asked)
    return rules.as_markdown(context.person.name, day(context.today_on), asked.sections)


@feature.hears(DataAsked)
def add_profile(asked: DataAsked, context: Context) -> None:
    """Puts the profile, accounts and roles first, and the person's own log last."""
    person = context.store.people.by_id(asked.person_id)
    if person is None:
        return
    accounts = [
        rules.account_in_words(one, context.store.addresses.of(one))
        for one in context.store.people.accounts_of(person.id)
    ]
    first = [
        ("Your profile", rules.listed_in_markdown(rules.profile(person))),
        ("Your accounts", rules.listed_in_markdown(accounts)),
        ("Your roles", rules.listed_in_markdown([_role(held, context) for held in person.roles])),
    ]
    entries = context.store.audit.of_person(person.id)
    log = [f"{day(context.local_on(one.at))}: {one.what} {one.detail}".strip() for one in entries]
    asked.sections[:0] = first
    asked.sections.append(("What you did here", rules.listed_in_markdown(log)))


def _role(held: RoleHeld, context: Context) -> str:
    network = context.store.networks.by_id(held.network_id) if held.network_id is not None else None
    role = held.role.value.replace("coordinator", "co-ordinator")
    return f"{role} of {network.name}" if network else role


@feature.command(
    "erase my data",
    does="Erase all that is kept about you",
    also=("erase", "delete my data", "delete me", "forget me"),
    order=87,
    offered=False,
)
def explain_erasure(command: Command, rest: str, context: Context) -> Reply:
    """What goes and what stays, with the button to the form that confirms."""
    return Say(views.what_erasing_means([one.name for one in _alone_in(context)]))


def draw(argument: str, context: Context) -> Form:
    """The form that confirms, always for one's own data. It carries the networks that it says need one."""
    return views.erase_form(_alone_in(context))


@feature.form("erase", draw)
def erase(submission: Submission, context: Context) -> Reply:
    """Erase everything, in this unit of work, and leave a note of it that names nobody."""
    for network_id in context.person.network_ids:
        context.store.networks.hold(network_id)
    if problem := _problem(submission, context):
        form = draw("", context).filled(submission.values)
        return Correct(form, {"confirmation": problem}, redraw=form.argument != submission.argument)
    person_id = context.person.id
    context.announce(ErasureAsked(person_id))
    context.store.audit.forget(person_id)
    context.store.people.erase(person_id)
    context.store.audit.note(context.now, None, "a person erased their data", "", "")
    return Say(views.erased())


def _problem(submission: Submission, context: Context) -> str:
    """What stands in the way of erasing, as a sentence: no confirmation, or that the last one else has just gone."""
    if not rules.is_confirmed(str(submission.values["confirmation"])):
        return views.NOT_CONFIRMED
    untold = rules.untold(_alone_in(context), submission.argument)
    return views.alone_since([one.name for one in untold]) if untold else ""


def _alone_in(context: Context) -> list[Network]:
    """The networks where the person is the only co-ordinator."""
    store, person = context.store, context.person
    networks = store.networks.by_ids(person.network_ids)
    return [
        one
        for one in networks
        if person.holds(Role.COORDINATOR, one.id) and len(store.people.holding(Role.COORDINATOR, one.id)) == 1
    ]
