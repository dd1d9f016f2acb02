"""Fills an empty database with the made-up programme, and says whom one can be in the browser."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.demo.goals import tell_goals
from bot.demo.history import WEEKS, tell
from bot.demo.plans import began_on, tell_plan
from bot.demo.talks import tell_talks
from bot.platforms.web.demo import Demo, DemoPerson
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile, apply
from handlers.people.rules import ROLE_WORDS
from prompts import demo as words
from storage.records import Account, Home, Role
from storage.unit import Store, Units

PLATFORM, WORKSPACE = "web", "demo"
STRANGER = "someone whom the programme does not know"


def fill(units: Units, clock: Clock) -> Demo:
    """Put the programme and half a year of check-ins and goals, up to the clock's now, into an empty database."""
    programme, now = words.programme(), clock.now()
    networks = [words.network(key) for key in programme["networks"]]
    began = now - timedelta(weeks=WEEKS + 1)
    units.run(partial(_load, programme, networks, began, now)).result()
    for network in networks:
        units.run(partial(tell, network, account, now)).result()
        told = words.goals(network["network"]["key"])
        goal_ids = units.run(partial(tell_goals, network, told, account, now)).result()
        units.run(partial(tell_talks, told, account, now)).result()
        key = network["network"]["key"]
        units.run(partial(tell_plan, key, words.plan(key), goal_ids, account, now)).result()
    return _described(programme, networks)


def account(user: str) -> Account:
    """The account of one of the made-up people."""
    return Account(PLATFORM, WORKSPACE, user)


def _load(
    programme: dict[str, Any], networks: list[dict[str, Any]], began: datetime, now: datetime, store: Store
) -> None:
    people = [
        *_members(networks),
        *((user, name, (FileRole(Role.FACULTY),)) for user, name in programme["faculty"].items()),
    ]
    here = now.astimezone(ZoneInfo(programme["time_zone"])).date()
    file = ProgrammeFile(
        programme["name"],
        programme["time_zone"],
        tuple(_network(one["network"], _started_on(one["network"]["key"], began, here)) for one in networks),
        tuple(FilePerson(name, programme["time_zone"], (account(user),), roles) for user, name, roles in people),
    )
    apply(file, store, began)


def _network(one: dict[str, Any], started_on: date) -> FileNetwork:
    home = Home(PLATFORM, WORKSPACE, one["key"])
    return FileNetwork(one["key"], one["name"], one["purpose"], started_on, home)


def _started_on(key: str, began: datetime, today_on: date) -> date:
    """When the network began: with its plan, if it has one."""
    plan = words.plan(key).get("plan")
    return began_on(plan, today_on) if plan else began.date()


def _members(networks: Iterable[dict[str, Any]]) -> list[tuple[str, str, tuple[FileRole, ...]]]:
    """Each person once, with a role in each of their networks."""
    names: dict[str, str] = {}
    roles: dict[str, tuple[FileRole, ...]] = {}
    for one in networks:
        for user, person in one["people"].items():
            names.setdefault(user, person.get("name", ""))
            roles[user] = (*roles.get(user, ()), FileRole(Role(person["role"]), one["network"]["key"]))
    return [(user, name, roles[user]) for user, name in names.items()]


def _described(programme: dict[str, Any], networks: list[dict[str, Any]]) -> Demo:
    names = {one["network"]["key"]: one["network"]["name"] for one in networks}
    known = {
        user: DemoPerson(user, name, _role_in_words(roles), tuple(names[role.network_key or ""] for role in roles))
        for user, name, roles in _members(networks)
    }
    for user, name in programme["faculty"].items():
        known[user] = DemoPerson(user, name, "Faculty")
    strangers = (DemoPerson(user, name, STRANGER.capitalize()) for user, name in programme["stranger"].items())
    choosable = tuple(known.pop(user) for user in programme["choosable"])
    return Demo((*choosable, *strangers), WORKSPACE, programme["time_zone"], others=frozenset(known))


def _role_in_words(roles: tuple[FileRole, ...]) -> str:
    words = ROLE_WORDS[roles[0].role].capitalize()
    return words if len(roles) == 1 else f"{words} of two networks"
