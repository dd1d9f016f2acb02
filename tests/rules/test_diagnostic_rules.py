"""What each part of a review asks, where one goes on, when one may begin the session, and when it was abandoned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.diagnostic import rules
from handlers.diagnostic.forms import who_sees
from handlers.diagnostic.gathering import Gathering
from prompts.kinds import Axis
from prompts.review import review_bank
from storage.records import Network
from storage.review_records import Review, ReviewState, Seat

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
BANK = review_bank()
NETWORK = Network(7, "sh", "Sexual Health Network", "", None)
REVIEW = Review(31, 7, 1, ReviewState.OPEN, 1, AT, AT)
DONE, OPEN = Seat(1, "Bea", AT, AT), Seat(2, "Ann", AT)
KINDS = {axis.value: "unsure" for axis in Axis}
NOW = {one.now_key: "3" for one in BANK.statements}


def _gathering(*seats: Seat, me: int = 1, state: ReviewState = ReviewState.OPEN) -> Gathering:
    return Gathering(replace(REVIEW, state=state), NETWORK, seats, me, may_run=True)


def test_all_that_a_review_asks_stands_in_just_one_part() -> None:
    asked = [key for part in rules.PARTS for key in rules.keys(part, BANK)]
    statements = [key for one in BANK.statements for key in (one.now_key, one.hoped_key)]
    assert sorted(asked) == sorted([rules.PURPOSE, rules.DIFFERENCE, *Axis, *statements])
    assert [part.number for part in rules.PARTS] == [1, 2, 3, 4, 5, 6, 7]


def test_what_is_hoped_for_and_ones_own_words_can_be_left_out() -> None:
    assert rules.missing({**KINDS, **NOW}, BANK) == ()
    for key in (*KINDS, *NOW):
        assert rules.missing({name: value for name, value in {**KINDS, **NOW}.items() if name != key}, BANK)


def test_one_begins_with_the_goals_and_goes_on_where_something_is_missing() -> None:
    assert rules.following({}, BANK) == rules.GOALS
    assert rules.following({rules.PURPOSE: "Care"}, BANK) == rules.KIND
    assert rules.following({**KINDS}, BANK) == rules.PARTS[2]
    assert rules.following({**KINDS, **NOW}, BANK) is None


def test_after_a_part_comes_the_next_that_is_not_whole_and_then_those_before_it() -> None:
    assert rules.after(rules.GOALS, {}, BANK) == rules.KIND, "goals that were left out are not asked again"
    assert rules.after(rules.PARTS[6], {**NOW}, BANK) == rules.KIND


def test_the_minutes_that_are_left_grow_fewer() -> None:
    left = [rules.minutes_left(answers, BANK) for answers in ({}, KINDS, {**KINDS, **NOW})]
    assert left == [10, 7, 1]


def test_a_stamp_tells_a_change_elsewhere_and_nothing_else() -> None:
    stamps = {rules.stamp(rules.KIND, answers, BANK) for answers in (KINDS, {**KINDS, rules.PURPOSE: "Care"})}
    assert len(stamps) == 1, "another part has a stamp of its own"
    assert rules.stamp(rules.KIND, {**KINDS, "stage": "growing"}, BANK) not in stamps
    assert max(stamps) < 1_000_000_000, "a button carries it"


def test_only_what_changes_is_kept_and_what_was_emptied_goes() -> None:
    standing = {rules.PURPOSE: "Care", rules.DIFFERENCE: "More"}
    assert rules.changes(rules.GOALS, standing, {rules.PURPOSE: "Care"}, BANK) == {rules.DIFFERENCE: ""}
    assert rules.changes(rules.GOALS, {}, {rules.PURPOSE: "Care", "stage": "growing"}, BANK) == {rules.PURPOSE: "Care"}


def test_the_session_begins_with_two_views_of_which_one_is_the_readers() -> None:
    other = Seat(2, "Ann", AT, AT)
    assert rules.may_begin_joint(_gathering(DONE, other))
    assert not rules.may_begin_joint(_gathering(DONE, OPEN))
    assert not rules.may_begin_joint(_gathering(DONE, other, OPEN, me=3))
    assert not rules.may_begin_joint(_gathering(DONE, other, state=ReviewState.JOINT))


def test_nobody_goes_on_alone_while_others_may_still_answer() -> None:
    assert rules.may_go_on_alone(_gathering(DONE), AT)
    assert not rules.may_go_on_alone(_gathering(OPEN, me=2), AT)
    asked = _gathering(DONE, OPEN)
    assert not rules.may_go_on_alone(asked, AT + timedelta(days=13))
    assert rules.may_go_on_alone(asked, AT + timedelta(days=14)), "a week after the one reminder"
    assert not rules.may_go_on_alone(_gathering(DONE, Seat(2, "Ann", AT, AT)), AT + timedelta(days=14))


def test_all_have_answered_once_there_are_several_and_none_is_left() -> None:
    assert rules.is_ready(_gathering(DONE, Seat(2, "Ann", AT, AT)))
    assert not rules.is_ready(_gathering(DONE))
    assert not rules.is_ready(_gathering(DONE, OPEN))
    gone = Seat(3, "Cal", AT, is_here=False)
    assert rules.is_ready(_gathering(DONE, Seat(2, "Ann", AT, AT), gone)), "who left the network is not waited for"


def test_who_left_the_network_reads_nothing_more_and_what_they_answered_counts() -> None:
    gone = _gathering(DONE, Seat(2, "Ann", AT, AT, is_here=False), me=2)
    assert gone.mine is None
    assert gone.finished == 2
    assert _gathering(DONE, Seat(2, "Ann", AT, AT, is_here=False)).others == ()


@pytest.mark.parametrize("state", [ReviewState.OPEN, ReviewState.JOINT])
def test_a_review_is_abandoned_after_eight_weeks_without_a_touch(state: ReviewState) -> None:
    found = _gathering(DONE, state=state)
    assert not rules.is_abandoned(found, AT + timedelta(days=55))
    assert rules.is_abandoned(found, AT + timedelta(days=56))


def test_what_has_ended_was_not_abandoned() -> None:
    assert not rules.is_abandoned(_gathering(DONE, state=ReviewState.ENDED), AT + timedelta(days=99))


def test_before_anything_is_typed_it_is_said_who_will_see_it() -> None:
    assert "So far you are the only one in it." in who_sees(_gathering(OPEN, me=2))
    small = who_sees(_gathering(DONE, OPEN, me=2))
    assert "once the joint session begins, without your name. So far they are you and Bea." in small
    assert "In so small a group they may guess who said what." in small
    many = who_sees(_gathering(OPEN, *(Seat(number, f"Person {number}", AT) for number in range(3, 30)), me=2))
    assert "Person 8 and 21 others. They may guess who said what." in many
    assert "see your answers now, without your name" in who_sees(_gathering(DONE, OPEN, state=ReviewState.JOINT))
