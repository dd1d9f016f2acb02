"""Draws a neutral form as a Slack modal, and the bot's own page as App Home."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.render import Json, page
from bot.platforms.slack.text import plain, shorten, spans_text
from handlers.kit.content import Choice, Form, Message, Question
from handlers.kit.events import Values
from storage.records import QuestionKind

ANSWER = "answer"
LIVE = "live"
"""The ids of an input: `live` where each change redraws the form, because other questions hang on it."""
NO_ANSWER = "-no-answer-"
ERROR = "mend:"
"""Begins the id of the block that says, above a question, what to mend."""

_CAN_BE_LIVE = (
    QuestionKind.SCALE,
    QuestionKind.CHOICE,
    QuestionKind.YES_NO,
    QuestionKind.SEVERAL,
    QuestionKind.DATE,
    QuestionKind.PERSON,
)
_CHOSEN_ONE = (QuestionKind.SCALE, QuestionKind.CHOICE, QuestionKind.YES_NO)


def modal(form: Form, errors: Mapping[str, str] | None = None, *, from_home: bool = False) -> Json:
    """The form as a modal. What stands in it is shown; `errors` stand above their questions.

    A question that hangs on a choice is there only while the choice is such; one that hangs on typed text is always
    there, with a line that says when to answer it, since redrawing while somebody types would get in their way.
    `from_home`: it was opened in App Home, which is drawn anew when the form is sent.
    """
    shown = list(_shown(form))
    live = {question.shown_if.key for question in form.questions if question.shown_if}
    blocks: list[Json] = []
    if form.intro:
        blocks.append({"type": "section", "block_id": "intro", "text": spans_text(form.intro)})
    for question in shown:
        if said := (errors or {}).get(question.key):
            blocks.append({"type": "section", "block_id": ERROR + question.key, "text": plain(f"Please mend: {said}")})
        blocks.append(_input(form, question, question.key in live and question.kind in _CAN_BE_LIVE))
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": json.dumps({"argument": form.argument} | ({"home": True} if from_home else {})),
        "title": plain(form.title, limits.MODAL_TITLE),
        "submit": plain(form.submit, limits.MODAL_TITLE),
        "close": plain("Cancel", limits.MODAL_TITLE),
        "blocks": blocks[: limits.VIEW_BLOCKS],
    }


def with_box(view: Json, form: Form, before: Sequence[Mapping[str, Any]], values: Values) -> Json:
    """The redrawn modal with the box that a correction brought, while the text above it is as it was corrected.

    `before`: the inputs as they stood; the form, drawn anew, does not know the box.
    """
    blocks = list(view["blocks"])
    for above, block in pairwise(before):
        element, key = above.get("element"), str(above.get("block_id"))
        is_box = form.question(str(block.get("block_id"))) is None
        if not is_box or not isinstance(element, Mapping) or element.get("initial_value", "") != values.get(key):
            continue
        if place := next((at for at, one in enumerate(blocks, 1) if one.get("block_id") == key), 0):
            blocks.insert(place, dict(block))
    return {**view, "blocks": blocks[: limits.VIEW_BLOCKS]}


def home(message: Message) -> Json:
    """The bot's own page. Tables and charts have no place there, so their figures are said in words."""
    return {"type": "home", "blocks": page(message)}


def _shown(form: Form) -> Iterator[Question]:
    values: dict[str, str | tuple[str, ...] | None] = {}
    for question in form.questions:
        condition = question.shown_if
        if condition and _is_live(form, condition.key) and not condition.is_met_by(values.get(condition.key)):
            continue
        values[question.key] = question.value
        yield question


def _is_live(form: Form, key: str) -> bool:
    governing = form.question(key)
    return governing is not None and governing.kind in _CAN_BE_LIVE


def _input(form: Form, question: Question, is_live: bool) -> Json:
    element = _element(question)
    element["action_id"] = LIVE if is_live else ANSWER
    drawn: Json = {
        "type": "input",
        "block_id": question.key[: limits.ID],
        "label": plain(question.label, limits.LABEL),
        "optional": not question.required,
        "element": element,
    }
    if is_live:
        drawn["dispatch_action"] = True
    if hint := "\n".join(filter(None, (_only_if(form, question), question.hint))):
        drawn["hint"] = plain(hint, limits.HINT)
    return drawn


def _only_if(form: Form, question: Question) -> str:
    condition = question.shown_if
    if condition is None or _is_live(form, condition.key):
        return ""
    governing = form.question(condition.key)
    name = f"“{governing.label}”" if governing else "the question above"
    wanted = f" with {' or '.join(condition.values)}" if condition.values else ""
    return f"Only if you answered {name}{wanted}."


def _element(question: Question) -> Json:
    kind = question.kind
    if kind in _CHOSEN_ONE:
        return _one_of(question)
    if kind is QuestionKind.SEVERAL:
        return _several(question)
    if kind is QuestionKind.NUMBER:
        return _with("initial_value", _number(question.value), {"type": "number_input", "is_decimal_allowed": True})
    if kind is QuestionKind.DATE:
        return _with("initial_date", _date(question.value), {"type": "datepicker"})
    if kind is QuestionKind.PERSON:
        return _with("initial_user", _words(question.value), {"type": "users_select"})
    most = min(question.max_length, limits.INPUT)
    value = shorten(_words(question.value), most)
    box: Json = {"type": "plain_text_input", "multiline": kind is QuestionKind.LONG_TEXT, "max_length": most}
    return _with("initial_value", value, box)


def _one_of(question: Question) -> Json:
    """Radio buttons, or a menu where there are many; neither can be emptied, so an optional one has a way back."""
    few = len(question.choices) <= limits.RADIOS
    choices = list(question.choices[: limits.SELECT_OPTIONS - 1])
    if not question.required and (question.value or not few):
        choices.append(Choice(NO_ANSWER, "No answer"))
    options = [_option(choice) for choice in choices]
    drawn: Json = {"type": "radio_buttons" if few else "static_select", "options": options}
    chosen = next((one for one in options if one["value"] == question.value), None)
    return _with("initial_option", chosen, drawn)


def _several(question: Question) -> Json:
    few = len(question.choices) <= limits.CHECKBOXES
    options = [_option(choice) for choice in question.choices[: limits.SELECT_OPTIONS]]
    drawn: Json = {"type": "checkboxes" if few else "multi_static_select", "options": options}
    value = (question.value,) if isinstance(question.value, str) else question.value or ()
    return _with("initial_options", [one for one in options if one["value"] in value], drawn)


def _option(choice: Choice) -> Json:
    return {"text": plain(choice.label, limits.OPTION_LABEL), "value": choice.value[: limits.OPTION_VALUE]}


def _with(name: str, value: Any, element: Json) -> Json:
    return {**element, name: value} if value else element


def _words(value: str | tuple[str, ...] | None) -> str:
    return value if isinstance(value, str) else ""


def _number(value: str | tuple[str, ...] | None) -> str:
    try:
        number = Decimal(_words(value).replace(",", ""))
    except InvalidOperation:
        return ""
    return str(number) if number.is_finite() else ""


def _date(value: str | tuple[str, ...] | None) -> str:
    try:
        return date.fromisoformat(_words(value)).isoformat()
    except ValueError:
        return ""
