"""Decides who may change whose roles, and how roles are said."""

import re
from collections.abc import Iterable, Sequence

from handlers.kit.text import listed
from storage.records import Network, Person, Role, RoleHeld

ROLE_WORDS = {
    Role.MEMBER: "member",
    Role.COORDINATOR: "co-ordinator",
    Role.LEADER: "leader",
    Role.FACULTY: "faculty",
    Role.ADMIN: "administrator",
}
IN_NETWORK = (Role.MEMBER, Role.COORDINATOR, Role.LEADER)
"""The roles that are held in a network; the others, in the programme, are set by the programme file only."""


def role_in_words(role: Role, network: str | None) -> str:
    """The role as it stands after "is now": "a leader of X", "a faculty member", "an administrator"."""
    if network is not None:
        return f"a {ROLE_WORDS[role]} of {network}"
    return {Role.FACULTY: "a faculty member", Role.ADMIN: "an administrator"}.get(role, f"a {ROLE_WORDS[role]}")


def roles_in(person: Person, network_id: int) -> tuple[Role, ...]:
    """The roles that the person holds in that network, in a steady order."""
    return tuple(role for role in IN_NETWORK if person.holds(role, network_id))


def roles_in_words(roles: Iterable[Role]) -> str:
    """The roles as "a member and a leader"."""
    return listed([f"a {ROLE_WORDS[role]}" for role in roles])


def may_manage(person: Person, network_id: int) -> bool:
    """True for the network's co-ordinators and for administrators."""
    return person.holds(Role.ADMIN) or person.holds(Role.COORDINATOR, network_id)


def networks_to_manage(person: Person, networks: Iterable[Network]) -> list[Network]:
    """The networks whose people this person may add, change and remove."""
    return [one for one in networks if may_manage(person, one.id)]


def is_last_coordinator(person: Person, network_id: int, coordinators: Sequence[Person]) -> bool:
    """True if nobody would be left to co-ordinate the network without this person."""
    return person.holds(Role.COORDINATOR, network_id) and len(coordinators) == 1


def changes(person: Person, network_id: int, wanted: Iterable[str]) -> tuple[list[RoleHeld], list[RoleHeld]]:
    """What to add and what to take away, so that the person holds exactly the wanted roles in the network."""
    now = set(roles_in(person, network_id))
    then = {Role(one) for one in wanted}
    return _held(then - now, network_id), _held(now - then, network_id)


def _held(roles: set[Role], network_id: int) -> list[RoleHeld]:
    return [RoleHeld(role, network_id) for role in IN_NETWORK if role in roles]


def role_in_log(person_id: int, held: RoleHeld) -> str:
    """A person's role as the audit log names it."""
    return f"person {person_id} {held.role} network {held.network_id}"


def found(people: Iterable[Person], words: str) -> list[Person]:
    """Those in whose name each of the typed words begins a word; if there are none, those whose name has
    them all.
    """
    typed = words.casefold().split()
    everyone = list(people)
    begins = [one for one in everyone if all(_begins(word, one.name) for word in typed)]
    return begins or [one for one in everyone if all(word in one.name.casefold() for word in typed)]


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in re.split(r"[\s\-']+", name.casefold()))


def account_problem(user: str) -> str:
    """Why the chosen account cannot be one, as a sentence; empty where it can."""
    fits = 0 < len(user) <= 128 and not re.search(r"\s", user)
    return "" if fits else "Please choose a person from the list."


def tidy(name: str) -> str:
    """The name with single spaces."""
    return " ".join(name.split())
