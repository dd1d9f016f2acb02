"""Reads the parts of a payload, each checked for its type, and what a modal was filled with."""

import json
from collections.abc import Mapping
from typing import Any

from bot.platforms.slack.text import clean
from bot.platforms.slack.views import NO_ANSWER

Body = Mapping[str, Any]


class Malformed(Exception):
    """A payload that Slack would not send: it is refused with a 4xx. Its text never holds a value of the payload."""


def text(body: Body, key: str) -> str:
    """That field: a string with something in it."""
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise Malformed(f"{key} is missing")
    return value


def optional(body: Body, key: str) -> str:
    """That field: a string, empty where it is missing or null."""
    value = body.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{key} is no text")
    return value


def mapping(body: Body, key: str) -> Body:
    """That field: an object."""
    value = body.get(key)
    if not isinstance(value, Mapping):
        raise Malformed(f"{key} is no object")
    return value


def form_argument(view: Body) -> str:
    """The form's argument, which the modal carries in its private metadata."""
    return optional(_metadata(view), "argument")


def is_from_home(view: Body) -> bool:
    """True if the modal was opened in App Home."""
    return _metadata(view).get("home") is True


def inputs(view: Body) -> tuple[Body, ...]:
    """The modal's blocks that can be filled in."""
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        raise Malformed("no blocks")
    return tuple(block for block in blocks if isinstance(block, Mapping) and block.get("type") == "input")


def _metadata(view: Body) -> Body:
    try:
        held = json.loads(text(view, "private_metadata"))
    except (ValueError, RecursionError):
        raise Malformed("private_metadata is no JSON") from None
    if not isinstance(held, Mapping):
        raise Malformed("private_metadata is no object")
    return held


def values(view: Body) -> dict[str, str | tuple[str, ...]]:
    """What stands in the modal's inputs, by question key, in the kit's canonical text; empty where one is empty.

    So a field that somebody emptied is told apart from one that is not there.
    """
    filled: dict[str, str | tuple[str, ...]] = {}
    for key, actions in mapping(mapping(view, "state"), "values").items():
        if not isinstance(actions, Mapping) or len(actions) != 1:
            raise Malformed("an input has not one value")
        state = next(iter(actions.values()))
        if not isinstance(state, Mapping):
            raise Malformed("an input is no object")
        filled[key] = _value(state)
    return filled


def _value(state: Body) -> str | tuple[str, ...]:
    """One input's value: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    kind = text(state, "type")
    if kind in ("checkboxes", "multi_static_select"):
        return tuple(_several(state.get("selected_options")))
    if kind in ("radio_buttons", "static_select"):
        chosen = state.get("selected_option")
        value = "" if chosen is None else text(mapping(state, "selected_option"), "value")
        return "" if value == NO_ANSWER else value
    if kind == "datepicker":
        return optional(state, "selected_date")
    if kind == "users_select":
        return optional(state, "selected_user")
    if kind in ("plain_text_input", "number_input"):
        return clean(optional(state, "value"))
    raise Malformed("an input of an unknown kind")


def _several(options: object) -> list[str]:
    if options is None:
        return []
    if not isinstance(options, list) or not all(isinstance(one, Mapping) for one in options):
        raise Malformed("options are no list")
    return [text(one, "value") for one in options]
