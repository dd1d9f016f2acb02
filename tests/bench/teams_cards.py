"""Reads cards as a person does: the words, buttons and fields that are to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.driver import SeenForm, SeenQuestion

Json = dict[str, Any]


def visible(element: Json) -> Iterator[Json]:
    """The element and all that is shown inside it."""
    if element.get("isVisible") is False:
        return
    yield element
    for name in ("body", "items", "inlines", "rows", "cells", "actions"):
        for inner in element.get(name, []):
            yield from visible(inner)


def text_of(card: Json) -> str:
    """All words of a card, a line each."""
    return "\n".join(line for element in visible(card) for line in _lines(element) if line.strip())


def _lines(element: Json) -> Iterator[str]:
    kind = element["type"]
    if kind == "RichTextBlock":
        yield "".join(run["text"] for run in element["inlines"])
    elif kind == "TextBlock":
        yield _unescaped(element["text"])
    elif kind == "FactSet":
        for fact in element["facts"]:
            yield f"{_unescaped(fact['title'])}: {_unescaped(fact['value'])}"
    elif kind.startswith("Chart."):
        yield element["title"]
        if element["fallback"] != "drop":
            yield from (line for inner in visible(element["fallback"]) for line in _lines(inner))


def _unescaped(text: str) -> str:
    return "".join(text[at] for at in range(len(text)) if text[at] != "\\" or text[at - 1 : at] == "\\")


def buttons(card: Json) -> list[Json]:
    """The actions that can be pressed, in order."""
    return [element for element in visible(card) if element["type"].startswith("Action.") and "title" in element]


def hidden(card: Json, id_: str) -> Json:
    """The element with this id, hidden or not."""
    found = (one for one in _all(card) if one.get("id") == id_)
    return next(found)


def _all(element: Json) -> Iterator[Json]:
    yield element
    for name in ("body", "items"):
        for inner in element.get(name, []):
            yield from _all(inner)


def fields(card: Json) -> list[Json]:
    """The fields of a form, in order."""
    return [element for element in visible(card) if element["type"].startswith("Input.")]


def is_form(card: Json) -> bool:
    """True if the card sends itself as a form."""
    return any("form" in action.get("data", {}) and not action["data"].get("open") for action in buttons(card))


def seen_form(title: str, card: Json, missing: dict[str, str]) -> SeenForm:
    """The form as it is seen; `missing`: sentences that the client itself shows, by field id."""
    texts = {element["id"]: next(_lines(element), "") for element in visible(card) if "id" in element}
    intro = [line for element in card["body"] for line in _lines(element)]
    questions = tuple(_question(field, texts, missing) for field in fields(card))
    return SeenForm(title, "\n".join(intro), questions)


def _question(field: Json, texts: dict[str, str], missing: dict[str, str]) -> SeenQuestion:
    key = field["id"].split(".", 1)[1]
    names = {choice["value"]: choice["title"] for choice in field.get("choices", [])}
    value = str(field.get("value", ""))
    several = tuple(names.get(one, one) for one in value.split(",") if one)
    shown = several if field.get("isMultiSelect") else names.get(value, value)
    error = missing.get(field["id"], "") or texts.get(f"{key}.error", "")
    return SeenQuestion(field["label"], texts.get(f"{key}.hint", ""), shown, tuple(names.values()), error)


def fill(field: Json, answer: str | tuple[str, ...]) -> str:
    """What the client would send for this answer: text, or the values of the labels that were chosen."""
    values = {choice["title"]: choice["value"] for choice in field.get("choices", [])}
    chosen = (answer,) if isinstance(answer, str) else answer
    if not values:
        return str(answer)
    return ",".join(_chosen(values, one) for one in chosen if one)


def _chosen(values: dict[str, str], label: str) -> str:
    if label in values:
        return values[label]
    return next(value for title, value in values.items() if title.startswith(label))
