"""What follows from a review's result: how the five stand, what kind of network it is, and where it is weak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from handlers.kit.reviewed import Level, kind_of, reviewed
from prompts.kinds import Dimension, Function, Governance, Kind, Origin, Stage, Stance
from prompts.review import UNSURE, review_bank
from storage.review_records import Agreed, Point, PointKind, Result, Review, ReviewState

AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
BANK = review_bank()


def _result(
    values: Mapping[str, str], ranges: Mapping[str, tuple[str, str]] | None = None, points: Sequence[Point] = ()
) -> Result:
    review = Review(1, 1, 1, ReviewState.ENDED, 1, AT, AT)
    agreed = {key: Agreed(key, value, "", 1, "Ann Example", AT) for key, value in values.items()}
    return Result(review, 2, agreed, ranges or {}, tuple(points), is_own=True)


def _levels(now: Mapping[Dimension, int], hoped: Mapping[Dimension, int] | None = None) -> dict[str, str]:
    today = {one.now_key: str(now[one.dimension]) for one in BANK.statements if one.dimension in now}
    return today | {one.hoped_key: str(level) for one in BANK.statements if (level := (hoped or {}).get(one.dimension))}


def _work_on(place: int, dimension: str, kind: PointKind = PointKind.WORK_ON) -> Point:
    return Point(kind, place, "More people from the valley", dimension)


def test_a_level_is_the_mean_of_its_statements_with_how_far_views_went() -> None:
    one, two, three = BANK.of(Dimension.MASS)
    values = {one.now_key: "2", two.now_key: "3", three.now_key: "3", one.hoped_key: "4", two.hoped_key: "5"}
    found = reviewed(_result(values, {one.now_key: ("2", "3"), three.now_key: ("3", "4"), one.hoped_key: ("1", "5")}))
    assert found.level(Dimension.MASS) == Level(Dimension.MASS, 2.7, 4.5, 2, 4)
    assert [level.dimension for level in found.levels] == list(Dimension)


def test_where_ranges_are_not_for_the_reader_there_are_none() -> None:
    level = reviewed(_result(_levels(dict.fromkeys(Dimension, 3)))).level(Dimension.PURPOSE)
    assert (level.now, level.hoped, level.lowest, level.highest) == (3.0, None, None, None)


def test_what_nobody_answered_has_no_level_and_is_not_weak() -> None:
    found = reviewed(_result(_levels({Dimension.PURPOSE: 4})))
    assert found.level(Dimension.COMMUNITY) == Level(Dimension.COMMUNITY, None, None, None, None)
    assert found.weak == (Dimension.PURPOSE,)
    assert reviewed(_result({})).weak == ()


def test_a_value_that_is_no_level_counts_for_nothing() -> None:
    one, two = BANK.of(Dimension.PURPOSE)
    found = reviewed(_result({one.now_key: "", two.now_key: "4"}, {one.now_key: ("", "9")}))
    assert found.level(Dimension.PURPOSE) == Level(Dimension.PURPOSE, 4.0, None, None, None)


def test_the_lowest_two_are_weak_and_of_equals_the_one_they_hope_most_for() -> None:
    now = dict.fromkeys(Dimension, 3) | {Dimension.INTELLIGENCE: 2}
    hoped = dict.fromkeys(Dimension, 4) | {Dimension.COMMUNITY: 5}
    assert reviewed(_result(_levels(now, hoped))).weak == (Dimension.INTELLIGENCE, Dimension.COMMUNITY)
    assert reviewed(_result(_levels(now))).weak == (Dimension.INTELLIGENCE, Dimension.PURPOSE)


def test_what_people_named_to_work_on_comes_first_and_once() -> None:
    now = dict.fromkeys(Dimension, 4) | {Dimension.MASS: 1, Dimension.COMMUNITY: 2}
    points = (
        _work_on(3, Dimension.MASS),
        _work_on(1, Dimension.PURPOSE),
        _work_on(2, ""),
        _work_on(1, Dimension.STRUCTURE, PointKind.STRENGTH),
        _work_on(4, "another"),
    )
    assert reviewed(_result(_levels(now), points=points)).weak == (
        Dimension.PURPOSE, Dimension.MASS, Dimension.COMMUNITY
    )  # fmt: skip


def test_the_kind_is_what_they_agreed_on() -> None:
    agreed = {
        "governance": "enclave",
        "function": "learning",
        "origin": "both",
        "stance": "challenges",
        "stage": "growing",
    }
    kind = Kind(Governance.ENCLAVE, Function.LEARNING, Origin.BOTH, Stance.CHALLENGES, Stage.GROWING)
    assert reviewed(_result(agreed)).kind == kind
    assert kind_of(agreed) == kind


@pytest.mark.parametrize("value", ["", UNSURE, "another"])
def test_where_views_differ_or_nobody_was_sure_the_kind_is_not_known(value: str) -> None:
    assert reviewed(_result({"governance": value, "stage": "ending"})).kind == Kind(stage=Stage.ENDING)
