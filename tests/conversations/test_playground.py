"""A whole check-in in Microsoft's own client: their Agents Playground, in a real browser, in front of the whole bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from bench.driver import Hands
from bench.playground import SETTINGS, TENANT, USER, playground
from bench.teams import TeamsDriver, TeamsHands
from bench.world import World
from storage.records import Account


class _Playground:
    """A driver whose only hands are the browser's."""

    name = "teams"
    url = ""

    async def start(self) -> dict[str, str]:
        return SETTINGS

    async def connect(self, bot_url: str) -> None:
        self.url = bot_url

    def person(self, user: str) -> Hands:
        """Somebody in the Playground's tenant; ann is the one whom it plays."""
        hands = TeamsHands(TeamsDriver(), user)
        hands.account = Account("teams", TENANT, USER if user == "ann" else hands.account.user)
        return hands

    async def stop(self) -> None:
        """Nothing to stop."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A world that takes local tools' requests, without tokens."""
    world = World(f"sqlite:///{tmp_path}/weaver.db", (_Playground(),))
    await world.start()
    yield world
    await world.stop()


async def test_a_member_checks_in_edits_and_withdraws(world: World, page: Page) -> None:
    driver = world.drivers[0]
    assert isinstance(driver, _Playground)
    async with playground(driver.url) as address:
        await page.set_viewport_size({"width": 1400, "height": 1000})
        await page.goto(address)
        await page.get_by_text("Hello Ann, I am Weaver").first.wait_for()
        await _presses(page, "Check in")
        await page.get_by_label("What has moved").first.fill("Two wards said yes")
        await _presses(page, "Send")
        await page.get_by_text("Please answer this one.").first.wait_for()
        await page.get_by_label("4", exact=True).last.click()
        await _presses(page, "Send")
        await page.get_by_text("Thank you. Your check-in for Sexual Health Network is kept.").wait_for()
        await _presses(page, "Edit")
        moved = page.get_by_label("What has moved").first
        assert await moved.input_value() == "Two wards said yes"
        await moved.fill("Three wards said yes")
        await _presses(page, "Save")
        await page.get_by_text("changed").last.wait_for()
        await _says(page, "history")
        await page.get_by_text("Three wards said yes").last.wait_for()
        await _presses(page, "Withdraw")
        await page.get_by_text("Withdraw this check-in?").last.wait_for()
        await _presses(page, "Withdraw")
        await page.get_by_text("withdrawn").last.wait_for()


async def _says(page: Page, text: str) -> None:
    await page.locator("[contenteditable=true]").first.fill(text)
    await page.keyboard.press("Enter")


async def _presses(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()
