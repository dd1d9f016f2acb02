"""The routes of reviews, gathered from the modules that declare them."""

from handlers.diagnostic import (
    answering,
    asking,
    ending,
    facts,
    home,
    joint,
    leaving,
    letters,
    privacy,
    results,
    starting,
)
from handlers.diagnostic.feature import feature

__all__ = [
    "answering", "asking", "ending", "facts", "feature", "home", "joint", "leaving", "letters", "privacy",
    "results", "starting",
]  # fmt: skip
