"""Every message and form of a review as it looks in use: the parts of it, each from its own module."""

from collections.abc import Iterable

from handlers.diagnostic import joint_examples, own_examples
from handlers.kit.content import Example


def examples() -> Iterable[Example]:
    """Every message and form of the reviews."""
    yield from own_examples.examples()
    yield from joint_examples.examples()
