"""What the browser platform answers where there is no page, and where a form cannot be opened."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bench.small_talk import SmallTalk, serve
from bench.web import WebDriver
from bench.web_page import Act
from bot.platforms.web.answers import HEADERS


@pytest.fixture
async def driver() -> AsyncIterator[WebDriver]:
    async with serve(SmallTalk()) as url:
        driver = WebDriver()
        await driver.connect(url)
        yield driver
        await driver.stop()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("PUT", "/as/ann/form", 405), ("POST", "/", 405)]
)
async def test_what_no_route_answers_carries_the_strict_headers_too(
    driver: WebDriver, method: str, path: str, status: int
) -> None:
    async with ClientSession() as client, client.request(method, driver.url + path) as answer:
        assert answer.status == status
        assert HEADERS.items() <= dict(answer.headers).items()


async def test_a_form_that_cannot_be_opened_says_so_on_a_page_and_changes_nothing(driver: WebDriver) -> None:
    ann = driver.person("ann")
    await ann.says("hello")
    before = ann.messages
    for _ in range(2):
        await ann.does(Act("/as/ann/form?form=talk.closed&argument=7", posts=False))
        assert (ann.status, ann.form, ann.messages[-1].text) == (200, None, "You can’t do that here.")
    await ann.opens_home()
    assert ann.messages == before
