"""What the joint session looks at and in which order, what two who lead at once keep, and how reviews are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bench.reviews import answers
from handlers.diagnostic import ending_views, items, joint_forms, result_views
from handlers.diagnostic.items import Item
from handlers.diagnostic.result_views import Shown
from handlers.kit import wheels
from handlers.kit.errors import NotAllowed
from handlers.kit.reviewed import Reviewed, reviewed
from prompts.kinds import Dimension, Governance, Kind
from prompts.review import UNSURE, review_bank
from storage.records import Audience, Network
from storage.review_records import Agreed, Point, PointKind, Result, Review, ReviewState, Views

AT = datetime(2027, 3, 4, 14, tzinfo=UTC)
REVIEW = Review(31, 7, 1, ReviewState.ENDED, 5, AT, AT, AT, AT)
BANK = review_bank()


def _views(*given: dict[str, str]) -> Views:
    keys = sorted({key for one in given for key in one})
    return Views(len(given), {key: tuple(sorted(one[key] for one in given if key in one)) for key in keys})


def _kept(key: str, value: str, version: int = 2, note: str = "") -> dict[str, Agreed]:
    return {key: Agreed(key, value, note, 5, "Bea Sample", AT, version)}


def _keys(found: list[Item]) -> list[str]:
    return [one.key for one in found]


THREE = _views(
    answers(purpose="Care", mass_value__now="5"),
    answers(purpose_known__now="1", stage="growing"),
    answers(purpose_known__now="4", mass_value__now="4", stance=UNSURE),
)


def test_the_goals_come_first_then_the_biggest_difference_and_axes_last() -> None:
    every = items.everything(THREE, {}, BANK)
    wanted = ["purpose", "difference", "purpose-known.now", "mass-value.now", "stance", "stage"]
    assert _keys(items.left(every)) == wanted
    assert len(items.alike(every)) == len(BANK.statements) + 5 - 4


def test_what_was_kept_needs_no_more_talk_and_a_round_ends() -> None:
    every = items.everything(THREE, _kept("purpose", "Care") | _kept("mass-value.now", ""), BANK)
    assert _keys(items.left(every)) == ["difference", "purpose-known.now", "stance", "stage"]
    asked = [items.following(every), items.following(every, "purpose-known.now"), items.following(every, "stage")]
    assert [one.key if one else None for one in asked] == ["difference", "stance", None]


def test_where_views_differ_one_question_is_asked_and_where_they_are_alike_none() -> None:
    every = {one.key: one for one in items.everything(THREE, {}, BANK)}
    assert "4" in every["purpose-known.now"].question
    assert every["stage"].question in BANK.joint["stage"]
    assert every["mass-people.now"].question == every["purpose"].question == ""


def test_the_words_fit_the_kind_that_was_agreed_even_where_views_differ_on_it() -> None:
    differing = _views(answers(governance="managed"), answers(governance="enclave"))
    texts = [
        {one.key: one.asks for one in items.everything(differing, agreed, BANK)}["structure-say.now"]
        for agreed in ({}, _kept("governance", "managed"), _kept("governance", ""))
    ]
    assert texts == [
        "Members shape what the network does.",
        "Members shape what the core team decides.",
        "Members shape what the network does.",
    ]


def test_an_answer_that_changed_matters_only_where_something_was_agreed() -> None:
    views = replace(THREE, changed_at={"mass-value.now": AT, "stage": AT, "purpose-known.hoped": AT})
    kept = _kept("mass-value.now", "4") | _kept("purpose-known.now", "2") | _kept("purpose-known.hoped", "4")
    assert _keys(items.changed(items.everything(views, kept, BANK))) == ["purpose-known.now", "mass-value.now"]


def test_if_it_ended_now_the_lower_view_counts_until_another_is_agreed() -> None:
    kept = (
        _kept("mass-value.now", "5")
        | _kept("stage", "growing")
        | _kept("intelligence-safe.now", "", note="East and west")
    )
    result = items.coming(REVIEW, THREE, kept, ())
    found = {key: result.agreed[key].value for key in ("purpose-known.now", "mass-value.now", "stage", "stance")}
    assert found == {"purpose-known.now": "1", "mass-value.now": "5", "stage": "growing", "stance": ""}
    kept_apart = result.agreed["intelligence-safe.now"]
    assert (kept_apart.value, kept_apart.note) == ("3", "East and west")
    assert result.differing == {"intelligence-safe.now"}
    assert "purpose" not in result.agreed
    assert result.ranges["purpose-known.now"] == ("1", "4")


def test_a_form_carries_what_was_kept_when_it_was_drawn() -> None:
    (item,) = (one for one in items.everything(THREE, _kept("stage", "", 7), BANK) if one.key == "stage")
    carried = joint_forms.At(31, "purpose-known.now", item.version, "8")
    assert str(carried) == "31.purpose-known.now:7:8"
    assert joint_forms.at(str(carried)) == carried
    assert joint_forms.at("31.stage") == joint_forms.At(31, "stage")


@pytest.mark.parametrize("argument", ["", "31", "31.", ".stage", "x.stage", "31.stage:1:2:3", "-1.stage"])
def test_what_no_form_carries_is_refused(argument: str) -> None:
    with pytest.raises(NotAllowed):
        joint_forms.at(argument)


def test_the_words_of_both_stay_where_two_keep_something_at_once() -> None:
    level = Item("k.now", items.Sort.LEVEL, "K", (), agreed=Agreed("k.now", "3", "Theirs", 6, "Cal", AT, 4))
    goal = Item("purpose", items.Sort.GOAL, "What for?", (), agreed=Agreed("purpose", "Care", "", 6, "Cal", AT, 4))
    mine = {"now": "4", "note": "Mine", "words": "Learning"}
    assert joint_forms.note_of(level, mine, is_told=True) == "Theirs\nMine"
    assert joint_forms.note_of(level, {"note": "Theirs\nMine"}, is_told=True) == "Theirs\nMine"
    assert joint_forms.note_of(level, mine, is_told=False) == "Mine"
    assert joint_forms.note_of(goal, mine, is_told=True) == "Care"
    assert joint_forms.note_of(goal, {"words": "Care"}, is_told=True) == ""


def test_strengths_are_kept_in_order_without_gaps_and_others_fill_what_one_left_empty() -> None:
    values = {
        "strength1": " ",
        "strength2": "We  meet\noften",
        "work1": "Money",
        "part1": "critical mass",
        "work3": "Time",
    }
    points = (
        Point(PointKind.STRENGTH, 1, "We meet often"),
        Point(PointKind.WORK_ON, 1, "Money", "critical mass"),
        Point(PointKind.WORK_ON, 2, "Time"),
    )
    assert ending_views.points_of(values) == points
    assert ending_views.beside({"strength1": "Trust", "work1": ""}, points) == {
        "strength1": "Trust", "work1": "Money", "part1": "critical mass", "work2": "Time",
    }  # fmt: skip
    assert list(ending_views.meanwhile({"strength1": "Trust", "work1": "Money"}, points, "Cal")) == ["strength1"]


def _reviewed(result: Result) -> Reviewed:
    return reviewed(result)


def _result(*given: dict[str, str]) -> Result:
    return items.coming(REVIEW, _views(*given), {}, ())


def test_a_comparison_says_higher_and_lower_and_never_better_or_worse() -> None:
    first = _reviewed(_result(answers(3), answers(3, purpose_known__now="1")))
    now = _reviewed(_result(answers(3, mass_value__now="2"), answers(3)))
    found = {one.dimension: one.words for one in wheels.changes(now, first)}
    assert found[Dimension.PURPOSE] == "1.0 higher"
    assert found[Dimension.MASS] == "0.3 lower"
    assert found[Dimension.COMMUNITY] == "the same"
    said = wheels.in_words(now, first)
    assert said == "1 of the five parts is higher than in the first review, 1 lower and 3 the same."
    shown = Shown(now, Network(7, "n", "Net", "", None), date(2027, 3, 4), first, date(2026, 6, 2))
    words = str(result_views.comparison(shown))
    assert "people see more clearly now" in words
    assert "better" not in words
    assert "worse" in wheels.CAUTION[0]


def test_what_nobody_answered_is_not_known_and_not_the_same() -> None:
    assert wheels.Change(Dimension.MASS, None, 3.0).words == "not known"
    assert wheels.figure(None) == "not known"


def test_a_level_never_stands_without_how_many_answered_and_its_range_or_that_it_is_not_shown() -> None:
    own = wheels.table(_reviewed(_result(answers(2), answers(4))))
    assert own.rows[0][1:] == ("2.0", "4.0", "2 to 4", "2", "differ")
    outside = wheels.table(_reviewed(replace(_result(answers(2), answers(4)), ranges={}, is_own=False)))
    assert outside.rows[0][1:] == ("2.0", "4.0", "not shown", "2", "not shown")
    alone = wheels.table(_reviewed(_result(answers(2))))
    assert alone.rows[0][1:] == ("2.0", "4.0", "2", "1", "one view")


def test_the_wheel_has_the_first_review_as_a_third_ring() -> None:
    first, now = _reviewed(_result(answers(2))), _reviewed(_result(answers(3)))
    assert [one.values[0] for one in wheels.wheel(now, first).series] == [3.0, 4.0, 2.0]
    assert len(wheels.wheel(now).series) == 2


def test_only_whoever_runs_the_network_is_offered_more_readers() -> None:
    assert result_views.offered(None, may_widen=True) == ["nobody", "leaders", "network", "faculty"]
    assert result_views.offered(Audience.NETWORK, may_widen=False) == ["nobody", "leaders", "network"]
    assert result_views.offered(None, may_widen=False) == ["nobody"]


def test_the_kind_is_known_only_where_all_say_the_same_or_it_was_agreed() -> None:
    views = _views(answers(), answers(governance="managed", origin=UNSURE))
    assert items.kind_of(views, {}).governance is None
    assert items.kind_of(views, _kept("governance", "managed")).governance is Governance.MANAGED
    assert items.kind_of(_views(answers(origin=UNSURE)), {}).origin is None
    assert items.kind_of(Views(0, {}), {}) == Kind()
