"""Every message and form of plans, as it looks in use."""

from collections.abc import Iterable

from handlers.kit.content import Example
from handlers.plan import examples_of_many


def examples() -> Iterable[Example]:
    """All of them, in the order of the story."""
    yield from examples_of_many.examples()
