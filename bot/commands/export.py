"""`export`: writes out everything that is kept about one person, for someone who asks outside the chat."""

import argparse
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.commands import Stop, in_database, settings

if TYPE_CHECKING:
    from storage.records import Person
    from storage.unit import Store


def run(arguments: argparse.Namespace) -> int:
    """Print the person's data, or write it to `--out`. Raises Stop where nobody or several people are meant."""
    text = in_database(settings(), lambda store: _exported(arguments.person, store))
    if arguments.out is None:
        print(text, end="")
        return 0
    try:
        # Only the user of this account may read it.
        with os.fdopen(os.open(arguments.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
    except OSError as error:
        raise Stop(f"{arguments.out} cannot be written ({error.strerror}).") from None
    print(f"Written to {arguments.out}.")
    return 0


def _exported(asked_for: str, store: "Store") -> str:
    from handlers import find_routes
    from handlers.kit.context import Context
    from handlers.privacy.flow import everything_about

    person = _found(asked_for, store)
    now, programme = datetime.now(UTC), store.networks.programme()
    context = Context(store, now, person, programme, "command line", find_routes())
    text = everything_about(context)
    store.audit.note(now, person.id, "data exported from the command line", "", "command line")
    return text


def _found(asked_for: str, store: "Store") -> "Person":
    by_number = store.people.by_id(int(asked_for)) if asked_for.isascii() and asked_for.isdigit() else None
    found = [by_number] if by_number else store.people.named(asked_for.strip())
    if not found:
        raise Stop(f"There is nobody called {asked_for!r}: give the whole name, as it stands in settings.")
    if len(found) > 1:
        numbers = ", ".join(str(person.id) for person in found)
        raise Stop(f"{len(found)} people are called {asked_for!r}: give one of their numbers, {numbers}.")
    return found[0]
