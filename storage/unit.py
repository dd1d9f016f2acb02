"""The unit of work: `Units.run` gives a plain function a Store, commits on return, rolls back on an exception."""

import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import POOL, open_engine
from storage.errors import DatabaseAway
from storage.failures import away
from storage.store import Store

__all__ = ["MOST_TOGETHER", "OwnConnections", "SharedCommits", "Store", "Units", "open_units"]

T = TypeVar("T")
MOST_TOGETHER = 64
"""Units that share one commit at the most."""
CLOSED = "the database is closed"


class Units(Protocol):
    """Runs units of work away from the event loop."""

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Run `work` in a unit of work of its own. The future raises what `work` raised, or DatabaseAway.

        `work` must do nothing but use the store: after a failure of its neighbours it may run a second time.
        """

    def close(self) -> None:
        """Finish what waits, then close the database."""


def open_units(url: str) -> Units:
    """Units of work on the database at the URL: one writer thread on SQLite, a connection each on PostgreSQL."""
    engine = open_engine(url)
    return SharedCommits(engine) if engine.dialect.name == "sqlite" else OwnConnections(engine)


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Callable[[Store], Any]
    future: "Future[Any]"


class SharedCommits:
    """SQLite has one writer: one thread runs the waiting units, a savepoint each, under one shared commit.

    Measured at 1.8 times a commit each (limits.md 1a).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._closed = False
        self._closing = threading.Lock()
        self._thread = threading.Thread(target=self._work_off, name="weaver-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Queue the unit for the writer thread."""
        future: Future[T] = Future()
        # A caller that is cancelled must not cancel this: the writer thread sets it, and what is kept is kept.
        future.set_running_or_notify_cancel()
        with self._closing:
            if not self._closed:
                self._queue.put(_Waiting(work, future))
                return future
        future.set_exception(DatabaseAway(CLOSED))
        return future

    def close(self) -> None:
        """Finish what waits, then close the database."""
        with self._closing:
            self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _work_off(self) -> None:
        while batch := self._next():
            self._settle(batch)
        self._disconnect()

    def _next(self) -> list[_Waiting]:
        first = self._queue.get()
        batch = [first]
        with contextlib.suppress(queue.Empty):
            while first is not None and len(batch) < MOST_TOGETHER:
                batch.append(self._queue.get_nowait())
        if None in batch and len(batch) > 1:
            self._queue.put(None)
        return [waiting for waiting in batch if waiting is not None]

    def _settle(self, batch: list[_Waiting]) -> None:
        """Run the batch under one commit; if the database fails in the middle, each again under its own."""
        try:
            connection = self._begin()
        except Exception as failure:  # noqa: BLE001  told to each unit's caller
            self._fail(batch, failure)
            return
        try:
            outcomes = [_in_savepoint(waiting, connection) for waiting in batch]
            connection.commit()
        except Exception as failure:  # noqa: BLE001  told to each unit's caller
            self._disconnect()
            if len(batch) == 1:
                self._fail(batch, failure)
                return
            for waiting in batch:
                self._settle([waiting])
            return
        for waiting, (result, error) in zip(batch, outcomes, strict=True):
            if error is None:
                waiting.future.set_result(result)
            else:
                waiting.future.set_exception(error)

    def _begin(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        self._connection.begin()
        return self._connection

    def _fail(self, batch: list[_Waiting], failure: Exception) -> None:
        self._disconnect()
        for waiting in batch:
            waiting.future.set_exception(away(failure) or failure)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()


def _in_savepoint(waiting: _Waiting, connection: Connection) -> tuple[Any, Exception | None]:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("SAVEPOINT unit")
    try:
        result = waiting.work(Store(connection))
    except Exception as error:
        if away(error):
            raise
        raw.execute("ROLLBACK TO unit")
        raw.execute("RELEASE unit")
        return None, error
    raw.execute("RELEASE unit")
    return result, None


class OwnConnections:
    """PostgreSQL: each unit has a connection and a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(POOL, "weaver-unit")

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Run the unit on a free connection."""
        try:
            return self._threads.submit(self._run, work)
        except RuntimeError:  # The threads are shut down: what comes now must not look like a bug.
            late: Future[T] = Future()
            late.set_exception(DatabaseAway(CLOSED))
            return late

    def close(self) -> None:
        """Finish what waits, then close the connections."""
        self._threads.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[Store], T]) -> T:
        """A unit that met a broken connection, or another's write of the same thing, has a second go."""
        try:
            try:
                return self._once(work)
            except _OnceMore:
                return self._once(work)
        except _OnceMore as again:
            cause = again.__cause__
            raise away(cause) or cause or again from again
        except Exception as error:
            if failure := away(error):
                raise failure from error
            raise

    def _once(self, work: Callable[[Store], T]) -> T:
        with self._engine.connect() as connection:
            try:
                result = work(Store(connection))
            except DBAPIError as error:
                if error.connection_invalidated or isinstance(error, IntegrityError):
                    raise _OnceMore from error
                raise
            connection.commit()
            return result


class _OnceMore(Exception):
    """The connection broke before the commit, or another unit wrote the same thing first: nothing was kept."""
