"""The routes of reviews, gathered from the modules that declare them."""

from handlers.diagnostic.feature import feature

__all__ = ["feature"]
