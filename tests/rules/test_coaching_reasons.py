"""For whatever is known of a person, no coaching question repeats too soon, and its reason names only what is true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.coaching import reasons
from handlers.coaching.choice import HALF_A_YEAR, About, Asked, Goal, Plan, choose
from prompts.coaching import Part, Question, Slot, question_bank
from prompts.kinds import Dimension, Governance, Kind, Origin, Stage, Stance
from storage.records import Role

BANK = question_bank()
BY_KEY = {one.key: one for one in BANK.questions}
MONDAY = date(2027, 1, 11)

dates = st.integers(-400, 0).map(lambda days: MONDAY + timedelta(days=days))
goals = st.builds(
    Goal, st.integers(1, 4), st.sampled_from(["Patient voice", "A {goal}", " ", "x" * 500]), st.integers(0, 60)
)
plans = st.builds(
    Plan,
    st.integers(1, 4),
    st.sampled_from(["If it rains, I will ring", ""]),
    dates | dates.map(lambda on: on + timedelta(days=500)),
)
own_questions = st.lists(
    st.builds(
        Question,
        st.sampled_from(["own:1", "own:2", "own:3"]),
        st.just("What else?"),
        dimension=st.none() | st.sampled_from(Dimension),
        roles=st.frozensets(st.sampled_from(Part)),
    ),
    max_size=3,
    unique_by=lambda one: one.key,
)
keys = st.sampled_from([*BY_KEY, "own:1", "own:2", "no longer in the bank"])
ids = st.none() | st.integers(1, 4)
inputs = st.builds(
    About,
    st.sampled_from([Role.MEMBER, Role.COORDINATOR, Role.LEADER]),
    st.none() | st.sampled_from(Stage),
    st.none() | st.sampled_from(Governance),
    st.none() | st.sampled_from(Origin),
    st.none() | st.sampled_from(Stance),
    st.lists(st.sampled_from(Dimension), max_size=2).map(tuple),
    st.lists(st.sampled_from(Dimension), max_size=2).map(tuple),
    st.lists(goals, max_size=3, unique_by=lambda one: one.id).map(tuple),
    st.lists(plans, max_size=3, unique_by=lambda one: one.id).map(tuple),
    st.one_of(
        st.lists(st.builds(Asked, keys, dates, ids, ids), max_size=20),
        st.lists(dates, min_size=len(BY_KEY), max_size=len(BY_KEY)).map(
            lambda ons: [Asked(key, on) for key, on in zip(BY_KEY, ons, strict=True)]
        ),
    ).map(tuple),
    st.frozensets(keys, max_size=5),
    own_questions.map(tuple),
    st.booleans(),
)


def _fits(question: Question, about: About) -> bool:
    pairs: tuple[tuple[frozenset[str], str | None], ...] = (
        (question.roles, about.role.value),
        (question.stages, about.stage),
        (question.governance, about.governance),
        (question.origin, about.origin),
        (question.stance, about.stance),
    )
    return question.key not in about.off and all(not wanted or known in wanted for wanted, known in pairs)


@given(inputs)
@settings(max_examples=200)
def test_nothing_comes_again_within_half_a_year_while_others_fit(about: About) -> None:
    chosen = choose(BANK, about, MONDAY)
    assert chosen == choose(BANK, about, MONDAY)
    assert chosen is not None
    last = {one.key: max(two.on for two in about.asked if two.key == one.key) for one in about.asked}
    known = {one.key: one for one in (*BANK.questions, *about.own)}
    question = known[chosen.key]
    assert _fits(question, about)
    if MONDAY - last.get(chosen.key, date.min) < HALF_A_YEAR:
        slot = Slot.PLAN if chosen.plan_id else None
        others = [one for one in known.values() if one.slot is slot and _fits(one, about)]
        assert min(last.get(one.key, date.min) for one in others) >= last[chosen.key]


@given(inputs)
@settings(max_examples=200)
def test_a_reason_names_only_what_is_true(about: About) -> None:
    chosen = choose(BANK, about, MONDAY)
    assert chosen is not None
    question = {one.key: one for one in (*BANK.questions, *about.own)}[chosen.key]
    if chosen.plan_id is not None:
        plan = next(one for one in about.plans if one.id == chosen.plan_id)
        assert plan.moment_on < MONDAY
        assert chosen.plan_id not in {one.plan_id for one in about.asked}
        assert chosen.reason == reasons.of_plan(plan.moment_on)
    elif chosen.goal_id is not None:
        goal = next(one for one in about.goals if one.id == chosen.goal_id)
        assert goal.weeks_quiet >= 4
        assert chosen.reason.endswith(reasons.of_goal("", goal.weeks_quiet).split("”")[1])
        assert goal.title[:70] in chosen.reason
        assert goal.title[:70] in chosen.text
    else:
        assert chosen.text == question.text
        _is_true_of(chosen.reason, question, about)


def _is_true_of(reason: str, question: Question, about: About) -> None:
    if reason == reasons.OWN:
        assert question in about.own
    elif "wrote about" in reason:
        assert reasons.wrote_about(_named(reason)) == reason
        assert question.dimension is _named(reason)
        assert _named(reason) in about.wrote_about
    elif "review of your network" in reason:
        assert reasons.is_weak(_named(reason)) == reason
        assert question.dimension is _named(reason)
        assert _named(reason) in about.weak
        assert reasons.is_of_review(reason)
        assert reasons.is_said(reason, about.weak, Kind())
    else:
        said: Mapping[str, str] = {
            **{words: part for part, words in reasons.PARTS.items()},
            **{f"a network {words}": stage for stage, words in reasons.STAGES.items()},
        }
        assert reasons.PARTS[Part(about.role)] in reason
        named = {what for words, what in said.items() if re.search(rf"{words}\b", reason)}
        assert named <= {about.role, about.stage}
        of_age = about.stage in question.stages and not about.stage_is_reviewed
        is_of_kind = not question.is_for_any_network and not of_age
        assert reasons.is_of_review(reason) is is_of_kind
        kind = Kind(about.governance, None, about.origin, about.stance, about.stage)
        assert reasons.is_said(reason, about.weak, kind) is is_of_kind
        for words_of, known in (
            (reasons.GOVERNANCE, about.governance),
            (reasons.ORIGINS, about.origin),
            (reasons.STANCES, about.stance),
        ):
            assert {tag for tag, words in words_of.items() if words in reason} <= {known}


def _named(reason: str) -> Dimension:
    return next(dimension for dimension, words in reasons.DIMENSIONS.items() if reason.endswith(words))


@pytest.mark.parametrize(
    "words",
    [
        words
        for table in (
            reasons.DIMENSIONS,
            reasons.PARTS,
            reasons.STAGES,
            reasons.GOVERNANCE,
            reasons.ORIGINS,
            reasons.STANCES,
        )
        for words in table.values()
    ],
)
def test_reasons_are_short_and_measure_nobody(words: str) -> None:
    assert len(words.split()) <= 9
    assert not re.search(r"feel|mood|score|stress|engag|perform|weak|\d", words)


def test_every_tag_has_its_words() -> None:
    assert set(reasons.DIMENSIONS) == set(Dimension)
    assert set(reasons.PARTS) == set(Part)
    assert set(reasons.STAGES) | set(reasons.GOVERNANCE) == set(Stage) | set(Governance)
    assert set(reasons.ORIGINS) == set(Origin)
    assert set(reasons.STANCES) == set(Stance)


def test_a_reason_of_which_a_newer_review_says_nothing_is_not_said() -> None:
    about = About(Role.LEADER, governance=Governance.ENCLAVE)
    chosen = choose(BANK, about, MONDAY)
    assert chosen is not None
    for kind in (Kind(), Kind(governance=Governance.MANAGED)):
        assert not reasons.is_said(chosen.reason, tuple(Dimension), kind)
    assert not reasons.is_said(reasons.is_weak(Dimension.MASS), (Dimension.PURPOSE,), Kind())
    assert not reasons.is_of_review(reasons.EARLIER)


def test_a_goal_whose_title_speaks_of_a_review_is_no_reason_of_one() -> None:
    title = "Ring, as its last review says"
    assert not reasons.is_of_review(reasons.of_goal(title, 5))
