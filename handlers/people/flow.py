"""The routes of the conversation about people and roles; each press and form is authorised again."""

from dataclasses import replace

from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.feature import Feature
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.people import rules, views
from storage.records import Account, Network, Person, Role, RoleHeld

feature = Feature("people", examples=views.examples)
REMOVED = "removed a role"
"""What the audit log says where someone's role in a network was taken away."""

EVERYONE = 100_000
"""More people than any network has: a search looks through all of them."""


@feature.command(
    "people",
    does="See, add and remove people and their roles",
    roles=(Role.COORDINATOR, Role.ADMIN),
    order=60,
)
def show_people(command: Command, rest: str, context: Context) -> Reply:
    """The people of one's network, or whoever has the typed words in their name."""
    networks = rules.networks_to_manage(context.person, context.store.networks.all())
    if not networks:
        raise Refusal(views.NOT_YOURS)
    if rest:
        return Say(_found(rest, networks, context))
    return Say(views.which_network(networks) if len(networks) > 1 else _page(networks[0], 0, context))


def _found(words: str, networks: list[Network], context: Context) -> Message:
    hits = [
        (person, network)
        for network in networks
        for person in rules.found(context.store.people.in_network(network.id, EVERYONE), words)
    ]
    return views.found(words, sorted(hits, key=lambda hit: (hit[0].name, hit[1].name)))


def _page(network: Network, page: int, context: Context) -> Message:
    total = context.store.people.count_in(network.id)
    page = min(page, max(0, (total - 1) // views.PAGE))
    people = context.store.people.in_network(network.id, views.PAGE, page * views.PAGE)
    return views.listing(network, people, page, total)


@feature.press("page")
def turn_page(press: Press, context: Context) -> Reply:
    """A page of a network's people, in place."""
    network_id, page = ids(press.argument, 2)
    return Replace(_page(_managed(network_id, context), page, context))


@feature.press("show")
def show_person(press: Press, context: Context) -> Reply:
    """One person's part in one network."""
    network, person = _network_and_person(press.argument, context)
    return Say(views.one_person(person, network, is_oneself=person.id == context.person.id))


def _managed(network_id: int, context: Context) -> Network:
    network = context.store.networks.by_id(network_id)
    if network is None or not rules.may_manage(context.person, network_id):
        raise NotAllowed(f"people of network {network_id}", views.NOT_YOURS)
    return network


def _network_and_person(argument: str, context: Context) -> tuple[Network, Person]:
    network_id, person_id = ids(argument, 2)
    network = _managed(network_id, context)
    person = context.store.people.by_id(person_id)
    if person is None or not rules.roles_in(person, network.id):
        raise _not_there(person_id, network, context)
    return network, person


def _not_there(person_id: int, network: Network, context: Context) -> Refusal:
    """Said kindly of someone who was in the network; noted too where nothing shows that they ever were."""
    if context.store.people.by_id(person_id) is None:
        return NotAllowed(f"nobody in network {network.id}", views.GONE)
    left = [rules.role_in_log(person_id, RoleHeld(role, network.id)) for role in rules.IN_NETWORK]
    if context.store.audit.holds(REMOVED, left):
        return Refusal(views.GONE)
    return NotAllowed(f"person {person_id} who is not in network {network.id}", views.GONE)


def _held_to_change(argument: str, context: Context) -> tuple[Network, Person]:
    """The same two, as they are while nobody else can change who is in the network; the one who acts is judged anew."""
    network_id, _ = ids(argument, 2)
    context.store.networks.hold(network_id)
    return _network_and_person(argument, replace(context, person=_now(context.person, context)))


def _networks_to_add_to(argument: str, context: Context) -> list[Network]:
    if argument:
        return [_managed(ids(argument, 1)[0], context)]
    networks = rules.networks_to_manage(context.person, context.store.networks.all())
    if not networks:
        raise NotAllowed("add people", views.NOT_YOURS)
    return networks


def draw_add(argument: str, context: Context) -> Form:
    """The form that adds someone to the network of the argument, or to one of those that one looks after."""
    return views.add_form(_networks_to_add_to(argument, context), argument)


@feature.form("add", draw_add)
def add_someone(submission: Submission, context: Context) -> Reply:
    """Give the account's person the role; the person is made where the account is new."""
    networks, values = _networks_to_add_to(submission.argument, context), submission.values
    chosen = values.get("network", str(networks[0].id))
    network = next(one for one in networks if str(one.id) == chosen)
    user, name = str(values["person"]), rules.tidy(str(values["name"]))
    if problem := rules.account_problem(user):
        form = draw_add(submission.argument, context).filled(values)
        return Correct(form, {"person": problem})
    account = Account(context.platform, context.workspace, user)
    held = RoleHeld(Role(str(values["role"])), network.id)
    known = context.store.people.by_account(account)
    if known and held in known.roles:
        return Say(views.already(known.name, held.role, network))
    person = known or _add_person(name, account, context)
    context.store.people.add_role(person.id, held)
    context.audit("added a role", rules.role_in_log(person.id, held))
    return Say(views.added(person.name, held.role, network, is_new=known is None))


def _add_person(name: str, account: Account, context: Context) -> Person:
    person = Person(context.store.people.add(name), name)
    context.store.people.add_account(person.id, account)
    context.audit("added a person", f"person {person.id}")
    return person


def draw_change(argument: str, context: Context) -> Form:
    """The form that sets a person's roles in a network."""
    network, person = _network_and_person(argument, context)
    return views.change_form(person, network)


@feature.form("change", draw_change)
def change_roles(submission: Submission, context: Context) -> Reply:
    """Add and take away roles, so that the person holds just those that were chosen."""
    network, person = _held_to_change(submission.argument, context)
    add, remove = rules.changes(person, network.id, submission.values["roles"])
    was_last = RoleHeld(Role.COORDINATOR, network.id) in remove and _is_last(person, network, context)
    if was_last and not context.person.holds(Role.ADMIN):
        form = views.change_form(person, network).filled(submission.values)
        return Correct(
            form, {"roles": views.last_coordinator(person.name, network, is_oneself=person.id == context.person.id)}
        )
    for held in add:
        context.store.people.add_role(person.id, held)
        context.audit("added a role", rules.role_in_log(person.id, held))
    _take_away(person, remove, context)
    may_still = _may_still(network, context)
    return Say(views.changed(_now(person, context), network, may_still=may_still, nobody_left=was_last))


@feature.press("remove")
def remove_from_network(press: Press, context: Context) -> Reply:
    """Take all of a person's roles in the network away; the person stays known, with what they wrote."""
    network, person = _held_to_change(press.argument, context)
    was_last = _is_last(person, network, context)
    if was_last and not context.person.holds(Role.ADMIN):
        raise Refusal(views.last_coordinator(person.name, network, is_oneself=person.id == context.person.id))
    _take_away(person, [RoleHeld(role, network.id) for role in rules.roles_in(person, network.id)], context)
    return Replace(
        views.removed(
            person.name,
            network,
            is_oneself=person.id == context.person.id,
            may_still=_may_still(network, context),
            nobody_left=was_last,
        )
    )


def _is_last(person: Person, network: Network, context: Context) -> bool:
    coordinators = context.store.people.holding(Role.COORDINATOR, network.id)
    return rules.is_last_coordinator(person, network.id, coordinators)


def _take_away(person: Person, roles: list[RoleHeld], context: Context) -> None:
    for held in roles:
        context.store.people.remove_role(person.id, held)
        context.audit(REMOVED, rules.role_in_log(person.id, held))


def _may_still(network: Network, context: Context) -> bool:
    return rules.may_manage(_now(context.person, context), network.id)


def _now(person: Person, context: Context) -> Person:
    return context.store.people.by_id(person.id) or person
