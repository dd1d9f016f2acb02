"""Figures of closed months: whatever is answered, changed or taken back, no two of them tell what one person said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.kit.figures import FEWEST, MonthFigure, closed_months, decide, figure_of, middle
from handlers.kit.template import product_questions
from storage.records import Audience
from storage.shown_figures import Cell, Figure, Given

NUMBERS = (1.0, 2.0, 3.0, 4.0, 5.0)


def _says(figure: Figure) -> tuple[float, ...]:
    return figure.low, figure.high, figure.middle, figure.people, figure.answers


def _given(hidden: list[float], known: list[float]) -> list[Given]:
    numbers = [*((number, False) for number in hidden), *((number, True) for number in known)]
    return [Given(each, each, number, is_known) for each, (number, is_known) in enumerate(numbers)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(NUMBERS), min_size=FEWEST, max_size=FEWEST), st.lists(st.sampled_from(NUMBERS), max_size=3)
)
@example([3.0] * 5, [])
@example([1.0] * 5, [5.0, 5.0, 5.0])
@example([1.0, 1.0, 1.0, 1.0, 2.0], [5.0])
def test_in_some_world_that_looks_the_same_each_hidden_answer_is_another(
    hidden: list[float], known: list[float]
) -> None:
    """Every world is tried: all that the five can have answered beside what faculty read one by one."""
    figure = figure_of(_given(hidden, known))
    if figure is None:
        return
    alike = [world for world in product(NUMBERS, repeat=FEWEST) if _span([*world, *known]) == _says(figure)[:3]]
    for number, place in zip(hidden, zip(*alike, strict=True), strict=True):
        assert set(place) - {number}


def _span(numbers: list[float]) -> tuple[float, float, float]:
    ordered = sorted(numbers)
    return ordered[0], ordered[-1], middle(ordered)


@pytest.mark.parametrize(
    ("hidden", "known", "is_shown"),
    [
        ([1, 2, 3, 4, 5], [], True),
        ([1, 2, 3, 4], [], False),
        ([], [1, 2, 3, 4], False),
        ([], [3, 3, 3, 3, 3], True),
        ([3, 3, 3, 3, 3], [], False),
        ([3, 3, 3, 3, 3], [1, 5], False),
        ([2], [3, 3, 4, 4], False),
        ([2, 3, 4, 5], [1, 2, 3, 4, 5], False),
        ([2, 3, 4, 5, 5], [1, 2, 3, 4, 5], True),
    ],
)
def test_what_is_left_without_what_faculty_read_anyway_is_of_five_people_and_not_all_alike(
    hidden: list[float], known: list[float], is_shown: bool
) -> None:
    assert (figure_of(_given(hidden, known)) is not None) is is_shown


def test_many_answers_of_one_person_do_not_make_five_people() -> None:
    given = [Given(each % 4, each, float(each % 5 + 1), is_known=False) for each in range(20)]
    assert figure_of(given) is None
    figure = figure_of([*given, Given(4, 20, 2.0, is_known=False)])
    assert figure is not None
    assert _says(figure) == (1, 5, 3, 5, 21)


@dataclass
class House:
    """A network's answers over two months, and faculty who ask now and then."""

    month: int = 0
    answers: dict[int, tuple[int, int, float, Audience]] = field(default_factory=dict)
    kept: dict[Cell, Figure | None] = field(default_factory=dict)
    seen: dict[Cell, list[tuple[Figure | None, tuple[Given, ...]]]] = field(default_factory=dict)

    def fed(self) -> dict[Cell, list[Given]]:
        found: dict[Cell, list[Given]] = {}
        for checkin, (month, person, number, audience) in self.answers.items():
            if month < self.month and audience >= Audience.NETWORK:
                one = Given(person, checkin, number, audience >= Audience.FACULTY)
                found.setdefault(_cell(month), []).append(one)
        return found

    def ask(self) -> None:
        fed = self.fed()
        decided = decide(fed, self.kept)
        self.kept |= {**decided.first, **dict.fromkeys(decided.gone)}
        for month in range(self.month):
            cell = _cell(month)
            self.seen.setdefault(cell, []).append((decided.shown.get(cell), tuple(fed.get(cell, ()))))


def _cell(month: int) -> Cell:
    return 1, date(2027, 4 + month, 1), "feeling"


AUDIENCES = st.sampled_from([Audience.LEADERS, *[Audience.NETWORK] * 3, Audience.FACULTY])
STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 7), st.sampled_from(NUMBERS), AUDIENCES),
    st.tuples(st.just("edit"), st.integers(0, 20), st.sampled_from(NUMBERS), AUDIENCES),
    st.tuples(st.just("share"), st.integers(0, 20), st.just(0.0), AUDIENCES),
    st.tuples(st.just("withdraw"), st.integers(0, 20), st.just(0.0), st.just(Audience.NETWORK)),
    st.tuples(st.just("ask"), st.just(0), st.just(0.0), st.just(Audience.NETWORK)),
)
Step = tuple[str, int, float, Audience]


def _take(house: House, step: Step, checkin: int) -> None:
    what, which, number, audience = step
    if what == "ask":
        house.ask()
    elif what == "answer":
        house.answers[checkin] = (house.month, which, number, audience)
    elif which in house.answers:
        month, person, before, _ = house.answers[which]
        changed = {"edit": (month, person, number, audience), "share": (month, person, before, audience)}
        if what == "withdraw":
            del house.answers[which]
        else:
            house.answers[which] = changed[what]


def _lived(begins: list[tuple[float, Audience]], then: list[list[Step]]) -> House:
    """A first month in which so many answer, and then what else comes; faculty ask at the end of each month."""
    house = House()
    for person, (number, audience) in enumerate(begins):
        house.answers[person] = (0, person, number, audience)
    for month, steps in enumerate(then):
        house.month = month
        for each, step in enumerate(steps):
            _take(house, step, 100 * (month + 1) + each)
    house.month = len(then)
    house.ask()
    return house


LIVES = (
    st.lists(st.tuples(st.sampled_from(NUMBERS), AUDIENCES), min_size=4, max_size=9),
    st.lists(st.lists(STEPS, max_size=8), min_size=2, max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(*LIVES)
def test_whenever_faculty_ask_each_month_says_one_thing_or_nothing(
    begins: list[tuple[float, Audience]], then: list[list[Step]]
) -> None:
    for outputs in _lived(begins, then).seen.values():
        shown = [(figure, sorted(map(repr, fed))) for figure, fed in outputs if figure]
        assert len({repr(one) for one in shown}) <= 1, "all that was shown is the same, and was made of the same"
        turns = [is_shown for is_shown, _ in groupby(figure is not None for figure, _ in outputs)]
        assert turns.count(True) <= 1, "what was hidden stays hidden"


@settings(max_examples=300, deadline=None)
@given(*LIVES)
def test_whoever_has_an_answer_in_a_figure_might_have_given_another_of_it(
    begins: list[tuple[float, Audience]], then: list[list[Step]]
) -> None:
    """Two answers that faculty may not read change places: the output is the same, so it does not tell them apart."""
    for outputs in _lived(begins, then).seen.values():
        for figure, fed in outputs:
            hidden = [one for one in fed if not one.is_known]
            if figure is None or not hidden:
                continue
            assert len({one.person_id for one in hidden}) >= FEWEST
            for one in hidden:
                other = next(each for each in hidden if each.number != one.number)
                swap = {one: replace(one, number=other.number), other: replace(other, number=one.number)}
                exchanged = figure_of([swap.get(each, each) for each in fed])
                assert exchanged is not None
                assert _says(exchanged) == _says(figure)


def test_only_whole_months_of_the_period_that_have_ended_are_closed() -> None:
    first_on, last_on = date(2027, 3, 15), date(2027, 6, 30)
    assert closed_months(first_on, last_on, date(2027, 7, 1)) == [date(2027, 4, 1), date(2027, 5, 1), date(2027, 6, 1)]
    assert closed_months(first_on, last_on, date(2027, 6, 30)) == [date(2027, 4, 1), date(2027, 5, 1)]
    assert closed_months(date(2027, 4, 1), date(2027, 4, 29), date(2028, 1, 1)) == []
    assert closed_months(date(2026, 12, 1), date(2027, 1, 31), date(2028, 1, 1)) == [
        date(2026, 12, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_what_is_not_shown_does_not_say_why() -> None:
    month = MonthFigure(1, date(2027, 5, 1), product_questions()[0], None)
    assert month.sentence == (
        "“How is the network doing just now?” in May 2027: not shown, as too few answered or answers have changed."
    )
    shown = replace(month, figure=Figure(2, 5, 3.5, 6, 8, ""))
    assert (
        shown.sentence == "“How is the network doing just now?” in May 2027: 2 to 5, middle 3.5, 8 answers by 6 people."
    )
