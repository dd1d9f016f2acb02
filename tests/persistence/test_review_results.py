"""Who reads what a rapid review came to: its people, those it is shared with, and what an erasure leaves of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bench.reviews import AT, LATER, STRENGTH, Folk, answered, counted, ended, found, gathered
from bench.straight import everything, words_in
from storage.records import Audience, Reader
from storage.review_records import Result
from storage.store import Store
from storage.unit import open_units

OUTSIDE = Reader(0, Audience.LEADERS)
TIERS = [tier for tier in Audience if tier is not Audience.ONLY_ME]


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: gathered(store, units)).result()


@pytest.mark.parametrize("audience", [None, *Audience])
def test_what_a_review_came_to_is_read_by_its_people_and_by_whom_it_is_shared_with(
    folk: Folk, audience: Audience | None
) -> None:
    def look(store: Store) -> None:
        review_id, reviews = ended(store, folk, folk.cal, folk.ann, audience=audience), store.reviews
        for tier in TIERS:
            reaches = audience is not None and audience >= tier
            reader = Reader(folk.ben, tier)
            assert (reviews.result(review_id, reader) is not None) is reaches
            assert bool(reviews.results_of([folk.network], tier)) is reaches
            assert bool(reviews.latest_for([(reader, folk.network)])) is reaches
        assert reviews.result(review_id, Reader(folk.ben, None)) is None
        least = reviews.result(review_id, Reader(folk.ben, Audience.ONLY_ME))
        assert (least is not None) is (audience is not None and audience > Audience.ONLY_ME)
        for person_id, has_finished in ((folk.cal, True), (folk.bea, False)):
            own = reviews.result(review_id, Reader(person_id, None))
            assert own is not None
            assert own.is_own
            assert own.ranges == ({"trust.now": ("2", "3")} if has_finished else {})
            assert reviews.latest_for([(Reader(person_id, None), folk.network)]) == {(person_id, folk.network): own}

    folk.look(look)


def test_a_review_that_goes_on_or_was_given_up_has_no_result(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id, readers = answered(store, folk, folk.bea, folk.cal), [(Reader(folk.bea, Audience.COORDINATOR), 1)]
        store.reviews.set_audience(review_id, Audience.FUNDER)
        steps: list[Callable[[], object]] = [
            lambda: None,
            lambda: store.reviews.begin_joint(review_id, folk.bea, AT),
            lambda: store.reviews.keep_points(review_id, [STRENGTH]),
            lambda: store.reviews.give_up(review_id, AT),
        ]
        for step in steps:
            step()
            assert store.reviews.result(review_id, readers[0][0]) is None
            assert store.reviews.results_of([folk.network], Audience.COORDINATOR) == {}
            assert store.reviews.latest_for(readers) == {}
        assert store.reviews.views(review_id, folk.bea) is None
        assert store.reviews.points(review_id, folk.bea) == ()
        assert not store.reviews.keep_points(review_id, [])
        ((_, own, _),) = store.reviews.kept_of(folk.bea)
        assert own["purpose"] == f"words of {folk.bea}"

    folk.look(look)


@pytest.mark.parametrize("people", [4, 5])
def test_others_read_a_range_from_five_people_on(folk: Folk, people: int) -> None:
    def look(store: Store) -> None:
        five = (*folk.four, folk.fay)
        review_id = ended(store, folk, *five[:people], audience=Audience.LEADERS)
        result = store.reviews.result(review_id, OUTSIDE)
        assert result is not None
        assert (result.people, result.is_own) == (people, False)
        assert result.ranges == ({"trust.now": ("2", "6")} if people == 5 else {})
        assert store.reviews.results_of([folk.network], Audience.LEADERS) == {folk.network: [result]}

    folk.look(look)


def test_words_of_one_person_are_in_no_result_unless_they_were_agreed(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, folk.cal)
        store.reviews.begin_joint(review_id, folk.cal, AT)
        store.reviews.agree(found(store, review_id), "difference", "What we all want", "", folk.cal, AT)
        store.reviews.end(review_id, LATER)
        result = store.reviews.result(review_id, Reader(folk.cal, None))
        assert result is not None
        assert {key: one.value for key, one in result.agreed.items()} == {
            "difference": "What we all want", "stage": "growing", "trust.now": "2",
        }  # fmt: skip

    folk.look(look)


def test_of_several_each_reader_gets_the_newest_that_is_theirs_in_a_few_statements(folk: Folk) -> None:
    def look(store: Store) -> None:
        reviews = store.reviews
        first = ended(store, folk, folk.cal, folk.ann, audience=Audience.NETWORK)
        second = ended(store, folk, folk.bea, folk.fay)
        asked = [Reader(one, Audience.NETWORK) for one in (folk.ann, folk.ben, folk.bea, folk.fay)]
        asked += [Reader(one, Audience.NETWORK) for one in range(1000, 1020)]
        many, newest = counted(store, lambda: reviews.latest_for((one, folk.network) for one in asked))
        assert [newest[one.person_id, folk.network].review.id for one in asked[:4]] == [first, first, second, second]
        assert newest[folk.ann, folk.network].is_own
        assert not newest[folk.ben, folk.network].is_own
        assert many == counted(store, lambda: reviews.latest_for([(asked[0], folk.network)]))[0] == 5
        (shared,) = reviews.results_of([folk.network], Audience.NETWORK).values()
        assert [one.review.id for one in shared] == [first]
        assert [one.id for one in reviews.ended_in(folk.network)] == [first, second]

    folk.look(look)


def test_an_erasure_takes_answers_and_names_and_nothing_tells_by_a_difference_what_was_answered(folk: Folk) -> None:
    def look(store: Store) -> None:
        five = (*folk.four, folk.fay)
        review_id = answered(store, folk, *five)
        store.reviews.begin_joint(review_id, folk.bea, AT)
        store.reviews.agree(found(store, review_id), "stage", "", "We differ", folk.bea, AT)
        store.reviews.keep_points(review_id, [STRENGTH])
        store.reviews.end(review_id, LATER)
        store.reviews.set_audience(review_id, Audience.LEADERS)
        before = _result(store, review_id)
        assert before.ranges
        store.reviews.erase_person(folk.bea)
        after = _result(store, review_id)
        assert (after.people, after.ranges) == (5, {})
        assert {key: one.value for key, one in after.agreed.items()} == {
            key: one.value for key, one in before.agreed.items()
        }
        assert (after.agreed["stage"].by_id, after.agreed["stage"].by_name) == (None, "")
        assert (after.agreed["stage"].note, after.points) == ("We differ", (STRENGTH,))
        assert (after.review.began_by_id, after.review.led_by_id, after.review.led_by_name) == (None, None, "")
        assert store.reviews.kept_of(folk.bea) == []
        assert [one.person_id for one in store.reviews.seats(review_id)] == [folk.ann, folk.ben, folk.cal, folk.fay]
        store.people.erase(folk.bea)
        for person_id in five[1:]:
            store.reviews.erase_person(person_id)
        assert set(_result(store, review_id).agreed) == {"stage"}, "what nobody agreed was theirs"

    folk.look(look)


@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize("has_ended", [False, True])
def test_with_the_only_one_who_answered_go_their_words_and_with_one_of_two_none(
    folk: Folk, others: int, has_ended: bool
) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, *(folk.ann, folk.cal)[: others + 1])
        store.reviews.begin_joint(review_id, folk.ann, AT)
        store.reviews.agree(found(store, review_id), "stage", "growing", "Ann’s note", folk.ann, AT)
        store.reviews.keep_points(review_id, [STRENGTH])
        if has_ended:
            store.reviews.end(review_id, LATER)
        store.reviews.erase_person(folk.ann)
        left = words_in(everything(store))
        assert [one in left for one in ("Ann’s note", STRENGTH.text)] == [bool(others)] * 2

    folk.look(look)


def _result(store: Store, review_id: int) -> Result:
    result = store.reviews.result(review_id, OUTSIDE)
    assert result is not None
    return result


def test_an_export_holds_ones_own_answers_and_what_one_agreed(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = answered(store, folk, folk.cal, folk.ann)
        store.reviews.begin_joint(review_id, folk.bea, AT)
        for key in ("trust.now", "stage"):
            store.reviews.agree(found(store, review_id), key, "3", f"note on {key}", folk.ann, AT)
        store.reviews.agree(found(store, review_id), "stage", "4", "another's", folk.cal, AT)
        ((review, own, kept),) = store.reviews.kept_of(folk.ann)
        assert (review.id, own["purpose"]) == (review_id, f"words of {folk.ann}")
        assert [one.note for one in kept] == ["note on trust.now"]
        assert "another's" not in repr(store.reviews.kept_of(folk.ann))
        assert store.reviews.kept_of(folk.ben) == []

    folk.look(look)
