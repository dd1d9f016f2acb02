"""Holds every payload for Slack against Slack's limits, from the documentation and not from the bot's own figures.

Sources: docs.slack.dev/reference/block-kit, /surfaces/modals, /reference/views, as of 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
SURFACES = {"message": 50, "modal": 100, "home": 100}
ONLY_IN_MESSAGES = ("table", "data_visualization")
BLOCKS = ("section", "header", "context", "actions", "input", "rich_text", "divider", *ONLY_IN_MESSAGES)
MARKUP = re.compile(r"<[!@#][^>]*>")


def problems(payload: Json, surface: str) -> list[str]:
    """What Slack would refuse, or what we never want to send; empty if all is well. `surface`: message, modal, home."""
    return list(_payload(payload, surface))


def _payload(payload: Json, surface: str) -> Iterator[str]:
    blocks = payload.get("blocks") or []
    if surface == "message":
        yield from _text_beside(payload)
        if weight(blocks) > 13_000:
            yield f"msg_blocks_too_long: {weight(blocks)}"
    if surface == "modal":
        yield from _modal(payload, blocks)
    if len(blocks) > SURFACES[surface]:
        yield f"{len(blocks)} blocks in a {surface}"
    yield from _ids(blocks)
    for block in blocks:
        yield from _block(block, surface)
    for kind, most in (("data_visualization", 2), ("table", 1)):
        if sum(block.get("type") == kind for block in blocks) > most:
            yield f"more than {most} {kind}"


def weight(blocks: object) -> int:
    """What `msg_blocks_too_long` counts, as far as people found out: letters, and something for each block and button.

    https://github.com/slackapi/bolt-js/issues/2509 and 2867: 9,597 letters in 50 blocks were taken, 11,341 in 45 not.
    """
    if isinstance(blocks, list):
        return sum(map(weight, blocks))
    if not isinstance(blocks, dict):
        return 0
    own = 50 if blocks.get("type") in (*BLOCKS, "button") else 0
    text = blocks.get("text")
    return own + (len(text) if isinstance(text, str) else 0) + sum(map(weight, blocks.values()))


def _text_beside(payload: Json) -> Iterator[str]:
    text = payload.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "no top-level text"
    elif len(text) > 4000:
        yield "top-level text over 4000"
    elif MARKUP.search(text):
        yield "top-level text mentions"


def _modal(view: Json, blocks: list[Json]) -> Iterator[str]:
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _plain(view[name], 24, name)
    if "title" not in view:
        yield "a modal without title"
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        yield "inputs without submit"
    if len(view.get("private_metadata", "")) > 3000:
        yield "private_metadata over 3000"
    if not 0 < len(view.get("callback_id", "")) <= 255:
        yield "callback_id"


def _ids(blocks: list[Json]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "the same block_id twice"
    if any(not 0 < len(one) <= 255 for one in ids):
        yield "block_id length"
    actions = [
        element["action_id"] for block in blocks for element in block.get("elements", ()) if "action_id" in element
    ]
    if len(actions) != len(set(actions)):
        yield "the same action_id twice"


def _block(block: Json, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in BLOCKS:
        yield f"unknown block {kind}"
        return
    if kind in ONLY_IN_MESSAGES and surface != "message":
        yield f"{kind} outside a message"
    if kind == "input" and surface == "message":
        yield "input in a message"
    yield from _CHECKS.get(kind, lambda _: iter(()))(block)


def _section(block: Json) -> Iterator[str]:
    fields = block.get("fields", [])
    if "text" not in block and not fields:
        yield "an empty section"
    if "text" in block:
        yield from _words(block["text"], 3000, "section")
    if len(fields) > 10:
        yield "more than 10 fields"
    for field in fields:
        yield from _words(field, 2000, "field")


def _header(block: Json) -> Iterator[str]:
    yield from _plain(block["text"], 150, "header")


def _context(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _words(element, 3000, "context")


def _actions(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 25:
        yield "actions elements"
    for element in block["elements"]:
        yield from _button(element)


def _button(button: Json) -> Iterator[str]:
    yield from _plain(button["text"], 75, "button")
    for name, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75), ("action_id", 255)):
        if name in button and not 0 < len(button[name]) <= most:
            yield f"button {name}"
    if button.get("style", "primary") not in ("primary", "danger"):
        yield "button style"
    if "confirm" in button:
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _plain(button["confirm"][name], most, f"confirm {name}")


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], 2000, "label")
    if "hint" in block:
        yield from _plain(block["hint"], 2000, "hint")
    element = block["element"]
    kind = element["type"]
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")
    if kind in ("checkboxes", "radio_buttons", "static_select", "multi_static_select"):
        yield from _options(element, 10 if kind in ("checkboxes", "radio_buttons") else 100)
    elif kind == "plain_text_input":
        if len(element.get("initial_value", "")) > element["max_length"] or not 0 < element["max_length"] <= 3000:
            yield "text input length"
    elif kind not in ("datepicker", "users_select", "number_input"):
        yield f"unknown element {kind}"


def _options(element: Json, most: int) -> Iterator[str]:
    options = element["options"]
    if not 0 < len(options) <= most:
        yield f"{len(options)} options in {element['type']}"
    for option in options:
        yield from _plain(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield "option value"
    initial = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    if any(one not in options for one in initial):
        yield "an initial option that is none of the options"
    if "initial_options" in element and not initial:
        yield "no initial options"


def _table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= 100 or any(not 0 < len(row) <= 20 for row in rows):
        yield "table size"
    if len({len(row) for row in rows}) > 1:
        yield "table rows of different lengths"
    if sum(len(cell["text"]) for row in rows for cell in row) > 10_000:
        yield "table over 10,000 characters"
    if any(not cell["text"] or cell["type"] != "raw_text" for row in rows for cell in row):
        yield "table cell"
    if len(block.get("column_settings", [])) > 20:
        yield "column settings"


def _chart(block: Json) -> Iterator[str]:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    if not 0 < len(block["title"]) <= 50:
        yield "chart title"
    names = [series["name"] for series in chart["series"]]
    if not 0 < len(names) <= 6 or len(set(names)) != len(names):
        yield "chart series"
    if not 0 < len(categories) <= 20 or len(set(categories)) != len(categories):
        yield "chart categories"
    if any(not 0 < len(label) <= 20 for label in (*names, *categories)):
        yield "chart labels"
    for series in chart["series"]:
        if [point["label"] for point in series["data"]] != categories:
            yield "a series that does not cover the categories"
        if any(
            isinstance(point["value"], bool) or not isinstance(point["value"], int | float) for point in series["data"]
        ):
            yield "a chart value that is no number"


def _rich_text(block: Json) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            if element["style"] not in ("bullet", "ordered") or not element["elements"]:
                yield "rich text list"
            yield from _rich_text(element)
        elif element["type"] not in ("rich_text_quote", "rich_text_section"):
            yield "rich text"
        else:
            if any(not 0 < len(part["text"]) <= 3000 for part in element["elements"]):
                yield "rich text length"


def _words(text: Json, most: int, where: str) -> Iterator[str]:
    if text["type"] == "plain_text":
        yield from _plain(text, most, where)
        return
    if not 0 < len(text["text"]) <= most:
        yield f"{where} of {len(text['text'])} characters"
    if text.get("verbatim") is not True:
        yield f"{where} is not verbatim"
    if MARKUP.search(text["text"]):
        yield f"{where} mentions"


def _plain(text: Json, most: int, where: str) -> Iterator[str]:
    if text["type"] != "plain_text" or text.get("emoji") is not False:
        yield f"{where} is not plain text without emoji"
    if not 0 < len(text["text"]) <= most:
        yield f"{where} of {len(text['text'])} characters"


_CHECKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "table": _table,
    "data_visualization": _chart,
    "rich_text": _rich_text,
}
