"""What a form was filled with is judged in one place: one clear sentence at each answer that does not fit."""

import pytest

from handlers.kit.content import YES_NO, Choice, Form, Question
from handlers.kit.door import MOST_TYPED, Details
from handlers.kit.forms import NOT_PATIENTS, Filled, read
from handlers.kit.patient_details import Kind
from handlers.kit.replies import Correct
from storage.records import Condition, QuestionKind

FORM = Form(
    "checkins.record",
    "Check in",
    (
        Question("scale", "Scale", QuestionKind.SCALE, choices=tuple(Choice(str(n), str(n)) for n in range(1, 6))),
        Question("choice", "Choice", QuestionKind.CHOICE, choices=(Choice("a", "A"), Choice("b", "B"))),
        Question("several", "Several", QuestionKind.SEVERAL, choices=(Choice("a", "A"), Choice("b", "B"))),
        Question("number", "Number", QuestionKind.NUMBER),
        Question("yes", "Yes?", QuestionKind.YES_NO, choices=YES_NO),
        Question("date", "Date", QuestionKind.DATE),
        Question("short", "Short", QuestionKind.SHORT_TEXT, max_length=20),
        Question("long", "Long", QuestionKind.LONG_TEXT),
        Question("then", "Then", QuestionKind.SHORT_TEXT, required=True, shown_if=Condition("yes", ("yes",))),
    ),
)
NONE: Details = {}


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("scale", "6", "Please choose from the list."),
        ("scale", ("1", "2"), "Please give one answer here."),
        ("choice", "c", "Please choose from the list."),
        ("choice", "A", "Please choose from the list."),
        ("several", ("a", "c"), "Please choose from the list."),
        ("number", "a dozen", "Please write a number in digits, such as 12 or 3.5."),
        ("number", "2,5", "Please write a number in digits, such as 12 or 3.5."),
        ("number", "1,20,000", "Please write a number in digits, such as 12 or 3.5."),
        ("number", "nan", "Please write a number below 1,000,000,000."),
        ("number", "-inf", "Please write a number below 1,000,000,000."),
        ("number", "1e9", "Please write a number below 1,000,000,000."),
        ("number", "0." + "1" * 60, "This is 62 characters long. Please shorten it to 40 or fewer."),
        ("yes", "maybe", "Please choose from the list."),
        ("date", "31/01/2027", "Please give a date as year-month-day, such as 2027-01-31."),
        ("date", "2027-02-30", "Please give a date as year-month-day, such as 2027-01-31."),
        ("short", "x" * 21, "This is 21 characters long. Please shorten it to 20 or fewer."),
        ("long", "x" * 40_000, "This is 40,000 characters long. Please shorten it to 3,000 or fewer."),
    ],
)
def test_what_does_not_fit_gets_one_sentence_and_stays_typed(
    key: str, value: str | tuple[str, ...], sentence: str
) -> None:
    judged = read(FORM, {key: value, "short": value if key == "short" else "kept"}, NONE)
    assert isinstance(judged, Correct)
    assert judged.errors == {key: sentence}
    question = judged.form.question(key)
    assert question is not None
    assert question.value == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scale", "5"),
        ("several", ("a", "b")),
        ("number", "1,200.5"),
        ("number", "-3"),
        ("number", "999999999"),
        ("yes", "no"),
        ("date", "2028-02-29"),
        ("short", "x" * 20),
        ("long", "x" * MOST_TYPED),
    ],
)
def test_what_fits_is_kept_as_it_is(key: str, value: str | tuple[str, ...]) -> None:
    judged = read(FORM, {key: value}, NONE)
    assert isinstance(judged, Filled)
    assert judged.values == {key: value}


def test_spaces_around_are_cut_and_what_is_only_spaces_is_no_answer() -> None:
    judged = read(FORM, {"short": "  words ", "long": " \n ", "several": (" ",)}, NONE)
    assert judged == Filled({"short": "words"}, frozenset())


def test_a_question_is_demanded_only_where_it_is_shown_and_what_is_answered_is_kept() -> None:
    missing = read(FORM, {"yes": "yes"}, NONE)
    assert isinstance(missing, Correct)
    assert missing.errors == {"then": "Please answer this one."}
    assert read(FORM, {"yes": "no"}, NONE) == Filled({"yes": "no"}, frozenset())
    assert read(FORM, {"then": "said"}, NONE) == Filled({"then": "said"}, frozenset())


def test_values_for_questions_that_there_are_not_are_left_out() -> None:
    assert read(FORM, {"user_id": "7", "short": "x"}, NONE) == Filled({"short": "x"}, frozenset())


def test_a_phone_number_may_be_said_not_to_be_a_patients_field_by_field() -> None:
    found = {"short": frozenset({Kind.PHONE}), "long": frozenset({Kind.EMAIL})}
    typed = {"short": "a phone", "long": "an address"}
    first = read(FORM, typed, found)
    assert isinstance(first, Correct)
    assert first.redraw
    assert set(first.errors) == {"short", "long"}
    keys = [question.key for question in first.form.questions]
    assert keys[keys.index("short") + 1] == "short" + NOT_PATIENTS
    second = read(FORM, {**typed, "short" + NOT_PATIENTS: ("yes",), "long" + NOT_PATIENTS: ()}, found)
    assert isinstance(second, Correct)
    assert not second.redraw
    assert set(second.errors) == {"long"}
    third = read(FORM, {**typed, "short" + NOT_PATIENTS: ("yes",), "long" + NOT_PATIENTS: ("yes",)}, found)
    assert third == Filled(dict(typed), frozenset({Kind.PHONE, Kind.EMAIL}))


def test_saying_so_excuses_nothing_else_of_the_field() -> None:
    found = {"short": frozenset({Kind.PHONE}), "number": frozenset({Kind.PHONE})}
    said_so: dict[str, str | tuple[str, ...]] = {key + NOT_PATIENTS: ("yes",) for key in found}
    judged = read(FORM, {"short": "x" * 21, "number": "ring 1234", **said_so}, found)
    assert isinstance(judged, Correct)
    assert set(judged.errors) == {"short", "number"}


def test_other_details_cannot_be_said_away() -> None:
    found = {"short": frozenset({Kind.NHS_NUMBER, Kind.PHONE})}
    judged = read(FORM, {"short": "typed", "short" + NOT_PATIENTS: ("yes",)}, found)
    assert isinstance(judged, Correct)
    assert "NHS number" in judged.errors["short"]
    assert all(question.key != "short" + NOT_PATIENTS for question in judged.form.questions)
