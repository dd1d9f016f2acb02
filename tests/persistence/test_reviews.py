"""Who reads what of a rapid review while it goes on: one's own answers, then all of them without names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from bench.reviews import AT, LATER, Folk, answered, begun, ended, found, gathered
from storage.records import Audience, Reader, Role, RoleHeld
from storage.review_records import ReviewState, Seat
from storage.store import Store
from storage.unit import open_units


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: gathered(store, units)).result()


def test_a_network_has_one_review_at_a_time_and_they_are_counted(folk: Folk) -> None:
    def look(store: Store) -> None:
        first = begun(store, folk)
        assert store.reviews.begin(folk.network, folk.cal, AT) is None
        assert store.reviews.open_in(folk.network) == found(store, first)
        assert store.reviews.seats(first) == [Seat(folk.bea, "Bea", AT)]
        assert store.reviews.give_up(first, LATER)
        assert (found(store, first).state, found(store, first).ended_at) == (ReviewState.GIVEN_UP, LATER)
        assert not store.reviews.give_up(first, LATER)
        second = store.reviews.begin(folk.network, folk.cal, AT)
        assert second is not None
        assert (found(store, first).number, found(store, second).number) == (1, 2)
        assert store.reviews.ended_in(folk.network) == []

    folk.look(look)


def test_answers_are_their_own_persons_until_the_joint_session_and_then_without_names(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, folk.cal, folk.bea)
        store.reviews.invite(review_id, folk.ann, AT)
        store.reviews.keep(review_id, folk.ann, {"trust.now": "5"}, AT)
        everyone = (*folk.four, folk.fay, folk.kit)
        assert [store.reviews.views(review_id, one) for one in everyone] == [None] * 6
        assert store.reviews.own(review_id, folk.ann) == {"trust.now": "5"}
        assert store.reviews.own(review_id, folk.ben) == {}
        store.reviews.begin_joint(review_id, folk.bea, AT)
        for reader in everyone:
            views = store.reviews.views(review_id, reader)
            assert (views is not None) is (reader in (folk.bea, folk.cal)), "who has not answered reads no answer"
        views = store.reviews.views(review_id, folk.bea)
        assert views is not None
        assert (views.people, views.changed_at) == (2, {})
        assert views.by_key == {
            "purpose": tuple(sorted((f"words of {folk.bea}", f"words of {folk.cal}"))),
            "stage": ("growing", "growing"),
            "trust.now": ("2", "3"),
        }

    folk.look(look)


def test_in_which_order_people_answer_changes_nothing_that_is_read(folk: Folk) -> None:
    def look(store: Store) -> None:
        seen = []
        for order in ((folk.bea, folk.cal, folk.ann), (folk.ann, folk.cal, folk.bea)):
            review_id = begun(store, folk)
            for person_id in order:
                store.reviews.invite(review_id, person_id, AT)
                store.reviews.keep(review_id, person_id, {"purpose": f"words of {person_id}"}, AT)
                store.reviews.finish(review_id, person_id, AT)
            store.reviews.begin_joint(review_id, folk.bea, AT)
            seen.append(store.reviews.views(review_id, folk.bea))
            store.reviews.give_up(review_id, AT)
        assert seen[0] == seen[1]

    folk.look(look)


def test_someone_who_is_taken_out_of_the_network_reads_no_more_though_they_have_a_seat(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = ended(store, folk, folk.cal, folk.fay)
        for person_id, role in ((folk.cal, RoleHeld(Role.LEADER, folk.network)), (folk.fay, RoleHeld(Role.FACULTY))):
            reader, reviews = Reader(person_id, Audience.COORDINATOR), store.reviews
            for other in (RoleHeld(Role.LEADER, folk.network + 1), RoleHeld(Role.ADMIN)):
                store.people.add_role(person_id, other)
            for is_here in (True, False):
                assert (reviews.views(review_id, person_id) is not None) is is_here
                assert (reviews.result(review_id, reader) is not None) is is_here
                assert bool(reviews.points(review_id, person_id)) is is_here
                assert bool(reviews.latest_for([(reader, folk.network)])) is is_here
                assert [one.is_here for one in reviews.seats(review_id) if one.person_id == person_id] == [is_here]
                store.people.remove_role(person_id, role)
            assert reviews.own(review_id, person_id), "their own words stay theirs"
            store.people.add_role(person_id, role)

    folk.look(look)


def test_an_open_review_waits_for_those_of_its_people_who_are_there_and_have_not_finished(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, folk.cal)
        store.reviews.invite(review_id, folk.ann, AT)
        review = found(store, review_id)
        everyone = (*folk.four, folk.kit)
        assert store.reviews.waiting(everyone) == {folk.bea: [review], folk.ann: [review]}
        assert [bool(store.reviews.open_with(one)) for one in everyone] == [True, True, True, False, False]
        store.people.remove_role(folk.ann, RoleHeld(Role.MEMBER, folk.network))
        assert store.reviews.waiting(everyone) == {folk.bea: [review]}
        assert store.reviews.open_with(folk.ann) == []
        store.reviews.give_up(review_id, AT)
        assert store.reviews.waiting(everyone) == {}

    folk.look(look)


def test_who_leaves_takes_their_answers_along_and_nothing_is_answered_without_a_seat_or_after_the_end(
    folk: Folk,
) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, folk.cal, folk.ann, folk.ben)
        assert not store.reviews.invite(review_id, folk.ben, AT)
        store.reviews.begin_joint(review_id, folk.ben, AT)
        assert store.reviews.leave(review_id, folk.ben, LATER)
        assert not store.reviews.leave(review_id, folk.ben, LATER)
        assert store.reviews.own(review_id, folk.ben) == {}
        views = store.reviews.views(review_id, folk.cal)
        assert views is not None
        assert (views.people, views.by_key["trust.now"]) == (2, ("2", "3"))
        assert (found(store, review_id).led_by_id, found(store, review_id).moved_at) == (None, LATER)
        assert not store.reviews.keep(review_id, folk.ben, {"stage": "ending"}, LATER)
        assert not store.reviews.finish(review_id, folk.ben, LATER)
        assert store.reviews.end(review_id, LATER)
        assert not store.reviews.end(review_id, LATER)
        assert not store.reviews.keep(review_id, folk.ann, {"stage": "ending"}, LATER)
        assert not store.reviews.leave(review_id, folk.ann, LATER)
        assert not store.reviews.invite(review_id, folk.ben, LATER)
        assert store.reviews.own(review_id, folk.ann)["stage"] == "growing"

    folk.look(look)
