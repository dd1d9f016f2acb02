"""What another person sends comes at the next good time, beside the one message a week, and can be put off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from bench.simulation import Simulation, newcomer
from handlers.kit import letters
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Asked, Desk, Item
from handlers.nudges import coming
from storage.records import Person, Role, RoleHeld
from storage.unit import Store, Units, open_units

FRIDAY = datetime(2027, 1, 8, 19, tzinfo=UTC)
MONDAY_AT_NINE = datetime(2027, 1, 11, 9, tzinfo=UTC)

feature = Feature("sim")


@feature.occasion("weekly", title="the weekly one", role=Role.MEMBER, cadence="w1:1")
def _weekly(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
    return {one.person.id: [Item("What comes round.")] for one in asked}


@feature.letter("told", title="what others send you")
def _told(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
    return {one.person.id: [Item("Bea suggests a time.")] for one in asked}


ROUTES = Routes([feature])


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as opened:
        opened.run(_fill).result()
        yield opened


def _fill(store: Store) -> None:
    store.networks.keep_programme("Letters", "Europe/London")
    store.networks.add("n", "Network", "", None, None)
    store.people.add_role(newcomer(store, "Ann", time_zone="Europe/London").id, RoleHeld(Role.MEMBER, 1))
    store.people.add_role(newcomer(store, "Fay", time_zone="Europe/London").id, RoleHeld(Role.FACULTY))


def _as(person_id: int, store: Store, now: datetime) -> Context:
    person = store.people.by_id(person_id)
    assert person is not None
    return Context(store, now, person, store.networks.programme(), "e1", ROUTES)


async def _bring(simulation: Simulation, person_id: int, at: datetime | None = None) -> bool:
    now = simulation.clock.now()
    return await simulation.do(lambda store: letters.bring(_as(2, store, now), person_id, "sim.told", at))


def _labels(message: Message) -> list[str]:
    return [one.label for one in message.buttons]


async def test_a_letter_comes_at_the_next_good_time_and_leaves_the_weekly_message(units: Units) -> None:
    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await _bring(simulation, 1)
    sent = await simulation.run(FRIDAY + timedelta(days=6))
    await simulation.stop()
    assert sent == [(1, MONDAY_AT_NINE), (1, MONDAY_AT_NINE + timedelta(days=1))]
    assert _labels(simulation.platform.shown[0].message) == ["Later", "Why did I get this?"]
    assert "Stop" in _labels(simulation.platform.shown[1].message)


async def test_what_comes_on_one_day_is_one_message_and_both_can_be_answered(units: Units) -> None:
    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await _bring(simulation, 1, MONDAY_AT_NINE + timedelta(days=1, hours=-1))
    sent = await simulation.run(FRIDAY + timedelta(days=6))
    await simulation.stop()
    assert sent == [(1, MONDAY_AT_NINE + timedelta(days=1))]
    body = str(simulation.platform.shown[0].message.body)
    assert "Bea suggests a time." in body
    assert "What comes round." in body
    less = next(one for one in simulation.platform.shown[0].message.buttons if one.label == "Less often")
    assert less.argument.partition("/")[2] == "2", "one digit for each thing that came round by itself"


async def test_two_that_wait_are_one_and_a_third_on_the_same_day_comes_too(units: Units) -> None:
    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await _bring(simulation, 1)
    assert await _bring(simulation, 1)
    assert len(await simulation.run(MONDAY_AT_NINE + timedelta(minutes=5))) == 1
    assert await _bring(simulation, 1)
    sent = await simulation.run(MONDAY_AT_NINE + timedelta(hours=1))
    await simulation.stop()
    assert sent == [(1, MONDAY_AT_NINE), (1, MONDAY_AT_NINE + timedelta(minutes=5))]
    assert "come back to this" not in str(simulation.platform.shown[1].message.body), "nobody asked for it again"


async def test_one_that_must_come_sooner_comes_sooner(units: Units) -> None:
    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await _bring(simulation, 2, MONDAY_AT_NINE + timedelta(hours=5))
    assert await _bring(simulation, 2, MONDAY_AT_NINE + timedelta(hours=2))
    assert await _bring(simulation, 2, MONDAY_AT_NINE + timedelta(hours=4))
    sent = await simulation.run(MONDAY_AT_NINE + timedelta(hours=9))
    await simulation.stop()
    assert sent == [(2, MONDAY_AT_NINE + timedelta(hours=2))], "faculty have no network, and get letters all the same"


async def test_where_nobody_can_be_reached_it_is_said(units: Units) -> None:
    def away(store: Store) -> Person | None:
        store.people.change(1, {"leave_from": date(2027, 1, 1), "leave_to": date(2027, 3, 1)})
        store.people.add("Eve")
        return store.people.by_id(3)

    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await simulation.do(away)
    assert not await _bring(simulation, 1), "away for longer than a letter waits"
    assert not await _bring(simulation, 3), "no account"
    assert not await _bring(simulation, 4), "nobody"
    await simulation.stop()


async def test_letters_are_not_among_what_one_can_set(units: Units) -> None:
    simulation = Simulation(units, ROUTES, FRIDAY)
    assert await _bring(simulation, 1)
    now = simulation.clock.now()
    shown = await simulation.do(lambda store: [one.occasion.name for one in coming.to_me(_as(1, store, now))])
    await simulation.stop()
    assert shown == ["sim.weekly"]
