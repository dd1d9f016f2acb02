"""What the browser platform keeps in memory: no form's answers, and nothing of whoever erased their data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bench.memory import words_held
from bench.small_talk import DEMO, SmallTalk, serving
from bench.web import WebDriver, WebHands
from bench.world import World
from bot.clock import SystemClock
from bot.platforms.web import Web

MINE = "Two wards said yes"
BOX = "Type erase"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(f"sqlite:///{tmp_path}/weaver.db", (WebDriver(),))
    await world.start()
    yield world
    await world.stop()


async def test_nothing_that_was_typed_into_a_refused_form_stays_in_memory() -> None:
    platform, talk, driver = Web(DEMO, SmallTalk(), SystemClock()), "the heron keeps still", WebDriver()
    async with serving(platform) as url:
        await driver.connect(url)
        ann = driver.person("ann")
        await ann.opens_home()
        await ann.presses("Check in")
        await ann.sends({"What moved": talk})
        assert ann.form is not None
        assert ann.form.question("What moved").value == talk
        held = set(words_held(platform))
        assert "What moved?" in held
        assert talk not in held
        await driver.stop()


async def erase(ann: WebHands) -> None:
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({BOX: "erase"})


async def test_an_erasure_takes_the_conversation_along_but_for_its_answer(world: World) -> None:
    ann, ben = world.person("ann"), world.person("ben")
    assert isinstance(ann, WebHands)
    await ben.says("help")
    before = len(ben.messages)
    await ann.says("check in")
    await ann.sends({"How is the network": "4", "What has moved": MINE})
    await ann.says("history")
    assert MINE in ann.messages[-1].text
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({BOX: "no"})
    assert len(ann.messages) > 2, "nothing goes before it is confirmed"
    await ann.sends({BOX: "erase"})
    (left,) = ann.messages
    assert "is erased" in left.text
    assert MINE not in ann.home
    assert len(ben.messages) == before


async def test_an_erasure_clears_every_open_tab(world: World, page: Page) -> None:
    ann, site = world.person("ann"), f"http://127.0.0.1:{world.bot.port}"
    assert isinstance(ann, WebHands)
    await ann.says("check in")
    await ann.sends({"How is the network": "4", "What has moved": MINE})
    await ann.says("history")
    await page.goto(f"{site}/as/ann")
    await expect(page.get_by_text(MINE).first).to_be_visible()
    await erase(ann)
    await expect(page.get_by_text("Your data is erased").first).to_be_visible()
    await expect(page.get_by_text(MINE)).to_have_count(0)
