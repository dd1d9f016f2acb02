"""Every message and form of updates, as it looks in use."""

from collections.abc import Iterable

from handlers.kit.content import Example


def examples() -> Iterable[Example]:
    """Every message and form of this conversation."""
    return ()
