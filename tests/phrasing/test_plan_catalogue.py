"""The catalogue of plans: each action is short, plain, kind and countable, and every kind of network finds its own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import combinations, product

import pytest
import textstat

from bench import plain
from bench.house import ROOT
from bench.plain import HARDEST, MOST_WORDS
from handlers.kit.harm import points_to_harm
from handlers.kit.patient_details import kinds_in
from prompts.kinds import AXES, Axis, Dimension, Function, Governance, Kind, Origin, Stage, Stance
from prompts.plan import FILES, MONTHS, Action, Catalogue, Form, catalogue, read

ACTIONS = catalogue().actions
FEWEST_IN_ALL = 60
FEWEST_OF_A_FORM = 5
FEWEST_FOR_ANY = 8
FEWEST_OF_ITS_OWN = 3
LONGEST_TITLE = 90
LONGEST_GOAL = 120
LONGEST_TEXT = 150
HARDEST_ALONE = 7.5
ALIKE = 0.5
UNFIT = {**plain.UNFIT, **plain.MEASURING}
SMALL_WORDS = (
    "a an and are as at by can do each else every find first for from give have hold how i if in is it let look member"
    " members network next not of on one or other others our people that the their them they thing things to together"
    " two three us we what when who who’s will with work"
)
SMALL = set(SMALL_WORDS.split())
FOLDER = ROOT / "prompts" / "plan"
each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.key)
each_value = pytest.mark.parametrize(
    ("axis", "value"), [(axis, value) for axis in Axis for value in AXES[axis]], ids=str
)


def _first_step(action: Action) -> str:
    return f"When {action.step_when}, I will {action.step_then}."


def _lines(action: Action) -> list[str]:
    return [action.title, *plain.sentences(action.text), *action.goals, _first_step(action)]


def _tags(action: Action, axis: Axis) -> frozenset[str]:
    found: frozenset[str] = getattr(action, "stages" if axis is Axis.STAGE else axis)
    return found


@each_action
def test_an_action_is_short_plain_and_kind(action: Action) -> None:
    assert [line for line in _lines(action) if len(plain.words(line)) > MOST_WORDS] == []
    assert len(plain.sentences(action.text)) <= 2
    assert plain.unfit(" ".join(_lines(action)), UNFIT) == {}
    assert not re.search(r"[!;()/&…\"']|--|\b[A-Z]{2,}\b", " ".join(_lines(action)))


@each_action
def test_an_action_fits_where_it_is_shown(action: Action) -> None:
    assert len(action.title) <= LONGEST_TITLE
    assert len(action.text) <= LONGEST_TEXT
    assert max(map(len, action.goals)) <= LONGEST_GOAL
    assert action.title[0].isupper()
    assert action.title[-1] not in ".?!"
    assert [goal for goal in action.goals if goal[-1] in ".?!" or not goal[0].isupper()] == []
    assert 1 <= action.months[0] < action.months[1] <= MONTHS


@each_action
def test_a_first_step_reads_as_a_plan_of_one_person(action: Action) -> None:
    assert action.step_when[-1].isalnum()
    assert action.step_then[-1].isalnum()
    assert action.step_then[0].islower()
    assert action.step_when[0].islower() or action.step_when.startswith("I ")
    assert not re.match(r"(?:when|if|to|i will)\b", action.step_then, re.IGNORECASE)
    assert not re.match(r"(?:when|if)\b", action.step_when, re.IGNORECASE)


@each_action
def test_what_stands_in_a_form_at_the_start_can_be_sent_as_it_is(action: Action) -> None:
    assert [line for line in _lines(action) if kinds_in(line) or points_to_harm([line])] == []


@each_action
def test_an_action_can_be_read(action: Action) -> None:
    assert textstat.automated_readability_index(plain.as_sentences(_lines(action))) <= HARDEST_ALONE


@pytest.mark.parametrize("of", [*Form, *Dimension], ids=str)
def test_each_shelf_can_be_read_at_eleven(of: str) -> None:
    lines = [line for one in ACTIONS if of in (one.form, *one.dimensions) for line in _lines(one)]
    assert textstat.automated_readability_index(plain.as_sentences(lines)) <= HARDEST


def test_no_two_actions_say_nearly_the_same() -> None:
    meant = [(one.key, frozenset(plain.words(one.title.lower())) - SMALL) for one in ACTIONS]
    assert [(a, b) for (a, one), (b, other) in combinations(meant, 2) if plain.likeness(one, other) > ALIKE] == []
    steps = Counter(_first_step(one) for one in ACTIONS)
    texts = Counter(one.text for one in ACTIONS)
    goals = Counter(goal for one in ACTIONS for goal in one.goals)
    assert [twice for counted in (steps, texts, goals) for twice, times in counted.items() if times > 1] == []


def test_there_are_enough_in_all_and_of_each_form() -> None:
    assert len(ACTIONS) >= FEWEST_IN_ALL
    held = Counter(one.form for one in ACTIONS)
    assert {form for form in Form if held[form] < FEWEST_OF_A_FORM} == set()


def test_each_of_the_five_has_actions_for_any_network_and_of_several_forms() -> None:
    for dimension in Dimension:
        fitting = [one for one in ACTIONS if one.is_for_any_network and dimension in one.dimensions]
        assert len(fitting) >= FEWEST_FOR_ANY
        assert len({one.form for one in fitting}) >= 5


@each_value
def test_each_value_of_each_axis_has_actions_of_its_own(axis: Axis, value: str) -> None:
    own = [one for one in ACTIONS if value in _tags(one, axis)]
    assert len(own) >= FEWEST_OF_ITS_OWN
    assert len({one.form for one in own}) >= FEWEST_OF_ITS_OWN


@each_value
def test_each_value_of_each_axis_leads_to_other_actions(axis: Axis, value: str) -> None:
    proposed = _fitting(_kind(axis, value))
    others = [_fitting(_kind(axis, other)) for other in AXES[axis] if other != value]
    assert all(set(proposed) - set(other) for other in others)
    assert not all(one.is_for_any_network for one in proposed)


def _fitting(kind: Kind, dimension: Dimension | None = None) -> list[Action]:
    found = (one for one in catalogue().actions if one.fits(kind))
    return [one for one in found if dimension is None or dimension in one.dimensions]


def _kind(axis: Axis, value: str) -> Kind:
    return Kind(
        Governance(value) if axis is Axis.GOVERNANCE else None,
        Function(value) if axis is Axis.FUNCTION else None,
        Origin(value) if axis is Axis.ORIGIN else None,
        Stance(value) if axis is Axis.STANCE else None,
        Stage(value) if axis is Axis.STAGE else None,
    )


def test_every_kind_of_network_has_actions_for_each_of_the_five_and_from_the_first_months() -> None:
    for parts in product(*([None, *AXES[axis]] for axis in Axis)):
        kind = Kind(*parts)
        for dimension in Dimension:
            fitting = _fitting(kind, dimension)
            assert len(fitting) >= FEWEST_FOR_ANY
            assert any(one.months[0] <= 2 for one in fitting)


def test_what_is_for_one_kind_is_not_proposed_where_the_kind_is_not_known() -> None:
    assert all(one.is_for_any_network for one in _fitting(Kind()))
    enclave = catalogue().action("enclave-take-turns")
    assert enclave is not None
    assert enclave.fits(Kind(Governance.ENCLAVE, stage=Stage.GROWING))
    assert not enclave.fits(Kind(Governance.MANAGED))


def test_only_a_managed_network_is_told_what_its_core_team_does() -> None:
    speaking = [one for one in ACTIONS if "core team" in " ".join(_lines(one))]
    assert speaking
    assert all(one.governance == {Governance.MANAGED} for one in speaking)


def test_each_dimension_comes_once_in_an_action() -> None:
    assert [one.key for one in ACTIONS if len(set(one.dimensions)) != len(one.dimensions)] == []
    assert Counter(one.dimensions[0] for one in ACTIONS).keys() == set(Dimension)


def test_the_files_hold_actions_and_nothing_else() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*FILES, "words"}
    assert {key for name in FILES for key in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))} == {"actions"}


GOOD = """key = "a"
title = "Meet once a month"
text = "Meet."
form = "coaching"
dimensions = ["critical mass"]
goals = ["Six have met"]
step_when = "we meet"
step_then = "ask"
months = [1, 6]"""


def _read(*entries: str) -> Catalogue:
    return read("\n".join(f"[[actions]]\n{entry}" for entry in entries))


def test_an_action_is_read_with_its_tags() -> None:
    found = _read(GOOD + '\ngovernance = ["enclave"]\nstages = ["ending"]')
    assert found.action("a") == Action(
        "a", "Meet once a month", "Meet.", Form.COACHING, (Dimension.MASS,), ("Six have met",), "we meet", "ask",
        (1, 6), governance=frozenset({Governance.ENCLAVE}), stages=frozenset({Stage.ENDING}),
    )  # fmt: skip
    assert found.action("b") is None


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([GOOD, GOOD.replace("once", "twice")], "action a: its key stands twice"),
        ([GOOD, GOOD.replace('"a"', '"b"')], "its words stand twice: Meet once a month"),
        ([GOOD.replace("coaching", "training")], "action a: form is 'training'; it can be objectives review or"),
        ([GOOD.replace("critical", "crucial")], "action a: dimensions is 'crucial mass'; it can be common purpose or"),
        ([GOOD.replace('["critical mass"]', "[]")], "action a: it has no dimensions"),
        ([GOOD.replace('["Six have met"]', "[]")], "action a: goals is a list of 1 to 2 sentences"),
        ([GOOD.replace("[1, 6]", "[6, 1]")], "action a: months is the first and the last month that fit, from 1 to 18"),
        ([GOOD.replace("[1, 6]", "[1, 19]")], "action a: months is the first and the last month that fit"),
        ([GOOD.replace('"ask"', '" "')], "action a: it has no step_then"),
        ([GOOD + '\nstage = ["ending"]'], "action a: stage is no field of an action"),
        ([GOOD + '\nstages = "ending"'], "action a: stages is a list in brackets"),
        ([GOOD + '\nstance = ["loud"]'], "action a: stance is 'loud'; it can be supports or challenges or both"),
        ([], "there is no action"),
    ],
)
def test_a_wrong_catalogue_says_what_is_wrong_with_which_action(entries: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        _read(*entries)


def test_all_that_is_wrong_is_said_at_once() -> None:
    other = GOOD.replace('"a"', '"b"').replace("once", "twice").replace("[1, 6]", "[0, 6]")
    with pytest.raises(ValueError, match=r"(?s)action a: form is .*action b: months is"):
        _read(GOOD.replace("coaching", "training"), other)
