"""What goes into one message: the more specific schedule says the time; what was put off takes what is new along."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bench.simulation import Simulation, newcomer
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Asked, Desk, Item
from storage.records import Role, RoleHeld
from storage.scheduled import Wanted
from storage.unit import Store, open_units

BEGIN = datetime(2027, 1, 2, 12, tzinfo=UTC)
MONDAY = date(2027, 1, 4)
OF_ALL = Wanted("sim.one", "w1:0", time(9), MONDAY)
OF_NETWORK = Wanted("sim.two", "w1:0", time(9, 30), MONDAY, network_id=1)


def _one(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
    return {one.person.id: [Item("The first.")] for one in asked}


def _two(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
    return {one.person.id: [Item("The second.")] for one in asked}


feature = Feature("sim")
feature.occasion("one", title="one", role=Role.MEMBER, cadence="w1:0")(_one)
feature.occasion("two", title="two", role=Role.MEMBER, cadence="d2026-01-01")(_two)


def _fill(store: Store, *schedules: Wanted) -> None:
    store.networks.keep_programme("Bundles", "Europe/London")
    store.networks.add("n", "Network", "", None, None)
    store.people.add_role(newcomer(store, "Ann", time_zone="Europe/London").id, RoleHeld(Role.MEMBER, 1))
    for wanted in schedules:
        store.schedules.put(wanted, None, BEGIN)


@pytest.mark.parametrize("at_once", [1, 50])
async def test_the_more_specific_schedule_says_the_time(database_url: str, at_once: int) -> None:
    with closing(open_units(database_url)) as units:
        units.run(lambda store: _fill(store, OF_ALL, OF_NETWORK)).result()
        simulation = Simulation(units, Routes([feature]), BEGIN, at_once)
        sent = await simulation.run(BEGIN + timedelta(weeks=1))
        await simulation.stop()
    assert sent == [(1, datetime(2027, 1, 4, 9, 30, tzinfo=UTC))]
    body = str(simulation.platform.shown[0].message.body)
    assert "The first." in body
    assert "The second." in body


async def test_what_was_put_off_takes_along_what_is_new_that_day(database_url: str) -> None:
    later = replace(OF_NETWORK, cadence="w1:3", from_on=date(2027, 1, 11))

    def put_off(store: Store) -> None:
        (sent,) = [one for one in store.deliveries.of_people([1], BEGIN, BEGIN + timedelta(weeks=1)) if one.sent_at]
        store.deliveries.snooze(sent, datetime(2027, 1, 14, 9, tzinfo=UTC))

    with closing(open_units(database_url)) as units:
        units.run(lambda store: _fill(store, replace(OF_ALL, until_on=MONDAY), later)).result()
        simulation = Simulation(units, Routes([feature]), BEGIN)
        await simulation.run(BEGIN + timedelta(days=4))
        await simulation.do(put_off)
        sent = await simulation.run(BEGIN + timedelta(weeks=2))
        await simulation.stop()
    assert sent == [(1, datetime(2027, 1, 4, 9, tzinfo=UTC)), (1, datetime(2027, 1, 14, 9, tzinfo=UTC))]
    assert "The second." in str(simulation.platform.shown[1].message.body)
