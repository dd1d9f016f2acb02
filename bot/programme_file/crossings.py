"""Finds what is wrong between the parts of a programme file: accounts, keys and roles that do not fit together.

Works on whatever tomllib read, sound or not, so that these mistakes are told together with those of shape.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from bot.programme_file.lines import Lines, Path
from bot.programme_file.shape import folded
from handlers.people.rules import ROLE_WORDS
from storage.records import Role

_OF_PROGRAMME = (Role.FACULTY.value, Role.ADMIN.value)
_WORDS = {role.value: words for role, words in ROLE_WORDS.items()}

Found = Iterator[tuple[Path, str]]


def crossings(data: dict[str, Any], lines: Lines) -> Found:
    """Each mistake with the place that it stands at."""
    keys: dict[str, Path] = {}
    for path, network in _tables(data, "networks"):
        key = network.get("key")
        if isinstance(key, str):
            if key in keys:
                yield (*path, "key"), f'the key "{key}" is that of the network in line {lines.of(keys[key])} already.'
            keys.setdefault(key, path)
    accounts: dict[tuple[object, ...], Path] = {}
    for path, person in _tables(data, "people"):
        yield from _accounts(person, path, accounts, data, lines)
        for role_path, role in _tables(person, "roles", path):
            yield from _role(role, role_path, list(keys))


def _accounts(
    person: dict[str, Any], path: Path, taken: dict[tuple[object, ...], Path], data: dict[str, Any], lines: Lines
) -> Found:
    for place, one in _tables(person, "accounts", path):
        account = tuple(one.get(name) for name in ("platform", "workspace", "user"))
        if not all(isinstance(part, str) for part in account):
            continue
        account = tuple(folded(account[0], str(part)) for part in account)
        before = taken.setdefault(account, place)
        if before == place:
            continue
        said = f"the {account[0]} account {account[2]} in {account[1]}"
        if before[:2] == path[:2]:
            yield place, f"{said} stands here twice: keep one."
        else:
            owner = data["people"][before[1]].get("name", "someone else")
            yield place, f"{said} is that of {owner} (line {lines.of(before)}): an account belongs to one person."


def _role(held: dict[str, Any], path: Path, keys: list[str]) -> Found:
    role, network = held.get("role"), held.get("network")
    if role not in _WORDS:
        return
    if role in _OF_PROGRAMME:
        if network is not None:
            yield path, f"{_WORDS[role]} is a role in the whole programme: leave network out."
    elif network is None:
        yield path, f'a {_WORDS[role]} belongs to a network: add network = "KEY" ({_named(keys)}).'
    elif isinstance(network, str) and network not in keys:
        close = get_close_matches(network, keys, 1)
        asked = f'Did you mean "{close[0]}"?' if close else f"({_named(keys)})"
        yield path, f'there is no network with the key "{network}" in this file. {asked}'


def _named(keys: list[str]) -> str:
    return f"the keys are {', '.join(keys[:10])}" if keys else "there is no network yet: add [[networks]]"


def _tables(data: dict[str, Any], key: str, above: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each table in the list under the key, with its path; nothing where there is no such list."""
    found = data.get(key)
    for index, one in enumerate(found if isinstance(found, list) else ()):
        if isinstance(one, dict):
            yield (*above, key, index), one
