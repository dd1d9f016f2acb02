"""What a person sees of Slack's payloads: text without markup, buttons, and the fields of an open modal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.driver import SeenForm, SeenMessage, SeenQuestion
from bench.slack_service import Posted

Json = dict[str, Any]
MEND = "mend:"
CHOICES = ("radio_buttons", "static_select", "checkboxes", "multi_static_select")


def shown(text: Json) -> str:
    """A text object as it looks."""
    words = str(text["text"])
    if text["type"] == "mrkdwn":
        words = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", words)
        words = re.sub(r"\*([^*\n]+)\*", r"\1", words)
        words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return words


def block_text(block: Json) -> str:
    """A block's words."""
    kind = block["type"]
    if kind == "section":
        return "\n".join(shown(text) for text in ([block["text"]] if "text" in block else []) + block.get("fields", []))
    if kind == "header":
        return shown(block["text"])
    if kind == "context":
        return "\n".join(shown(element) for element in block["elements"])
    if kind == "rich_text":
        return "\n".join(line for element in block["elements"] for line in _rich(element))
    if kind == "table":
        return "\n".join(" | ".join(cell["text"] for cell in row) for row in block["rows"])
    if kind == "data_visualization":
        return "\n".join([block["title"], *_points(block["chart"]["series"])])
    return ""


def _rich(element: Json) -> Iterator[str]:
    """The lines of a part of rich text; a list has one for each of its items."""
    for part in element["elements"]:
        if element["type"] == "rich_text_list":
            yield from (f"• {line}" for line in _rich(part))
        else:
            yield part["text"]


def _points(series: list[Json]) -> list[str]:
    """Each point's label and value, with its series' name where there are several."""
    names = [f", {one['name']}" if len(series) > 1 else "" for one in series]
    named = [(point, name) for one, name in zip(series, names, strict=True) for point in one["data"]]
    return [f"{point['label']}{name}: {point['value']}" for point, name in named]


def text_of(blocks: list[Json]) -> str:
    """All words of these blocks."""
    return "\n".join(filter(None, map(block_text, blocks)))


def buttons(payload: Json) -> list[tuple[str, Json]]:
    """The buttons of a message or page, in order, each with the id of its block."""
    rows = [(block.get("block_id", ""), block) for block in payload.get("blocks", []) if block["type"] == "actions"]
    return [(block_id, element) for block_id, block in rows for element in block["elements"]]


def seen_messages(visible: list[Posted], direct: str) -> list[SeenMessage]:
    """The messages as they look; a file stands with the message that comes after it."""
    messages: list[SeenMessage] = []
    files: dict[str, bytes] = {}
    for posted in visible:
        if posted.files:
            files |= dict(posted.files)
            continue
        messages.append(_seen(posted, bool(posted.only_for) or posted.channel == direct, files))
        files = {}
    return messages


def _seen(posted: Posted, private: bool, files: dict[str, bytes]) -> SeenMessage:
    blocks = posted.payload.get("blocks")
    text = text_of(blocks) if blocks else str(posted.payload["text"])
    labels = tuple(button["text"]["text"] for _, button in buttons(posted.payload))
    return SeenMessage(text, labels, private, files)


def initial(element: Json) -> Json:
    """The state of an input before anyone touches it, as Slack reports it."""
    kind = element["type"]
    if kind in ("checkboxes", "multi_static_select"):
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in ("radio_buttons", "static_select"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date")}
    if kind == "users_select":
        return {"type": kind, "selected_user": element.get("initial_user")}
    return {"type": kind, "value": element.get("initial_value")}


def filled(element: Json, answer: str | tuple[str, ...]) -> Json:
    """The state of an input once that was put into it; choices by their labels."""
    kind = element["type"]
    if kind in CHOICES:
        wanted = (answer,) if isinstance(answer, str) else answer
        chosen = [_choice(element["options"], label) for label in wanted if label]
        several = kind in ("checkboxes", "multi_static_select")
        if several:
            return {"type": kind, "selected_options": chosen}
        return {"type": kind, "selected_option": chosen[0] if chosen else None}
    assert isinstance(answer, str)
    if kind == "datepicker":
        return {"type": kind, "selected_date": answer or None}
    if kind == "users_select":
        return {"type": kind, "selected_user": answer if answer[:1] == "U" else f"U{answer.upper()}"}
    assert len(answer) <= element.get("max_length", 3000), "Slack lets nobody type more than this"
    return {"type": kind, "value": answer or None}


def _choice(options: list[Json], label: str) -> Json:
    exact = [one for one in options if one["text"]["text"] == label]
    return (exact or [one for one in options if one["text"]["text"].startswith(label)])[0]


def is_empty(state: Json) -> bool:
    """True if nothing was put into that input."""
    return not any(value for key, value in state.items() if key != "type")


def _value(state: Json) -> str | tuple[str, ...]:
    if "selected_options" in state:
        return tuple(one["text"]["text"] for one in state["selected_options"])
    if "selected_option" in state:
        return str(state["selected_option"]["text"]["text"]) if state["selected_option"] else ""
    return str(next((value for key, value in state.items() if key != "type" and value), ""))


def seen_form(view: Json, states: dict[str, Json], errors: dict[str, str]) -> SeenForm:
    """An open modal as it looks, with what was typed and the errors that Slack shows at its fields."""
    questions: list[SeenQuestion] = []
    intro: list[str] = []
    told = dict(errors)
    for block in view["blocks"]:
        if block["type"] == "input":
            questions.append(_question(block, states[block["block_id"]], told.get(block["block_id"], "")))
        elif str(block.get("block_id", "")).startswith(MEND):
            told.setdefault(block["block_id"].removeprefix(MEND), block_text(block).removeprefix("Please mend: "))
        else:
            intro.append(block_text(block))
    return SeenForm(view["title"]["text"], "\n".join(intro), tuple(questions))


def _question(block: Json, state: Json, error: str) -> SeenQuestion:
    choices = tuple(one["text"]["text"] for one in block["element"].get("options", ()))
    hint = block["hint"]["text"] if "hint" in block else ""
    return SeenQuestion(block["label"]["text"], hint, _value(state), choices, error)


@dataclass
class Modal:
    """An open modal: its view, what stands in each input, and the errors that Slack shows."""

    view: Json
    states: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def redrawn(self, view: Json) -> Modal:
        """The modal with a new view: inputs of the same ids keep what was typed."""
        old = {block["block_id"]: block["element"] for block in self.inputs()}
        modal = Modal(view)
        for block in modal.inputs():
            key, element = block["block_id"], block["element"]
            before = old.get(key, {})
            same = (before.get("type"), before.get("action_id")) == (element["type"], element["action_id"])
            modal.states[key] = self.states[key] if same else initial(element)
        return modal

    def inputs(self) -> list[Json]:
        """The blocks that can be filled in."""
        return [block for block in self.view["blocks"] if block["type"] == "input"]

    def state(self) -> Json:
        """The view as Slack sends it back, with what was typed."""
        actions = {block["block_id"]: block["element"]["action_id"] for block in self.inputs()}
        values = {key: {actions[key]: state} for key, state in self.states.items()}
        return {**self.view, "state": {"values": values}}
