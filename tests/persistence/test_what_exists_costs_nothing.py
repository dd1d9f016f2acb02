"""What is due costs the same however much exists: counted in SQLite's own steps, not in seconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from benchmarks.sweep.programme import ASKED, NOW, WARM_UP, WORKSPACE, fill

from bench.straight import fresh_sqlite
from handlers import find_routes
from handlers.kit.planning import plan
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


def _counted(work: Callable[[Store], int], store: Store) -> int:
    connection, steps = store._connection.connection.driver_connection, count()
    assert connection is not None
    connection.set_progress_handler(lambda: next(steps) < 0, STEP)
    try:
        assert work(store) == DUE + WARM_UP
    finally:
        connection.set_progress_handler(None, STEP)
    return next(steps)
