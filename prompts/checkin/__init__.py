"""The check-in questions that come with the product, as data."""

import tomllib
from importlib.resources import files
from typing import Any


def default_questions() -> list[dict[str, Any]]:
    """The default questions in their order, with the keys of `default.toml`."""
    questions: list[dict[str, Any]] = tomllib.loads(files(__name__).joinpath("default.toml").read_text())["questions"]
    return questions
