"""What people are told of goals: only while it is so, only what they may read, and few statements for many."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.goal_records import GoalState, GoalWords, Kind
from storage.records import Audience, Role, RoleHeld
from storage.unit import Store, Units, open_units

NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
MONDAY = date(2027, 1, 18)
ANN, BEA, HERE, GOAL = 1, 2, 1, 1
MEMBER = RoleHeld(Role.MEMBER, HERE)


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as units:
        units.run(_fill).result()
        yield units


def _fill(store: Store) -> None:
    store.networks.add("here", "Here", "", None, None)
    for name in ("Ann", "Bea"):
        store.people.add_role(store.people.add(name), MEMBER)
    words = GoalWords("A goal")
    store.goals.add(words, BEA, NOW, network_id=HERE, audience=Audience.NETWORK, is_personal=False)
    store.goals.set_owner(GOAL, ANN)
    store.goal_news.give(GOAL, ANN, BEA, NOW)
    store.goal_news.helps(GOAL, ANN, BEA, NOW)


def _told(store: Store) -> list[Kind]:
    found = [*store.goal_news.given_to([ANN, BEA]), *store.goal_news.news_for({ANN: MONDAY, BEA: MONDAY})]
    return [one.kind for one in found]


def test_it_is_told_while_it_is_so_and_its_reader_may_read_it(units: Units) -> None:
    def look(store: Store) -> None:
        assert _told(store) == [Kind.GIVEN, Kind.HELPER]
        store.people.remove_role(ANN, MEMBER)
        assert _told(store) == []
        store.people.add_role(ANN, MEMBER)
        store.goals.set_state(GOAL, GoalState.DROPPED, NOW)
        assert _told(store) == []
        store.goals.set_state(GOAL, GoalState.OPEN, NOW)
        store.goals.set_owner(GOAL, BEA)
        assert _told(store) == []
        store.goals.set_owner(GOAL, ANN)
        assert _told(store) == [Kind.GIVEN, Kind.HELPER]
        store.goal_news.helps_no_longer(GOAL, BEA)
        store.goal_news.nobody_gave(GOAL)
        assert _told(store) == []

    units.run(look).result()


def test_news_is_told_on_one_date_however_often_it_is_drawn(units: Units) -> None:
    def look(store: Store) -> None:
        for _ in range(2):
            assert len(store.goal_news.news_for({ANN: MONDAY})) == 1
        assert store.goal_news.news_for({ANN: MONDAY + timedelta(weeks=1)}) == []

    units.run(look).result()


def test_a_review_is_told_to_those_who_are_there_while_it_is_shared(units: Units) -> None:
    def look(store: Store) -> None:
        review_id = store.goal_reviews.begin(HERE, BEA, NOW)
        store.goal_news.shared(review_id, ANN, BEA, NOW)
        assert Kind.REVIEW not in _told(store)
        store.goal_reviews.share(review_id, NOW)
        (found,) = [one for one in store.goal_news.news_for({ANN: MONDAY}) if one.kind is Kind.REVIEW]
        assert (found.by_name, found.network_name, found.review_id) == ("Bea", "Here", review_id)
        store.people.remove_role(ANN, MEMBER)
        assert _told(store) == []

    units.run(look).result()


def test_whoever_erases_their_data_is_named_no_more(units: Units) -> None:
    def look(store: Store) -> None:
        store.goal_news.erase_person(BEA)
        (gift,) = store.goal_news.given_to([ANN])
        assert (gift.by_id, gift.by_name) == (None, "")
        assert store.goal_news.news_for({ANN: MONDAY}) == []
        store.goal_news.erase_person(ANN)
        assert _told(store) == []

    units.run(look).result()
