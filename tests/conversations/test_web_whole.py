"""The whole bot in a real browser: a member checks in, the co-ordinator reads it, and every page is accessible."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from bench.axe import axe_findings
from bench.web import WebDriver
from bench.world import World

WORDS = ("help", "settings", "privacy", "history", "network", "people", "anything else")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a whole bot, on a database of its own."""
    world = World(f"sqlite:///{tmp_path}/weaver.db", (WebDriver(),))
    await world.start()
    yield f"http://127.0.0.1:{world.bot.port}"
    await world.stop()


async def say(page: Page, words: str) -> None:
    """Type to the bot and wait for its answer."""
    answers = page.locator("#messages .theirs")
    before = await answers.count()
    await page.get_by_label("Write to Weaver").fill(words)
    await page.keyboard.press("Enter")
    await expect(answers).to_have_count(before + 1)


async def check_in(page: Page, site: str) -> None:
    """Check in as Ann, and let the network read what moved."""
    await page.goto(f"{site}/as/ann")
    await page.locator("#home .button", has_text="Check in").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("4", exact=True).check()
    await dialog.get_by_label("What has moved since last time?", exact=False).first.fill("Two wards said yes")
    await dialog.get_by_label("Who can read your answer to “What has moved").select_option("Everyone in the network")
    await dialog.locator("button[type=submit]").click()
    await expect(page.get_by_text("Thank you. Your check-in")).to_be_visible()


async def test_a_member_checks_in_and_the_co_ordinator_reads_it(page: Page, site: str) -> None:
    await check_in(page, site)
    assert await axe_findings(page) == []
    await page.get_by_role("link", name="Be someone else").click()
    await page.get_by_role("link", name="Bea Co-ordinator").click()
    await say(page, "network")
    await expect(page.get_by_text("Two wards said yes")).to_be_visible()
    await expect(page.get_by_role("img", name="How is the network")).to_be_visible()
    assert await axe_findings(page) == []


async def test_a_patients_number_is_stopped_in_the_form_and_the_rest_stays(page: Page, site: str) -> None:
    await page.goto(f"{site}/as/ann")
    await page.locator("#home .button", has_text="Check in").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("4", exact=True).check()
    await dialog.get_by_label("What is in the way?", exact=False).first.fill("NHS number 943 476 5919 was late")
    await dialog.locator("button[type=submit]").click()
    await expect(dialog.get_by_text("There is a problem")).to_be_visible()
    await expect(dialog.get_by_label("4", exact=True)).to_be_checked()
    said = await dialog.locator(".summary, .error").all_inner_texts()
    assert "943" not in "".join(said)


async def test_what_is_sent_while_the_last_answer_is_on_its_way_is_not_lost(page: Page, site: str) -> None:
    async def late(route: Route) -> None:
        answer = await route.fetch()
        await asyncio.sleep(0.5)
        await route.fulfill(response=answer)

    await page.goto(f"{site}/as/bea")
    await page.route("**/say", late)
    await say(page, "help")  # The stream brings the answer; the request goes on.
    await say(page, "people")
    await page.get_by_label("Write to Weaver").fill("not sent")
    await expect(page.locator("form.composer:not([data-busy])")).to_be_visible()
    await expect(page.get_by_label("Write to Weaver")).to_have_value("not sent")


async def test_every_answer_of_the_bot_is_accessible_and_fits_a_small_screen(page: Page, site: str) -> None:
    await check_in(page, site)
    await page.goto(f"{site}/as/bea")
    await page.set_viewport_size({"width": 320, "height": 640})
    for words in WORDS:
        await say(page, words)
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    assert await axe_findings(page) == []
