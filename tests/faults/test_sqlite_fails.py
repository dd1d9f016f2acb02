"""SQLite locked, full or read-only: nobody is told that something is kept which is not, and it heals by itself."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import Connection, Engine, event

from bench.load import assert_whole, fill, kept, load
from bench.nursery import nursery
from bench.outage import (
    FILLED,
    READY,
    counts,
    everyone_succeeds,
    everyone_tries,
    is_ready,
    on_slack,
    on_teams,
    on_web,
    open_world,
    readiness,
    ready,
)
from bench.slack_service import Service
from bench.straight import fresh_sqlite
from bench.world import World
from storage.errors import DatabaseAway
from storage.unit import Store


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = await open_world(fresh_sqlite(tmp_path))
    yield world
    await world.stop()


class Injury:
    """Spoils SQLite's connections by a PRAGMA: the one that is open, and each that comes."""

    def __init__(self) -> None:
        self._pragma = ""

    def on_connect(self, connection: Connection) -> None:
        """Called by SQLAlchemy."""
        raw = connection.connection.driver_connection
        if self._pragma and raw is not None:
            raw.execute(self._pragma)

    async def sets(self, world: World, pragma: str) -> None:
        """From now on, in the open connection and each that comes."""
        self._pragma = pragma
        await world.store(lambda store: store._connection.exec_driver_sql(pragma).close())


@contextmanager
def injury() -> Iterator[Injury]:
    one = Injury()
    event.listen(Engine, "engine_connect", one.on_connect)
    try:
        yield one
    finally:
        event.remove(Engine, "engine_connect", one.on_connect)


class Lag:
    """Measures by how much the event loop is late, at worst, in seconds."""

    worst = 0.0

    async def __aenter__(self) -> Lag:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            expected = loop.time() + 0.005
            await asyncio.sleep(0.005)
            self.worst = max(self.worst, loop.time() - expected)


async def test_a_lock_that_is_let_go_in_time_is_waited_for(world: World) -> None:
    """F3: locked for less than the platform's patience: the answer waits, and it is kept."""
    path = world.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sending = asyncio.create_task(on_slack(world).sends(FILLED))
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{world.bot.port}/healthz") as answer:
            assert answer.status == 200
        assert not sending.done()
        other.execute("COMMIT")
        await sending
    assert on_slack(world).form is None
    assert (await counts(world))["checkins"] == 1


async def test_a_lock_that_stays_is_told_and_heals(world: World) -> None:
    """F3: each request has its 5xx or its sentence, nothing is kept, and the loop never waits for the lock."""
    before = await counts(world)
    path = world.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with Lag() as lag:
            slack, teams, web = on_slack(world), on_teams(world), on_web(world)
            began = asyncio.get_running_loop().time()
            await asyncio.gather(slack.sends(FILLED), teams.sends(FILLED), web.sends(FILLED))
            locked_for = asyncio.get_running_loop().time() - began
            status, why = await ready(world)
        other.execute("ROLLBACK")
    assert lag.worst < locked_for / 2
    assert (status, why["database"]) == (503, "the database is locked")
    assert web.status == 503
    assert all(hands.form is not None for hands in (slack, teams, web))
    assert await counts(world) == before
    await is_ready(world)
    for hands in (slack, teams, web):
        await hands.sends()
        assert hands.form is None
    assert (await counts(world))["checkins"] == 3


@pytest.mark.parametrize(
    ("pragma", "healthy"),
    [
        ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"),
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    ],
)
async def test_a_database_that_is_full_or_read_only_is_told_and_heals(world: World, pragma: str, healthy: str) -> None:
    """F12: no false 200, what needs no writing is still shown, and it heals without a restart."""
    with injury() as hurt:
        await hurt.sets(world, pragma)
        await until_full(world)
        before = await counts(world)
        await everyone_tries(world)
        assert await counts(world) == before
        await on_slack(world).opens_home()
        assert "Hello Ann" in on_slack(world).home
        if "query_only" in pragma:
            assert await ready(world) == (503, {**READY, "database": "the database is read-only"})
        await hurt.sets(world, healthy)
        await is_ready(world)
    await everyone_succeeds(world)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one process limit the files of another")
async def test_a_disk_that_fills_up_under_a_running_bot_is_told_and_heals(tmp_path: Path) -> None:
    """F12: no file may grow any more; /readyz says why, nothing is kept; then there is room again."""
    url = fresh_sqlite(tmp_path)
    fill(url, 30)
    service = Service()
    await service.start()
    async with nursery(tmp_path / "stderr.log") as bots, load() as check_ins:
        bot = await bots.born({"WEAVER_DATABASE_URL": url, "WEAVER_PORT": "0", **service.settings()})
        check_ins.url = bot.url
        assert await check_ins.once(0) == 200
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        assert [await check_ins.once(person) for person in (1, 2, 3)] == [503, 503, 503]
        status, said = await readiness(bot.url)
        assert (status, said["database"]) == (503, "the disk failed")
        assert len(await asyncio.to_thread(lambda: kept(url)["checkins"])) == 1
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert [await check_ins.once(person) for person in range(30)] == [200] * 30
    await service.stop()
    assert_whole(url, set(range(30)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets root give up its rights over files")
async def test_a_folder_that_may_only_be_read_is_told_and_heals(tmp_path: Path) -> None:
    """F12: the bot starts on a file that it may not write, says why it is not ready, and writes once it may."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    url = fresh_sqlite(folder)
    fill(url, 3)
    let_write(folder, may=False)
    service = Service()
    await service.start()
    async with nursery(tmp_path / "stderr.log") as bots, load() as check_ins:
        env = {"WEAVER_DATABASE_URL": url, "WEAVER_PORT": "0", **service.settings()}
        bot = await bots.born(env, plain=True)
        check_ins.url = bot.url
        assert [await check_ins.once(person) for person in range(3)] == [503, 503, 503]
        status, said = await readiness(bot.url)
        assert status == 503
        assert said["database"] in ("the database is read-only", "the database file cannot be opened")
        let_write(folder, may=True)
        assert [await check_ins.once(person) for person in range(3)] == [200, 200, 200]
    await service.stop()
    assert_whole(url, {0, 1, 2})


def let_write(folder: Path, *, may: bool) -> None:
    """Give or take the right to write the folder and what is in it."""
    folder.chmod(0o777 if may else 0o555)
    for one in folder.iterdir():
        one.chmod(0o666 if may else 0o444)


def _note(event_id: str, store: Store) -> bool:
    return store.seen.note(event_id, datetime.now(UTC))


async def until_full(world: World) -> None:
    """Note events until not one more of them finds room in the pages that are there."""
    refused, number = 0, 0
    while refused < 20:
        number += 1
        try:
            await world.store(partial(_note, f"filling {number}"))
        except DatabaseAway:
            refused += 1
        else:
            refused = 0
