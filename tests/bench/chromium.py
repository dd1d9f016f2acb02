"""A headless Chromium for the tests: the browser once a test process, a fresh page for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed_browser() -> str | None:
    """The path of a Chromium that this machine already has; the tests download none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running headless browser; skips the test, in one line, where none is installed."""
    path = installed_browser()
    if path is None:
        pytest.skip("needs a browser: install Chromium (Debian: apt install chromium) to run this test")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """An empty page with no cookies, in a browser of its own."""
    async with chromium() as browser:
        context = await browser.new_context(locale="en-GB", timezone_id="Europe/London")
        page = await context.new_page()
        page.set_default_timeout(15_000)
        yield page
