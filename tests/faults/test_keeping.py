"""Whatever happens to the database's keeper, it goes on; and a start or a stop that fails leaves nothing open."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from bench.clock import MovedClock
from bench.ledger import LedgerPlatform
from bench.outage import PATIENCE
from bench.straight import fresh_sqlite
from bot.app import Bot, create
from bot.keeping import Keeper
from bot.metrics import Metrics
from bot.settings import Settings
from storage.errors import DatabaseAway
from storage.sole import Sole
from storage.unit import Store, Units, open_units

T = TypeVar("T")


class Unlucky:
    """Units of work whose first ones fail, each with the next of these errors."""

    def __init__(self, units: Units, *failures: Exception) -> None:
        self._units = units
        self._failures = list(failures)

    def run(self, work: Callable[[Store], T]) -> Future[T]:
        """Fail, or run the unit."""
        if not self._failures:
            return self._units.run(work)
        failed: Future[T] = Future()
        failed.set_exception(self._failures.pop(0))
        return failed

    def close(self) -> None:
        """Close the database."""
        self._units.close()


class Lame(LedgerPlatform):
    """A platform that does not stop as it should."""

    stopped = False

    async def stop(self) -> None:
        """Fail."""
        self.stopped = True
        raise LookupError("a bug")


async def test_the_keeper_goes_on_after_a_bug_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The database is away at the start, then something nobody thought of happens, then all is well."""
    url = f"sqlite:///{tmp_path}/new.db"
    units = Unlucky(open_units(url), DatabaseAway("the database is locked"), LookupError("a bug"))
    keeper = Keeper(url, units, MovedClock(), retry=0.01)
    await keeper.start()
    async with asyncio.timeout(PATIENCE):
        while "the database could not be looked after" not in caplog.text:
            await asyncio.sleep(0.01)
        while await keeper.trouble() is not None:
            await asyncio.sleep(0.01)
    await keeper.stop()
    keeper.let_go()
    units.close()


async def test_what_the_keeper_cannot_explain_is_trouble_and_no_error(tmp_path: Path) -> None:
    units = Unlucky(open_units(fresh_sqlite(tmp_path)), LookupError("words"))
    assert await Keeper("sqlite://", units, MovedClock()).trouble() == "the database failed: the logs say where"
    units.close()


async def test_a_file_that_another_bot_took_meanwhile_is_trouble_until_it_is_free(tmp_path: Path) -> None:
    """The folder was not there at the start; when it comes, another bot is there first."""
    folder, ready = tmp_path / "later", tmp_path / "ready"
    url = f"sqlite:///{folder}/weaver.db"
    units = open_units(url)
    keeper = Keeper(url, units, MovedClock(), retry=0.01)
    await keeper.start()
    ready.mkdir()
    other = Sole(f"sqlite:///{ready}/weaver.db")
    other.take()
    ready.rename(folder)
    async with asyncio.timeout(PATIENCE):
        while "Another Weaver already runs" not in (await keeper.trouble() or ""):
            await asyncio.sleep(0.01)
        other.give_back()
        while await keeper.trouble() is not None:
            await asyncio.sleep(0.01)
    await keeper.stop()
    keeper.let_go()
    units.close()


async def test_a_start_that_finds_its_port_taken_leaves_nothing_open(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bot = create(Settings(url, port=taken.getsockname()[1]))
        with pytest.raises(OSError, match="address already in use"):
            await bot.start()
    with pytest.raises(DatabaseAway, match="the database is closed"):
        await asyncio.wrap_future(bot.units.run(lambda store: store.schema()))
    assert [task.get_coro() for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
    Sole(url).take()


async def test_a_part_that_does_not_stop_keeps_nothing_else_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url, clock = fresh_sqlite(tmp_path), MovedClock()
    units, lame = open_units(url), Lame(clock)
    bot = Bot(Settings(url, port=0), units, [lame], Keeper(url, units, clock), Metrics())
    await bot.start()
    with caplog.at_level(logging.ERROR):
        await bot.stop()
    assert lame.stopped
    assert [record.getMessage() for record in caplog.records] == ["a part did not stop well"]
    with pytest.raises(DatabaseAway, match="the database is closed"):
        units.run(lambda store: store.schema()).result()
    Sole(url).take()
