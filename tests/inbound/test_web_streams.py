"""The event stream: every open tab of a person gets what is new and what changed, and nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import aiohttp
import pytest

from bench.small_talk import SmallTalk, serve
from bench.web import WebDriver, WebHands
from bot.platforms.web.limits import MAX_STREAMS


@asynccontextmanager
async def browser(talk: SmallTalk) -> AsyncIterator[WebDriver]:
    async with serve(talk, heartbeat=0.05) as url:
        driver = WebDriver()
        await driver.start()
        await driver.connect(url)
        yield driver
        await driver.stop()


async def next_event(response: aiohttp.ClientResponse) -> dict[str, str]:
    """The next event of a stream, signs of life left out."""
    event: dict[str, str] = {}
    while True:
        line = (await response.content.readline()).decode().rstrip("\n")
        name, _, value = line.partition(": ")
        if name in ("id", "data"):
            event[name] = event.get(name, "") + value + "\n"
        elif not line and "data" in event:
            return {key: value.rstrip("\n") for key, value in event.items()}


def events(
    driver: WebDriver, user: str, since: str = "", last: str = ""
) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
    headers = {"Last-Event-ID": last} if last else {}
    return driver.session.get(f"{driver.url}/as/{user}/events?since=", headers=headers)


async def everything(driver: WebDriver, user: str = "ann") -> WebHands:
    hands = driver.person(user)
    await hands.says("everything")
    return hands


async def test_a_new_message_comes_to_every_tab() -> None:
    async with browser(SmallTalk()) as driver, events(driver, "ann") as one, events(driver, "ann") as two:
        await driver.person("ann").says("hello")
        for tab in (one, two):
            assert "hello" in (await next_event(tab))["data"]
            assert "You wrote: hello" in (await next_event(tab))["data"]


async def test_a_message_that_changed_keeps_its_id() -> None:
    async with browser(SmallTalk()) as driver:
        hands = await everything(driver)
        async with events(driver, "ann") as tab:
            await next_event(tab)
            before = (await next_event(tab))["data"]
            await hands.presses("Withdraw")
            after = (await next_event(tab))["data"]
        assert "It is withdrawn." in after
        assert before.split('id="')[1].split('"')[0] == after.split('id="')[1].split('"')[0]
        assert [one.text for one in hands.messages] == ["It is withdrawn."]


async def test_a_tab_that_comes_back_gets_only_what_it_missed() -> None:
    async with browser(SmallTalk()) as driver:
        hands = driver.person("ann")
        await hands.says("first")
        async with events(driver, "ann") as tab:
            await next_event(tab)
            mark = (await next_event(tab))["id"]
        await hands.says("second")
        async with events(driver, "ann", last=mark) as tab:
            assert "second" in (await next_event(tab))["data"]


@pytest.mark.parametrize("mark", ["00000000-99", "-", "x" * 4000, "1-" + "9" * 5000, "0-\u00b2"])
async def test_a_mark_of_another_life_gets_everything(mark: str) -> None:
    async with browser(SmallTalk()) as driver:
        await driver.person("ann").says("first")
        async with events(driver, "ann", last=mark) as tab:
            assert "first" in (await next_event(tab))["data"]


async def test_nobody_gets_anothers_messages() -> None:
    async with browser(SmallTalk()) as driver, events(driver, "cas") as tab:
        await driver.person("ann").says("only mine")
        await driver.person("cas").says("and mine")
        assert "and mine" in (await next_event(tab))["data"]


async def test_one_tab_too_many_is_asked_to_come_later() -> None:
    async with browser(SmallTalk()) as driver, AsyncExitStack() as tabs:
        for _ in range(MAX_STREAMS):
            assert (await tabs.enter_async_context(events(driver, "ann"))).status == 200
        assert (await tabs.enter_async_context(events(driver, "ann"))).status == 429


async def test_the_server_stops_though_a_tab_is_open() -> None:
    driver = WebDriver()
    await driver.start()
    async with AsyncExitStack() as tabs:
        async with serve(SmallTalk()) as url:
            await driver.connect(url)
            tab = await tabs.enter_async_context(events(driver, "ann"))
        assert (await tab.content.read()).startswith(b"retry: 2000")
    await driver.stop()
