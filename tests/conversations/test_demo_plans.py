"""The demonstration's reviews, plans and pulse: whole, past, free of patient details, and the same each time."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bench.clock import MovedClock
from bench.straight import fresh_sqlite
from bot.demo import account, fill
from handlers.kit.audience import goal_reader
from handlers.kit.patient_details import kinds_in
from handlers.plan import months
from prompts import demo as words
from prompts.kinds import AXES, Axis, Dimension
from prompts.plan import catalogue
from prompts.review import review_bank
from storage.goal_records import GoalState
from storage.plan_records import Plan
from storage.pulse_records import Pulse
from storage.records import Audience, Network, Reader, Role
from storage.review_records import PointKind, Result, Review
from storage.store import Store
from storage.unit import open_units

T = TypeVar("T")
NOW = datetime(2027, 3, 10, 11, tzinfo=UTC)
KEYS = ("open-door", "patients-teach")
FACULTY = Reader(0, Audience.FACULTY)
MOMENTS = {
    "in the middle of a week": NOW,
    "just after a week began": datetime(2027, 3, 8, 0, 1, tzinfo=UTC),
    "on the last day of a long month": datetime(2027, 8, 31, 22, 30, tzinfo=UTC),
    "at the end of a year": datetime(2027, 12, 31, 9, tzinfo=UTC),
}


class Filled:
    """What the store answers once the demonstration is in it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.now, self.units = now, open_units(fresh_sqlite(folder))
        fill(self.units, MovedClock(now))

    def close(self) -> None:
        """Close the database."""
        self.units.close()

    def ask(self, work: Callable[[Store], T]) -> T:
        """What the work comes to."""
        return self.units.run(work).result()

    def network(self, key: str) -> Network:
        """The network of that key."""
        found = self.ask(lambda store: store.networks.by_key(key))
        assert found is not None
        return found

    def id_of(self, user: str) -> int:
        """Someone's id."""
        person = self.ask(lambda store: store.people.by_account(account(user)))
        assert person is not None
        return person.id

    def first(self, key: str) -> Result:
        """What the network's only review that has ended came to, as the faculty read it."""
        network = self.network(key)
        (review,) = self.ask(lambda store: store.reviews.ended_in(network.id))
        found = self.ask(lambda store: store.reviews.result(review.id, FACULTY))
        assert found is not None
        return found

    def plan(self, key: str) -> Plan:
        """The network's plan, as the faculty read it."""
        network = self.network(key)

        def current(store: Store) -> Plan | None:
            ottoline = store.people.by_account(account("ottoline"))
            assert ottoline is not None
            return store.plans.current(network.id, goal_reader(ottoline))

        found = self.ask(current)
        assert found is not None
        return found

    def pulse(self) -> Pulse:
        """The one pulse."""
        network = self.network("patients-teach")
        found = self.ask(lambda store: store.pulses.last_told(network.id, Audience.FACULTY))
        assert found is not None
        return found


@pytest.fixture(params=MOMENTS)
def at_any_moment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Filled]:
    with closing(Filled(tmp_path, MOMENTS[request.param])) as filled:
        yield filled


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    with closing(Filled(tmp_path, NOW)) as filled:
        yield filled


def _seats(filled: Filled, review: Review) -> list[Any]:
    return filled.ask(lambda store: store.reviews.seats(review.id))


def _roles(filled: Filled, review: Review) -> Counter[Role]:
    """The roles of its people, in its network and in the programme."""

    def look(store: Store) -> Counter[Role]:
        people = [store.people.by_id(one.person_id or 0) for one in store.reviews.seats(review.id)]
        held = [one for person in people if person for one in person.roles]
        return Counter(one.role for one in held if one.network_id in (review.network_id, None))

    return filled.ask(look)


@pytest.mark.parametrize("key", KEYS)
def test_two_of_three_networks_did_a_review_together_nine_months_ago(at_any_moment: Filled, key: str) -> None:
    filled, result = at_any_moment, at_any_moment.first(key)
    review = result.review
    assert review.joint_at is not None
    assert review.ended_at is not None
    finished = [one.finished_at for one in _seats(filled, review)]
    assert review.began_at < min(finished) <= max(finished) < review.joint_at < review.ended_at
    assert 250 < (filled.now - review.ended_at).days < 275
    assert _roles(filled, review) == {Role.COORDINATOR: 1, Role.LEADER: 1, Role.FACULTY: 1}
    assert Counter(one.kind for one in result.points) == {PointKind.STRENGTH: 3, PointKind.WORK_ON: 3}
    kept = [one for one in result.agreed.values() if one.version]
    assert len(kept) >= 6
    differs = {one.key for one in kept if one.value == ""} | result.differing
    assert differs, "they went on seeing something differently"


@pytest.mark.parametrize("key", KEYS)
def test_a_plan_came_of_it_and_its_ninth_month_is_due(at_any_moment: Filled, key: str) -> None:
    filled, plan, today_on = at_any_moment, at_any_moment.plan(key), at_any_moment.now.date()
    assert plan.review_id == filled.first(key).review.id
    assert plan.began_on == filled.network(key).started_on
    assert plan.made_at > (filled.first(key).review.ended_at or plan.made_at)
    assert plan.hidden == 0
    assert len(plan.items) >= 3
    assert {one.state for one in plan.items} == {GoalState.ACHIEVED, GoalState.OPEN}
    slipped = [one for one in plan.items if months.end_of_month(one.month_on) < today_on and not _is_done(one.state)]
    assert len(slipped) == 1
    points = {one.month: one for one in plan.points}
    assert all(points[month].note and (points[month].held_on or today_on) < today_on for month in (3, 6))
    assert points[9].held_on is None
    assert 0 < (today_on - points[9].on).days <= 16
    assert points[12].on > today_on
    done = [one for one in plan.items if _is_done(one.state)]
    assert all(one.closed_at is not None and one.closed_at > plan.made_at for one in done)


def _is_done(state: GoalState) -> bool:
    return state is GoalState.ACHIEVED


def test_a_second_review_can_go_on_with_its_joint_session_at_once(at_any_moment: Filled) -> None:
    filled, network = at_any_moment, at_any_moment.network("open-door")
    review = filled.ask(lambda store: store.reviews.open_in(network.id))
    assert review is not None
    finished = {one.name: one.finished_at for one in _seats(filled, review)}
    assert [name for name, at in finished.items() if at is None] == ["Ottoline Farsight-Bell"]
    assert all(at is None or review.began_at < at < filled.now for at in finished.values())
    marisol = filled.id_of("marisol")
    assert filled.ask(lambda store: store.reviews.begin_joint(review.id, marisol, filled.now))
    views = filled.ask(lambda store: store.reviews.views(review.id, marisol))
    assert views is not None
    assert sum(len(set(answers)) > 1 for answers in views.by_key.values()) >= 5


def test_the_third_network_can_begin_with_everything(filled: Filled) -> None:
    network = filled.network("steady-ground")
    assert filled.ask(lambda store: store.reviews.open_in(network.id)) is None
    assert filled.ask(lambda store: store.reviews.ended_in(network.id)) == []
    assert filled.ask(lambda store: store.plans.for_networks([network.id], Audience.NETWORK)) == {}
    assert filled.ask(lambda store: store.pulses.newest(network.id)) is None


def test_a_pulse_has_closed_and_holds_nobodys_answers(at_any_moment: Filled) -> None:
    pulse = at_any_moment.pulse()
    assert (pulse.answered, len(pulse.figures)) == (9, len(Dimension))
    assert pulse.closes_at < at_any_moment.now
    assert at_any_moment.ask(lambda store: store.pulses.kept_of(store.people.named("Nell Starlingford")[0].id)) == []


def _told() -> list[dict[str, Any]]:
    return [words.plan(key) for key in KEYS]


def test_all_that_is_said_is_there_to_be_said() -> None:
    """Every statement has its levels, every axis a value of its own, every item is of the catalogue or their own."""
    statements = {one.key for one in review_bank().statements}
    for told in _told():
        for review in (told["review"], told.get("again", {"people": {}})):
            for said in filter(None, review["people"].values()):
                assert said["levels"].keys() == statements
                assert all(1 <= one <= 5 for pair in said["levels"].values() for one in pair)
                assert all(said["kind"][axis] in list(AXES[axis]) for axis in Axis)
        for item in told["plan"]["item"]:
            assert item["dimension"] in list(Dimension)
            assert not item["action"] or catalogue().action(item["action"]) is not None
        points = [*told["review"]["strength"], *told["review"]["work_on"]]
        assert {one["dimension"] for one in points} <= {"", *Dimension}


def test_what_is_written_is_theirs_alone_and_free_of_patient_details() -> None:
    names = sorted(one.name for one in files(words).iterdir() if one.name.endswith("-plan.toml"))
    texts = [text for name in names for text in _texts(tomllib.loads(files(words).joinpath(name).read_text("utf-8")))]
    own = [text for text in texts if not text.startswith("You want to work on")]
    assert len(own) >= 40
    assert [text for text, times in Counter(own).items() if times > 1] == []
    assert [text for text in own if kinds_in(text) or len(text) > 300] == []


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str) and told.count(" ") > 2:
        yield told
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _texts(one)


def test_it_is_the_same_each_time(filled: Filled, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    with closing(Filled(tmp_path / "again", NOW)) as again:
        for key in KEYS:
            assert again.first(key) == filled.first(key)
            assert again.plan(key) == filled.plan(key)
        assert again.pulse() == filled.pulse()
