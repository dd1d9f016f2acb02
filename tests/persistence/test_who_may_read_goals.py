"""Who may read a goal is one clause: for every audience, every tier and every kind of goal, on both databases."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import product

import pytest

from storage.goal_records import Entry, GoalReader, GoalWords, Told
from storage.records import Audience, Role, RoleHeld
from storage.unit import Store, Units, open_units

NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
AUTHOR, OWNER, OTHER = 1, 2, 3
HERE, ELSEWHERE = 1, 2


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as units:
        units.run(_fill).result()
        yield units


def _fill(store: Store) -> None:
    for key in ("here", "elsewhere"):
        store.networks.add(key, key, "", None, None)
    for name in ("Author", "Owner", "Other"):
        person_id = store.people.add(name)
        store.people.add_role(person_id, RoleHeld(Role.MEMBER, HERE))


def _goal(store: Store, audience: Audience, *, is_personal: bool) -> int:
    words = GoalWords("A goal")
    goal_id = store.goals.add(
        words, AUTHOR, NOW, network_id=HERE, audience=audience, is_personal=is_personal, is_objective=False
    )
    if not is_personal:
        store.goals.set_owner(goal_id, OWNER)
    return goal_id


def _ways(store: Store, goal_id: int, reader: GoalReader) -> set[bool]:
    """Whether the reader may read the goal, by every way in which it is read."""
    goals = store.goals
    return {
        goals.by_id(goal_id, reader) is not None,
        bool(goals.open_for(reader)),
        bool(goals.open_for(reader, HERE)),
        bool(goals.story(goal_id, reader, 5)),
        bool(goals.count_story(goal_id, reader)),
        bool(goals.numbers(goal_id, reader)),
    }


@pytest.mark.parametrize("is_personal", [True, False])
def test_each_reader_reads_what_reaches_them_by_every_way_and_nothing_else(units: Units, is_personal: bool) -> None:
    def look(store: Store) -> None:
        goal_id = _goal(store, Audience.ONLY_ME, is_personal=is_personal)
        store.goals.tell(goal_id, Entry(Told.PROGRESS, NOW, AUTHOR, now="1", value=1.0))
        for audience, tier in product(Audience, Audience):
            store.goals.set_audience(goal_id, HERE, audience)
            reaches = audience >= tier
            wrong = (audience, tier)
            assert _ways(store, goal_id, GoalReader(OTHER, ((HERE, tier),))) == {reaches}, wrong
            assert _ways(store, goal_id, GoalReader(OTHER, ((ELSEWHERE, tier),))) == {False}, wrong
            assert _ways(store, goal_id, GoalReader(AUTHOR, ((HERE, tier),))) == {True}, wrong
            assert _ways(store, goal_id, GoalReader(OWNER, ((HERE, tier),))) == {reaches or not is_personal}, wrong
            assert _ways(store, goal_id, GoalReader(OTHER, (), Audience.FACULTY)) == {audience >= Audience.FACULTY}
        assert _ways(store, goal_id, GoalReader(OTHER)) == {False}
        assert _ways(store, goal_id, GoalReader(AUTHOR)) == {is_personal}, "who left reads no network's goal"

    units.run(look).result()


@pytest.mark.parametrize("is_personal", [True, False])
def test_whether_a_check_in_can_have_moved_a_goal_says_nothing_of_goals_that_one_may_not_read(
    units: Units, is_personal: bool
) -> None:
    def look(store: Store) -> None:
        goal_id = _goal(store, Audience.ONLY_ME, is_personal=is_personal)
        for audience, tier in product(Audience, Audience):
            store.goals.set_audience(goal_id, HERE, audience)
            other, is_offered = GoalReader(OTHER, ((HERE, tier),)), store.goals.is_any_movable
            assert is_offered(other, HERE, runs=True) is (audience >= tier and not is_personal), (audience, tier)
            assert is_offered(other, HERE, runs=False) is False
            assert is_offered(GoalReader(OTHER, ((ELSEWHERE, tier),)), ELSEWHERE, runs=True) is False
            assert is_offered(GoalReader(AUTHOR, ((HERE, tier),)), HERE, runs=False) is True
            assert is_offered(GoalReader(OWNER, ((HERE, tier),)), HERE, runs=False) is not is_personal
        store.goals.add_helper(goal_id, OTHER)
        assert store.goals.is_any_movable(other, HERE, runs=False) is not is_personal
        assert (
            store.goals.is_any_movable(GoalReader(AUTHOR, ((ELSEWHERE, tier),)), ELSEWHERE, runs=False) is is_personal
        )

    units.run(look).result()


def test_what_someone_shared_of_their_own_leaves_the_lists_with_them(units: Units) -> None:
    def look(store: Store) -> None:
        _goal(store, Audience.NETWORK, is_personal=True)
        reader = GoalReader(OTHER, ((HERE, Audience.NETWORK),))
        assert len(store.goals.open_for(reader)) == 1
        store.people.remove_role(AUTHOR, RoleHeld(Role.MEMBER, HERE))
        assert store.goals.open_for(reader) == []
        assert len(store.goals.open_for(GoalReader(AUTHOR))) == 1

    units.run(look).result()


def test_an_erasure_takes_words_and_name_and_leaves_the_networks_goal(units: Units) -> None:
    def look(store: Store) -> None:
        mine, shared = (_goal(store, Audience.NETWORK, is_personal=one) for one in (True, False))
        store.goals.tell(shared, Entry(Told.PROGRESS, NOW, AUTHOR, now="12 secret rooms", value=12.0, why="secret"))
        store.goals.add_helper(shared, AUTHOR)
        store.goals.erase_person(AUTHOR)
        store.people.erase(AUTHOR)
        reader = GoalReader(OTHER, ((HERE, Audience.NETWORK),))
        assert store.goals.by_id(mine, reader) is None
        left = store.goals.by_id(shared, reader)
        assert left is not None
        assert (left.author_id, left.helpers, left.now) == (None, (), "12")
        assert "secret" not in repr(store.goals.story(shared, reader, 9))
        assert "Author" not in repr((left, store.goals.story(shared, reader, 9)))

    units.run(look).result()
