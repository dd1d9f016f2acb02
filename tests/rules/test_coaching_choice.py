"""The choice of one coaching question: follow-through first, then what fits, and no repeat within half a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from handlers.coaching.choice import About, Asked, Chosen, Goal, Plan, choose
from prompts.coaching import Bank, Move, Part, Question, Slot
from prompts.coaching import question_bank as whole_bank
from prompts.kinds import Dimension, Governance, Origin, Stage, Stance
from storage.records import Role

BANK = whole_bank()
BY_KEY = {one.key: one for one in BANK.questions}
MONDAY = date(2027, 1, 11)
WEEK = timedelta(weeks=1)
LEADER = About(Role.LEADER)
VOICE = Goal(1, "Patient voice", 5)
RING = Plan(7, "When the rota is out, I will ring the ward.", date(2027, 1, 7))
OWN = Question("own:1", "What would your grandmother say to it?")


def _chosen(about: About, on: date = MONDAY, bank: Bank = BANK) -> Chosen:
    found = choose(bank, about, on)
    assert found is not None
    return found


def _after(about: About, chosen: Chosen, on: date) -> About:
    return replace(about, asked=(*about.asked, Asked(chosen.key, on, chosen.goal_id, chosen.plan_id)))


def _weeks(about: About, number: int, bank: Bank = BANK) -> list[Chosen]:
    all_of_them: list[Chosen] = []
    for week in range(number):
        chosen = _chosen(about, MONDAY + week * WEEK, bank)
        about = _after(about, chosen, MONDAY + week * WEEK)
        all_of_them.append(chosen)
    return all_of_them


def _keys(slot: Slot | None) -> frozenset[str]:
    return frozenset(one.key for one in BANK.questions if one.slot is slot)


# A plan whose moment has passed


def test_a_plan_is_asked_about_once_after_its_moment_and_before_anything_else() -> None:
    about = replace(LEADER, plans=(RING,), goals=(VOICE,), own=(OWN,))
    first, second = _weeks(about, 2)
    assert first.plan_id == RING.id
    assert first.text == "What came of your plan “When the rota is out, I will ring the ward”?"
    assert first.reason == "because the moment of your plan, 7 January 2027, has passed"
    assert second.plan_id is None


@pytest.mark.parametrize(("days", "is_asked"), [(-1, False), (0, False), (1, True), (200, True)])
def test_a_plan_waits_for_the_day_after_its_moment(days: int, is_asked: bool) -> None:
    chosen = _chosen(replace(LEADER, plans=(RING,)), RING.moment_on + timedelta(days=days))
    assert (chosen.plan_id == RING.id) is is_asked


def test_of_two_plans_the_older_comes_first_and_then_the_other_with_other_words() -> None:
    about = replace(LEADER, plans=(RING, replace(RING, id=8, moment_on=RING.moment_on - WEEK)))
    first, second, third = _weeks(about, 3)
    assert (first.plan_id, second.plan_id, third.plan_id) == (8, 7, None)
    assert first.key != second.key


def test_a_plan_is_asked_about_even_when_all_words_for_it_came_lately() -> None:
    lately = tuple(
        Asked(key, MONDAY - timedelta(days=n), plan_id=99) for n, key in enumerate(sorted(_keys(Slot.PLAN)), 1)
    )
    chosen = _chosen(replace(LEADER, plans=(RING,), asked=lately))
    assert (chosen.plan_id, chosen.key) == (RING.id, lately[-1].key)


def test_plans_without_words_and_plans_whose_questions_are_off_are_passed_over() -> None:
    for about in (
        replace(LEADER, plans=(replace(RING, text=" . "),)),
        replace(LEADER, plans=(RING,), off=_keys(Slot.PLAN)),
    ):
        assert _chosen(about).plan_id is None


# A quiet goal


@pytest.mark.parametrize(
    ("weeks", "since"),
    [
        (3, None), (4, "four weeks"), (5, "five weeks"), (9, "nine weeks"), (10, "10 weeks"), (52, "52 weeks"),
        (53, "more than a year"),
    ],
)  # fmt: skip
def test_a_goal_is_quiet_from_four_weeks_on(weeks: int, since: str | None) -> None:
    chosen = _chosen(replace(LEADER, goals=(replace(VOICE, weeks_quiet=weeks),)))
    assert chosen.goal_id == (VOICE.id if since else None)
    assert not since or chosen.reason == f"because your goal “Patient voice” has been quiet for {since}"
    assert not since or "“Patient voice”" in chosen.text


def test_a_quiet_goal_is_left_alone_for_four_weeks_after_a_question() -> None:
    goals = [one.goal_id for one in _weeks(replace(LEADER, goals=(VOICE,)), 9)]
    assert goals == [1, None, None, None, 1, None, None, None, 1]


def test_the_goal_that_is_quiet_longest_comes_first_and_then_the_others() -> None:
    about = replace(LEADER, goals=(VOICE, Goal(2, "Rota", 9), Goal(3, "Leaflet", 5), Goal(4, " ", 30)))
    assert [one.goal_id for one in _weeks(about, 4)] == [2, 1, 3, None]


def test_many_quiet_goals_leave_room_for_other_questions_and_none_repeats() -> None:
    year = _weeks(replace(LEADER, goals=tuple(Goal(n, f"Goal {n}", 30) for n in range(1, 9))), 27)
    assert len({one.key for one in year}) == 27
    assert {one.goal_id is None for one in year} == {True, False}


def test_a_long_title_is_cut_and_stays_on_one_line() -> None:
    chosen = _chosen(replace(LEADER, goals=(replace(VOICE, title="A {plan}\n\tof " + "x" * 10_000),)))
    assert "“A {plan} of xxx" in chosen.text
    assert max(len(chosen.text), len(chosen.reason)) < 200


# Part, stage and kind of the network


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        (About(Role.LEADER, Stage.STARTING), "because you lead a network that is just starting"),
        (
            About(Role.COORDINATOR, Stage.ENDING, stage_is_reviewed=True),
            "because you co-ordinate a network that is coming to its end, as its last review says",
        ),
        (
            About(Role.MEMBER, governance=Governance.ENCLAVE),
            "because you belong to a network where nobody is in charge of the others, as its last review says",
        ),
        (
            About(Role.LEADER, origin=Origin.OUTSIDE),
            "because you lead a network that was set up from outside, as its last review says",
        ),
        (
            About(Role.LEADER, stance=Stance.CHALLENGES),
            "because you lead a network that challenges how things are done, as its last review says",
        ),
        (About(Role.LEADER), "because you lead a network, and it is time for a question on what the network is for"),
        (
            About(Role.LEADER, wrote_about=(Dimension.MASS,)),
            "because you last wrote about who takes part and what they gain",
        ),
        (
            About(Role.MEMBER, weak=(Dimension.COMMUNITY,)),
            "because the last review of your network points to how people get to know each other",
        ),
        (About(Role.MEMBER, own=(OWN,)), "because it is one of your network’s own questions"),
    ],
)
def test_a_choice_says_in_plain_words_why(about: About, reason: str) -> None:
    assert _chosen(about).reason == reason


@pytest.mark.parametrize("role", [Role.FACULTY, Role.ADMIN])
def test_who_has_no_part_in_a_network_is_asked_nothing(role: Role) -> None:
    assert choose(BANK, About(role, plans=(RING,), goals=(VOICE,)), MONDAY) is None


def test_nothing_is_asked_when_all_is_off() -> None:
    assert choose(BANK, replace(LEADER, off=frozenset(BY_KEY)), MONDAY) is None


def test_what_is_off_does_not_come() -> None:
    first = _chosen(LEADER)
    assert _chosen(replace(LEADER, off=frozenset({first.key}))).key != first.key


def test_dimensions_take_turns() -> None:
    year = [BY_KEY[one.key].dimension for one in _weeks(LEADER, 25)]
    assert all(set(year[at : at + 5]) == set(Dimension) for at in range(0, 25, 5))


def test_what_matters_to_the_person_comes_every_second_time() -> None:
    about = replace(LEADER, wrote_about=(Dimension.MASS,))
    year = [BY_KEY[one.key].dimension for one in _weeks(about, 16)]
    assert [one is Dimension.MASS for one in year] == [True, False] * 8
    assert set(year) == set(Dimension)


def test_what_fits_only_such_networks_and_what_fits_any_are_mixed() -> None:
    known = About(Role.LEADER, Stage.STARTING, Governance.ENCLAVE, Origin.INSIDE, Stance.CHALLENGES)
    for_any = sum(BY_KEY[one.key].is_for_any_network for one in _weeks(known, 20))
    assert for_any == 10


def test_moves_vary() -> None:
    moves = [BY_KEY[one.key].move for one in _weeks(LEADER, 27)]
    assert len(set(moves)) == len(Move)
    assert sum(one is other for one, other in pairwise(moves)) <= 1


def test_own_questions_of_the_network_take_turns_with_the_banks() -> None:
    own = tuple(replace(OWN, key=f"own:{n}", text=f"Own {n}?") for n in range(3))
    assert [one.key.startswith("own:") for one in _weeks(replace(LEADER, own=own), 7)] == [True, False] * 3 + [False]


def test_an_own_question_for_leaders_does_not_reach_members() -> None:
    own = (replace(OWN, roles=frozenset({Part.LEADER})),)
    assert _chosen(replace(LEADER, own=own)).key == OWN.key
    assert _chosen(About(Role.MEMBER, own=own)).key != OWN.key


# No repeat


KINDS = [About(role) for role in (Role.MEMBER, Role.COORDINATOR, Role.LEADER)]
KINDS += [replace(one, stage=stage) for one in KINDS for stage in Stage]
KINDS += [
    replace(one, stance=stance, goals=(VOICE,), wrote_about=(Dimension.MASS,)) for one in KINDS for stance in Stance
]


@pytest.mark.parametrize("about", KINDS, ids=lambda one: "-".join(filter(None, (one.role, one.stage, one.stance))))
def test_half_a_year_of_weeks_never_repeats(about: About) -> None:
    keys = [one.key for one in _weeks(about, 27)]
    assert len(set(keys)) == 27


@pytest.mark.parametrize(("days", "comes_again"), [(182, False), (183, True)])
def test_a_question_comes_again_after_half_a_year(days: int, comes_again: bool) -> None:
    asked = (Asked(OWN.key, MONDAY - timedelta(days=days)), Asked("patient-notices", MONDAY - WEEK))
    assert (_chosen(replace(LEADER, own=(OWN,), asked=asked)).key == OWN.key) is comes_again


def test_when_all_came_lately_the_one_asked_longest_ago_comes() -> None:
    few = Bank(tuple(Question(key, "What?", dimension=Dimension.MASS) for key in "abc"))
    assert [one.key for one in _weeks(LEADER, 7, few)] == ["a", "b", "c", "a", "b", "c", "a"]
