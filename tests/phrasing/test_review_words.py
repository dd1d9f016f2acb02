"""The review's statements, levels, situations and questions are short, plain and kind, and fit the kind of network."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
import textstat

from bench import plain
from bench.house import ROOT
from bench.plain import HARDEST, MOST_WORDS
from prompts.kinds import AXES, Axis, Dimension, Function, Governance, Kind
from prompts.review import ATTRIBUTION, BY_MORE, BY_ONE, LEVELS, UNSURE, Bank, Statement, review_bank
from prompts.review import read as read_bank

BANK = review_bank()
LONGEST = 70
"""A level, a choice or a situation with its number before it fits a menu of 75 characters."""
UNFIT = {**plain.UNFIT, **plain.MEASURING}
SMALL = {"a", "and", "of", "it", "the", "to", "is", "in", "they", "people", "or", "what", "who", "for", "we", "others"}
KINDS = [Kind(), *(Kind(governance=each) for each in Governance), *(Kind(function=each) for each in Function)]
SAID = [one.for_kind(kind) for one in BANK.statements for kind in KINDS]


def _everything() -> list[str]:
    asked = [question for questions in BANK.joint.values() for question in questions]
    situations = [text for one in BANK.situations for text in (one.text, *(words for _, words in one.choices))]
    statements = [text for one in SAID for text in (one.text, *one.levels)]
    return list(dict.fromkeys([*statements, *situations, *asked, ATTRIBUTION]))


each_text = pytest.mark.parametrize("text", _everything())


@each_text
def test_what_is_said_is_short_plain_and_kind(text: str) -> None:
    assert max(len(plain.words(one)) for one in plain.sentences(text)) <= MOST_WORDS
    assert plain.unfit(text, UNFIT) == {} or text == ATTRIBUTION
    assert not re.search(r"[!;/&…\"']|--|\b[A-Z]{2,}\b", text)


def test_all_of_it_can_be_read_at_eleven() -> None:
    assert textstat.automated_readability_index(plain.as_sentences(_everything())) <= HARDEST


@pytest.mark.parametrize("dimension", Dimension)
def test_each_of_the_five_can_be_read_at_eleven(dimension: Dimension) -> None:
    said = [text for one in SAID if one.dimension is dimension for text in (one.text, *one.levels)]
    assert textstat.automated_readability_index(plain.as_sentences(dict.fromkeys(said))) <= HARDEST


def test_twelve_statements_two_or_three_for_each_of_the_five() -> None:
    assert len(BANK.statements) == 12
    assert {len(BANK.of(each)) for each in Dimension} == {2, 3}
    assert [one for each in Dimension for one in BANK.of(each)] == list(BANK.statements)


def test_levels_choices_and_situations_fit_a_menu() -> None:
    lines = [*(level for one in SAID for level in one.levels), *(one.text for one in BANK.situations),
             *(words for one in BANK.situations for _, words in one.choices)]  # fmt: skip
    assert [line for line in lines if len(line) > LONGEST] == []


def test_no_two_levels_say_nearly_the_same() -> None:
    for kind in KINDS:
        levels = [level for one in BANK.statements for level in one.for_kind(kind).levels]
        meant = [(level, frozenset(plain.words(level.lower())) - SMALL) for level in levels]
        assert [(a, b) for (a, one), (b, other) in combinations(meant, 2) if plain.likeness(one, other) > 0.75] == []


def test_each_axis_has_a_situation_with_a_choice_for_each_value() -> None:
    for axis in Axis:
        situation = BANK.situation(axis)
        assert [value for value, _ in situation.choices] == list(AXES[axis])
        assert situation.text.endswith("?")
        assert UNSURE not in set(AXES[axis])
    assert BANK.situation(Axis.STANCE).words("supports") == "That is what we want too"
    assert BANK.situation(Axis.STANCE).words(UNSURE) == ""


def test_names_are_given_as_the_health_foundations_and_nothing_more_is_claimed() -> None:
    assert "Health Foundation, March 2014" in ATTRIBUTION
    assert "nobody has tested them" in ATTRIBUTION
    assert "validated" not in " ".join(_everything()).lower()


WRONG_FOR = {
    Governance.ENCLAVE: r"leader|leading|core team|those who run|managers? decide",
    Governance.MANAGED: r"all of us|we take turns",
    Governance.INDIVIDUALISTIC: r"members?|leader|leading|core team|all of us",
}


@pytest.mark.parametrize("governance", Governance)
def test_a_statement_never_speaks_of_what_such_a_network_has_not(governance: Governance) -> None:
    said = [text for one in BANK.statements for text in _texts(one.for_kind(Kind(governance=governance)))]
    assert [text for text in said if re.search(rf"\b(?:{WRONG_FOR[governance]})\b", text, re.IGNORECASE)] == []


def _texts(statement: Statement) -> tuple[str, ...]:
    return statement.text, *statement.levels


def test_each_way_of_holding_together_has_words_of_its_own() -> None:
    said = {tuple(one.for_kind(Kind(governance=each)) for one in BANK.statements) for each in (None, *Governance)}
    assert len(said) == len(Governance) + 1
    lead = BANK.statement("structure-lead")
    assert lead is not None
    assert lead.for_kind(Kind(Governance.MANAGED)).text == "The work of leading is shared in the core team."
    assert lead.for_kind(Kind(Governance.MANAGED)).now_key == lead.now_key == "structure-lead.now"
    assert lead.for_kind(Kind(function=Function.LEARNING)) == lead


@pytest.mark.parametrize("asked", [*BANK.joint[BY_ONE], *BANK.joint[BY_MORE]])
def test_a_question_of_the_joint_session_asks_one_thing(asked: str) -> None:
    assert asked.count("?") == 1
    assert asked.endswith("?")


def test_a_question_of_the_joint_session_names_the_levels_that_people_gave() -> None:
    assert BANK.about_levels(3, 4, 0) == "What would someone have seen to choose 4?"
    assert BANK.about_levels(2, 5, 0) == "What would someone have seen to choose 5 where others chose 2?"
    for low, high in ((1, 2), (1, 5)):
        asked = [BANK.about_levels(low, high, place) for place in range(5)]
        assert len(set(asked)) == 5
        assert not any("{" in question for question in asked)


@pytest.mark.parametrize("axis", Axis)
def test_an_axis_has_questions_of_its_own(axis: Axis) -> None:
    assert BANK.about_kind(axis, 0) != BANK.about_kind(axis, 1)
    assert BANK.about_kind(axis, 2) == BANK.about_kind(axis, 0)
    assert not any(BANK.about_kind(axis, 0) == BANK.about_kind(other, 0) for other in Axis if other is not axis)


TEXT = (ROOT / "prompts" / "review" / "review.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"critical mass"', '"crucial mass"', "statement mass-value: dimension is 'crucial mass'; it can be common"),
        ('key = "purpose-used"', 'key = "purpose-known"', "statement purpose-known: its key stands twice"),
        ('    "Only good news is told",\n', "", "statement intelligence-safe: levels is a list of 5 sentences"),
        ('value = "enclave"', 'value = "club"', "statement purpose-known: value is 'club'; it can be enclave or"),
        ('axis = "governance"', 'axis = "size"', "statement purpose-known: axis is 'size'; it can be governance or"),
        ('key = "stance"', 'key = "mood"', "situation mood: key is 'mood'; it can be governance or function"),
        ("inside =", "within =", "situation origin: its choices are inside or outside or both, in that order"),
        ("by-more = [", "by-far = [", "joint: by-more is a list of 1 to 9 sentences"),
        ("text = ", "texts = ", "statement purpose-known: texts is no field of a statement"),
    ],
)
def test_a_wrong_bank_says_what_is_wrong_with_what(right: str, wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        read_bank(TEXT.replace(right, wrong))


def test_all_that_is_wrong_is_said_at_once() -> None:
    both = TEXT.replace('key = "stance"', 'key = "mood"').replace('"critical mass"', '"crucial mass"')
    with pytest.raises(ValueError, match=r"(?s)statement mass-value.*situation mood"):
        read_bank(both)


def test_what_is_not_there_is_not_found() -> None:
    assert isinstance(BANK, Bank)
    assert BANK.statement("another") is None
    assert all(len(one.levels) == LEVELS for one in BANK.statements)
