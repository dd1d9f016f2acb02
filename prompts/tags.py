"""Reads the entries of our own TOML files with their tags, and says what is wrong with each, all at once."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

Entry = Mapping[str, Any]
T = TypeVar("T", bound=StrEnum)
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A key never changes: what was kept is found by it. What people add can never clash: `own:12` has a colon."""


def entries(
    text: str, table: str, of: str, wrong: Callable[[Entry], Iterable[str]], words: str = "text"
) -> list[Entry]:
    """The entries of `table` in a TOML text; `of` is what one is called, `words` the field that no two have alike.

    Raises ValueError that names every wrong entry at once, a line for each; `wrong` says what else is wrong with one.
    """
    found: list[Entry] = tomllib.loads(text).get(table, [])
    problems = [f"{of} {one.get('key', number)}: {what}" for number, one in enumerate(found, 1)
                for what in (*_wrong_key(one), *wrong(one))]  # fmt: skip
    problems += [f"{of} {key}: its key stands twice" for key in twice(one.get("key") for one in found)]
    problems += [f"its words stand twice: {each}" for each in twice(one.get(words) for one in found)]
    if problems or not found:
        raise ValueError("\n".join(problems) or f"there is no {of}")
    return found


def strange(entry: Entry, fields: Iterable[str], of: str) -> Iterator[str]:
    """What stands in an entry and is no field of it."""
    yield from (f"{name} is no field of {of}" for name in entry if name not in fields)


def wrong_words(entry: Entry, *names: str) -> Iterator[str]:
    """What is wrong with the fields that hold a sentence."""
    yield from (f"it has no {name}" for name in names if not _is_said(entry.get(name)))


def wrong_list(entry: Entry, name: str, least: int, most: int) -> Iterator[str]:
    """What is wrong with a field that holds from `least` to `most` sentences."""
    values = entry.get(name)
    if not isinstance(values, list) or not least <= len(values) <= most or not all(map(_is_said, values)):
        yield f"{name} is a list of {least if least == most else f'{least} to {most}'} sentences"


def wrong_tags(entry: Entry, lists: Mapping[str, type[StrEnum]]) -> Iterator[str]:
    """What is wrong with the fields that hold a list of tags; a field that is not there is right."""
    for name, tags in lists.items():
        values = entry.get(name, [])
        yield from wrong_tag(name, tags, values) if isinstance(values, list) else (f"{name} is a list in brackets",)


def wrong_tag(name: str, tags: type[StrEnum], values: Iterable[object]) -> Iterator[str]:
    """What is wrong with tags of one sort."""
    known = set(tags)
    yield from (f"{name} is {value!r}; it can be {either(tags)}" for value in values if value not in known)


def tagged(tags: type[T], values: Iterable[str] | None) -> frozenset[T]:
    """The tags that an entry names; none: it fits any."""
    return frozenset(tags(value) for value in values or ())


def either(tags: type[StrEnum]) -> str:
    """The values of a tag, as a choice in words."""
    return " or ".join(tags)


def twice(values: Iterable[object]) -> list[str]:
    """What is given more than once."""
    given = [str(value) for value in values if value is not None]
    return [value for value in dict.fromkeys(given) if given.count(value) > 1]


def _wrong_key(entry: Entry) -> Iterator[str]:
    key = entry.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        yield "a key is of small letters, digits and hyphens"


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
