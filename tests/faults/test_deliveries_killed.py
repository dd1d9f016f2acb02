"""Killed at any point of a fan-out: nothing is lost, nothing doubled; on Teams what is uncertain is held."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest

from bench.fanout import MONDAY, Fanout, assert_each_once, fanout
from bench.nursery import OUTWARD, Nursery, nursery

KILLS = int(os.environ.get("WEAVER_KILLS", "8"))
PEOPLE = max(200, KILLS * 10)
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
