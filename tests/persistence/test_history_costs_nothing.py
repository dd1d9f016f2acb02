"""What facts cost follows the period that is asked for, and not the years before it: counted in SQLite's own steps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from benchmarks.digest.programme import FIRST_ON, LAST_ON, NOW, WEEKS, fill

from bench.straight import fresh_sqlite
from handlers import find_routes
from handlers.kit.facts import Asked
from handlers.kit.figures import closed_months, figures_for
from storage.records import Audience, Programme
from storage.unit import Store, open_units

NETWORKS = 3
STEP = 100


def _facts(store: Store) -> int:
    programme = Programme("A programme", "Europe/London")
    asked = Asked(tuple(store.networks.all()), FIRST_ON, LAST_ON, Audience.NETWORK, programme)
    return len(find_routes().facts(asked, store))


def _figures(store: Store) -> int:
    return len(figures_for(store.networks.all(), closed_months(FIRST_ON, LAST_ON, NOW.date()), store, NOW))


@pytest.mark.parametrize("ask", [_facts, _figures])
def test_a_quarter_costs_the_database_the_same_after_one_year_as_after_three(
    ask: Callable[[Store], int], tmp_path: Path
) -> None:
    short, long = (_steps(tmp_path / str(weeks), weeks, ask) for weeks in (WEEKS // 3, WEEKS))
    assert 0 < long <= 1.2 * short, f"{short * STEP} steps after a year, {long * STEP} after three"


def _steps(folder: Path, weeks: int, ask: Callable[[Store], int]) -> int:
    """How many hundred steps SQLite takes for a quarter of networks that have stood for so many weeks."""
    folder.mkdir()
    url = fresh_sqlite(folder)
    fill(url, NETWORKS, weeks)

    def counted(store: Store) -> int:
        connection, steps = store._connection.connection.driver_connection, count()
        assert connection is not None
        connection.set_progress_handler(lambda: next(steps) < 0, STEP)
        try:
            assert ask(store) > NETWORKS
        finally:
            connection.set_progress_handler(None, STEP)
        return next(steps)

    with closing(open_units(url)) as units:
        return units.run(counted).result()
