"""Forms as Teams dialogs: one card that keeps what was typed and says what is wrong at its field. Pure."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from bot.platforms.teams.buttons import Shown
from bot.platforms.teams.limits import MOST_LABEL, MOST_TITLE, Json, shortened
from bot.platforms.teams.render import CARD, activity, card, heading, one_card
from bot.platforms.teams.words import data, label, runs
from handlers.kit.content import Choice, Form, Message, Question
from handlers.kit.events import Values
from storage.records import QuestionKind

ONE, SEVERAL, PERSON = "one.", "several.", "person."
"""What the id of a field begins with: one answer, several with commas between, or a person's id in the directory."""
PLEASE_MEND = "Please look at what is marked below. Nothing has been kept yet."
MISSING = "Please answer this one."
_EXPANDED_MOST = 5


def form_dialog(form: Form, errors: Mapping[str, str] | None = None, sentence: str = "") -> Json:
    """The answer to task/fetch or task/submit that shows this form; `sentence` stands above all fields."""
    return _dialog(form.title, form_card(form, errors or {}, sentence))


def message_dialog(message: Message) -> Json:
    """The answer that shows a message where a form was asked for; only the person who pressed sees it."""
    return _dialog("Weaver", one_card(message, Shown.IN_DIALOG))


def form_message(form: Form, errors: Mapping[str, str] | None = None) -> Json:
    """The form as a message, for a client that has no dialogs."""
    content = form_card(form, errors or {})
    return activity({**content, "body": [heading(form.title), *content["body"]]}, form.title)


def _dialog(title: str, content: Json) -> Json:
    value = {
        "title": shortened(title, MOST_TITLE), "height": "large", "width": "medium",
        "card": {"contentType": CARD, "content": content},
    }  # fmt: skip
    return {"task": {"type": "continue", "value": value}}


def form_card(form: Form, errors: Mapping[str, str], sentence: str = "") -> Json:
    """The form as a card that sends itself with its name and argument."""
    body = [runs(form.intro)] if form.intro else []
    above = sentence or (PLEASE_MEND if errors else "")
    if above:
        body.append(_marked(above, "form.error"))
    body.extend(_question(question, form, errors.get(question.key, "")) for question in form.questions)
    body.append({"type": "ActionSet", "actions": [_send(form)]})
    return card(body, form.title)


def _send(form: Form) -> Json:
    sends = {"form": form.name, "argument": form.argument}
    return {
        "type": "Action.Submit",
        "title": data(form.submit, MOST_LABEL),
        "style": "positive",
        "data": sends,
    }


def _marked(sentence: str, id_: str) -> Json:
    return {**runs((sentence,), color="Attention", weight="Bolder"), "id": id_}


def _question(question: Question, form: Form, error: str) -> Json:
    items = [_marked(error, f"{question.key}.error")] if error else []
    items.append(_field(question))
    below = " ".join(part for part in (condition(question, form), question.hint) if part)
    if below:
        items.append({**runs((below,), isSubtle=True, size="Small"), "id": f"{question.key}.hint"})
    return {"type": "Container", "separator": True, "items": items}


def condition(question: Question, form: Form) -> str:
    """The line of a question that is asked only after another answer: a dialog cannot hide it while one types."""
    earlier = form.question(question.shown_if.key) if question.shown_if else None
    if earlier is None or question.shown_if is None:
        return ""
    if not question.shown_if.values:
        return f"Only if you answered “{earlier.label}”."
    names = {choice.value: choice.label for choice in earlier.choices}
    wanted = " or ".join(f"“{names.get(value, value)}”" for value in question.shown_if.values)
    return f"Only if you answered {wanted} to “{earlier.label}”."


def _field(question: Question) -> Json:
    begins = {QuestionKind.SEVERAL: SEVERAL, QuestionKind.PERSON: PERSON}.get(question.kind, ONE)
    field: Json = {"id": begins + question.key, "label": label(question.label, 500)}
    if question.required and not question.shown_if:
        field |= {"isRequired": True, "errorMessage": MISSING}
    field |= _input(question)
    value = _value(question)
    return field if value in ("", None) else {**field, "value": value}


def _input(question: Question) -> Json:
    kind = question.kind
    if kind is QuestionKind.NUMBER:
        return {"type": "Input.Number"}
    if kind is QuestionKind.DATE:
        return {"type": "Input.Date"}
    if kind is QuestionKind.PERSON:
        users = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
        return {"type": "Input.ChoiceSet", "choices": [], "choices.data": users}
    if question.choices:
        return _choices(question)
    typed: Json = {"type": "Input.Text", "maxLength": question.max_length}
    if kind is QuestionKind.LONG_TEXT:
        typed["isMultiline"] = True
    if question.hint:
        # Under the field a screen reader comes to it too late: it also stands where typing begins.
        typed["placeholder"] = data(question.hint, MOST_LABEL)
    return typed


def _choices(question: Question) -> Json:
    several = question.kind is QuestionKind.SEVERAL
    expanded = several or len(question.choices) <= _EXPANDED_MOST
    return {
        "type": "Input.ChoiceSet", "style": "expanded" if expanded else "compact", "wrap": True,
        **({"isMultiSelect": True} if several else {}), "choices": list(_options(question.choices, several)),
    }  # fmt: skip


def _options(choices: tuple[Choice, ...], several: bool) -> Iterator[Json]:
    for choice in choices:
        yield {
            "title": label(choice.label, MOST_LABEL),
            "value": _packed(choice.value) if several else choice.value,
        }


def _packed(value: str) -> str:
    """A choice's value without commas, since Teams puts commas between the values that were chosen."""
    return quote(value, safe=" !$&'()*+/:;=?@[]#") if any(sign in value for sign in ",%") else value


def _value(question: Question) -> str | int | float | None:
    value = question.value
    if isinstance(value, tuple):
        return ",".join(_packed(one) for one in value)
    if not value:
        return None
    return _number(value) if question.kind is QuestionKind.NUMBER else value


def _number(value: str) -> int | float | None:
    try:
        return int(value) if value.lstrip("-").isdigit() else float(value)
    except ValueError:
        return None


def read_values(given: Mapping[str, object]) -> Values:
    """What was typed, from the data of a sent dialog: the answers that are there, as canonical text."""
    values: dict[str, str | tuple[str, ...]] = {}
    for id_, value in given.items():
        text = _canonical(value)
        if id_.startswith(SEVERAL):
            values[id_.removeprefix(SEVERAL)] = tuple(_unpacked(one) for one in text.split(",") if one)
        elif id_.startswith(PERSON):
            # Teams compares these ids without regard to case.
            values[id_.removeprefix(PERSON)] = text.lower()
        elif id_.startswith(ONE):
            values[id_.removeprefix(ONE)] = text
    return values


def _unpacked(value: str) -> str:
    return unquote(value) if "%" in value else value


def _canonical(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else ""
