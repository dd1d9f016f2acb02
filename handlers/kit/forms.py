"""Reads what a form was filled with: one clear sentence at each answer that does not fit, nothing typed is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from handlers.kit.content import Choice, Form, Question
from handlers.kit.events import Values
from handlers.kit.patient_details import DECLARABLE, Kind, kinds_in, sentence
from handlers.kit.replies import Correct
from storage.records import QuestionKind

NOT_PATIENTS = "not_patients"
"""The key of the box that says: this phone number or e-mail address is not a patient's."""

OR_SAY_SO = "Or say below that it is not a patient's."
"""The way out for a colleague's phone number or e-mail address."""

_CHOSEN_ONE = (QuestionKind.SCALE, QuestionKind.CHOICE, QuestionKind.YES_NO)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form whose values all fit. `declared`: kinds of detail that the person says are not a patient's."""

    values: dict[str, str | tuple[str, ...]]
    declared: frozenset[Kind]


def read(form: Form, given: Values) -> Filled | Correct:
    """The values that fit the form, those of questions not shown left out; or the form to correct.

    Every value is trimmed and checked: required, kind, length, choices, and patient details in all that is typed.
    """
    values: dict[str, str | tuple[str, ...]] = {}
    errors: dict[str, str] = {}
    found: dict[str, frozenset[Kind]] = {}
    for question in form.questions:
        if question.shown_if and not question.shown_if.is_met_by(values.get(question.shown_if.key)):
            continue
        value = _clean(given.get(question.key))
        problem = _problem(question, value)
        if kinds := kinds_in(_typed(question, value)):
            found[question.key] = kinds
        elif problem:
            errors[question.key] = problem
        if value:
            values[question.key] = value
    return _judge(form, given, Filled(values, frozenset()), errors, found)


def _judge(
    form: Form, given: Values, filled: Filled, errors: dict[str, str], found: Mapping[str, frozenset[Kind]]
) -> Filled | Correct:
    declared = frozenset[Kind]().union(*found.values()) & DECLARABLE
    said_so = "yes" in (given.get(NOT_PATIENTS) or ())
    stopped = {key: kinds - declared if said_so else kinds for key, kinds in found.items()}
    offer = bool(declared) and (said_so or all(kinds <= DECLARABLE for kinds in stopped.values()))
    way_out = f" {OR_SAY_SO}" if offer and not said_so else ""
    errors |= {key: sentence(kinds) + way_out for key, kinds in stopped.items() if kinds}
    if not errors:
        return replace(filled, declared=declared)
    shown = _with_declaration(form, next(iter(found))) if offer else form
    return Correct(shown.filled(given), errors, redraw=offer and not said_so)


def _with_declaration(form: Form, after: str) -> Form:
    box = Question(
        NOT_PATIENTS,
        "Is this a patient's?",
        QuestionKind.SEVERAL,
        choices=(Choice("yes", "No. This phone number or e-mail address is not a patient's"),),
    )
    return replace(form, questions=tuple(_insert(form.questions, after, box)))


def _insert(questions: tuple[Question, ...], after: str, box: Question) -> Iterator[Question]:
    for question in questions:
        yield question
        if question.key == after:
            yield box


def _clean(value: str | tuple[str, ...] | None) -> str | tuple[str, ...]:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else tuple(one for one in value if one.strip())


def _typed(question: Question, value: str | tuple[str, ...]) -> str:
    is_typed = question.kind.is_text or question.kind is QuestionKind.NUMBER
    return value if is_typed and isinstance(value, str) else ""


def _problem(question: Question, value: str | tuple[str, ...]) -> str:
    if not value:
        return "Please answer this one." if question.required else ""
    if question.kind is QuestionKind.SEVERAL:
        return _unknown_choices(question, (value,) if isinstance(value, str) else value)
    if not isinstance(value, str):
        return "Please give one answer here."
    if question.kind in _CHOSEN_ONE:
        return _unknown_choices(question, (value,))
    if question.kind is QuestionKind.NUMBER:
        return _number_problem(value)
    if question.kind is QuestionKind.DATE:
        return _date_problem(value)
    if len(value) > question.max_length:
        return f"This is {len(value):,} characters long. Please shorten it to {question.max_length:,} or fewer."
    return ""


def _unknown_choices(question: Question, chosen: tuple[str, ...]) -> str:
    known = {choice.value for choice in question.choices}
    return "" if all(one in known for one in chosen) else "Please choose from the list."


def _number_problem(value: str) -> str:
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        return "Please write a number in digits, such as 12 or 3.5."
    fits = number.is_finite() and abs(number) < 1_000_000_000
    return "" if fits else "Please write a number below 1,000,000,000."


def _date_problem(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "Please give a date as year-month-day, such as 2027-01-31."
    return ""
