"""What the browser platform lets in: only its own pages' posts, only on this machine, and each act once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest

from bench.small_talk import FORM, SmallTalk, serve
from bot.platforms.web.outbound import NOT_SHOWN
from handlers.kit.events import Command, Event, HomeOpened, Submission

OURS = {"Sec-Fetch-Site": "same-origin"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
NONCE = "abcdefgh12345678"
SAY = {"nonce": NONCE, "text": "everything"}
PRESS = {"nonce": NONCE, "action": "talk.everything", "argument": "", "message": "home"}
SEND = {"nonce": NONCE, "form": FORM.name, "argument": "7", "message": "", "one.feel": "3", "one.moved": "A lot"}
POSTS = {"/as/ann/say": SAY, "/as/ann/press": PRESS, "/as/ann/form": SEND}
PAGES = ("/", "/as/ann", "/as/ann/form?form=talk.answer&argument=7", "/static/weaver.css", "/static/weaver.js")


class Site:
    """The platform with its tiny bot, and a client that sends exactly what it is told to."""

    def __init__(self, talk: SmallTalk, url: str, client: aiohttp.ClientSession) -> None:
        self.talk = talk
        self.url = url
        self._client = client

    @property
    def acts(self) -> list[Event]:
        return [event for event in self.talk.events if not isinstance(event, HomeOpened)]

    async def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._client.get(self.url + path, headers=named) as response:
            return response.status, await response.text(), dict(response.headers)

    async def post(
        self, path: str, body: dict[str, str] | bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        data = urlencode(body).encode() if isinstance(body, dict) else body
        all_headers = FORM_TYPE | (OURS if headers is None else headers)
        address = self.url + path
        async with self._client.post(address, data=data, headers=all_headers, allow_redirects=False) as response:
            return response.status, await response.text(), dict(response.headers)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    talk = SmallTalk()
    async with serve(talk) as url, aiohttp.ClientSession() as client:
        yield Site(talk, url, client)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://example.org"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://example.org"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Origin": "null"},
    ],
    ids=str,
)
async def test_a_post_from_another_site_does_nothing(site: Site, path: str, headers: dict[str, str]) -> None:
    status, _, _ = await site.post(path, POSTS[path], headers)
    assert status == 403
    assert site.talk.events == []


async def test_what_the_browser_says_of_the_site_weighs_more_than_the_origin(site: Site) -> None:
    assert (await site.post("/as/ann/say", SAY, {"Sec-Fetch-Site": "cross-site", "Origin": site.url}))[0] == 403
    assert site.talk.events == []


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_from_our_own_page_counts(site: Site, path: str) -> None:
    status, _, headers = await site.post(path, POSTS[path], {"Sec-Fetch-Site": "same-origin", "Origin": "null"})
    assert status == 303
    assert headers["Location"].startswith("/as/ann")
    assert len(site.acts) == 1


async def test_an_older_browser_proves_itself_with_its_origin(site: Site) -> None:
    assert (await site.post("/as/ann/say", SAY, {"Origin": site.url}))[0] == 303


async def test_another_site_cannot_embed_a_page_but_can_link_to_it(site: Site) -> None:
    assert (await site.get("/as/ann", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors"))[0] == 403
    assert (await site.get("/as/ann", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate"))[0] == 200


@pytest.mark.parametrize("path", [*PAGES, "/as/ann/events", "/as/ann/file/home/0"])
@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:3978", "[::1", "@"])
async def test_a_request_under_another_name_is_refused(site: Site, path: str, host: str) -> None:
    assert (await site.get(path, Host=host))[0] == 421
    assert site.talk.events == []


@pytest.mark.parametrize("host", ["localhost:3978", "127.0.0.1", "[::1]:3978"])
async def test_this_machine_may_be_called_by_each_of_its_names(site: Site, host: str) -> None:
    assert (await site.get("/", Host=host))[0] == 200


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"nonce=%ff%fe",
        b"nonce=short",
        b"nonce=" + b"a" * 65,
        b"nonce=abcdefgh&nonce=abcdefgh&text=x&action=a.b&form=a.b",
        b"a=1&" * 201,
        b"{" * 50_000,
        b"nonce=abcdefgh12&action=%3Cscript%3E&form=..%2F..%2Fetc&text=a&text=b",
        b"nonce=abcdefgh12&action=talk.everything&form=talk.answer&argument=" + b"9" * 300 + b"&text=1&text=2",
        b"nonce=abcdefgh12&action=talk.x&form=talk.x&message=%0d%0aSet-Cookie:a=b&text=1&text=2",
    ],
    ids=lambda body: repr(body[:40]),
)
async def test_garbage_is_refused_and_reaches_nobody(site: Site, path: str, body: bytes) -> None:
    status, text, _ = await site.post(path, body)
    assert status == 400
    assert "go back" in text
    assert site.acts == []


@pytest.mark.parametrize(
    "answers",
    ["one.moved=a&one.moved=b", "one.moved=a&several.moved=b", "several." + "x" * 200 + "=1"],
)
async def test_a_form_filled_as_no_browser_would_is_refused(site: Site, answers: str) -> None:
    body = f"nonce={NONCE}&form=talk.answer&argument=7&message=&{answers}".encode()
    assert (await site.post("/as/ann/form", body))[0] == 400


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
async def test_only_a_form_can_be_posted(site: Site, kind: str) -> None:
    assert (await site.post("/as/ann/say", b'{"text": "a"}', OURS | {"Content-Type": kind}))[0] == 415


@pytest.mark.parametrize(
    "path", ["/as/ann/form", "/as/ann/form?form=%00", "/as/ann/form?form=%ff%fe", "/as/ann/form?form=a.b&form=a.b"]
)
async def test_a_form_asked_for_in_garbage_is_refused(site: Site, path: str) -> None:
    assert (await site.get(path))[0] == 400


@pytest.mark.parametrize(
    "path",
    ["/as/nobody", "/as/nobody/events", "/as/%00", "/as/..%2f..", "/as/%ff", "/static/no.js", "/static/..%2flimits.py",
     "/as/ann/file/m1", "/as/ann/file/home/0", "/as/ann/nothing"],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    assert (await site.get(path))[0] == 404


@pytest.mark.parametrize("path", POSTS)
async def test_a_megabyte_is_too_much(site: Site, path: str) -> None:
    body = urlencode(POSTS[path]).encode() + b"&one.more=" + b"x" * 1_000_000
    status, text, headers = await site.post(path, body)
    assert status == 413
    assert "too long to send" in text
    assert "Content-Security-Policy" in headers
    assert site.acts == []


async def test_more_fields_than_any_form_has_are_refused(site: Site) -> None:
    body = urlencode(SEND).encode() + b"&one.a=1" * 200
    assert (await site.post("/as/ann/form", body.replace(b"&one.a", b"&x.a")))[0] == 400


@pytest.mark.parametrize(("length", "shown"), [(4_000, "x" * 1_999 + "…"), (40_000, NOT_SHOWN)])
async def test_a_long_message_is_heard_whole_and_shown_in_short_unless_too_long_to_be_searched(
    site: Site, length: int, shown: str
) -> None:
    await site.post("/as/ann/say", SAY | {"text": "x" * length})
    (event,) = site.acts
    assert isinstance(event, Command)
    assert len(event.text) == length
    _, text, _ = await site.get("/as/ann")
    assert f'<p class="said" dir="auto">{shown}</p>' in text


@pytest.mark.parametrize("path", [*PAGES, "/as/nobody", "/static/nothing"])
async def test_every_answer_carries_the_strict_headers(site: Site, path: str) -> None:
    _, text, headers = await site.get(path)
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == ("no-cache" if path in PAGES[3:] else "no-store")
    assert "Set-Cookie" not in headers
    assert "://" not in text.replace("http://www.w3.org", "").replace("https://example.org", "")


async def test_the_same_post_three_times_has_one_effect(site: Site) -> None:
    for _ in range(3):
        assert (await site.post("/as/ann/form", SEND))[0] == 303
    assert len(site.talk.kept) == 1
    assert (await site.get("/as/ann"))[1].count("Kept. Only you can read it.") == 1


async def test_the_same_words_posted_at_once_are_answered_once(site: Site) -> None:
    await asyncio.gather(*(site.post("/as/ann/say", SAY | {"text": "hello"}) for _ in range(8)))
    _, text, _ = await site.get("/as/ann")
    assert text.count("You wrote: hello") == 1
    assert text.count('<p class="said" dir="auto">hello</p>') == 1


async def test_each_drawing_of_a_button_is_an_act_of_its_own(site: Site) -> None:
    await site.post("/as/ann/say", SAY | {"text": "again"})
    await site.post("/as/ann/say", SAY | {"text": "again", "nonce": NONCE + "2"})
    assert (await site.get("/as/ann"))[1].count("You wrote: again") == 2


async def test_two_people_may_name_an_act_alike(site: Site) -> None:
    await site.post("/as/ann/say", SAY)
    await site.post("/as/cas/say", SAY)
    assert len({event.id for event in site.acts}) == 2


async def test_a_form_that_was_wrong_can_be_sent_again_under_its_name(site: Site) -> None:
    status, text, _ = await site.post("/as/ann/form", SEND | {"one.feel": ""})
    assert status == 422
    assert f'value="{NONCE}"' in text
    assert (await site.post("/as/ann/form", SEND))[0] == 303
    assert len(site.talk.kept) == 1


async def test_a_form_cannot_name_its_sender(site: Site) -> None:
    forged = {"user": "cas", "sender": "cas", "user_id": "cas", "workspace": "other", "one.user_id": "cas"}
    await site.post("/as/ann/form", SEND | forged)
    (event,) = site.acts
    assert isinstance(event, Submission)
    assert (event.sender.platform, event.sender.workspace, event.sender.user) == ("web", "demo", "ann")
    assert event.place.id == "ann"


async def test_what_was_typed_stays_when_nothing_could_be_kept(site: Site) -> None:
    site.talk.away = True
    for path, body in POSTS.items():
        status, text, _ = await site.post(path, body)
        assert status == 503
        assert "nothing was kept" in text
    assert 'value="everything"' in (await site.post("/as/ann/say", SAY))[1]
    assert "A lot</blockquote>" in (await site.post("/as/ann/form", SEND))[1]
    site.talk.away = False
    assert (await site.post("/as/ann/form", SEND))[0] == 303


async def test_a_form_that_was_open_stays_when_nothing_could_be_kept(site: Site) -> None:
    await site.get("/as/ann/form?form=talk.answer&argument=7")
    site.talk.away = True
    status, text, _ = await site.post("/as/ann/form", SEND)
    assert status == 503
    assert "nothing was kept" in text
    assert "A lot</textarea>" in text
    assert f'value="{NONCE}"' in text


async def test_words_with_a_patients_number_are_not_shown_again(site: Site) -> None:
    await site.post("/as/ann/say", SAY | {"text": "NHS number 943 476 5919 came to clinic"})
    _, text, _ = await site.get("/as/ann")
    assert "What you wrote was not kept" in text
    assert '<p class="said" dir="auto">NHS number' not in text


async def test_a_file_is_saved_and_never_shown(site: Site) -> None:
    _, _, moved = await site.post("/as/ann/say", SAY)
    entry = moved["Location"].partition("#")[2]
    status, text, headers = await site.get(f"/as/ann/file/{entry}/0")
    assert (status, text) == (200, "Everything: £5\n")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''my%20data.txt"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert (await site.get(f"/as/cas/file/{entry}/0"))[0] == 404


async def test_a_refused_request_leaves_one_short_line_without_words(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await site.post("/as/ann/say", b"nonce=bad&text=my-secret-words")
    (record,) = caplog.records
    assert "secret" not in str(record.__dict__)
