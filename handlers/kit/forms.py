"""Reads what a form was filled with: one clear sentence at each answer that does not fit, nothing typed is lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from handlers.kit.content import Choice, Form, Question
from handlers.kit.door import MOST_TYPED, Details
from handlers.kit.events import Values
from handlers.kit.patient_details import DECLARABLE, Kind, sentence
from handlers.kit.replies import Correct
from storage.records import QuestionKind

NOT_PATIENTS = ":not_patients"
"""Behind a question's key: the box that says that the phone number or e-mail address there is not a patient's."""

_IN_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
"""A comma stands between thousands: 2,5 is somebody's 2.5, and must not be read as 25."""
OR_SAY_SO = "Or say below that it is not a patient's."
"""The way out for a colleague's phone number or e-mail address."""

_CHOSEN_ONE = (QuestionKind.SCALE, QuestionKind.CHOICE, QuestionKind.YES_NO)
_LONGEST = {QuestionKind.NUMBER: 40, QuestionKind.DATE: 10, QuestionKind.PERSON: 200}


@dataclass(frozen=True, slots=True)
class Filled:
    """A form whose values all fit. `declared`: kinds of detail that the person says are not a patient's."""

    values: dict[str, str | tuple[str, ...]]
    declared: frozenset[Kind]


def read(form: Form, given: Values, found: Details) -> Filled | Correct:
    """The values that fit the form, or the form to correct; `found` is what the door saw in what was typed.

    Every value is trimmed and checked: required, kind, length, choices, patient details. A question that is shown
    only after an earlier answer is not demanded without that answer; what was answered there all the same is kept.
    """
    values: dict[str, str | tuple[str, ...]] = {}
    errors: dict[str, str] = {}
    boxes: list[Question] = []
    declared: frozenset[Kind] = frozenset()
    for question in form.questions:
        value = _clean(given.get(question.key))
        if value:
            values[question.key] = value
        if problem := _problem(question, value, values):
            errors[question.key] = problem
        kinds = _details(question, found)
        can_say_so = kinds <= DECLARABLE
        if kinds and can_say_so:
            boxes.append(_box(question))
            if _says_so(question, given):
                declared, kinds = declared | kinds, frozenset()
        if kinds:
            errors[question.key] = sentence(kinds) + (f" {OR_SAY_SO}" if can_say_so else "")
    if not errors:
        return Filled(values, declared)
    shown = replace(form, questions=tuple(_with_boxes(form.questions, boxes)))
    return Correct(shown.filled(given), errors, redraw=any(box.key not in given for box in boxes))


def _details(question: Question, found: Details) -> frozenset[Kind]:
    is_typed = question.kind.is_text or question.kind is QuestionKind.NUMBER
    return found.get(question.key, frozenset()) if is_typed else frozenset()


def _says_so(question: Question, given: Values) -> bool:
    return "yes" in (given.get(question.key + NOT_PATIENTS) or ())


def _box(question: Question) -> Question:
    return Question(
        question.key + NOT_PATIENTS,
        "Is this a patient's?",
        QuestionKind.SEVERAL,
        choices=(Choice("yes", "No. This phone number or e-mail address is not a patient's"),),
    )


def _with_boxes(questions: tuple[Question, ...], boxes: list[Question]) -> Iterator[Question]:
    by_key = {box.key: box for box in boxes}
    for question in questions:
        yield question
        if box := by_key.get(question.key + NOT_PATIENTS):
            yield box


def _clean(value: str | tuple[str, ...] | None) -> str | tuple[str, ...]:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else tuple(one for one in value if one.strip())


def _problem(question: Question, value: str | tuple[str, ...], values: Values) -> str:
    if not value:
        is_shown = question.shown_if is None or question.shown_if.is_met_by(values.get(question.shown_if.key))
        return "Please answer this one." if question.required and is_shown else ""
    if question.kind is QuestionKind.SEVERAL:
        return _unknown_choices(question, (value,) if isinstance(value, str) else value)
    if not isinstance(value, str):
        return "Please give one answer here."
    most = _LONGEST.get(question.kind, min(question.max_length, MOST_TYPED))
    if len(value) > most:
        return f"This is {len(value):,} characters long. Please shorten it to {most:,} or fewer."
    if question.kind in _CHOSEN_ONE:
        return _unknown_choices(question, (value,))
    if question.kind is QuestionKind.NUMBER:
        return _number_problem(value)
    if question.kind is QuestionKind.DATE:
        return _date_problem(value)
    return ""


def _unknown_choices(question: Question, chosen: tuple[str, ...]) -> str:
    known = {choice.value for choice in question.choices}
    return "" if all(one in known for one in chosen) else "Please choose from the list."


def _number_problem(value: str) -> str:
    is_number = "," not in value or _IN_THOUSANDS.fullmatch(value)
    try:
        number = Decimal(value.replace(",", "") if is_number else "")
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
