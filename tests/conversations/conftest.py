"""Every story here runs on each platform, and on each database."""

from collections.abc import AsyncIterator, Callable

import pytest

from bench.driver import Driver
from bench.slack import SlackDriver
from bench.teams import TeamsDriver
from bench.web import WebDriver
from bench.world import World

DRIVERS: dict[str, Callable[[], Driver]] = {"slack": SlackDriver, "teams": TeamsDriver, "web": WebDriver}


@pytest.fixture(params=list(DRIVERS))
async def world(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[World]:
    """A world on one platform."""
    world = World(database_url, (DRIVERS[request.param](),))
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def two_platforms(database_url: str) -> AsyncIterator[World]:
    """A world where everyone has a Slack and a Teams account."""
    world = World(database_url, (SlackDriver(), TeamsDriver()))
    await world.start()
    yield world
    await world.stop()
