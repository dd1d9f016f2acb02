"""The words of the demonstration: three made-up networks, and what their people said and wanted over half a year."""

import tomllib
from importlib.resources import files
from typing import Any


def programme() -> dict[str, Any]:
    """The made-up programme, with the keys that `programme.toml` explains."""
    return _read("programme")


def network(key: str) -> dict[str, Any]:
    """One network's file, with the keys that `patients-teach.toml` explains."""
    return _read(key)


def goals(key: str) -> dict[str, Any]:
    """The goals of one network, with the keys that `patients-teach-goals.toml` explains."""
    return _read(f"{key}-goals")


def plan(key: str) -> dict[str, Any]:
    """The reviews, the plan and the pulse of one network, with the keys that `open-door-plan.toml` explains."""
    return _read(f"{key}-plan")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
