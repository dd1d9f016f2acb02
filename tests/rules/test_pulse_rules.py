"""Pulses: when they may begin and ask, and that nothing which is shown tells anyone what one person answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.kit.figures import FEWEST
from handlers.pulse import rules
from prompts.kinds import Dimension
from storage.pulse_records import Counted, PulseFigure

KEY = "purpose-known"
LEVELS = (1, 2, 3, 4, 5)
MAY_ANSWER = (None, *LEVELS)


def _count(given: list[int | None]) -> Counted:
    """What five people or more came to on one statement; who left it out answered another."""
    return rules.count(len(given), {KEY: sorted(one for one in given if one is not None)})


def test_a_pulse_asks_for_one_thing_of_each_of_the_five_in_words_that_fit_a_menu() -> None:
    asked = rules.statements()
    assert [one.dimension for one in asked] == list(Dimension)
    assert all(len(f"{level}: {words}") <= 75 for one in asked for level, words in enumerate(one.levels, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MAY_ANSWER), min_size=FEWEST, max_size=FEWEST))
@example([3, 3, 3, 3, 3])
@example([3, 3, 3, 3, 1])
@example([3, 3, 3, 1, 1])
@example([3, 3, 3, 3, None])
def test_whoever_knows_their_own_answer_cannot_tell_anyone_elses(given: list[int | None]) -> None:
    """Every world is tried: all that the others can have answered where the same is shown."""
    shown = _count(given)
    for me in range(FEWEST):
        others = [
            [*world[:me], given[me], *world[me:]]
            for world in product(MAY_ANSWER, repeat=FEWEST - 1)
            if any(one is not None for one in world)
        ]
        alike = [world for world in others if _count(world) == shown]
        for other, answers in enumerate(zip(*alike, strict=True)):
            assert other == me or set(answers) - {given[other]}, (given, me, other)


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        ([1, 2, 3, 4], None),
        ([3, 3, 3, 3, 3, 3], None),
        ([3, 3, 3, 3, 3, 5], None),
        ([3, 3, 3, 3, 5, 5], PulseFigure(3, 5, 3, 6)),
        ([1, 2, 3, 4, 5], PulseFigure(1, 5, 3, 5)),
        ([1, 2, 2, 3, 4, 5], PulseFigure(1, 5, 2.5, 6)),
    ],
)
def test_a_statement_is_shown_from_five_people_up_who_are_not_almost_all_alike(
    given: list[int], figure: PulseFigure | None
) -> None:
    assert rules.count(9, {KEY: given}).figures.get(KEY) == figure


def test_of_fewer_than_five_not_even_their_number_is_kept() -> None:
    assert rules.count(4, {KEY: [1, 2, 4, 5]}) == Counted(None, {})
    assert rules.count(5, {}) == Counted(5, {})


def test_what_is_no_statement_of_a_pulse_is_not_counted() -> None:
    assert rules.count(5, {"other": [1, 2, 3, 4, 5]}).figures == {}


@pytest.mark.parametrize("days", range(7))
def test_people_are_asked_in_the_next_week_and_once_more_while_it_is_open(days: int) -> None:
    began_on = date(2027, 3, 1) + timedelta(days=days)
    first, second = rules.asked_on(began_on)
    assert (first, second) == (date(2027, 3, 11), date(2027, 3, 25))
    assert second < began_on + rules.OPEN_FOR


def test_three_months_lie_between_two_pulses() -> None:
    assert rules.next_from(None) is None
    assert timedelta(weeks=13) == rules.APART
    assert datetime(2027, 1, 4, 9, tzinfo=UTC) + rules.APART == datetime(2027, 4, 5, 9, tzinfo=UTC)
