"""What goals tell for updates reaches its audience and no more; as they stood when the period ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import TypeVar

import pytest

from handlers import find_routes
from handlers.kit.facts import Asked, Fact, Section
from storage.goal_records import Change, Confidence, Entry, GoalState, GoalWords, Told
from storage.records import Audience, Network, Programme, Role, RoleHeld
from storage.unit import Store, Units, open_units

T = TypeVar("T")
LONDON = Programme("A programme", "Europe/London")
AT = datetime(2027, 5, 4, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@dataclass
class Desk:
    """Two networks and three people of the first, and the ways to fill them and to ask what they tell."""

    units: Units
    networks: tuple[Network, ...]
    ann: int
    ben: int

    def do(self, work: Callable[[Store], T]) -> T:
        return self.units.run(work).result()

    def sets(self, title: str, audience: Audience = Audience.FACULTY, at: datetime = AT, **how: bool) -> int:
        how = {"is_personal": False, **how}
        words = GoalWords(title, due_on=date(2027, 6, 15))
        network_id = self.networks[0].id
        return self.do(
            lambda store: store.goals.add(words, self.ann, at, network_id=network_id, audience=audience, **how)
        )

    def tells(self, goal_id: int, told: Told, at: datetime = AT, **what: object) -> None:
        def tell(store: Store) -> None:
            state = {Told.ACHIEVED: GoalState.ACHIEVED, Told.DROPPED: GoalState.DROPPED, Told.REOPENED: GoalState.OPEN}
            if told in state:
                store.goals.set_state(goal_id, state[told], at)
            store.goals.tell(goal_id, Entry(told, at, self.ann, **what))  # type: ignore[arg-type]  # fields by name

        self.do(tell)

    def told(self, tier: Audience = Audience.FACULTY, last_on: date = date(2027, 6, 30)) -> list[Fact]:
        asked = Asked(self.networks, date(2027, 4, 1), last_on, tier, LONDON)
        return [
            fact for fact in self.do(lambda store: find_routes().facts(asked, store)) if fact.key.startswith("goals")
        ]

    def texts(self, tier: Audience = Audience.FACULTY, last_on: date = date(2027, 6, 30)) -> list[str]:
        return [fact.text for fact in self.told(tier, last_on)]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Desk:
    for key in ("here", "elsewhere"):
        store.networks.add(key, key, "", None, None)
    networks = tuple(sorted(store.networks.all(), key=lambda one: one.id))
    ann, ben = (store.people.add(name) for name in ("Ann", "Ben"))
    for person_id in (ann, ben):
        store.people.add_role(person_id, RoleHeld(Role.MEMBER, networks[0].id))
    return Desk(units, networks, ann, ben)


def test_each_audience_is_told_of_the_goals_that_reach_it_and_of_no_others(desk: Desk) -> None:
    for audience, is_personal in product(Audience, (True, False)):
        goal_id = desk.sets(f"[{audience.name} {is_personal}]", audience, is_personal=is_personal)
        desk.tells(goal_id, Told.PROGRESS, now="1", value=1.0, why=f"[{audience.name} why]")
    for tier in Audience:
        told = "\n".join(desk.texts(tier))
        for audience, is_personal in product(Audience, (True, False)):
            reaches = audience >= max(tier, Audience.COORDINATOR)
            assert (f"[{audience.name} {is_personal}]" in told) is reaches, (audience, tier)
            assert (f"[{audience.name} why]" in told) is reaches, (audience, tier)
        assert all(fact.audience >= tier for fact in desk.told(tier))


def test_what_is_only_its_authors_is_not_even_read(desk: Desk) -> None:
    for audience in (Audience.ONLY_ME, Audience.COORDINATOR):
        desk.sets(audience.name, audience)

    def read(store: Store) -> set[str]:
        period = ([one.id for one in desk.networks], AT - WEEK, AT + WEEK, Audience.ONLY_ME)
        moved = {one.title for one in store.goal_facts.moved(*period)}
        return moved | {one.title for one in store.goal_facts.standing(*period)}

    assert desk.do(read) == {"COORDINATOR"}


def test_a_goal_that_was_narrowed_is_told_of_no_more_and_one_that_left_with_its_author_neither(desk: Desk) -> None:
    network = desk.sets("The network’s")
    desk.sets("Ann’s own", is_personal=True)
    desk.do(lambda store: store.goals.set_audience(network, desk.networks[0].id, Audience.LEADERS))
    assert {fact.key.split(":")[1] for fact in desk.told()} == {"2"}
    desk.do(lambda store: store.people.remove_role(desk.ann, RoleHeld(Role.MEMBER, desk.networks[0].id)))
    assert desk.told() == []
    assert {fact.key.split(":")[1] for fact in desk.told(Audience.LEADERS)} == {"1"}


def test_what_an_erased_person_said_is_told_no_more(desk: Desk) -> None:
    desk.tells(desk.sets("Shared"), Told.PROGRESS, now="12 secret rooms", value=12.0, why="secret")

    def erase(store: Store) -> None:
        store.goals.erase_person(desk.ann)
        store.people.erase(desk.ann)

    desk.do(erase)
    told = "\n".join(desk.texts())
    assert "Shared" in told
    assert "secret" not in told
    assert "Ann" not in told


def test_what_became_of_goals_stands_in_its_section_with_its_words(desk: Desk) -> None:
    done, gone, going = (desk.sets(title) for title in ("Done", "Gone", "Going"))
    desk.tells(done, Told.ACHIEVED, AT + WEEK, why="The ward sees it.")
    desk.tells(gone, Told.DROPPED, AT + WEEK, why="No room.")
    desk.tells(going, Told.CHANGED, AT + WEEK, changes=(Change("target", "5", "8"),))
    desk.tells(going, Told.PROGRESS, AT + 2 * WEEK, now="3", value=3.0, confidence=Confidence.AT_RISK, why="Slow.")
    desk.tells(going, Told.HELPER, AT + 2 * WEEK)
    told = {fact.text: fact.section for fact in desk.told() if fact.on > AT.date()}
    assert told == {
        "“Done” is achieved. Who would notice, and what: “The ward sees it.”": Section.PRACTICE,
        "“Gone” was let go. What was learned: “No room.”": Section.LEARNED,
        "“Going” was changed: The number to reach was “5” and is now “8”.": Section.GOALS,
        "“Going”: now 3, at risk. Ann: “Slow.”": Section.GOALS,
        "Ann helps with “Going”.": Section.CONNECTIONS,
        "“Going”: at risk, now 3. Its date was 15 June 2027.": Section.GOALS,
    }


def test_goals_are_told_as_they_stood_when_the_period_ended(desk: Desk) -> None:
    goal = desk.sets("Rooms")
    desk.tells(goal, Told.PROGRESS, AT, now="1", value=1.0, confidence=Confidence.ON_TRACK)
    desk.tells(goal, Told.PROGRESS, AT + 4 * WEEK, now="2", value=2.0, confidence=Confidence.OFF_TRACK)
    desk.tells(goal, Told.ACHIEVED, AT + 6 * WEEK)
    desk.tells(goal, Told.REOPENED, AT + 10 * WEEK)
    desk.sets("Later", at=AT + 10 * WEEK)

    def stood(last_on: date) -> list[str]:
        return [fact.text for fact in desk.told(last_on=last_on) if fact.key.endswith((":stands", ":slipped"))]

    assert stood(date(2027, 5, 1)) == []
    assert stood(date(2027, 5, 10)) == ["“Rooms”: on track, now 1. Its date is 15 June 2027."]
    assert stood(date(2027, 6, 10)) == ["“Rooms”: off track, now 2. Its date is 15 June 2027."]
    assert stood(date(2027, 6, 30)) == []
    assert [words.split(":")[0] for words in stood(date(2027, 7, 31))] == ["“Rooms”", "“Later”"]


def test_a_review_is_told_to_its_network_once_it_is_shared_and_never_to_faculty(desk: Desk) -> None:
    def review(store: Store) -> int:
        review_id = store.goal_reviews.begin(desk.networks[0].id, desk.ann, AT)
        store.goal_reviews.end(review_id, AT)
        return review_id

    review_id = desk.do(review)
    for title, audience in (("Open", Audience.NETWORK), ("Closed", Audience.LEADERS)):
        desk.tells(desk.sets(title, audience), Told.KEPT, review_id=review_id)

    def reviews(tier: Audience) -> list[str]:
        return [fact.text for fact in desk.told(tier) if "review" in fact.key]

    assert reviews(Audience.COORDINATOR) == []
    desk.do(lambda store: store.goal_reviews.share(review_id, AT))
    assert reviews(Audience.COORDINATOR) == ["Ann looked with the network at 1 goal: 1 kept."]
    assert reviews(Audience.NETWORK) == reviews(Audience.COORDINATOR)
    assert reviews(Audience.FACULTY) == []
    desk.do(lambda store: store.goal_reviews.share(review_id, None))
    assert reviews(Audience.NETWORK) == []
