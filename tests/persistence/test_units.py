"""Units of work, in shared commits on SQLite and alone on PostgreSQL: kept whole or not at all, and never silent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bench.postgres import PostgresServer
from bench.straight import fresh_sqlite
from storage.errors import DatabaseAway
from storage.migrate import migrate
from storage.unit import Store, Units, open_units

NOW = datetime(2027, 1, 12, tzinfo=UTC)
SECONDS = 10
"""Patience with a future that is sure to come; only a broken test waits so long."""


@pytest.fixture(params=["sqlite", "postgresql"])
def units(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Units]:
    if request.param == "sqlite":
        url = fresh_sqlite(tmp_path)
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh(migrate).sqlalchemy
    with closing(open_units(url)) as opened:
        yield opened


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Units]:
    """Units on SQLite, which share commits."""
    with closing(open_units(fresh_sqlite(tmp_path))) as opened:
        yield opened


class Held:
    """Keeps the writer thread busy, so that what is asked meanwhile waits and shares the next commit."""

    def __init__(self, units: Units) -> None:
        self._go = threading.Event()
        self._busy = threading.Event()
        self._units = units

    def __enter__(self) -> None:
        self._done = self._units.run(self._wait)
        assert self._busy.wait(SECONDS)

    def __exit__(self, *_: object) -> None:
        self._go.set()
        self._done.result(SECONDS)

    def _wait(self, _store: Store) -> None:
        self._busy.set()
        assert self._go.wait(SECONDS)


def add(name: str) -> Callable[[Store], int]:
    return lambda store: store.people.add(name)


def names(store: Store) -> list[str]:
    return [person.name for number in range(1, 40) if (person := store.people.by_id(number))]


def broken(store: Store) -> None:
    store.people.add("Never kept")
    raise LookupError("a bug")


@contextmanager
def commits() -> Iterator[list[object]]:
    """Notes each commit that SQLAlchemy makes meanwhile."""
    seen: list[object] = []

    def note(connection: object) -> None:
        seen.append(connection)

    event.listen(Engine, "commit", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "commit", note)


def test_a_unit_that_fails_keeps_nothing_and_harms_no_neighbour(units: Units) -> None:
    before, failing, after = (units.run(one) for one in (add("Ann"), broken, add("Ben")))
    assert isinstance(before.result(SECONDS), int)
    assert isinstance(after.result(SECONDS), int)
    with pytest.raises(LookupError, match="a bug"):
        failing.result(SECONDS)
    assert sorted(units.run(names).result(SECONDS)) == ["Ann", "Ben"]


def test_a_statement_that_fails_inside_a_shared_commit_harms_no_neighbour(shared: Units) -> None:
    def wrong(store: Store) -> None:
        store.people.add("Never kept")
        store.people.change(1, {"no_such_column": 1})

    with Held(shared):
        futures: list[Future[object]] = [shared.run(one) for one in (add("Ann"), wrong, broken, add("Ben"))]
    assert [type(one.exception(SECONDS)).__name__ for one in futures] == [
        "NoneType", "CompileError", "LookupError", "NoneType",
    ]  # fmt: skip
    assert shared.run(names).result(SECONDS) == ["Ann", "Ben"]


def test_waiting_units_share_one_commit(shared: Units) -> None:
    with commits() as seen:
        with Held(shared):
            futures = [shared.run(add(f"Person {number}")) for number in range(30)]
        for future in futures:
            future.result(SECONDS)
    assert len(seen) == 2


def test_a_result_is_told_only_after_its_commit(shared: Units) -> None:
    """What a future says is kept is on the disk: while the commit is still to come, none is done."""
    futures: list[Future[int]] = []
    told: list[bool] = []

    def note(_connection: object) -> None:
        told.extend(one.done() for one in futures)

    event.listen(Engine, "commit", note)
    try:
        with Held(shared):
            futures += [shared.run(add(f"Person {number}")) for number in range(5)]
        for future in futures:
            future.result(SECONDS)
    finally:
        event.remove(Engine, "commit", note)
    assert len(told) >= 5
    assert not any(told)


def test_a_database_that_fails_in_the_middle_of_a_shared_commit_costs_only_whom_it_fails(shared: Units) -> None:
    """F3, F12: the batch is rolled back as one, then each unit has a go of its own."""
    ran: list[str] = []

    def unlucky(store: Store) -> None:
        ran.append("unlucky")
        store.people.add("Never kept")
        raise DatabaseAway("the disk is full")

    def lucky(store: Store) -> int:
        ran.append("lucky")
        return store.people.add("Ann")

    with Held(shared):
        first, bad, last = shared.run(lucky), shared.run(unlucky), shared.run(add("Ben"))
    with pytest.raises(DatabaseAway):
        bad.result(SECONDS)
    assert isinstance(first.result(SECONDS), int)
    assert isinstance(last.result(SECONDS), int)
    assert ran == ["lucky", "unlucky", "lucky", "unlucky"]
    assert sorted(shared.run(names).result(SECONDS)) == ["Ann", "Ben"]


def test_after_the_end_nothing_is_kept_and_that_is_said(units: Units) -> None:
    units.run(add("Ann")).result(SECONDS)
    units.close()
    with pytest.raises(DatabaseAway):
        units.run(add("Late")).result(SECONDS)


def test_whatever_was_asked_before_the_end_is_answered(units: Units) -> None:
    """No future is left open by a stop under load, however the two fall together."""
    futures: list[Future[int]] = []
    started = threading.Event()

    def ask() -> None:
        for number in range(2000):
            futures.append(units.run(add(f"Person {number}")))
            started.set()

    asking = threading.Thread(target=ask)
    asking.start()
    assert started.wait(SECONDS)
    units.close()
    asking.join(SECONDS)
    outcomes = [one.exception(SECONDS) for one in futures]
    assert len(outcomes) == 2000
    assert {type(one) for one in outcomes} <= {type(None), DatabaseAway}


def test_a_caller_that_gives_up_does_not_stop_the_writer(units: Units) -> None:
    with_patience = units.run(add("Ann"))
    with_patience.cancel()
    assert isinstance(units.run(add("Ben")).result(SECONDS), int)


def test_sqlite_writes_so_that_a_power_cut_loses_nothing(shared: Units) -> None:
    """kill -9 can't tell NORMAL from FULL (limits.md §2), so the setting itself is looked at, as the writer has it."""

    def pragmas(store: Store) -> list[object]:
        asked = ("synchronous", "journal_mode", "foreign_keys")
        return [store._connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]

    assert shared.run(pragmas).result(SECONDS) == [2, "wal", 1]


def test_two_read_modify_writes_at_once_lose_nothing(shared: Units) -> None:
    """limits.md §2: with SQLAlchemy's own SQLite transactions, 20 of these at once came to 3."""
    person_id = shared.run(add("0")).result(SECONDS)

    def one_more(store: Store) -> None:
        person = store.people.by_id(person_id)
        assert person is not None
        store.people.change(person_id, {"name": str(int(person.name) + 1)})

    for future in [shared.run(one_more) for _ in range(20)]:
        future.result(SECONDS)
    assert shared.run(names).result(SECONDS) == ["20"]
