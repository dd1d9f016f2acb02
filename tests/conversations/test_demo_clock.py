"""In the demo somebody moves the time on, and what falls due on the way comes before their eyes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bench.axe import axe_findings
from bench.chromium import chromium
from bench.clock import MovedClock
from bench.small_talk import DEMO, SmallTalk, serve, serving
from bench.web import WebDriver
from bot.clock import DemoClock, SystemClock
from bot.platforms import Sent
from bot.platforms.web import Web
from handlers.kit.content import Button, plain
from storage.records import Account

NOW = datetime(2027, 1, 12, 9, 5, tzinfo=UTC)
DUE = datetime(2027, 1, 18, 9, 30, tzinfo=UTC)
ANN = Account("web", "demo", "ann")
PROMPT = plain("How did the week go?", Button("Answer now", "talk.answer", "7", opens_form=True))
OURS = {"Sec-Fetch-Site": "same-origin"}
MOVE = {"by": "day", "nonce": "abcdefgh12345678", "user": "ann"}


@dataclass
class Stage:
    """A browser platform whose clock can be moved on; Ann is asked something on Monday 18 January, 9.30am."""

    clock: DemoClock = field(default_factory=lambda: DemoClock(MovedClock(NOW)))
    ticks: list[datetime] = field(default_factory=list)
    url: str = ""
    held: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.platform = Web(replace(DEMO, clock=self.clock), SmallTalk(), self.clock)
        self.platform.tick = self.tick
        self.held.set()

    async def tick(self) -> None:
        """Send what is due."""
        await self.held.wait()
        self.ticks.append(self.clock.now())
        if self.clock.now() >= DUE:
            await self.platform.send(ANN, None, PROMPT, "delivery-1")

    async def post(self, fields: dict[str, str], headers: dict[str, str]) -> tuple[int, str]:
        """Post to the clock: the status, and where it leads."""
        address = f"{self.url}/clock"
        async with (
            aiohttp.ClientSession() as client,
            client.post(address, data=fields, headers=headers, allow_redirects=False) as response,
        ):
            return response.status, response.headers.get("Location", "")


@asynccontextmanager
async def on_stage() -> AsyncIterator[Stage]:
    stage = Stage()
    async with serving(stage.platform) as stage.url:
        yield stage
        stage.held.set()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with on_stage() as one:
        yield one


@pytest.fixture
async def driver(stage: Stage) -> AsyncIterator[WebDriver]:
    driver = WebDriver()
    await driver.connect(stage.url)
    yield driver
    await driver.stop()


def test_the_clock_goes_on_with_the_machines_and_never_back() -> None:
    machine = MovedClock(NOW)
    clock = DemoClock(machine)
    clock.move_on(timedelta(days=7))
    machine.move(minutes=3)
    assert clock.now() == NOW + timedelta(days=7, minutes=3)
    with pytest.raises(ValueError, match="back"):
        clock.move_on(timedelta(seconds=-1))
    assert clock.now() == NOW + timedelta(days=7, minutes=3)


@pytest.mark.parametrize(
    ("way", "length", "says"),
    [
        ("hour", timedelta(hours=1), "It is Tuesday 12 January 2027, 10.05am"),
        ("day", timedelta(days=1), "It is Wednesday 13 January 2027, 9.05am"),
        ("week", timedelta(weeks=1), "It is Tuesday 19 January 2027, 9.05am"),
    ],
)
async def test_every_quarter_of_an_hour_on_the_way_has_its_turn(
    stage: Stage, driver: WebDriver, way: str, length: timedelta, says: str
) -> None:
    ann = driver.person("ann")
    await ann.opens_home()
    assert ann.time == "It is Tuesday 12 January 2027, 9.05am"
    await ann.moves_on(way)
    first, quarter = NOW + timedelta(minutes=10), timedelta(minutes=15)
    assert stage.ticks == [*(first + one * quarter for one in range(length // quarter)), NOW + length]
    assert ann.time == says


async def test_what_falls_due_on_the_way_comes_at_its_own_time(stage: Stage, driver: WebDriver) -> None:
    ann = driver.person("ann")
    await ann.moves_on("week")
    assert [one.text for one in ann.messages] == ["How did the week go?"]
    async with driver.session.get(f"{stage.url}/as/ann") as page:
        assert "Monday 18 January, 9.30am</time>" in await page.text()


async def test_the_browser_is_led_to_what_came_if_something_did(stage: Stage) -> None:
    assert await stage.post(MOVE, OURS) == (303, "/as/ann")
    status, place = await stage.post({**MOVE, "by": "week", "nonce": "another-one"}, OURS)
    sent = await stage.platform.find(ANN, None, "delivery-1", NOW)
    assert isinstance(sent, Sent)
    assert (status, place) == (303, f"/as/ann#{sent.ref}")


async def test_one_act_moves_once_even_while_the_first_is_under_way(stage: Stage, driver: WebDriver) -> None:
    stage.held.clear()
    posts = [asyncio.create_task(stage.post(MOVE, OURS)) for _ in range(3)]
    await asyncio.sleep(0.05)
    stage.held.set()
    assert {await one for one in posts} == {(303, "/as/ann")}
    assert await stage.post(MOVE, OURS) == (303, "/as/ann")
    assert stage.clock.now() == NOW + timedelta(days=1)
    await stage.post({**MOVE, "nonce": "another-one"}, OURS)
    assert stage.clock.now() == NOW + timedelta(days=2)


@pytest.mark.parametrize("user", ["", "nobody"])
async def test_from_the_page_where_one_chooses_it_leads_back_there(stage: Stage, user: str) -> None:
    assert await stage.post({**MOVE, "user": user}, OURS) == (303, "/")


@pytest.mark.parametrize(
    ("changed", "headers", "status"),
    [
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, {"Origin": "https://example.org"}, 403),
        ({}, {}, 403),
        ({}, OURS | {"Host": "example.org"}, 421),
        ({"by": "year"}, OURS, 400),
        ({"by": ""}, OURS, 400),
        ({"nonce": ""}, OURS, 400),
        ({"user": "../x"}, OURS, 400),
    ],
)
async def test_nothing_else_moves_it(
    stage: Stage, changed: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert (await stage.post({**MOVE, **changed}, headers))[0] == status
    assert stage.clock.now() == NOW


async def test_without_a_clock_there_is_no_form_and_nothing_to_post_to() -> None:
    async with serve(SmallTalk()) as url, aiohttp.ClientSession(headers=OURS) as client:
        for page in ("/", "/as/ann"):
            async with client.get(url + page) as response:
                assert "/clock" not in await response.text()
        async with client.post(f"{url}/clock", data=MOVE) as response:
            assert response.status == 404


async def test_a_stop_ends_a_week_that_is_under_way() -> None:
    async with on_stage() as stage:
        stage.held.clear()
        moving = asyncio.create_task(stage.post({**MOVE, "by": "week"}, OURS))
        await asyncio.sleep(0.05)
        await stage.platform.stop()
        stage.held.set()
        await moving
        assert len(stage.ticks) == 1


async def test_the_prompt_comes_in_the_open_page_and_the_time_changes_in_place(page: Page, stage: Stage) -> None:
    await page.goto(f"{stage.url}/as/ann")
    await page.get_by_label("Write to Weaver").fill("half a thought")
    await page.get_by_role("button", name="Move on a week").click()
    await expect(page.get_by_text("How did the week go?")).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("It is Tuesday 19 January 2027, 9.05am")
    await expect(page.get_by_label("Write to Weaver")).to_have_value("half a thought")
    await page.get_by_role("button", name="Move on an hour").click()
    await expect(page.get_by_role("status")).to_have_text("It is Tuesday 19 January 2027, 10.05am")
    await expect(page.get_by_text("How did the week go?")).to_have_count(1)
    assert page.url == f"{stage.url}/as/ann"


async def test_while_it_moves_the_page_says_so_and_a_second_press_does_nothing(page: Page, stage: Stage) -> None:
    await page.goto(f"{stage.url}/as/ann")
    stage.held.clear()
    await page.get_by_role("button", name="Move on a day").click()
    await expect(page.get_by_role("status")).to_contain_text("The clock is moving on")
    await page.get_by_role("button", name="Move on an hour").click()
    stage.held.set()
    await expect(page.get_by_role("status")).to_have_text("It is Wednesday 13 January 2027, 9.05am")
    assert stage.ticks[-1] == NOW + timedelta(days=1)


async def test_the_clock_without_script(stage: Stage) -> None:
    async with chromium() as browser:
        page = await (await browser.new_context(java_script_enabled=False, locale="en-GB")).new_page()
        page.set_default_timeout(15_000)
        await page.goto(stage.url)
        await page.get_by_role("button", name="Move on a day").click()
        await expect(page.get_by_text("It is Wednesday 13 January 2027, 9.05am")).to_be_visible()
        await page.get_by_role("link", name="Ann Okafor").click()
        await page.get_by_role("button", name="Move on a week").click()
        await expect(page.get_by_text("How did the week go?")).to_be_visible()
        await expect(page.get_by_text("It is Wednesday 20 January 2027, 9.05am")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["/", "/as/ann"])
async def test_the_clock_is_accessible_and_fits_a_small_screen(
    page: Page, stage: Stage, place: str, scheme: str
) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(stage.url + place)
    assert await axe_findings(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    heights = await page.evaluate("() => [...document.querySelectorAll('.clock .button')].map(one => one.offsetHeight)")
    assert len(heights) == 3
    assert min(heights) >= 44


async def test_the_demos_own_clock_is_the_machines_until_it_is_moved() -> None:
    before = SystemClock().now()
    assert before <= DemoClock().now() <= SystemClock().now()
