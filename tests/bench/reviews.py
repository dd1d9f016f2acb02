"""A network and those who review it, and whole answers in a line, for the tests of reviews and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import event

from bench.straight import account
from prompts.kinds import AXES, Axis
from prompts.review import review_bank
from storage.records import Account, Audience, Role, RoleHeld
from storage.review_records import Point, PointKind, Review
from storage.store import Store
from storage.unit import Units

T = TypeVar("T")
AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
STRENGTH = Point(PointKind.STRENGTH, 1, "We know each other", "community building")
WORK_ON = Point(PointKind.WORK_ON, 1, "Meet more often")
KIND = {axis.value: next(iter(AXES[axis])).value for axis in Axis}
PEOPLE = {
    "Bea": (Role.COORDINATOR, "here"),
    "Cal": (Role.LEADER, "here"),
    "Ann": (Role.MEMBER, "here"),
    "Ben": (Role.MEMBER, "here"),
    "Fay": (Role.FACULTY, None),
    "Kit": (Role.LEADER, "there"),
}


@dataclass
class Folk:
    """A network with its co-ordinator, a leader and two members, a faculty member, and one of another network."""

    units: Units
    network: int
    bea: int
    cal: int
    ann: int
    ben: int
    fay: int
    kit: int

    @property
    def four(self) -> tuple[int, int, int, int]:
        """Those in the network."""
        return self.bea, self.cal, self.ann, self.ben

    def look(self, work: Callable[[Store], T]) -> T:
        """What the work comes to, in a unit of its own."""
        return self.units.run(work).result()


def gathered(store: Store, units: Units) -> Folk:
    """All of them, kept."""
    ids: dict[str | None, int] = {key: store.networks.add(key, key, "", None, None) for key in ("here", "there")}
    people = []
    for name, (role, key) in PEOPLE.items():
        people.append(store.people.add(name))
        store.people.add_role(people[-1], RoleHeld(role, ids.get(key)))
    return Folk(units, ids["here"], *people)


def begun(store: Store, folk: Folk) -> int:
    """A review that Bea has begun."""
    review_id = store.reviews.begin(folk.network, folk.bea, AT)
    assert review_id is not None
    return review_id


def answered(store: Store, folk: Folk, *people: int) -> int:
    """A review that these have answered: the first gives level 2, the next 3 and so on."""
    review_id = begun(store, folk)
    for level, person_id in enumerate(people, 2):
        store.reviews.invite(review_id, person_id, AT)
        said = {"trust.now": str(level), "stage": "growing", "purpose": f"words of {person_id}"}
        assert store.reviews.keep(review_id, person_id, said, AT)
        assert store.reviews.finish(review_id, person_id, AT)
    return review_id


def ended(store: Store, folk: Folk, *people: int, audience: Audience | None = None) -> int:
    """The same, with the joint session behind them."""
    review_id = answered(store, folk, *people)
    assert store.reviews.begin_joint(review_id, people[0], AT)
    assert store.reviews.keep_points(review_id, [WORK_ON, STRENGTH])
    assert store.reviews.end(review_id, LATER)
    store.reviews.set_audience(review_id, audience)
    return review_id


def found(store: Store, review_id: int) -> Review:
    """The review as it stands."""
    review = store.reviews.by_id(review_id)
    assert review is not None
    return review


def counted(store: Store, work: Callable[[], T]) -> tuple[int, T]:
    """How many statements it takes, and what comes of it."""
    count: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        count.append(statement)

    event.listen(store._connection, "before_cursor_execute", note)
    result = work()
    event.remove(store._connection, "before_cursor_execute", note)
    return len(count), result


def answers(now: int = 3, hoped: int = 4, **others: str) -> dict[str, str]:
    """Every answer: the same level throughout, and what differs, with "_" for "-" and "__" for "."."""
    found = dict(KIND)
    for one in review_bank().statements:
        found |= {one.now_key: str(now), one.hoped_key: str(hoped)}
    return found | {key.replace("__", ".").replace("_", "-"): value for key, value in others.items()}


def of_user(store: Store, user: str, where: Account | None = None) -> int:
    """The id of somebody of the world."""
    person = store.people.by_account(where or account(user))
    assert person is not None, user
    return person.id


def network_id(store: Store, key: str = "sexual-health") -> int:
    """The id of a network of the world."""
    return next(one.id for one in store.networks.all() if one.key == key)


def answered_by(
    store: Store, given: Mapping[int, Mapping[str, str] | None], at: datetime, key: str = "sexual-health"
) -> int:
    """A review that the first person began and all others are in; those with answers have finished. Its id."""
    people = list(given)
    review_id = store.reviews.begin(network_id(store, key), people[0], at)
    assert review_id is not None, "none is open"
    for person_id, said in given.items():
        if person_id != people[0]:
            store.reviews.invite(review_id, person_id, at)
        if said is not None:
            store.reviews.keep(review_id, person_id, said, at)
            store.reviews.finish(review_id, person_id, at)
    return review_id


def reviewed(
    store: Store,
    network_id: int,
    people: Sequence[int],
    answers: Mapping[str, str],
    audience: Audience | None,
    at: datetime,
    *,
    levels: str = "3",
    points: Sequence[Point] = (),
) -> int:
    """A review of these people, who all answered alike, that ended at that time; `levels`: every level of today."""
    first, *others = people
    review_id = store.reviews.begin(network_id, first, at)
    assert review_id is not None
    everything = {one.now_key: levels for one in review_bank().statements} | dict(answers)
    for one in others:
        store.reviews.invite(review_id, one, at)
    for one in people:
        assert store.reviews.keep(review_id, one, everything, at)
        assert store.reviews.finish(review_id, one, at)
    assert store.reviews.begin_joint(review_id, first, at)
    assert store.reviews.keep_points(review_id, points)
    assert store.reviews.end(review_id, at)
    store.reviews.set_audience(review_id, audience)
    return review_id
