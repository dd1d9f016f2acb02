"""Files in the browser: saved whole under their own kind, never shown, never kept, and only by whom they are for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from bench.small_talk import SmallTalk, serve
from bot.platforms.web.answers import HEADERS, attachment
from handlers.kit.content import Again, Attachment, Message
from handlers.kit.events import Event, HomeOpened
from handlers.kit.replies import Reply, Say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN = Again("talk.file")
FILES = (
    Attachment.of_text("Our talk, 3 Ma\u0308rz.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    Attachment("update.docx", DOCX, bytes(range(256)) * 4_000, again=AGAIN),
    Attachment.of_text("table.csv", "text/csv", "a,b\r\n"),
    Attachment.of_text("page.html", "text/html; charset=x", "<script>alert(1)</script>"),
    Attachment("drawing.svg", "image/svg+xml", b"<svg onload='alert(1)'/>", again=AGAIN),
)
KINDS = ["text/calendar", DOCX, "text/csv", "text/plain", "application/octet-stream"]
SAY = {"nonce": "abcdefgh12345678", "text": "files"}
OURS = {"Sec-Fetch-Site": "same-origin"}


class Gives(SmallTalk):
    """Answers everything with all files."""

    async def __call__(self, event: Event) -> Reply:
        """The same each time."""
        return Say(Message("Here.", attachments=FILES if isinstance(event, HomeOpened) else (*FILES[1:], FILES[0])))


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with serve(Gives()) as url, aiohttp.ClientSession(url, headers=OURS) as client:
        async with client.get("/as/ann") as page:
            assert page.status == 200
        yield client


@pytest.mark.parametrize("number", range(len(FILES)))
async def test_a_file_is_saved_byte_by_byte_under_its_kind_and_never_shown_or_kept(
    client: aiohttp.ClientSession, number: int
) -> None:
    async with client.get(f"/as/ann/file/home/{number}") as answer:
        assert (answer.status, await answer.read()) == (200, FILES[number].content)
        assert (answer.content_type, answer.charset) == (KINDS[number], "utf-8" if FILES[number].is_text else None)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.content_disposition is not None
        assert answer.content_disposition.filename == FILES[number].name
        wanted = {name: answer.headers[name] for name in HEADERS}
    assert wanted == HEADERS
    assert (wanted["X-Content-Type-Options"], wanted["Cache-Control"]) == ("nosniff", "no-store")


async def test_each_file_is_under_its_own_link_and_only_for_whom_it_is(client: aiohttp.ClientSession) -> None:
    async with client.post("/as/ann/say", data=SAY, allow_redirects=False) as moved:
        entry = moved.headers["Location"].partition("#")[2]
    async with client.get("/as/ann") as page:
        text = await page.text()
    assert [f"/as/ann/file/{entry}/{number}" in text for number in range(6)] == [True] * 5 + [False]
    for path, status in (
        (f"/as/ann/file/{entry}/4", 200), (f"/as/ann/file/{entry}/5", 404), (f"/as/ann/file/{entry}/-1", 404),
        (f"/as/ann/file/{entry}/00", 404), (f"/as/cas/file/{entry}/4", 404), ("/as/cas/file/home/0", 404),
        ("/as/ann/file/m0-1/0", 404), (f"/as/ann/file/{entry}", 404),
    ):  # fmt: skip
        async with client.get(path) as answer:
            assert (path, answer.status) == (path, status)


def test_a_kind_is_named_in_small_letters_without_what_follows() -> None:
    file = replace(FILES[0], media_type="text/Calendar; method=PUBLISH")
    assert attachment(file).headers["Content-Type"] == "text/calendar; charset=utf-8"
