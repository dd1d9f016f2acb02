"""The same files on all three platforms: what a person saves is, byte by byte, what was made for them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from bench.driver import Driver
from bench.slack_bot import slack_bot
from bench.small_talk import serve
from bench.teams_bot import Noted, teams_bot
from bench.web import WebDriver
from handlers.kit.content import MOST_FILE, Again, Attachment, Message
from handlers.kit.events import Event, Press
from handlers.kit.replies import Reply, Say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN = Again("updates.files", "7")
FILES = (
    Attachment("update.docx", DOCX, os.urandom(MOST_FILE), "The update.", AGAIN),
    Attachment.of_text("update.md", "text/markdown", "# Zoë’s network\r\n\n\tTwo wards.", "An update.", AGAIN),
    Attachment.of_text("talk.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "The talk.", AGAIN),
    Attachment("odd.bin", "application/octet-stream", b"\x00\r\n\n\x1a\xff\xfe", "Odd.", AGAIN),
)


def gives(event: Event) -> Reply:
    """All files, to who asks and to who takes them up."""
    if isinstance(event, Press):
        assert (event.action, event.argument) == ("updates.files", "7")
    return Say(Message("Here they are.", attachments=FILES))


@pytest.fixture(params=["slack", "teams", "web"])
async def driver(request: pytest.FixtureRequest) -> AsyncIterator[Driver]:
    if request.param == "slack":
        async with slack_bot(Noted(gives)) as (slack, _):
            yield slack
    elif request.param == "teams":
        async with teams_bot(Noted(gives)) as teams:
            yield teams
    else:
        browser = WebDriver()
        async with serve(Noted(gives)) as url:
            await browser.connect(url)
            yield browser
            await browser.stop()


async def test_what_is_saved_is_what_was_made(driver: Driver) -> None:
    ann = driver.person("ann")
    await ann.says("files")
    assert await ann.saves() == {one.name: one.content for one in FILES}
