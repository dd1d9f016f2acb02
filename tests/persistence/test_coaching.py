"""Coaching talks are their person's alone, whoever asks: the store itself answers nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from storage.coached import Step, Talk
from storage.records import Role, RoleHeld
from storage.store import Store
from storage.unit import Units, open_units

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
ON = date(2027, 1, 13)


@dataclass
class Folk:
    """Two people of one network, with a talk of the first that came to a plan."""

    units: Units
    network: int
    ann: int
    ben: int
    talk: Talk


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Folk:
    network = store.networks.add("n", "A network", "", None, None)
    ann, ben = _member(store, network, "Ann"), _member(store, network, "Ben")
    return Folk(units, network, ann, ben, _planned(store, ann))


def _member(store: Store, network: int, name: str) -> int:
    person = store.people.add(name)
    store.people.add_role(person, RoleHeld(Role.MEMBER, network))
    return person


def _planned(store: Store, person: int) -> Talk:
    store.coaching.start(person, Step.OUTCOME, None, AT)
    talk = store.coaching.going_on(person)
    assert talk is not None
    store.coaching.change(talk, {"outcome": "secret", "when": "it rains", "then": "ring", "ended_at": AT})
    found = store.coaching.own(talk.id, person)
    assert found is not None
    return found


def test_what_was_kept_is_read_back_by_its_person_and_nobody_else(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper, talk = store.coaching, folk.talk
        assert (talk.outcome, talk.when, talk.then, talk.step) == ("secret", "it rains", "ring", Step.OUTCOME)
        assert keeper.own(talk.id, folk.ben) is None
        assert keeper.history(folk.ben, 10) == []
        assert keeper.newest_plan(folk.ben) is None
        assert keeper.shares_of(folk.ben, [talk.id]) == []
        keeper.delete(talk.id, folk.ben)
        keeper.change(Talk(talk.id, folk.ben, Step.DONE, AT, AT), {"outcome": "forged"})
        assert keeper.own(talk.id, folk.ann) == talk

    folk.units.run(look).result()


def test_one_talk_of_a_person_goes_on_at_a_time(folk: Folk) -> None:
    def begin(store: Store) -> int:
        store.coaching.start(folk.ben, Step.OUTCOME, None, AT)
        store.coaching.start(folk.ben, Step.REVIEW, None, AT)
        return store.coaching.count_of(folk.ben)

    assert folk.units.run(begin).result() == 1


def test_a_plan_is_looked_back_on_once(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper = store.coaching
        assert keeper.newest_plan(folk.ann) == folk.talk
        keeper.start(folk.ann, Step.REVIEW, folk.talk.id, AT + timedelta(days=1))
        assert keeper.newest_plan(folk.ann) == folk.talk, "nothing was said of it yet"
        talk = keeper.going_on(folk.ann)
        assert talk is not None
        keeper.change(talk, {"review": "She rang", "ended_at": AT})
        assert keeper.newest_plan(folk.ann) is None

    folk.units.run(look).result()


def test_a_shared_plan_is_all_that_the_other_reads_while_both_are_in_the_network(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper = store.coaching
        assert keeper.share(folk.talk, folk.ben, folk.network, AT)
        assert not keeper.share(folk.talk, folk.ben, folk.network, AT), "they can already"
        (plan,) = keeper.shared_with(folk.ben, 10)
        assert (plan.author_name, plan.when, plan.then) == ("Ann", "it rains", "ring")
        assert "secret" not in repr(plan)
        assert keeper.shared_with(folk.ann, 10) == []
        keeper.unshare(plan.share_id, folk.ben)
        assert keeper.count_shared_with(folk.ben) == 1, "only its author takes it back"
        for person in (folk.ann, folk.ben):
            store.people.remove_role(person, RoleHeld(Role.MEMBER, folk.network))
            assert keeper.count_shared_with(folk.ben) == 0
            assert keeper.news_for({folk.ben: ON}) == []
            store.people.add_role(person, RoleHeld(Role.MEMBER, folk.network))
        keeper.unshare(plan.share_id, folk.ann)
        assert keeper.count_shared_with(folk.ben) == 0

    folk.units.run(look).result()


def test_someone_is_told_of_a_plan_on_one_date_however_often_it_is_drawn(folk: Folk) -> None:
    def look(store: Store) -> None:
        store.coaching.share(folk.talk, folk.ben, folk.network, AT)
        for _ in range(2):
            assert [one.with_id for one in store.coaching.news_for({folk.ben: ON, folk.ann: ON})] == [folk.ben]
        assert store.coaching.news_for({folk.ben: ON + timedelta(days=7)}) == []

    folk.units.run(look).result()


def test_news_for_many_people_cost_no_more_statements_than_for_one(folk: Folk) -> None:
    def statements(store: Store, people: list[int]) -> int:
        count: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            count.append(statement)

        event.listen(store._connection, "before_cursor_execute", note)
        assert len(store.coaching.news_for(dict.fromkeys(people, ON))) == len(people)
        event.remove(store._connection, "before_cursor_execute", note)
        return len(count)

    def look(store: Store) -> tuple[int, int]:
        peers = [_member(store, folk.network, f"Person {number}") for number in range(41)]
        for peer in peers:
            store.coaching.share(folk.talk, peer, folk.network, AT)
        return statements(store, peers[:1]), statements(store, peers[1:])

    one, many = folk.units.run(look).result()
    assert one == many


def test_an_erasure_leaves_nothing(folk: Folk) -> None:
    def look(store: Store) -> None:
        store.coaching.share(folk.talk, folk.ben, folk.network, AT)
        store.coaching.erase_person(folk.ben)
        assert store.coaching.count_shared_with(folk.ben) == 0
        assert store.coaching.count_of(folk.ann) == 1
        store.coaching.erase_person(folk.ann)
        assert store.coaching.count_of(folk.ann) == 0

    folk.units.run(look).result()
