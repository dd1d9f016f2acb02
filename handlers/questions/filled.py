"""Reads the form of one question: a question that fits, or one sentence at each answer that does not."""

from dataclasses import dataclass, field

from handlers.kit import audience
from handlers.kit.answers import choices_of
from handlers.kit.events import Values
from handlers.kit.text import listed
from handlers.questions import rules
from storage.records import Audience, Condition, QuestionKind, TemplateQuestion

ALWAYS = "always"
"""The choice that a question is asked always. Keys never are this word: `when:` stands before them."""

WHEN = "when:"


@dataclass(frozen=True, slots=True)
class Read:
    """The question, without its key, and what is wrong with it by the form's keys."""

    question: TemplateQuestion
    errors: dict[str, str] = field(default_factory=dict)


def read(values: Values, earlier: rules.Questions) -> Read:
    """The question that the form describes; `earlier` are those that its condition may name."""
    kind = QuestionKind(_text(values, "kind"))
    errors: dict[str, str] = {}
    choices = tuple(rules.lines_of(_text(values, "choices"))) if kind in rules.WITH_CHOICES else ()
    if kind in rules.WITH_CHOICES and (problem := rules.choices_problem(choices)):
        errors["choices"] = problem
    asks_for_help = kind is QuestionKind.YES_NO and _text(values, "asks_for_help") == "yes"
    readers = audience.chosen(_text(values, "audience"))
    if asks_for_help and readers is Audience.ONLY_ME:
        errors["audience"] = "A yes asks you for help, so you need to read it. Choose more people here."
    low, high = _ends(values, errors) if kind is QuestionKind.SCALE else ("", "")
    question = TemplateQuestion(
        key="",
        label=" ".join(_text(values, "label").split()),
        kind=kind,
        required=_text(values, "required") == "yes",
        audience=readers,
        choices=choices,
        low=low,
        high=high,
        shown_if=_condition(values, earlier, errors),
        asks_for_help=asks_for_help,
    )
    return Read(question, errors)


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else "\n".join(value)


def _ends(values: Values, errors: dict[str, str]) -> tuple[str, str]:
    low, high = (" ".join(_text(values, key).split()) for key in ("low", "high"))
    if not low:
        errors["low"] = "Please say what 1 means, such as stuck."
    if not high:
        errors["high"] = "Please say what 5 means, such as thriving."
    return low, high


def _condition(values: Values, earlier: rules.Questions, errors: dict[str, str]) -> Condition | None:
    key = _text(values, "when").removeprefix(WHEN)
    question = next((one for one in earlier if one.key == key), None)
    if question is None:
        return None
    possible = choices_of(question)
    meant = {word.casefold(): one.value for one in possible for word in (one.value, one.label)}
    typed = rules.lines_of(_text(values, "answers"))
    if typed and not possible:
        errors["answers"] = f"“{question.label}” can have any answer. Please leave this empty."
    unknown = [one for one in typed if one.casefold() not in meant]
    if possible and unknown:
        names = listed([one.label for one in possible], "or")
        errors["answers"] = f"“{unknown[0]}” is not an answer there. Choose from: {names}."
    named = dict.fromkeys(meant[one.casefold()] for one in typed if one.casefold() in meant)
    return Condition(key, tuple(named))
