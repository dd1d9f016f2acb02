"""The routes of reviews, gathered from the modules that declare them."""

from handlers.diagnostic import answering, asking, home, leaving, letters, privacy, starting
from handlers.diagnostic.feature import feature

__all__ = ["answering", "asking", "feature", "home", "leaving", "letters", "privacy", "starting"]
