"""Decides what confirms an erasure, and how all that is kept about a person is set out."""

import re
from collections.abc import Iterable, Sequence

from handlers.kit.arguments import number
from handlers.kit.content import MOST_FILE
from handlers.kit.text import WEEKDAYS, day, listed
from storage.records import Account, Network, Person

CONFIRMATION = "erase"


def is_confirmed(typed: str) -> bool:
    """True if someone typed the word that confirms an erasure; quotes, case and a full stop do not matter."""
    return typed.strip(" \t\n\"'“”‘’.").casefold() == CONFIRMATION


def told_of(networks: Iterable[Network]) -> str:
    """The argument of a form that says that these networks have nobody else."""
    return ".".join(str(one.id) for one in networks)


def untold(networks: Iterable[Network], argument: str) -> list[Network]:
    """Those networks that the form with that argument did not name."""
    told = {number(part) for part in argument.split(".")}
    return [one for one in networks if one.id not in told]


def as_markdown(name: str, made_on: str, sections: Iterable[tuple[str, str]]) -> str:
    """One readable Markdown text of all sections; a section without text says that nothing is kept."""
    parts = [f"# All that Weaver keeps about {escaped(name)}", f"Made on {made_on}."]
    for title, text in sections:
        parts += [f"## {title}", text.strip() or "Nothing is kept here."]
    return "\n\n".join(parts) + "\n"


def listed_in_markdown(lines: Sequence[str]) -> str:
    """The lines as a Markdown list, each with what it holds taken literally."""
    return "\n".join(f"- {escaped(line)}" for line in lines)


def in_parts(text: str, most: int = MOST_FILE) -> list[str]:
    """All of the text in parts of at most `most` bytes in UTF-8, each but the last ending with a line."""
    parts, room = [""], most
    for line in text.splitlines(keepends=True):
        size = len(line.encode("utf-8", "replace"))
        if size > room:
            parts.append("")
            room = most
        parts[-1] += line
        room -= size
    return parts


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def profile(person: Person) -> list[str]:
    """Every field of the person's record as a line of words."""
    leave = f"{day(person.leave_from)} to {day(person.leave_to)}" if person.leave_from and person.leave_to else "none"
    return [
        f"Name: {person.name}",
        f"Time zone: {person.time_zone or 'not known'}",
        f"Working days: {listed([WEEKDAYS[one] for one in person.working_days]) or 'none'}",
        f"Working hours: {person.hours_from:%H:%M} to {person.hours_to:%H:%M}",
        f"Bank holidays of: {person.nation or 'not chosen'}",
        f"Leave: {leave}",
        f"Preferred platform: {person.preferred_platform or 'not chosen'}",
    ]


def account_in_words(account: Account, address: str | None) -> str:
    """The account with its workspace, and the address that the platform gave for writing to it."""
    words = f"{account.platform}: {account.user} in {account.workspace}"
    return f"{words}, messages go to {address}" if address else words
