"""What a check-in's questions may be, and what follows when one changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.questions import rules
from handlers.questions.filled import read
from handlers.questions.rules import Problem, Questions, Which, put, slug, what_changed, which
from storage.records import Audience, Condition, QuestionKind, Template, TemplateQuestion

FEELING = TemplateQuestion("feeling", "How is it?", QuestionKind.SCALE, low="stuck", high="thriving")
WHERE = TemplateQuestion("where", "Where?", QuestionKind.CHOICE, choices=("Ward", "Clinic", "Home"))
WHY = TemplateQuestion("why", "Why there?", QuestionKind.LONG_TEXT, shown_if=Condition("where", ("Ward",)))
ALL: Questions = (FEELING, WHERE, WHY)
FORM: dict[str, str | tuple[str, ...]] = {
    "label": " What   now? ",
    "kind": "long text",
    "required": "no",
    "audience": "only_me",
    "when": "always",
}


@pytest.mark.parametrize(
    ("argument", "meant"),
    [("3.5.key", Which(3, 5, "key")), ("3..key", Which(3, None, "key")), ("3.5.", Which(3, 5)), ("3..", Which(3))],
)
def test_an_argument_is_read_and_written(argument: str, meant: Which) -> None:
    assert which(argument) == meant
    assert str(meant) == argument


@pytest.mark.parametrize("argument", ["", "3", "3.5", "x.5.key", "3.5.Key", "3.5.key.more", "-3.5.key"])
def test_a_malformed_argument_is_nothing(argument: str) -> None:
    assert which(argument) is None


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("What moved?", "what_moved"),
        ("Où est l'idée ?", "ou_est_l_idee"),
        ("5 things", "question_5_things"),
        ("???", "question"),
        ("Feeling", "feeling_2"),
        ("x" * 99, "x" * 32),
    ],
)
def test_a_key_is_made_of_the_words_and_is_new(label: str, key: str) -> None:
    assert slug(label, {"feeling"}) == key


def test_a_renamed_question_keeps_its_key() -> None:
    assert put(ALL, "feeling", replace(FEELING, key="", label="And now?"), ()) == (
        replace(FEELING, label="And now?"),
        WHERE,
        WHY,
    )


def test_a_question_of_another_kind_gets_a_new_key_and_conditions_follow() -> None:
    several = replace(WHERE, key="", kind=QuestionKind.SEVERAL)
    changed = put(ALL, "where", several, {"where", "feeling", "why"})
    assert changed == (
        FEELING,
        replace(several, key="where_2"),
        replace(WHY, shown_if=Condition("where_2", ("Ward",))),
    )


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (replace(WHERE, choices=("Clinic", "Home")), "choices"),
        (TemplateQuestion("", "Where?", QuestionKind.LONG_TEXT), "kind"),
    ],
)
def test_an_answer_that_a_condition_names_cannot_go(new: TemplateQuestion, where: str) -> None:
    outcome = put(ALL, "where", new, {"where"})
    assert isinstance(outcome, Problem)
    assert outcome.where == where
    assert "“Why there?” is asked only if the answer here is “Ward”." in outcome.sentence


def test_a_new_question_comes_last_until_there_are_eight() -> None:
    new = TemplateQuestion("", "Who?", QuestionKind.SHORT_TEXT)
    assert put(ALL, "", new, ()) == (*ALL, replace(new, key="who"))
    eight = tuple(replace(FEELING, key=f"q{number}") for number in range(8))
    assert put(eight, "", new, ()) == Problem("label", rules.FULL)


def test_a_question_that_another_needs_cannot_be_removed() -> None:
    assert "“Why there?” can only be asked after this question." in rules.why_not_remove(ALL, "where")
    assert rules.why_not_remove(ALL, "why") == ""
    assert rules.why_not_remove((FEELING,), "feeling").startswith("A check-in needs at least 1 question.")
    assert rules.without(ALL, "why") == (FEELING, WHERE)


def test_a_question_cannot_move_above_the_one_it_needs() -> None:
    assert "“Why there?” can only be asked after “Where?”." in rules.why_not_move_up(ALL, "why")
    assert rules.why_not_move_up(ALL, "feeling").startswith("This is the first question already.")
    assert rules.why_not_move_up(ALL, "where") == ""
    assert rules.moved_up(ALL, "where") == (WHERE, FEELING, WHY)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ((FEELING, WHERE), "“Why there?” was taken out"),
        ((*ALL, replace(WHERE, key="new", label="When?")), "“When?” was added"),
        ((replace(FEELING, required=True), WHERE), "“Why there?” was taken out and “How is it?” was changed"),
        ((WHERE, FEELING, WHY), "their order changed"),
        ((replace(WHERE, key="new"),), "4 questions are not as they were"),
    ],
)
def test_what_changed_is_said_in_words(now: Questions, words: str) -> None:
    assert what_changed(Template(1, 7, 1, ALL), Template(2, 7, 2, now)) == words


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        (["A", "B"], ""),
        ([], "Give 2 to 10 choices, one on each line. Now there are 0."),
        (["A"] * 11, "Give 2 to 10 choices, one on each line. Now there are 11."),
        (["A", "a"], "“A” is there twice. Please take one out."),
        (["A", "x" * 70], ""),
        (["A", "x" * 71], f"A choice can have 70 characters. This one has 71: “{'x' * 30}…”."),
    ],
)
def test_choices_are_two_to_ten_short_and_different(choices: list[str], problem: str) -> None:
    assert rules.choices_problem(choices) == problem


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ({}, TemplateQuestion("", "What now?", QuestionKind.LONG_TEXT)),
        (
            {"kind": "choice", "choices": " A \n\n B  b \n", "required": "yes", "audience": "network"},
            TemplateQuestion("", "What now?", QuestionKind.CHOICE, True, Audience.NETWORK, ("A", "B b")),
        ),
        (
            {"kind": "scale", "low": "bad", "high": "good"},
            TemplateQuestion("", "What now?", QuestionKind.SCALE, low="bad", high="good"),
        ),
        ({"low": "bad", "choices": "A\nB"}, TemplateQuestion("", "What now?", QuestionKind.LONG_TEXT)),
        (
            {"kind": "yes/no", "asks_for_help": "yes", "audience": "coordinator"},
            TemplateQuestion("", "What now?", QuestionKind.YES_NO, False, Audience.COORDINATOR, asks_for_help=True),
        ),
        (
            {"when": "when:where", "answers": "home\nWARD\nhome"},
            TemplateQuestion("", "What now?", QuestionKind.LONG_TEXT, shown_if=Condition("where", ("Home", "Ward"))),
        ),
        (
            {"when": "when:feeling", "answers": "1: stuck\n2"},
            TemplateQuestion("", "What now?", QuestionKind.LONG_TEXT, shown_if=Condition("feeling", ("1", "2"))),
        ),
        (
            {"when": "when:why"},
            TemplateQuestion("", "What now?", QuestionKind.LONG_TEXT, shown_if=Condition("why")),
        ),
    ],
)
def test_a_form_becomes_a_question(values: dict[str, str], question: TemplateQuestion) -> None:
    found = read(FORM | values, ALL)
    assert (found.question, found.errors) == (question, {})


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"kind": "choice"}, ["choices"]),
        ({"kind": "several choices", "choices": "A"}, ["choices"]),
        ({"kind": "scale"}, ["low", "high"]),
        ({"kind": "scale", "low": "bad"}, ["high"]),
        ({"kind": "yes/no", "asks_for_help": "yes"}, ["audience"]),
        ({"when": "when:where", "answers": "Moon"}, ["answers"]),
        ({"when": "when:why", "answers": "Because"}, ["answers"]),
    ],
)
def test_what_does_not_fit_has_a_sentence_at_its_place(values: dict[str, str], where: list[str]) -> None:
    assert list(read(FORM | values, ALL).errors) == where
