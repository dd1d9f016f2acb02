"""Socket Mode: acknowledged once kept and only then, connected again by itself, and never over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from bench import slack_payloads as slack
from bench.slack import SlackDriver
from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import Fault
from bench.slack_wire import Sent
from bot.platforms.slack import Slack
from handlers.kit.content import plain
from handlers.kit.events import Event
from handlers.kit.replies import Nothing, Reply, Say


@pytest.fixture
def dispatch() -> Scripted:
    return Scripted(lambda _event: Say(plain("Kept.")))


@pytest.fixture
async def bot(dispatch: Scripted) -> AsyncIterator[tuple[SlackDriver, Slack]]:
    async with slack_bot(dispatch, socket_mode=True) as (driver, platform):
        driver.patience = 0.2
        yield driver, platform


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until that is so; the test's own time limit ends a wait for ever."""
    while not is_so():
        await asyncio.sleep(0.01)


async def test_no_address_is_open_to_the_world(bot: tuple[SlackDriver, Slack]) -> None:
    driver, platform = bot
    async with aiohttp.ClientSession() as session, session.post(driver.url, data=b"{}") as answer:
        assert answer.status == 404
    assert await platform.trouble() is None


@pytest.mark.parametrize("payload", [{"type": "nothing"}, {}, slack.direct() | {"event": 7}])
async def test_what_is_malformed_is_not_acknowledged(
    payload: dict[str, object], bot: tuple[SlackDriver, Slack]
) -> None:
    driver, _ = bot
    assert (await driver.send("events_api", payload))[0] == 0
    assert (await driver.send("events_api", slack.direct()))[0] == 200


@pytest.mark.parametrize("words", ["[" * 50_000, "{", "", "null", '{"type": 7}', '{"envelope_id": "e"}'])
async def test_garbage_does_not_break_the_connection(words: str, bot: tuple[SlackDriver, Slack]) -> None:
    driver, _ = bot
    await driver.service.sockets[-1].send_str(words)
    assert (await driver.send("events_api", slack.direct()))[0] == 200
    assert len(driver.service.called("apps.connections.open")) == 1


@pytest.mark.parametrize("goodbye", ["disconnect", "close", "cut"])
async def test_it_connects_again_at_a_fresh_address(goodbye: str, bot: tuple[SlackDriver, Slack]) -> None:
    driver, platform = bot
    first = driver.service.sockets[-1]
    if goodbye == "disconnect":
        await first.send_json({"type": "disconnect", "reason": "refresh_requested"})
    elif goodbye == "close":
        await first.close()
    else:
        assert first._req is not None
        assert first._req.transport is not None
        first._req.transport.abort()
    await until(lambda: len(driver.service.called("apps.connections.open")) == 2)
    await until(lambda: bool(driver.service.sockets) and driver.service.sockets[-1] is not first)
    assert (await driver.send("events_api", slack.direct()))[0] == 200
    assert await platform.trouble() is None


async def test_what_is_under_way_is_acknowledged_on_the_old_connection(dispatch: Scripted) -> None:
    is_slow, may_go = asyncio.Event(), asyncio.Event()

    async def slowly(event: object) -> Say:
        is_slow.set()
        await may_go.wait()
        return Say(plain("Kept."))

    async with slack_bot(slowly, socket_mode=True) as (driver, _):
        sending = asyncio.create_task(driver.send("events_api", slack.direct()))
        await is_slow.wait()
        await driver.service.sockets[-1].send_json({"type": "disconnect", "reason": "warning"})
        await until(lambda: len(driver.service.sockets) == 2)
        may_go.set()
        assert (await sending)[0] == 200


async def test_a_stopping_bot_takes_nothing_more_and_finishes_what_it_has() -> None:
    taken: list[object] = []
    may_go = asyncio.Event()

    async def slowly(event: Event) -> Reply:
        taken.append(event)
        await may_go.wait()
        return Nothing()

    async with slack_bot(slowly, socket_mode=True) as (driver, platform):
        first = asyncio.create_task(driver.send("events_api", slack.direct()))
        await until(lambda: len(taken) == 1)
        stopping = asyncio.create_task(platform.stop())
        await until(lambda: not platform._socket or not platform._socket.is_open.is_set())
        driver.patience = 0.2
        assert (await driver.send("events_api", slack.mention()))[0] == 0
        may_go.set()
        assert (await first)[0] == 200
        await stopping
        assert len(taken) == 1


async def test_it_tells_why_it_is_not_connected(dispatch: Scripted) -> None:
    driver = SlackDriver(socket_mode=True)
    driver.service.faults["apps.connections.open"] = Fault("invalid_auth", times=1)
    driver.service.faults["auth.test"] = Fault("invalid_auth")
    async with slack_bot(dispatch, driver=driver) as (_, platform):
        why = await platform.trouble()
        assert why is not None
        assert "invalid_auth" in why
        assert "SLACK_BOT_TOKEN" in why
        assert "xoxb" not in why
        assert len(driver.service.called("apps.connections.open")) == 2
        assert (await driver.send("events_api", slack.direct()))[0] == 200


async def test_the_same_envelope_again_is_the_same_event(bot: tuple[SlackDriver, Slack], dispatch: Scripted) -> None:
    driver, _ = bot
    await driver.tells("events_api", slack.direct())
    await driver.again(Sent("events_api", slack.direct()))
    assert len({event.id for event in dispatch.events}) == 1
