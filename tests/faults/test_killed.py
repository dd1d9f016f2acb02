"""Killed at any point between receipt and answer: kept whole and once, or not at all until it comes again."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.load import Load, assert_whole, fill, kept, load
from bench.nursery import ROOT, Nursery, nursery
from bench.postgres import PostgresServer
from bench.slack_service import Service
from bench.straight import fresh_sqlite
from storage.migrate import migrate

POINTS = [f"statement:{number}" for number in range(1, 6)] + ["commit:1", "committed:1"]


@pytest.fixture
async def slack() -> AsyncIterator[Service]:
    service = Service()
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Nursery]:
    async with nursery(tmp_path / "stderr.log") as opened:
        yield opened


@pytest.fixture
async def check_ins() -> AsyncIterator[Load]:
    async with load() as ready:
        yield ready


def fresh(request: pytest.FixtureRequest, folder: Path, database: str) -> str:
    """A database of that kind with the newest schema."""
    if database == "sqlite":
        return fresh_sqlite(folder)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.fresh(migrate).sqlalchemy


def env(url: str, slack: Service) -> dict[str, str]:
    return {"WEAVER_DATABASE_URL": url, "WEAVER_PORT": "0", **slack.settings()}


async def test_at_every_statement_and_on_both_sides_of_the_commit(
    database_url: str, slack: Service, bots: Nursery, check_ins: Load
) -> None:
    """F1: CRASH_AT each step of a check-in; the platform sends it again to the bot that comes after."""
    fill(database_url, len(POINTS))
    for person, point in enumerate(POINTS):
        bot = await bots.born(env(database_url, slack), point)
        assert await check_ins.once(person, bot.url) == 0, f"no crash at {point}"
        await bot.ended.wait()
    committed = {person for person, point in enumerate(POINTS) if point.startswith("committed")}
    assert_whole(database_url, committed)
    bot = await bots.born(env(database_url, slack))
    for person in range(len(POINTS)):
        assert await check_ins.once(person, bot.url) == 200
    assert_whole(database_url, set(range(len(POINTS))))


@pytest.mark.parametrize(("database", "kills"), [("sqlite", 30), ("postgresql", 12)])
async def test_many_times_at_random_under_load(
    request: pytest.FixtureRequest, tmp_path: Path, database: str, kills: int,
    slack: Service, bots: Nursery, check_ins: Load,
) -> None:  # fmt: skip
    """F1, F9: check-ins keep coming while the bot is killed, and each is sent until it is acknowledged."""
    url = fresh(request, tmp_path, database)
    moments, people, in_flight = random.Random(27), kills * 12, asyncio.Semaphore(6)
    fill(url, people)

    async def deliver(person: int) -> None:
        async with in_flight:
            await check_ins.until_kept(person)

    sending = [asyncio.create_task(deliver(person)) for person in range(people)]
    for _ in range(kills):
        bot = await bots.born(env(url, slack))
        async with check_ins.onto(bot.url):
            await check_ins.acknowledges(len(check_ins.acknowledged) + moments.randint(1, 3))
            await asyncio.sleep(moments.random() * 0.004)  # The moment of the kill is what is at random here.
            await bot.kill()
    assert len(check_ins.acknowledged) < people, "the last kill came after the last check-in"
    async with check_ins.onto((await bots.born(env(url, slack))).url):
        await asyncio.gather(*sending)
    assert_whole(url, set(range(people)))


async def test_stopped_in_good_order_under_load(sqlite_url: str, slack: Service, check_ins: Load) -> None:
    """F2: SIGTERM to the real command line: it ends within ten seconds, and what was acknowledged is kept, whole."""
    people = 2000
    fill(sqlite_url, people)
    with (Path(sqlite_url.removeprefix("sqlite:///")).parent / "stderr.log").open("w+") as errors:
        whole = {**os.environ, **env(sqlite_url, slack)}
        bot = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=whole, stderr=errors)
        check_ins.url = f"http://127.0.0.1:{await port_of(bot, errors.name)}"
        sending = [asyncio.create_task(send_some(check_ins, first, people)) for first in range(16)]
        await check_ins.acknowledges(100)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(asyncio.to_thread(bot.wait), 10) == 0
        await asyncio.gather(*sending)
        assert "error" not in Path(errors.name).read_text()
    assert 100 <= len(check_ins.acknowledged) < people
    owners = {row[2] for row in kept(sqlite_url)["checkins"]}
    assert len(owners) >= len(check_ins.acknowledged)
    assert_whole(sqlite_url, check_ins.acknowledged)


async def send_some(check_ins: Load, first: int, people: int) -> None:
    """Every sixteenth person's check-in, until the bot no longer answers."""
    for person in range(first, people, 16):
        if await check_ins.once(person) == 0:
            return


async def port_of(bot: subprocess.Popen[bytes], log: str) -> int:
    """The port in the line that says that the bot is ready."""
    while bot.poll() is None:
        for line in Path(log).read_text().splitlines():
            if (said := json.loads(line)).get("what") == "ready":
                return int(said["port"])
        await asyncio.sleep(0.02)
    raise AssertionError(Path(log).read_text())
