"""The routes of reviews, gathered from the modules that declare them."""

from handlers.diagnostic import (
    answering,
    asking,
    ending,
    exporting,
    facts,
    home,
    joint,
    leaving,
    letters,
    privacy,
    results,
    sharing,
    starting,
)
from handlers.diagnostic.feature import feature

__all__ = [
    "answering", "asking", "ending", "exporting", "facts", "feature", "home", "joint", "leaving", "letters", "privacy",
    "results", "sharing", "starting",
]  # fmt: skip
