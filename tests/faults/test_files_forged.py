"""In Teams a file is made for whoever agrees to it, and only what was offered to that person, as they are by then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.straight import fresh_sqlite
from bench.teams import TeamsDriver, TeamsHands
from bench.world import World
from bot.platforms.teams.consents import NOT_OFFERED
from handlers.privacy.views import FILE_NAME

FILE = FILE_NAME.format("")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(fresh_sqlite(tmp_path), (TeamsDriver(),))
    await world.start()
    yield world
    await world.stop()


def _hands(world: World, user: str) -> TeamsHands:
    hands = world.person(user)
    assert isinstance(hands, TeamsHands)
    return hands


def _drive(world: World) -> list[str]:
    driver = world.drivers[0]
    assert isinstance(driver, TeamsDriver)
    return driver.service.drive.asked


async def test_nobody_gets_anothers_file_nor_a_file_that_was_not_offered(world: World) -> None:
    ann, ben, sam = (_hands(world, user) for user in ("ann", "ben", "sam"))
    await ann.says("export")
    id_, offer = ann.offers[0]
    for forger in (ben, sam):
        await forger.agrees(id_, offer)
        await forger.agrees(id_, offer, context={"action": "privacy.export", "argument": "", "file": FILE, "at": "0"})
        assert {one.text for one in forger.messages} == {NOT_OFFERED}
    assert _drive(world) == []
    assert b"Ann Example" in (await ann.saves())[FILE]


async def test_after_an_erasure_nothing_is_made_of_an_old_offer(world: World) -> None:
    ann = _hands(world, "ann")
    await ann.says("export")
    offered = ann.offers[0]
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    await ann.agrees(*offered)
    assert _drive(world) == []
    assert "I don't know you yet" in ann.messages[-1].text
