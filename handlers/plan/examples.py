"""Every message and form of plans, as it looks in use."""

from collections.abc import Iterable

from handlers.kit.content import Example


def examples() -> Iterable[Example]:
    """All of them, in the order of the story."""
    yield from ()
