"""The joint session of a rapid review: what is agreed, what changes meanwhile, and what it comes to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import Audience, Reader, Role, RoleHeld
from storage.review_records import Agreed, Point, PointKind, Result, Review
from storage.store import Store
from storage.unit import Units, open_units

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
NETWORK = 1
ANN, BEN, CAL = 1, 2, 3
ROUNDS = 8


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as units:
        units.run(_fill).result()
        yield units


def _fill(store: Store) -> None:
    store.networks.add("here", "Here", "", None, None)
    for name in ("Ann", "Ben", "Cal"):
        store.people.add_role(store.people.add(name), RoleHeld(Role.LEADER, NETWORK))


def _session(store: Store, ann: dict[str, str], ben: dict[str, str]) -> Review:
    """The joint session of two, with Cal who has not finished."""
    review_id = store.reviews.begin(NETWORK, ANN, AT)
    assert review_id is not None
    for person_id, said in ((ANN, ann), (BEN, ben)):
        store.reviews.invite(review_id, person_id, AT)
        store.reviews.keep(review_id, person_id, said, AT)
        store.reviews.finish(review_id, person_id, AT)
    store.reviews.invite(review_id, CAL, AT)
    assert store.reviews.begin_joint(review_id, ANN, AT)
    assert not store.reviews.begin_joint(review_id, BEN, AT)
    return _found(store, review_id)


def _found(store: Store, review_id: int) -> Review:
    review = store.reviews.by_id(review_id)
    assert review is not None
    return review


def _changed(store: Store, review: Review) -> set[str]:
    views = store.reviews.views(review.id, ANN)
    assert views is not None
    return set(views.changed_at)


def _result(store: Store, review: Review, reader_id: int = ANN) -> Result:
    assert store.reviews.end(review.id, LATER)
    result = store.reviews.result(review.id, Reader(reader_id, None))
    assert result is not None
    return result


def test_what_is_agreed_counts_up_the_version_and_says_who_kept_it(units: Units) -> None:
    def look(store: Store) -> None:
        review = _session(store, {"trust.now": "2"}, {"trust.now": "4"})
        assert (review.led_by_id, review.led_by_name, review.version) == (ANN, "Ann", 1)
        assert store.reviews.agree(review, "trust.now", "3", "Seen twice", BEN, LATER)
        kept = Agreed("trust.now", "3", "Seen twice", BEN, "Ben", LATER, 2)
        for reader, reads in ((ANN, True), (BEN, True), (CAL, False)):
            assert store.reviews.agreed(review.id, reader) == ({"trust.now": kept} if reads else {})
        now = _found(store, review.id)
        assert (now.led_by_id, now.version, now.moved_at) == (BEN, 2, LATER)
        store.reviews.lead(review.id, ANN, LATER)
        assert _found(store, review.id).led_by_name == "Ann"
        assert store.reviews.agree(now, "trust.now", "4", "", ANN, LATER)
        assert store.reviews.agreed(review.id, ANN)["trust.now"].version == 3

    units.run(look).result()


def test_nothing_is_agreed_before_the_session_nor_after_it(units: Units) -> None:
    def look(store: Store) -> None:
        review_id = store.reviews.begin(NETWORK, ANN, AT)
        assert review_id is not None
        review = _found(store, review_id)
        assert not store.reviews.agree(review, "stage", "growing", "", ANN, AT)
        assert not store.reviews.keep_points(review_id, [Point(PointKind.STRENGTH, 1, "x")])
        assert not store.reviews.end(review_id, AT)
        store.reviews.lead(review_id, ANN, AT)
        assert _found(store, review_id).led_by_id is None
        store.reviews.begin_joint(review_id, ANN, AT)
        store.reviews.end(review_id, AT)
        assert not store.reviews.agree(review, "stage", "growing", "", ANN, AT)
        assert _found(store, review_id).version == 1

    units.run(look).result()


def test_points_take_the_place_of_those_before_and_are_read_in_their_order(units: Units) -> None:
    def look(store: Store) -> None:
        review = _session(store, {}, {})
        assert store.reviews.keep_points(review.id, [Point(PointKind.STRENGTH, 1, "gone")])
        kept = [Point(PointKind.WORK_ON, 1, "c", "critical mass"), *(Point(PointKind.STRENGTH, n, "b") for n in (2, 1))]
        assert store.reviews.keep_points(review.id, kept)
        assert store.reviews.points(review.id, BEN) == (kept[2], kept[1], kept[0])
        assert store.reviews.points(review.id, CAL) == ()
        assert _found(store, review.id).version == 3
        assert _result(store, review).points == (kept[2], kept[1], kept[0])

    units.run(look).result()


def test_a_change_is_told_once_something_else_was_said_after_it_was_agreed(units: Units) -> None:
    """All at the same moment of the clock: what came first does not hang on it."""

    def look(store: Store) -> None:
        review = _session(store, {"trust.now": "2", "stage": "growing"}, {"trust.now": "4"})
        reviews = store.reviews
        assert _changed(store, review) == set()
        reviews.keep(review.id, BEN, {"trust.now": "4", "stage": ""}, AT)
        assert _changed(store, review) == set(), "the same again is no change"
        reviews.keep(review.id, BEN, {"trust.now": "5"}, AT)
        assert _changed(store, review) == {"trust.now"}
        reviews.agree(review, "trust.now", "3", "", ANN, AT)
        assert _changed(store, review) == set(), "they have looked at it since"
        reviews.keep(review.id, ANN, {"stage": "", "trust.now": "1"}, AT)
        assert _changed(store, review) == {"trust.now", "stage"}, "to take an answer back is a change too"
        reviews.agree(review, "stage", "growing", "", ANN, AT)
        assert _changed(store, review) == {"trust.now"}

    units.run(look).result()


def test_someone_who_finishes_late_changes_what_they_answered(units: Units) -> None:
    def look(store: Store) -> None:
        review = _session(store, {"trust.now": "2"}, {"trust.now": "4"})
        store.reviews.keep(review.id, CAL, {"trust.now": "1", "stage": "growing", "origin": "both"}, AT)
        store.reviews.keep(review.id, CAL, {"origin": ""}, AT)
        assert _changed(store, review) == set(), "it does not count yet"
        store.reviews.finish(review.id, CAL, LATER)
        views = store.reviews.views(review.id, CAL)
        assert views is not None
        assert views.by_key == {"stage": ("growing",), "trust.now": ("1", "2", "4")}
        assert {"stage", "trust.now"} <= set(views.changed_at)
        store.reviews.finish(review.id, CAL, LATER + timedelta(days=1))
        assert store.reviews.seats(review.id)[2].finished_at == LATER

    units.run(look).result()


def test_answers_from_before_the_session_count_as_given_when_their_person_finishes_in_it(units: Units) -> None:
    def look(store: Store) -> None:
        review_id = store.reviews.begin(NETWORK, ANN, AT)
        assert review_id is not None
        store.reviews.finish(review_id, ANN, AT)
        store.reviews.invite(review_id, BEN, AT)
        store.reviews.keep(review_id, BEN, {"stage": "growing"}, AT)
        store.reviews.begin_joint(review_id, ANN, AT)
        review = _found(store, review_id)
        assert _changed(store, review) == set()
        store.reviews.finish(review_id, BEN, LATER)
        assert _changed(store, review) == {"stage"}

    units.run(look).result()


def test_no_time_tells_which_answers_are_of_one_person(units: Units) -> None:
    def look(store: Store) -> None:
        review = _session(store, {"a.now": "1", "b.now": "1", "c.now": "1"}, {"a.now": "2", "b.now": "2"})
        for minutes, (person_id, key) in enumerate([(ANN, "a.now"), (ANN, "b.now"), (BEN, "c.now")]):
            store.reviews.keep(review.id, person_id, {key: "5"}, AT + timedelta(minutes=minutes))
        views = store.reviews.views(review.id, ANN)
        assert views is not None
        assert views.changed_at == dict.fromkeys(("a.now", "b.now", "c.now"), AT + timedelta(minutes=2))

    units.run(look).result()


def test_the_result_is_what_was_agreed_then_what_all_said_then_the_lower_view(units: Units) -> None:
    def look(store: Store) -> None:
        ann = {"a.now": "4", "b.now": "2", "c.now": "3", "d.hoped": "5", "stage": "growing", "origin": "inside"}
        ben = {"a.now": "2", "b.now": "4", "c.now": "3", "stage": "growing", "origin": "outside", "stance": "both"}
        review = _session(store, ann, ben)
        store.reviews.keep(review.id, CAL, {"c.now": "1"}, AT)
        store.reviews.agree(review, "a.now", "3", "Between", ANN, AT)
        store.reviews.agree(review, "b.now", "", "We differ", BEN, AT)
        store.reviews.agree(review, "function", "", "No word on it", BEN, AT)
        result = _result(store, review)
        assert {key: one.value for key, one in result.agreed.items()} == {
            "a.now": "3", "b.now": "2", "c.now": "3", "d.hoped": "5", "function": "", "origin": "", "stage": "growing",
            "stance": "both",
        }  # fmt: skip
        assert (set(result.differing), result.people) == ({"b.now", "function"}, 2)
        assert (result.agreed["b.now"].by_name, result.agreed["b.now"].note) == ("Ben", "We differ")
        assert result.agreed["c.now"] == Agreed("c.now", "3", "", None, "", LATER)
        assert result.ranges == {"a.now": ("2", "4"), "b.now": ("2", "4"), "c.now": ("3", "3")}, "one hoped, not all"

    units.run(look).result()


def test_a_session_that_nobody_answered_ends_with_nothing(units: Units) -> None:
    def look(store: Store) -> None:
        review_id = store.reviews.begin(NETWORK, ANN, AT)
        assert review_id is not None
        store.reviews.begin_joint(review_id, ANN, AT)
        result = _result(store, _found(store, review_id))
        assert (result.people, result.agreed, result.ranges, result.points) == (0, {}, {}, ())
        store.reviews.set_audience(review_id, Audience.NETWORK)
        assert _found(store, review_id).audience is Audience.NETWORK

    units.run(look).result()


def test_of_two_who_begin_at_once_one_begins(units: Units) -> None:
    for _ in range(ROUNDS):
        ready = _ready(units)

        def begin(store: Store, ready: threading.Barrier = ready) -> int | None:
            ready.wait(5)
            return store.reviews.begin(NETWORK, ANN, AT)

        begun = [future.result() for future in [units.run(begin), units.run(begin)]]
        (review_id,) = [one for one in begun if one is not None]
        assert units.run(lambda store: store.reviews.give_up(review_id, AT)).result()  # noqa: B023  run at once


def test_two_who_agree_at_once_count_up_the_version_twice(units: Units) -> None:
    review = units.run(lambda store: _session(store, {"a.now": "1"}, {"a.now": "2"})).result()
    for number in range(ROUNDS):
        ready = _ready(units)

        def agree(store: Store, ready: threading.Barrier = ready) -> tuple[int, int]:
            ready.wait(5)
            store.reviews.hold(review.id)
            before = _found(store, review.id)
            assert store.reviews.agree(before, "a.now", "1", "", ANN, AT)
            return before.version, _found(store, review.id).version

        two = sorted(future.result() for future in [units.run(agree), units.run(agree)])
        first = 1 + 2 * number
        assert two == [(first, first + 1), (first + 1, first + 2)], "the second saw what the first did"


def _ready(units: Units) -> threading.Barrier:
    """Where both must have come before either goes on: on SQLite one writer does the one, then the other."""
    is_sqlite = units.run(lambda store: store._connection.dialect.name == "sqlite").result()
    return threading.Barrier(1 if is_sqlite else 2)
