"""Handlers decide: each folder here is one conversation, found by itself and held to one table of routes."""

import importlib
import pkgutil
from functools import cache

from handlers.kit.feature import Feature, Routes


@cache
def find_routes() -> Routes:
    """The routes of every feature: each package here that has a `flow` module. Raises ValueError on a name twice."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg and module.name != "kit")
    features: list[Feature] = [importlib.import_module(f"{__name__}.{name}.flow").feature for name in names]
    return Routes(features)
