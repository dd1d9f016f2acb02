"""The routes of `plan`: they stand in the modules that are imported here."""

from handlers.plan.feature import feature

__all__ = ["feature"]
