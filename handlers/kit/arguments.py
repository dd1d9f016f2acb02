"""Reads the ids that buttons and forms carry: short numbers with a full stop between, such as "3.12"."""

from handlers.kit.errors import NotAllowed

_MOST_DIGITS = 9
"""Digits of an id at the most: every such number fits the databases' integers."""


def number(text: str) -> int | None:
    """The id that the text is; None where it is anything but one to nine ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def ids(argument: str, count: int) -> tuple[int, ...]:
    """The ids of an argument that has just so many. Raises NotAllowed for any other: no button of ours carries it."""
    parts = argument.split(".", count)
    found = tuple(one for part in parts if (one := number(part)) is not None)
    if not len(found) == len(parts) == count:
        raise NotAllowed("a malformed button or form")
    return found
