"""Puts a programme file into the database: networks, people, accounts and roles; safe to repeat.

A load adds and updates. It never removes a person, an account or a role: a database cannot tell what an
older file listed from what a co-ordinator added in chat, so what has left the file stays until someone
removes it in chat with `people`. A name or time zone that a person set themselves in `settings` stays too
(the audit log knows which).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from handlers.kit.errors import Refusal
from handlers.kit.posts import HOME_MADE
from handlers.kit.template import product_questions
from handlers.kit.text import counted
from handlers.people.rules import role_in_words
from storage.records import Account, Home, Network, Person, Role, RoleHeld
from storage.unit import Store

SETTINGS_CHANGED = "changed settings"
"""What the audit log says where a person changed their own settings; the detail names the fields."""


@dataclass(frozen=True, slots=True)
class FileNetwork:
    """A network of the file; `key` names it for good."""

    key: str
    name: str
    purpose: str = ""
    started_on: date | None = None
    home: Home | None = None


@dataclass(frozen=True, slots=True)
class FileRole:
    """A role of the file, in the network with that key; None for a role in the programme."""

    role: Role
    network_key: str | None = None


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A person of the file, known by any of their accounts."""

    name: str
    time_zone: str | None
    accounts: tuple[Account, ...]
    roles: tuple[FileRole, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A whole programme file, read and found sound: each account once, each role in a network that is
    there.
    """

    name: str
    time_zone: str
    networks: tuple[FileNetwork, ...] = ()
    people: tuple[FilePerson, ...] = ()
    messages_a_week: int | None = None
    signpost: str | None = None


def apply(programme: ProgrammeFile, store: Store, now: datetime) -> list[str]:
    """Put the file into the database; returns one line for each change, none where nothing changed.

    Raises Refusal, with nothing kept by the caller's unit of work, where the accounts of one person of the
    file belong to two people already.
    """
    lines = [*_programme(programme, store)]
    for network in programme.networks:
        lines += _network(network, store, now)
    for person in programme.people:
        lines += _person(person, store)
    if lines:
        store.audit.note(now, None, "loaded a programme file", f"changes {len(lines)}", "load")
    return lines


def _programme(file: ProgrammeFile, store: Store) -> Iterator[str]:
    before = store.networks.programme()
    if (before.name, before.time_zone) != (file.name, file.time_zone):
        store.networks.keep_programme(file.name, file.time_zone)
        yield f"The programme is {file.name}, with the time zone {file.time_zone}"
    most = file.messages_a_week
    if most is not None and most != before.messages_a_week:
        store.networks.keep_messages_a_week(most)
        yield f"People now get at most {counted(most, 'message', 'messages')} a week that they did not ask for"
    if file.signpost is not None and file.signpost != store.networks.signpost():
        store.networks.keep_signpost(file.signpost)
        yield "Words that point to harm are now answered as the file says"


def _network(file: FileNetwork, store: Store, now: datetime) -> Iterator[str]:
    known = store.networks.by_key(file.key)
    wanted = (file.name, file.purpose, file.started_on, _home(file, known, store))
    if known is None:
        network_id = store.networks.add(file.key, *wanted)
        yield f"Added the network {file.name}"
    else:
        network_id = known.id
        if wanted != (known.name, known.purpose, known.started_on, known.home):
            store.networks.change(known.id, *wanted)
            yield f"Updated the network {file.name}"
    if store.templates.current(network_id) is None:
        store.templates.add(network_id, product_questions(), now, None)


def _home(file: FileNetwork, known: Network | None, store: Store) -> Home | None:
    """Loading takes no home away, and where a co-ordinator has chosen one in its channel, theirs counts."""
    if known is None:
        return file.home
    is_chosen = file.home is not None and store.audit.holds(HOME_MADE, [f"network {known.id}"])
    return known.home if file.home is None or is_chosen else file.home


def _person(file: FilePerson, store: Store) -> Iterator[str]:
    known = _known(file, store)
    if known is None:
        known = Person(store.people.add(file.name), file.name)
        yield f"Added {file.name}"
        if file.time_zone:
            store.people.change(known.id, {"time_zone": file.time_zone})
    else:
        yield from _details(file, known, store)
    had = store.people.accounts_of(known.id)
    for account in file.accounts:
        if account not in had:
            store.people.add_account(known.id, account)
            if had:
                yield f"{file.name} now has the {account.platform} account {account.user}"
    yield from _roles(file, known, store)


def _known(file: FilePerson, store: Store) -> Person | None:
    found = {person.id: person for one in file.accounts if (person := store.people.by_account(one))}
    if len(found) > 1:
        names = " and ".join(sorted(person.name for person in found.values()))
        raise Refusal(
            f"The accounts of {file.name} belong to {len(found)} people here already: {names}. "
            "Keep one: ask the other to type erase my data, or leave their account out of the file."
        )
    return next(iter(found.values()), None)


def _details(file: FilePerson, known: Person, store: Store) -> Iterator[str]:
    wanted = {"name": file.name, "time_zone": file.time_zone or known.time_zone}
    changes = {field: value for field, value in wanted.items() if value != getattr(known, field)}
    if changes:
        changes = {field: value for field, value in changes.items() if field not in _own_choices(known, store)}
    if changes:
        store.people.change(known.id, changes)
    if "name" in changes:
        yield f"{known.name} is now called {file.name}"
    if "time_zone" in changes:
        yield f"{file.name} now has the time zone {file.time_zone}"


def _own_choices(known: Person, store: Store) -> set[str]:
    entries = store.audit.of_person(known.id)
    return {field for one in entries if one.what == SETTINGS_CHANGED for field in one.detail.split()}


def _roles(file: FilePerson, known: Person, store: Store) -> Iterator[str]:
    for wanted in dict.fromkeys(file.roles):
        network = store.networks.by_key(wanted.network_key) if wanted.network_key else None
        held = RoleHeld(wanted.role, network.id if network else None)
        if held not in known.roles:
            store.people.add_role(known.id, held)
            yield f"{file.name} is now {role_in_words(wanted.role, network.name if network else None)}"
