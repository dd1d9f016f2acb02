"""What is due costs the same however much exists: counted in SQLite's own steps, not in seconds."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, time
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from benchmarks.sweep.programme import ASKED, NOW, WARM_UP, WORKSPACE, fill

from bench.straight import fresh_sqlite
from handlers import find_routes
from handlers.kit.planning import plan
from storage.records import Role, RoleHeld
from storage.scheduled import Schedule, Wanted
from storage.unit import Store, open_units

FEW, MANY = 200, 2_000
DUE = 200 - WARM_UP
"""With those that are due to warm up: few enough for one unit of work, and enough for SQLite to change its plan."""
STEP = 100


@pytest.mark.parametrize("part", ["planning", "claiming"])
def test_ten_times_as_many_schedules_cost_the_database_no_more_steps(part: str, tmp_path: Path) -> None:
    few, many = (_steps(tmp_path / str(exist), exist)[part] for exist in (FEW, MANY))
    assert few > 0
    assert many <= 1.2 * few, f"{few * STEP} steps with {FEW} schedules, {many * STEP} with {MANY}"


def test_whom_a_networks_schedule_is_for_costs_the_same_however_many_chose_times_of_their_own(tmp_path: Path) -> None:
    few, many = (_steps_of_a_network(tmp_path / str(exist), exist) for exist in (FEW, MANY))
    assert 0 < many <= 1.2 * few, f"{few * STEP} steps with {FEW} schedules, {many * STEP} with {MANY}"


def _steps_of_a_network(folder: Path, exist: int) -> int:
    """How many hundred steps SQLite takes to say whom the schedule of a new network with two members is for."""
    folder.mkdir()
    url = fresh_sqlite(folder)
    fill(url, exist, DUE)

    def add(store: Store) -> list[Schedule]:
        network_id = store.networks.add("new", "New Network", "", None, None)
        for number in (1, 2):
            store.people.add_role(number, RoleHeld(Role.MEMBER, network_id))
            store.people.add_role(store.people.add("New"), RoleHeld(Role.MEMBER, network_id))
        store.schedules.put(Wanted("checkins.ask", "w1:0", time(9), NOW.date(), network_id), None, NOW)
        return store.schedules.of_network(network_id)

    with closing(open_units(url)) as units:
        wanted = units.run(add).result()
        roles = {"checkins.ask": Role.MEMBER}

        def asked(store: Store) -> int:
            (found,) = store.schedules.recipients(wanted, roles).values()
            return len(found)

        return units.run(lambda store: _counted(asked, store, 2)).result()


def _steps(folder: Path, exist: int) -> dict[str, int]:
    """How many hundred steps SQLite takes to plan 200 schedules of so many, and to claim what came of it."""
    folder.mkdir()
    url, routes = fresh_sqlite(folder), find_routes()
    fill(url, exist, DUE)
    units = open_units(url)

    def planned(store: Store) -> int:
        return plan(store, NOW, routes, DUE + WARM_UP)

    def claimed(store: Store) -> int:
        return len(store.outbox.claim("slack", WORKSPACE, ASKED, datetime.now(UTC), DUE + WARM_UP, 60.0, "token"))

    try:
        works = {"planning": planned, "claiming": claimed}
        return {name: units.run(partial(_counted, work)).result() for name, work in works.items()}
    finally:
        units.close()


def _counted(work: Callable[[Store], int], store: Store, expected: int = DUE + WARM_UP) -> int:
    connection, steps = store._connection.connection.driver_connection, count()
    assert connection is not None
    connection.set_progress_handler(lambda: next(steps) < 0, STEP)
    try:
        assert work(store) == expected
    finally:
        connection.set_progress_handler(None, STEP)
    return next(steps)
