"""Teams sends a dialog or a press again under a new id when its answer is late: nothing is done twice, or undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bench.straight import everything
from bench.teams import TeamsDriver
from bench.world import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(f"sqlite:///{tmp_path}/weaver.db", (TeamsDriver(),))
    await world.start()
    yield world
    await world.stop()


async def kept(world: World) -> dict[str, list[Any]]:
    """All tables but for the ids of events, the audit log, and addresses."""
    tables = await world.store(everything)
    return {name: rows for name, rows in tables.items() if name not in ("seen", "audit", "addresses", "probe")}


async def sent_again(world: World, times: int = 2) -> None:
    """The newest request once more under new ids, after which everything stands as it did."""
    driver = world.drivers[0]
    assert isinstance(driver, TeamsDriver)
    before = await kept(world)
    for number in range(times):
        status, _ = await driver.post({**driver.sent[-1], "id": f"again-{len(driver.sent)}-{number}"})
        assert status == 200
    assert await kept(world) == before


async def test_a_dialog_or_press_that_is_sent_twice_under_different_ids_has_one_effect(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await ann.says("check in")
    await ann.presses("Check in")
    await ann.sends({"How is the network": "4", "What has moved": "Two wards said yes"})
    await sent_again(world)
    await ann.presses("Edit")
    await ann.sends({"What has moved": "Three wards said yes"})
    await sent_again(world)
    await ann.presses("Who can see this")
    await ann.sends({"What has moved": "Everyone in the network"})
    await sent_again(world)
    await ann.says("settings")
    await ann.presses("Edit")
    await ann.sends({"Your name": "Ann Heron"})
    await sent_again(world)
    await ann.says("history")
    await ann.presses("Withdraw")
    await sent_again(world)
    await bea.says("people ann")
    await bea.presses("Change")
    await bea.presses("Change roles")
    await bea.sends({"What does": ("Leader",)})
    await sent_again(world)
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    await sent_again(world)
