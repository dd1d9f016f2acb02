"""Buttons as Adaptive Card actions, in rows that Teams shows whole. Pure."""

import enum
from collections.abc import Iterator

from bot.platforms.teams.limits import MOST_ACTIONS, MOST_LABEL, Json
from bot.platforms.teams.words import data, runs
from handlers.kit.content import Button

NO = "No, go back"


class Shown(enum.Enum):
    """Where a card is shown: in a chat; in a dialog, which knows only Action.Submit; or in a chat of a client that has
    no dialogs, such as Microsoft's Agents Playground, where a form is a card too."""

    IN_CHAT = enum.auto()
    IN_DIALOG = enum.auto()
    WITHOUT_DIALOGS = enum.auto()


def rows_of(buttons: tuple[Button, ...], row: str, shown: Shown) -> Iterator[Json]:
    """Rows that every client shows whole, each followed by the hidden questions that its buttons ask first.

    `row` tells the rows of one card apart. A dialog knows only Action.Submit, so there every press is one.
    """
    for at in range(0, len(buttons), MOST_ACTIONS):
        chunk = buttons[at : at + MOST_ACTIONS]
        ids = [f"sure.{row}.{at + number}" for number in range(len(chunk))]
        pairs = list(zip(chunk, ids, strict=True))
        yield {"type": "ActionSet", "actions": [_shown(button, id_, shown) for button, id_ in pairs]}
        for button, id_ in pairs:
            if button.confirm:
                yield _sure(button, id_, shown)


def _shown(button: Button, id_: str, shown: Shown) -> Json:
    return _toggle(button, button.label, id_) if button.confirm else _action(button, button.label, shown)


def _action(button: Button, label: str, shown: Shown) -> Json:
    if button.opens_form:
        opens = {"form": button.action, "argument": button.argument, "open": True}
        if shown is Shown.IN_CHAT:
            opens["msteams"] = {"type": "task/fetch"}
        return {"type": "Action.Submit", **_look(button, label), "data": opens}
    press = {
        "type": "Action.Submit", **_look(button, label),
        "data": {"action": button.action, "argument": button.argument},
    }  # fmt: skip
    if shown is Shown.IN_DIALOG:
        return press
    return {
        "type": "Action.Execute", **_look(button, label), "verb": button.action,
        "data": {"argument": button.argument}, "fallback": press,
    }  # fmt: skip


def _sure(button: Button, id_: str, shown: Shown) -> Json:
    """Teams asks no question before a press: this one is hidden in the card until its button shows it."""
    actions = [_action(button, button.label, shown), _toggle(Button(NO, ""), NO, id_)]
    items = [runs((button.confirm,)), {"type": "ActionSet", "actions": actions}]
    return {"type": "Container", "id": id_, "isVisible": False, "style": "emphasis", "items": items}


def _toggle(button: Button, label: str, id_: str) -> Json:
    return {"type": "Action.ToggleVisibility", **_look(button, label), "targetElements": [id_]}


def _look(button: Button, label: str) -> Json:
    look: Json = {"title": data(label, MOST_LABEL)}
    if button.about:
        look["tooltip"] = data(f"{label}: {button.about}", MOST_LABEL)
    if button.danger or button.primary:
        look["style"] = "destructive" if button.danger else "positive"
    return look
