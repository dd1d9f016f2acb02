"""Every story here runs on each platform and on each database; where CI runs them, on each of the six pairs."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from zlib import crc32

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out three of a story's six pairs, unless all are wanted: each platform and each database stays."""
    if os.environ.get("WEAVER_PAIRS") == "all":
        return
    left_out = [one for one in items if Path(__file__).parent in one.path.parents and not _is_kept(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if one not in set(left_out)]


def _is_kept(item: pytest.Item) -> bool:
    """The first and the last platform on one database, the middle one on the other; which, its name decides."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if not {"world", "database_url"} <= params.keys():
        return True
    turn = crc32(item.nodeid.partition("[")[0].encode()) + list(DRIVERS).index(str(params["world"]))
    return params["database_url"] == ("sqlite", "postgresql")[turn % 2]
