"""Holds what the bot sends to Teams against what Teams takes: Adaptive Cards 1.5, its own additions, and its
limits.

From the Adaptive Cards 1.5 schema and Teams' pages on cards, charts, dialogs and message size (platforms.md, 2).
Stricter than both: only what the bot needs is let through, and what accessibility needs must be there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bench.teams_files import CONSENT, INFO, file_problems

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
MOST_BYTES = 100_000
COMMON = {"type", "id", "isVisible", "separator", "spacing", "fallback", "height"}
ACTION = {"type", "id", "title", "style", "tooltip", "fallback", "isEnabled", "mode"}
INPUT = COMMON | {"label", "isRequired", "errorMessage", "value"}

SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "TextBlock": ({"text", "wrap"}, COMMON | {"size", "weight", "color", "isSubtle", "style", "maxLines"}),
    "RichTextBlock": ({"inlines"}, COMMON | {"horizontalAlignment"}),
    "TextRun": (
        {"text"},
        {"type", "color", "isSubtle", "italic", "size", "weight", "underline", "selectAction", "fontType"},
    ),
    "Container": ({"items"}, COMMON | {"style", "bleed"}),
    "FactSet": ({"facts"}, COMMON),
    "ActionSet": ({"actions"}, COMMON),
    "Table": ({"columns", "rows"}, COMMON | {"showGridLines", "gridStyle"}),
    "TableRow": ({"cells"}, {"type", "style"}),
    "TableCell": ({"items"}, {"type", "style"}),
    "Chart.Line": (
        {"data", "title", "fallback"},
        COMMON | {"xAxisTitle", "yAxisTitle", "yMin", "yMax", "colorSet"},
    ),
    "Chart.VerticalBar": (
        {"data", "title", "fallback"},
        COMMON | {"xAxisTitle", "yAxisTitle", "yMin", "yMax", "colorSet", "showBarValues"},
    ),
    "Chart.VerticalBar.Grouped": (
        {"data", "title", "fallback"},
        COMMON | {"xAxisTitle", "yAxisTitle", "yMin", "yMax", "colorSet", "showTitle", "showBarValues", "stacked"},
    ),
    "Input.Text": (
        {"id", "label"},
        INPUT | {"isMultiline", "maxLength", "placeholder", "regex", "style"},
    ),
    "Input.Number": ({"id", "label"}, INPUT | {"min", "max", "placeholder"}),
    "Input.Date": ({"id", "label"}, INPUT | {"min", "max", "placeholder"}),
    "Input.ChoiceSet": (
        {"id", "label", "choices"},
        INPUT | {"isMultiSelect", "style", "wrap", "placeholder", "choices.data"},
    ),
    "Data.Query": ({"dataset"}, {"type"}),
    "Action.Submit": ({"title", "data"}, ACTION),
    "Action.Execute": ({"title", "verb", "data", "fallback"}, ACTION),
    "Action.ToggleVisibility": ({"title", "targetElements"}, ACTION),
    "Action.OpenUrl": ({"url"}, ACTION),
    "AdaptiveCard": ({"version", "body", "fallbackText"}, {"type", "$schema", "lang", "msteams"}),
}
PLACES = {
    "body": {"TextBlock", "RichTextBlock", "Container", "FactSet", "ActionSet", "Table", "Chart", "Input"},
    "items": {"TextBlock", "RichTextBlock", "Container", "FactSet", "ActionSet", "Table", "Chart", "Input"},
    "inlines": {"TextRun"},
    "rows": {"TableRow"},
    "cells": {"TableCell"},
    "actions": {"Action"},
    "choices.data": {"Data"},
    "selectAction": {"Action"},
}


def problems(activity: Json) -> list[str]:
    """What Teams would refuse or spoil in an activity that a bot sends; nothing when all is well."""
    found = [] if activity.get("summary") else ["a message without a summary for its notification"]
    if size(activity) > MOST_BYTES:
        found.append(f"{size(activity)} bytes, Teams takes {MOST_BYTES}")
    attachments = activity.get("attachments", [])
    if not attachments and not activity.get("text"):
        found.append("an empty message")
    for attachment in attachments:
        kind = attachment.get("contentType")
        if kind in (CONSENT, INFO):
            found += file_problems(attachment)
        else:
            found += card_problems(attachment.get("content", {}))
            found += [] if kind == CARD else ["an attachment that is not a card"]
    return found


def dialog_problems(answer: Json) -> list[str]:
    """What Teams would refuse in the answer to task/fetch or task/submit."""
    if not answer:
        return []
    value = answer["task"]["value"]
    found = [] if answer["task"]["type"] == "continue" else ["not a dialog"]
    found += [] if value.get("title") and len(value["title"]) <= 64 else ["a dialog's title"]
    card = value["card"]["content"]
    found += card_problems(card)
    found += [] if size(answer) <= MOST_BYTES else ["a dialog that is too large"]
    kinds = {element["type"] for element in walk(card)}
    return found + (["Action.Execute in a dialog"] if "Action.Execute" in kinds else [])


def size(content: Json) -> int:
    """Bytes in UTF-16."""
    return len(json.dumps(content, ensure_ascii=False).encode("utf-16-le"))


def card_problems(card: Json) -> list[str]:
    """What is wrong with one card."""
    elements = list(walk(card))
    found = [problem for element in elements for problem in _shape(element)]
    found += [problem for element in elements for problem in _rules(element)]
    ids = [element["id"] for element in elements if "id" in element]
    found += [f"two elements with the id {id_}" for id_ in set(ids) if ids.count(id_) > 1]
    targets = [target for element in elements for target in element.get("targetElements", [])]
    found += [f"nothing to show at {target}" for target in targets if target not in ids]
    return found + ([] if card.get("version") == "1.5" else ["not version 1.5"])


def walk(element: Json) -> Iterator[Json]:
    """The element and all elements inside it."""
    yield element
    for name, inner in element.items():
        if name in PLACES or (name == "fallback" and isinstance(inner, dict)):
            for one in inner if isinstance(inner, list) else [inner]:
                yield from walk(one)


def _shape(element: Json) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in SHAPES:
        yield f"unknown element {kind}"
        return
    needed, allowed = SHAPES[kind]
    yield from (f"{kind} without {name}" for name in needed if element.get(name) in (None, ""))
    yield from (f"{kind} with an unknown {name}" for name in element if name not in needed | allowed)
    for name, inner in element.items():
        if name in PLACES:
            for one in inner if isinstance(inner, list) else [inner]:
                if one.get("type", "").split(".")[0] not in {place.split(".")[0] for place in PLACES[name]}:
                    yield f"{one.get('type')} inside {kind}.{name}"


def _rules(element: Json) -> Iterator[str]:
    kind = element["type"]
    if element.get("isRequired") and not element.get("errorMessage"):
        yield "a required field without its sentence"
    if len(element.get("title", "")) > 200 and kind.startswith("Action"):
        yield "a button's label is too long"
    if kind == "ActionSet" and not 1 <= len(element["actions"]) <= 6:
        yield f"{len(element['actions'])} buttons in a row, Teams shows six"
    if kind in ("Container", "RichTextBlock", "FactSet") and not element.get(
        {"Container": "items", "FactSet": "facts"}.get(kind, "inlines")
    ):
        yield f"an empty {kind}"
    if kind == "Table":
        yield from _table(element)
    if kind == "Input.ChoiceSet":
        yield from _choices(element)
    if kind == "Input.Number" and not isinstance(element.get("value", 0), int | float):
        yield "a number's value is text"
    if kind.startswith("Chart.") and not element["data"]:
        yield "an empty chart"
    if kind == "Chart.VerticalBar.Grouped":
        yield from _grouped(element)


def _table(element: Json) -> Iterator[str]:
    width = len(element["columns"])
    if any(len(row["cells"]) != width for row in element["rows"]):
        yield "a table's row with too few or too many cells"


def _grouped(element: Json) -> Iterator[str]:
    """https://github.com/microsoft/teams.py/blob/main/packages/cards/src/microsoft_teams/cards/core.py"""
    for series in element["data"]:
        if set(series) - {"color"} != {"legend", "values"} or not series["values"]:
            yield "a series of bars without its legend or values"
        if any(set(one) != {"x", "y"} or not isinstance(one["y"], int | float) for one in series["values"]):
            yield "a bar that is no name and number"


def _choices(element: Json) -> Iterator[str]:
    values = [choice["value"] for choice in element["choices"]]
    if not values and "choices.data" not in element:
        yield "a list without choices"
    if len(set(values)) != len(values):
        yield "two choices of one value"
    several = element.get("isMultiSelect", False)
    if several and any("," in value for value in values):
        yield "a comma in a value among several"
    chosen = str(element.get("value", ""))
    picked = [one for one in (chosen.split(",") if several else [chosen]) if one]
    if values and any(one not in values for one in picked):
        yield "a value that is not among the choices"
