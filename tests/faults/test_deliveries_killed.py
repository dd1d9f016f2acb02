"""Killed at any point of a fan-out: nothing is lost, nothing doubled; on Teams what is uncertain is held."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from time import monotonic

import pytest

from bench.fanout import MONDAY, PATIENCE, SUNDAY, Fanout, assert_each_once, fanout
from bench.nursery import OUTWARD, Nursery, nursery
from bench.postgres import PostgresServer
from bench.slack_service import Fault
from bench.teams_service import Fault as TeamsFault
from bot.claiming import LEASE_SECONDS
from storage.migrate import migrate

KILLS = int(os.environ.get("WEAVER_KILLS", "6"))
PEOPLE = max(120, KILLS * 10)
"""The two hundred kills of the issue fall into a fan-out of 2,000."""
LONGEST_SECONDS = 1.0
"""A bot that has come to nothing by then is killed all the same."""


@pytest.fixture
async def fan(database_url: str) -> AsyncIterator[Fanout]:
    async with fanout(database_url) as opened:
        yield opened


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Nursery]:
    async with nursery(tmp_path / "stderr.log", OUTWARD) as opened:
        yield opened


@pytest.mark.timeout(120 + 4 * KILLS)
async def test_many_times_at_random(fan: Fanout, bots: Nursery) -> None:
    """F1: on PostgreSQL there are three at work, and another one for each that is killed."""
    moments = random.Random(27)
    await fan.due(range(PEOPLE))
    at_once = 1 if fan.url.startswith("sqlite") else 3
    alive = [await bots.born(fan.env(), at=MONDAY.isoformat()) for _ in range(at_once)]
    for _ in range(KILLS):
        await said_more(fan, moments.randint(0, 20))
        await asyncio.sleep(moments.random() * 0.03)  # The moment of the kill is what is at random here.
        await alive.pop(moments.randrange(len(alive))).kill()
        alive.append(await bots.born(fan.env(), at=MONDAY.isoformat()))
    for bot in alive:
        await bot.kill()
    stands = await fan.to_the_end(bots)
    held = sum(one.state == "unknown" for one in stands)
    print(f"{KILLS} kills, {PEOPLE} people, {held} held")
    assert_each_once(stands, PEOPLE)


async def said_more(fan: Fanout, by: int) -> None:
    """Wait until the platforms were told so much more, or for LONGEST_SECONDS."""
    wanted, until = fan.shown().total() + by, monotonic() + LONGEST_SECONDS
    while fan.shown().total() < wanted and monotonic() < until:
        await asyncio.sleep(0.005)


async def test_on_both_sides_of_each_commit_of_the_way_out(fan: Fanout, bots: Nursery) -> None:
    """F1: the plan is there whole or not at all; what was claimed or sent when it happened is lost by nobody."""
    await fan.fill(range(PEOPLE))

    async def dies(point: str, at: datetime) -> int:
        """How many deliveries there are when the bot has died there; the budget and leases have not passed."""
        await fan.pass_by(2)
        bot = await bots.born(fan.env(), point, at=at.isoformat())
        async with asyncio.timeout(PATIENCE):
            await bot.ended.wait()
        return len(await fan.stands())

    assert await dies("plan:1", SUNDAY) == 0
    assert await dies("planned:1", SUNDAY) == PEOPLE
    assert await dies("claim:1", MONDAY) == PEOPLE
    assert fan.shown().total() == 0, "nothing may be sent that is not claimed"
    for point in ("claimed:1", "claimed:2", "mark:1", "marked:2"):
        assert await dies(point, MONDAY) == PEOPLE
    await fan.pass_by(LEASE_SECONDS)
    for point in ("expire:1", "expired:1"):
        assert await dies(point, MONDAY) == PEOPLE
    stands = await fan.to_the_end(bots)
    assert_each_once(stands, PEOPLE)
    assert {one.state for one in stands if one.platform == "slack"} == {"sent"}
    assert sum(one.state == "sent" for one in stands) > PEOPLE / 2


async def test_frozen_past_its_lease_and_then_going_on(postgres_server: PostgresServer, bots: Nursery) -> None:
    """F15: what it had begun is found by the other, and its own late outcome counts no more."""
    async with fanout(postgres_server.fresh(migrate).sqlalchemy) as fan:
        await fan.due(range(0, 24, 2))
        fan.slack.faults["chat.postMessage"] = Fault(delay=1, shown=True)
        frozen = await bots.born(fan.env(), at=MONDAY.isoformat())
        async with asyncio.timeout(PATIENCE):
            while len(fan.slack.posted) < 12:
                await asyncio.sleep(0.005)
        frozen.send_signal(signal.SIGSTOP)
        assert {one.state for one in await fan.stands()} == {"sending"}
        del fan.slack.faults["chat.postMessage"]
        stands = await fan.to_the_end(bots)
        frozen.send_signal(signal.SIGCONT)
        await frozen.stop()
        assert await fan.stands() == stands
        assert {(one.state, one.shown, one.attempts) for one in stands} == {("sent", 1, 1)}


async def test_stopped_in_the_middle(fan: Fanout, bots: Nursery) -> None:
    """F2: it ends within ten seconds; what it had begun is sent and marked, the rest given back at once."""
    await fan.due(range(80))
    fan.slack.faults["chat.postMessage"] = Fault(delay=0.2)
    bot = await bots.born(fan.env(), at=MONDAY.isoformat())
    await said_more(fan, 30)
    async with asyncio.timeout(10):
        await bot.stop()
    stands = await fan.stands()
    assert {(one.state, one.attempts, one.shown) for one in stands} == {("planned", 0, 0), ("sent", 1, 1)}
    assert 30 <= sum(one.state == "sent" for one in stands) < 80
    stands = await fan.to_the_end(bots)
    assert_each_once(stands, 80)
    assert {one.state for one in stands} == {"sent"}


async def test_stopped_while_the_platform_hangs(sqlite_url: str, bots: Nursery) -> None:
    """F2: it waits no longer than it may; what it cannot know is held, and nobody gets it twice."""
    async with fanout(sqlite_url) as fan:
        await fan.due([1, 2, 3])
        fan.teams.always["3"] = TeamsFault.SILENCE
        bot = await bots.born(fan.env(), at=MONDAY.isoformat())
        await fan.until(lambda stands: [one.shown for one in stands] == [1, 1, 1])
        async with asyncio.timeout(10):
            await bot.stop()
        expected = [("sent", 1), ("sent", 1), ("unknown", 1)]
        assert [(one.state, one.shown) for one in await fan.stands()] == expected
        assert [(one.state, one.shown) for one in await fan.to_the_end(bots)] == expected
