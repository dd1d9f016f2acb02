"""F9: the same event twice, three times, out of order, late, at once on two connections or two bots: one effect."""

from __future__ import annotations

import asyncio
import copy
import random
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from bench.postgres import PostgresServer
from bench.slack import SlackDriver
from bench.straight import Straight, everything
from bench.teams import TeamsDriver
from bench.world import World
from bot.app import Bot, create
from bot.settings import read
from storage.migrate import migrate
from storage.tables import metadata

Json = dict[str, Any]
TIMES = 3


class ManySlack(SlackDriver):
    """Slack, delivering each request three times at once, in turn to each of the bots at `urls`."""

    urls: tuple[str, ...] = ()

    async def send(self, kind: str, payload: Json, retry: int = 0) -> tuple[int, Json]:
        """The answer that says most of all that came; Slack shows one of them."""
        answers = await asyncio.gather(*(self._to(url, kind, payload) for url in spread(self.urls or (self.url,))))
        assert {status for status, _ in answers} == {200}
        return max(answers, key=lambda answer: len(answer[1]))

    async def _to(self, url: str, kind: str, payload: Json) -> tuple[int, Json]:
        one = copy.copy(self)
        one.url = url
        return await SlackDriver.send(one, kind, payload)


class ManyTeams(TeamsDriver):
    """Teams, doing the same."""

    urls: tuple[str, ...] = ()

    async def post(self, activity: Json, *, token: str | None = None) -> tuple[int, Json | None]:
        """The answer that says most of all that came."""
        answers = await asyncio.gather(*(self._to(url, activity, token) for url in spread(self.urls or (self.url,))))
        assert {status for status, _ in answers} <= {200, 201, 202}
        return max(answers, key=lambda answer: len(answer[1] or {}))

    async def _to(self, url: str, activity: Json, token: str | None) -> tuple[int, Json | None]:
        one = copy.copy(self)
        one.url = url
        return await TeamsDriver.post(one, activity, token=token)


def spread(urls: tuple[str, ...]) -> Iterable[str]:
    return (urls[number % len(urls)] for number in range(TIMES))


DRIVERS = {"slack": (SlackDriver, ManySlack), "teams": (TeamsDriver, ManyTeams)}


@pytest.fixture(params=list(DRIVERS))
async def world(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[World]:
    world = World(database_url, (DRIVERS[request.param][0](),))
    await world.start()
    yield world
    await world.stop()


@pytest.fixture(params=list(DRIVERS))
async def insistent(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[World]:
    """A world where every request comes three times at once."""
    world = World(database_url, (DRIVERS[request.param][1](),))
    await world.start()
    yield world
    await world.stop()


@pytest.fixture(params=list(DRIVERS))
async def replicas(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> AsyncIterator[World]:
    """The same on two bots that share a PostgreSQL."""
    driver = DRIVERS[request.param][1]()
    world = World(postgres_server.fresh(migrate).sqlalchemy, (driver,))
    await world.start()
    second = await another_bot(world)
    path = "/slack/events" if driver.name == "slack" else "/api/messages"
    driver.urls = tuple(f"http://127.0.0.1:{bot.port}{path}" for bot in (world.bot, second))
    yield world
    await second.stop()
    await world.stop()


async def another_bot(world: World) -> Bot:
    env = {"WEAVER_DATABASE_URL": world.database_url, "WEAVER_PORT": "0"}
    for driver in world.drivers:
        assert isinstance(driver, SlackDriver | TeamsDriver)
        env |= driver.service.settings()
    second = create(read(env), world.clock)
    await second.start()
    return second


async def story(world: World) -> None:
    """Ann checks in, edits, shares, asks for this and that; Ben checks in and withdraws; Bea makes Ben a leader."""
    ann, ben, bea = (world.person(user) for user in ("ann", "ben", "bea"))
    for hands, words in ((ann, "Words of ann"), (ben, "Words of ben")):
        await hands.says("check in")
        await hands.presses("Check in")
        await hands.sends({"How is the network": "4", "What has moved": words, "What is the one next": "Ring"})
    await ann.presses("Edit")
    await ann.sends({"What has moved": "Better words of ann"})
    await ann.presses("Who can see this")
    await ann.sends({"What has moved": "Everyone in the network"})
    await ben.presses("Withdraw")
    await ann.says("settings")
    await ann.says("history")
    await bea.says("network")


async def state(world: World) -> dict[str, list[Any]]:
    """All that is kept, but for the digests of event ids and what platforms say of how to write to people."""
    tables = await world.store(everything)
    tables["seen"] = [()] * len(tables["seen"])
    tables["audit"] = [row[:-1] for row in tables["audit"]]
    tables["accounts"] = [row[:4] for row in tables["accounts"]]
    return tables


EXPECTED = {"checkins": 2, "answers": 3, "revisions": 1, "audit": 3}


def counted(tables: dict[str, list[Any]]) -> dict[str, int]:
    return {name: len(tables[name]) for name in EXPECTED}


async def test_all_that_came_comes_again_shuffled_and_late(world: World) -> None:
    """F9: each event of a story three times more, in any order, while an hour passes."""
    await story(world)
    before = await state(world)
    assert counted(before) == EXPECTED
    (driver,) = world.drivers
    assert isinstance(driver, SlackDriver | TeamsDriver)
    again: list[Any] = [*driver.sent] * TIMES
    random.Random(9).shuffle(again)
    for first in range(0, len(again), 6):
        world.clock.move(minutes=5)
        await asyncio.gather(*(deliver(driver, one) for one in again[first : first + 6]))
    assert await state(world) == before


async def deliver(driver: SlackDriver | TeamsDriver, sent: Any) -> None:
    status = (await driver.again(sent))[0] if isinstance(driver, SlackDriver) else (await driver.post(sent))[0]
    assert status < 300


async def test_each_request_comes_three_times_at_once(insistent: World) -> None:
    """F9: on three connections to one bot."""
    await story(insistent)
    assert counted(await state(insistent)) == EXPECTED


async def test_each_request_comes_three_times_at_once_to_two_bots(replicas: World) -> None:
    """F9: two replicas on one PostgreSQL."""
    await story(replicas)
    assert counted(await state(replicas)) == EXPECTED


@pytest.fixture
async def both(database_url: str) -> AsyncIterator[World]:
    """A world where everyone has a Slack and a Teams account."""
    world = World(database_url, (SlackDriver(), TeamsDriver()))
    await world.start()
    yield world
    await world.stop()


async def test_two_different_changes_of_one_check_in_at_once_are_both_kept(both: World) -> None:
    """Someone sends the form on Slack and on Teams at one moment, again and again: none is lost, none is a bug."""
    hands = [both.person("ann", name) for name in ("slack", "teams")]
    await hands[0].says("check in")
    await hands[0].presses("Check in")
    await hands[0].sends({"How is the network": "4", "What has moved": "Said first"})
    for one in hands:
        await one.says("history")
    for turn in range(8):
        await asyncio.gather(*(one.presses("Edit") for one in hands))
        await asyncio.gather(*(one.sends({"What has moved": f"Change {turn} of {one.account}"}) for one in hands))
    assert "went wrong" not in "\n".join(message.text for one in hands for message in one.messages)
    tables = await both.store(everything)
    assert (len(tables["checkins"]), len(tables["revisions"])) == (1, 16)


async def test_a_refused_press_that_comes_again_is_noted_once(straight: Straight) -> None:
    """F9: the audit log tells how often someone forged, not how often a platform delivered it."""
    for _ in range(3):
        await straight.presses("ben", "checkins.withdraw", "999", again="one-event")
    assert len(await straight.store(lambda store: store.audit.of_kind("refused"))) == 1


def test_every_table_is_looked_at() -> None:
    """A new table joins the comparison by itself; whoever leaves one out has to say so here."""
    assert set(EXPECTED) < set(metadata.tables)
