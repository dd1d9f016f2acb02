"""The steps of a coaching talk, and a plan put together from two halves."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.coaching import forms, rules
from storage.coached import Step

TODAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    ("when", "then", "plan"),
    [
        ("the rota is out", "ring the ward", "When the rota is out, I will ring the ward"),
        ("The rota is out.", "Ring the ward.", "When the rota is out, I will ring the ward"),
        ("when the rota is out,", "then I will ring the ward", "When the rota is out, I will ring the ward"),
        ("If it rains", "I'll ring", "If it rains, I will ring"),
        ("after the meeting", "I’ll write it up", "After the meeting, I will write it up"),
        ("On Monday at 9", "I am going to ask Ann", "On Monday at 9, I will ask Ann"),
        ("I next see Ann", "to ask her", "When I next see Ann, I will ask her"),
        (
            "the call is over",
            "ask Ann to open the next one",
            "When the call is over, I will ask Ann to open the next one",
        ),
        ("Ann comes back", "NHS forms first", "When Ann comes back, I will NHS forms first"),
        ("  \n ", "ring", "I will ring"),
        ("onto the next", "ring", "When onto the next, I will ring"),
        ("a {plan} & <b>", "ring “her”", "When a {plan} & <b>, I will ring “her”"),
    ],
)
def test_two_halves_make_one_sentence(when: str, then: str, plan: str) -> None:
    assert rules.plan(when, then) == plan


def test_the_steps_follow_each_other_to_the_end_and_stay_there() -> None:
    assert [rules.after(one) for one in Step] == [*list(Step)[1:], Step.DONE]
    assert [rules.step_in(rules.number_of(one)) for one in Step] == [*list(Step)[:-1], None]
    assert rules.step_in(99) is None


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        (None, ""),
        (TODAY, ""),
        (date(2028, 1, 12), ""),
        (date(2027, 1, 11), "This day has passed."),
        (date(2028, 1, 13), "Please choose a day less than a year from now."),
    ],
)
def test_a_plan_is_for_today_or_later(on: date | None, problem: str) -> None:
    assert rules.day_problem(on, TODAY) == problem


BEA = forms.Colleague(6, 7, "Bea Example", "One")
COLLEAGUES = [BEA, forms.Colleague(6, 8, "Bea Example", "Two"), forms.Colleague(9, 7, "Beatrix Example", "One")]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("7.6", [6]), ("bea  example", [6]), ("beatrix", [9]), ("bea", [9, 6]), ("cal", []), (" ", []), ("7.99", [])],
)
def test_a_colleague_is_found_by_what_is_chosen_or_typed(typed: str, ids: list[int]) -> None:
    assert [one.person_id for one in forms.chosen(typed, COLLEAGUES)] == ids
