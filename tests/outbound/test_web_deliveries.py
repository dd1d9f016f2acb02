"""A message that nobody asked for stands in the person's conversation, once, and open tabs see it come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest

from bench.small_talk import DEMO, SmallTalk, serving
from bench.web import WebDriver
from bot.clock import SystemClock
from bot.platforms import GaveUp, Sent, TryAgain
from bot.platforms.web import Web
from handlers.kit.content import Button, plain
from storage.records import Account

PROMPT = plain("How did the week go?", Button("Answer now", "talk.answer", "7", opens_form=True))
ANN = Account("web", "demo", "ann")
SINCE = datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
def platform() -> Web:
    return Web(DEMO, SmallTalk(), SystemClock())


@pytest.fixture
async def driver(platform: Web) -> AsyncIterator[WebDriver]:
    driver = WebDriver()
    async with serving(platform) as url:
        await driver.connect(url)
        yield driver
        await driver.stop()


async def test_it_stands_in_a_conversation_that_nobody_had_opened(platform: Web, driver: WebDriver) -> None:
    assert isinstance(await platform.send(ANN, None, PROMPT, "delivery-1"), Sent)
    ann, cas = driver.person("ann"), driver.person("cas")
    await ann.opens_home()
    await cas.opens_home()
    assert [(one.text, one.buttons) for one in ann.messages] == [("How did the week go?", ("Answer now",))]
    assert cas.messages == []
    await ann.presses("Answer now")
    assert ann.form is not None


async def test_the_same_delivery_is_said_once_however_often_it_is_sent(platform: Web, driver: WebDriver) -> None:
    sent = await asyncio.gather(*(platform.send(ANN, None, PROMPT, "delivery-1") for _ in range(5)))
    assert len(set(sent)) == 1
    await platform.send(ANN, None, PROMPT, "delivery-2")
    ann = driver.person("ann")
    await ann.opens_home()
    assert len(ann.messages) == 2


async def test_made_up_people_whom_nobody_can_be_take_what_is_sent_to_them() -> None:
    platform = Web(replace(DEMO, others=frozenset({"dot"})), SmallTalk(), SystemClock())
    assert isinstance(await platform.send(Account("web", "demo", "dot"), None, PROMPT, "delivery-1"), Sent)
    assert isinstance(await platform.send(Account("web", "demo", "eve"), None, PROMPT, "delivery-1"), GaveUp)


async def test_an_erased_conversation_does_not_get_it_again(platform: Web, driver: WebDriver) -> None:
    first = await platform.send(ANN, None, PROMPT, "delivery-1")
    ann = driver.person("ann")
    await ann.opens_home()
    form = {"nonce": "erase-me-now", "form": "privacy.erase", "argument": "", "one.moved": "x", "one.feel": "1"}
    async with driver.session.post(f"{driver.url}/as/ann/form", data=form) as response:
        assert response.status == 200
    assert await platform.send(ANN, None, PROMPT, "delivery-1") == first
    await ann.opens_home()
    assert "How did the week go?" not in [one.text for one in ann.messages]


async def test_it_says_whether_a_delivery_was_said(platform: Web) -> None:
    assert isinstance(await platform.find(ANN, None, "delivery-1", SINCE), TryAgain)
    sent = await platform.send(ANN, None, PROMPT, "delivery-1")
    assert await platform.find(ANN, None, "delivery-1", SINCE) == sent
    assert platform.capabilities.reads_back is True


@pytest.mark.parametrize("account", [Account("web", "demo", "nobody"), Account("web", "elsewhere", "ann")])
async def test_who_is_not_in_the_demo_cannot_be_reached_there(platform: Web, account: Account) -> None:
    result = await platform.send(account, None, PROMPT, "delivery-1")
    assert isinstance(result, GaveUp)
    assert result.unreachable
    assert isinstance(await platform.find(account, None, "delivery-1", SINCE), TryAgain)


async def test_an_open_tab_sees_it_come(platform: Web, driver: WebDriver) -> None:
    async with driver.session.get(f"{driver.url}/as/ann/events?since=") as stream:
        assert await stream.content.readline() == b"retry: 2000\n"
        await platform.send(ANN, None, PROMPT, "delivery-1")
        assert "How did the week go?" in await _until(stream, "How did the week go?")


async def _until(stream: aiohttp.ClientResponse, words: str) -> str:
    async with asyncio.timeout(10):
        async for line in stream.content:
            if words in line.decode():
                return line.decode()
    raise AssertionError(f"the stream ended without {words!r}")
