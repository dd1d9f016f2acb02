"""What a review says of a network changes which coaching questions come, to those alone who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest

from bench.reviews import reviewed
from bench.straight import Straight, words_in
from handlers.coaching import reasons
from handlers.coaching.occasions import ask
from handlers.kit.occasions import Asked, Desk
from handlers.kit.replies import Say
from prompts.coaching import question_bank
from prompts.kinds import AXES, Axis, Dimension
from storage.coached import AskedQuestion
from storage.records import Audience, Person, Programme, Role, RoleHeld
from storage.review_records import Point, PointKind
from storage.store import Store
from storage.unit import Units, open_units

AT = datetime(2027, 1, 4, 9, tzinfo=UTC)
MONDAY = date(2027, 1, 18)
WEEKS = 13
BY_KEY = {one.key: one for one in question_bank().questions}
TAGGED = {Axis.GOVERNANCE: "governance", Axis.ORIGIN: "origin", Axis.STANCE: "stance", Axis.STAGE: "stages"}
KINDS = [(axis, value) for axis in TAGGED for value in AXES[axis]]


@dataclass
class Folk:
    """A network that began long ago: a co-ordinator, a leader and a member; and a co-ordinator of another."""

    units: Units
    network: int
    bea: Person
    lea: Person
    ann: Person
    kit: Person


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Folk:
    network, other = (store.networks.add(key, f"Network {key}", "", date(2020, 1, 6), None) for key in "ab")
    held = [(Role.COORDINATOR, network), (Role.LEADER, network), (Role.MEMBER, network), (Role.COORDINATOR, other)]
    return Folk(units, network, *(_someone(store, role, where) for role, where in held))


def _someone(store: Store, role: Role, network: int) -> Person:
    person_id = store.people.add(role.value)
    store.people.add_role(person_id, RoleHeld(role, network))
    person = store.people.by_id(person_id)
    assert person is not None
    return person


def _weeks(store: Store, person: Person, from_on: date = MONDAY) -> list[AskedQuestion]:
    """What a person is asked in some weeks from that day on."""
    for week in range(WEEKS):
        asked = Asked(person, person.network_ids, from_on + timedelta(weeks=week))
        ask([asked], Desk(store, AT, Programme("P", "Europe/London")))
    return store.coaching_questions.history(person.id, 1000)[:WEEKS]


def _of_any(asked: list[AskedQuestion]) -> bool:
    return all(BY_KEY[one.key].is_for_any_network for one in asked)


@pytest.mark.parametrize(("axis", "value"), KINDS)
def test_each_kind_of_network_gets_questions_of_its_own_and_others_do_not(
    folk: Folk, axis: Axis, value: StrEnum
) -> None:
    def look(store: Store) -> None:
        reviewed(store, folk.network, [folk.bea.id], {axis: value}, Audience.LEADERS, AT)
        for reader in (folk.bea, folk.lea):
            own = [one for one in _weeks(store, reader) if value in getattr(BY_KEY[one.key], TAGGED[axis])]
            assert own, reader
            assert all(reasons.is_of_review(one.reason) for one in own)
        for other in (folk.ann, folk.kit):
            asked = _weeks(store, other)
            assert _of_any(asked), other
            assert not any("review" in one.reason for one in asked)

    folk.units.run(look).result()


def test_where_a_network_wants_to_work_questions_come_more_often_with_the_reason(folk: Folk) -> None:
    def look(store: Store) -> None:
        point = Point(PointKind.WORK_ON, 1, "Meet more", Dimension.COMMUNITY.value)
        reviewed(store, folk.network, [folk.bea.id], {}, Audience.NETWORK, AT, points=[point])
        asked = _weeks(store, folk.ann)
        assert reasons.is_weak(Dimension.COMMUNITY) in [one.reason for one in asked]
        assert not any("review" in one.reason for one in _weeks(store, folk.kit))

    folk.units.run(look).result()


def test_an_axis_on_which_they_differ_changes_nothing(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = store.reviews.begin(folk.network, folk.bea.id, AT)
        assert review_id is not None
        store.reviews.invite(review_id, folk.lea.id, AT)
        for person, value in ((folk.bea, "enclave"), (folk.lea, "managed")):
            store.reviews.keep(review_id, person.id, {Axis.GOVERNANCE: value}, AT)
            store.reviews.finish(review_id, person.id, AT)
        store.reviews.begin_joint(review_id, folk.bea.id, AT)
        store.reviews.end(review_id, AT)
        store.reviews.set_audience(review_id, Audience.NETWORK)
        assert _of_any(_weeks(store, folk.bea))

    folk.units.run(look).result()


def test_narrowing_the_review_stops_it(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = reviewed(store, folk.network, [folk.bea.id], {Axis.STANCE: "challenges"}, Audience.NETWORK, AT)
        assert not _of_any(_weeks(store, folk.ann))
        store.reviews.set_audience(review_id, Audience.LEADERS)
        assert _of_any(_weeks(store, folk.ann, MONDAY + timedelta(weeks=WEEKS)))

    folk.units.run(look).result()


def test_a_network_of_any_age_is_at_the_stage_that_was_agreed(folk: Folk) -> None:
    """Its age would say that it is just starting."""

    def look(store: Store) -> None:
        store.networks.change(folk.network, "Network a", "", MONDAY, None)
        assert any("just starting" in one.reason for one in _weeks(store, folk.lea))
        reviewed(store, folk.network, [folk.bea.id], {Axis.STAGE: "growing"}, Audience.LEADERS, AT)
        asked = _weeks(store, folk.lea, MONDAY + timedelta(weeks=WEEKS))
        assert not any("just starting" in one.reason for one in asked)
        assert any(one.reason.endswith("that is growing, as its last review says") for one in asked)

    folk.units.run(look).result()


async def test_a_reason_is_not_told_any_more_once_its_review_is_narrowed(database_url: str) -> None:
    with closing(Straight(database_url)) as straight:
        straight.fill()
        await _is_narrowed(straight)


async def _is_narrowed(straight: Straight) -> None:
    def begin(store: Store) -> tuple[int, int]:
        people = {one.name.split()[0]: one for one in store.people.in_network(1, 100)}
        review_id = reviewed(store, 1, [people["Bea"].id], {Axis.STANCE: "challenges"}, Audience.NETWORK, AT)
        asked = _weeks(store, people["Ann"])
        return review_id, next(one.id for one in asked if reasons.is_of_review(one.reason))

    review_id, asked_id = await straight.store(begin)
    assert "last review" in words_in(await straight.presses("ann", "coaching.why", str(asked_id)))
    assert "last review" in await _export(straight)
    await straight.store(lambda store: store.reviews.set_audience(review_id, Audience.LEADERS))
    why = words_in(await straight.presses("ann", "coaching.why", str(asked_id)))
    assert "Because of what an earlier review of your network said." in why
    assert "last review" not in why + await _export(straight)


async def _export(straight: Straight) -> str:
    reply = await straight.says("ann", "export")
    assert isinstance(reply, Say)
    return reply.message.attachments[0].content.decode()
