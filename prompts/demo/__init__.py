"""The words of the demonstration: three made-up networks and what their people said over half a year, as data."""

import tomllib
from importlib.resources import files
from typing import Any


def programme() -> dict[str, Any]:
    """The made-up programme, with the keys that `programme.toml` explains."""
    return _read("programme")


def network(key: str) -> dict[str, Any]:
    """One network's file, with the keys that `patients-teach.toml` explains."""
    return _read(key)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
