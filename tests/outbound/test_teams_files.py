"""Files in Teams: offered, agreed to, made again, and put byte by byte where Microsoft keeps files and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bench.teams import TeamsDriver, TeamsHands
from bench.teams_bot import Noted, SetClock, read_settings, teams_bot
from bench.teams_files import LOST, STEP
from bench.teams_offers import BYTES, TEXT, Makes, hosts
from bot.platforms import NotKept, Sent
from bot.platforms.teams import Teams
from bot.platforms.teams.consents import DECLINED, FAILED, GET_IT, NOT_OFFERED, OLD
from bot.platforms.teams.offers import stored_name
from bot.platforms.teams.uploads import RANGE
from bot.settings import TeamsSettings
from handlers.kit.content import MOST_FILE, Message
from handlers.kit.events import Press
from handlers.kit.replies import Replace, Say


@pytest.fixture
def makes() -> Makes:
    return Makes()


@pytest.fixture
def dispatch(makes: Makes) -> Noted:
    return Noted(makes)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def driver(dispatch: Noted, clock: SetClock) -> AsyncIterator[TeamsDriver]:
    async with teams_bot(dispatch, clock=clock) as driver:
        yield driver


@pytest.fixture
async def ann(driver: TeamsDriver) -> TeamsHands:
    """Somebody who was just offered the file."""
    ann = driver.person("ann")
    await ann.says("update")
    return ann


async def test_a_file_is_offered_made_again_and_comes_whole(
    driver: TeamsDriver, dispatch: Noted, ann: TeamsHands
) -> None:
    assert [one.text for one in ann.messages] == ["Here it is.", "An- update-.docx\nThe update of this month."]
    assert len(str(ann.offers)) < 1_000
    assert await ann.saves() == {"An- update-.docx": BYTES.content}
    press = dispatch.events[-1]
    assert isinstance(press, Press)
    assert (press.action, press.argument, press.sender) == ("updates.file", "7", ann.account)
    assert driver.service.drive.asked == ["PUT"] * 3
    assert (ann.last_status, ann.offers) == (200, [])


async def test_several_files_are_offered_one_by_one(makes: Makes, driver: TeamsDriver) -> None:
    makes.files = (BYTES, TEXT)
    ann = driver.person("ann")
    await ann.says("update")
    assert await ann.saves() == {"An- update-.docx": BYTES.content, "plan.ics": TEXT.content}


async def test_another_process_takes_up_the_offer(ann: TeamsHands) -> None:
    async with teams_bot(Noted(Makes())) as other:
        other.service.conversations["a:ann"] = {"sent-9": {"attachments": [ann.offers[0][1]]}}
        assert await other.person("ann").saves() == {"An- update-.docx": BYTES.content}


@pytest.mark.parametrize("answers", [[503], [429, 500], [LOST], [None, 503], [None, LOST], [LOST, LOST]], ids=str)
async def test_a_range_that_does_not_arrive_or_is_not_answered_is_put_again(
    driver: TeamsDriver, ann: TeamsHands, answers: list[int | None]
) -> None:
    driver.service.drive.answers = list(answers)
    assert await ann.saves() == {"An- update-.docx": BYTES.content}


@pytest.mark.parametrize("answers", [[404], [302], [401], [503] * 3, [None, 410], [None, None, 202]], ids=str)
async def test_an_upload_that_has_ended_is_said_with_a_way_to_try_again(
    driver: TeamsDriver, dispatch: Noted, ann: TeamsHands, answers: list[int | None]
) -> None:
    driver.service.drive.answers = list(answers)
    await ann.agrees(*ann.offers[0])
    assert (ann.last_status, ann.messages[-1].text, ann.offers) == (200, FAILED, [])
    assert driver.service.drive.files == {}
    driver.service.drive.answers = []
    await ann.presses("Try again")
    assert await ann.saves() == {"An- update-.docx": BYTES.content}


async def test_a_text_that_cannot_be_saved_is_shown(makes: Makes, driver: TeamsDriver) -> None:
    makes.files = (TEXT,)
    ann = driver.person("ann")
    await ann.says("plan")
    driver.service.drive.answers = [404]
    await ann.agrees(*ann.offers[0])
    assert [one.text for one in ann.messages[-2:]] == [FAILED, "plan.ics\nBEGIN:VCALENDAR"]


async def test_who_declines_is_told_so_and_nothing_is_made(
    driver: TeamsDriver, dispatch: Noted, ann: TeamsHands
) -> None:
    await ann.declines(*ann.offers[0])
    assert (ann.messages[-1].text, ann.offers, ann.last_status) == (DECLINED, [], 200)
    assert (len(dispatch.events), driver.service.drive.asked) == (1, [])


async def test_an_offer_that_is_too_old_is_asked_for_once_more(
    driver: TeamsDriver, dispatch: Noted, clock: SetClock, ann: TeamsHands
) -> None:
    clock.pass_by(days=7)
    offer = ann.offers[0]
    clock.pass_by(seconds=1)
    await ann.agrees(*offer)
    assert (ann.messages[-1].text, ann.offers, len(dispatch.events)) == (OLD, [], 1)
    assert driver.service.drive.asked == []
    await ann.presses(GET_IT)
    clock.pass_by(days=7)
    assert await ann.saves() == {"An- update-.docx": BYTES.content}


async def test_a_file_of_another_name_by_now_is_offered_anew(
    makes: Makes, driver: TeamsDriver, ann: TeamsHands
) -> None:
    makes.files, makes.as_reply = (replace(BYTES, name="b.docx"),), Replace
    await ann.agrees(*ann.offers[0])
    assert driver.service.drive.asked == []
    assert [one.text for one in ann.messages][:2] == ["Here it is."] * 2
    assert await ann.saves() == {"b.docx": BYTES.content}


async def test_the_same_consent_twice_makes_one_file(driver: TeamsDriver, ann: TeamsHands) -> None:
    await ann.saves()
    said = len(ann.messages)
    await driver.post(driver.sent[-1])
    assert (len(ann.messages), driver.service.drive.asked) == (said, ["PUT"] * 3)


async def test_where_nothing_can_be_kept_the_offer_stays(driver: TeamsDriver, dispatch: Noted, ann: TeamsHands) -> None:
    dispatch.away = True
    await ann.agrees(*ann.offers[0])
    assert (ann.last_status, ann.messages[-1].text, len(ann.offers)) == (503, NotKept.sentence, 1)
    dispatch.away = False
    assert await ann.saves() == {"An- update-.docx": BYTES.content}


async def test_a_file_that_is_asked_for_in_public_is_shown_not_offered(makes: Makes, driver: TeamsDriver) -> None:
    makes.files, makes.as_reply = (TEXT, BYTES), lambda message: Say(message, public=True)
    await driver.person("ann").says_in_channel("update")
    shown = [one.text for one in driver.channel_messages()]
    assert shown == ["Here it is.", "plan.ics\nBEGIN:VCALENDAR", "I could not send this file here: An: update?.docx."]


async def test_a_file_goes_unasked_too(dispatch: Noted, driver: TeamsDriver, ann: TeamsHands) -> None:
    platform = Teams(_as_is(driver), dispatch, SetClock())
    address = dispatch.only.address
    result = await platform.send(ann.account, address, Message("Yours.", (), (), (BYTES,)), "7-0")
    await platform.stop()
    assert isinstance(result, Sent)
    assert len(ann.offers) == 2
    await ann.agrees(*ann.offers[-1])
    assert list(driver.service.drive.files.values()) == [BYTES.content]


@pytest.mark.parametrize("change", ["unauthenticated", "none"])
async def test_where_files_are_not_taken_a_text_is_shown_and_the_rest_is_said(makes: Makes, change: str) -> None:
    makes.files = (TEXT, BYTES)
    async with teams_bot(Noted(makes), change=_local if change == "unauthenticated" else hosts()) as driver:
        driver.service.has_tokens = change == "none"
        ann = driver.person("ann")
        await ann.says("update")
        assert [one.text for one in ann.messages][1:] == [
            "plan.ics\nBEGIN:VCALENDAR",
            "I could not send this file here: An: update?.docx.",
        ]
        forged: dict[str, Any] = {"content": {"acceptContext": {"action": "updates.file", "argument": "7"}}}
        await ann.agrees("sent-1", {"name": "a", **forged})
        assert (ann.messages[-1].text, driver.service.drive.asked) == (NOT_OFFERED, [])


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("plan.ics", "plan.ics"),
        ('a/b\\c:d*e?f<g>h|i"j#k%l.md', "a-b-c-d-e-f-g-h-i-j-k-l.md"),
        ("...", "file"),
        ("~ x .docx ", "x .docx"),
        ("ä" * 300 + ".docx", "ä" * 115 + ".docx"),
        ("x" * 300, "x" * 120),
        ("a." + "x" * 300, "a." + "x" * 118),
        ("", "file"),
    ],
)
def test_a_name_is_one_that_onedrive_takes(name: str, stored: str) -> None:
    assert stored_name(name) == stored


def test_the_ranges_are_whole_steps_and_a_large_file_needs_two() -> None:
    assert (RANGE % STEP, RANGE < MOST_FILE) == (0, True)


def _local(given: TeamsSettings) -> TeamsSettings:
    return replace(given, unauthenticated=True)


def _as_is(driver: TeamsDriver) -> TeamsSettings:
    return read_settings(driver.service.settings())
