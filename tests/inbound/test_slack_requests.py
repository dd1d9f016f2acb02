"""What Slack did not sign or would never send: a 4xx, one short log line and no effect (S1, S13, F11, F13)."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import slack_payloads as slack
from bench.slack import SlackDriver
from bench.slack_bot import Scripted, slack_bot
from bench.slack_wire import form_body, signed
from bot.logs import MAX_LINE, JsonLines
from bot.platforms.slack.api import Api
from bot.platforms.slack.front import parse
from bot.platforms.slack.listeners import Listeners
from bot.platforms.slack.profiles import Profiles
from bot.settings import SlackSettings

JSON = {"Content-Type": "application/json"}
DEEP = b"[" * 50_000 + b"]" * 50_000
DEEPER = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
PAYLOADS = slack.all_kinds()


@pytest.fixture
def dispatch() -> Scripted:
    return Scripted()


@pytest.fixture
async def driver(dispatch: Scripted) -> AsyncIterator[SlackDriver]:
    async with slack_bot(dispatch) as (driver, _platform):
        yield driver


def _raw(payload: object) -> bytes:
    return json.dumps(payload).encode()


async def _status(driver: SlackDriver, raw: bytes, headers: dict[str, str]) -> int:
    return (await driver.post(raw, {**JSON, **headers}))[0]


async def test_a_signed_event_is_taken(driver: SlackDriver, dispatch: Scripted) -> None:
    raw = _raw(slack.direct())
    assert await _status(driver, raw, signed(raw)) == 200
    assert len(dispatch.events) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(b"other words"),
        signed(_raw(slack.direct()), secret="not the secret"),
        signed(_raw(slack.direct()), at=time.time() - 301),
        signed(_raw(slack.direct()), at=time.time() + 24 * 3_600),
        signed(_raw(slack.direct())) | {"X-Slack-Request-Timestamp": "abc"},
        signed(_raw(slack.direct())) | {"X-Slack-Request-Timestamp": "9" * 400},
        signed(_raw(slack.direct())) | {"X-Slack-Request-Timestamp": "-1"},
        signed(_raw(slack.direct())) | {"X-Slack-Signature": "v0=été"},
        {"X-Slack-Signature": "v0="},
    ],
)
async def test_what_slack_did_not_sign_is_refused(
    headers: dict[str, str], driver: SlackDriver, dispatch: Scripted
) -> None:
    assert await _status(driver, _raw(slack.direct()), headers) == 401
    assert not dispatch.events


@pytest.mark.parametrize("raw", [b"{", DEEP, b"", b"\xff\xfe", b'{"type": "event_callback"}'])
async def test_an_unsigned_flood_is_refused_before_a_byte_is_parsed(raw: bytes, driver: SlackDriver) -> None:
    """S13: bytes that cannot be parsed are told apart only once the signature is right (400), never before (401)."""
    assert await _status(driver, raw, {}) == 401


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"", b"[]", b"null", b'"words"', b"\xff\xfe", DEEP, DEEPER, b"{}", b'{"type": 7}',
        b"a=b", b"payload=%7B", b"payload=[]", b"payload={}", b"&" * 5_000, b'{"type": "event_callback"}', b"NaN",
    ],
)  # fmt: skip
@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
async def test_what_slack_would_never_send_is_a_bad_request(
    raw: bytes, content_type: str, driver: SlackDriver, dispatch: Scripted
) -> None:
    status, _ = await driver.post(raw, {"Content-Type": content_type, **signed(raw)})
    assert status == 400
    assert not dispatch.events


async def test_a_body_over_a_megabyte_is_too_large(driver: SlackDriver, dispatch: Scripted) -> None:
    raw = _raw(slack.direct("x" * 1_100_000))
    assert await _status(driver, raw, signed(raw)) == 413
    assert not dispatch.events


async def test_forty_thousand_characters_are_an_event_like_any_other(driver: SlackDriver, dispatch: Scripted) -> None:
    raw = _raw(slack.direct("x" * 40_000))
    assert await _status(driver, raw, signed(raw)) == 200
    assert len(getattr(dispatch.events[0], "text", "")) == 40_000


async def test_an_event_that_nobody_listens_for_is_not_found(driver: SlackDriver, dispatch: Scripted) -> None:
    raw = _raw(slack.event(type="reaction_added"))
    assert await _status(driver, raw, signed(raw)) == 404
    assert not dispatch.events


async def test_slack_can_verify_the_address(driver: SlackDriver) -> None:
    raw = _raw({"type": "url_verification", "challenge": "c", "token": "t"})
    assert await driver.post(raw, {**JSON, **signed(raw)}) == (200, {"challenge": "c"})


async def test_a_replay_has_the_same_id_so_that_it_counts_once(driver: SlackDriver, dispatch: Scripted) -> None:
    for kind, payload in (("events_api", slack.direct()), ("slash_commands", slack.command()), ("i", slack.press())):
        dispatch.events.clear()
        for _ in range(3):
            raw = _raw(payload) if kind == "events_api" else form_body(kind, payload)
            headers = JSON if kind == "events_api" else {"Content-Type": "application/x-www-form-urlencoded"}
            await driver.post(raw, {**headers, **signed(raw)})
        assert len({event.id for event in dispatch.events}) == 1


async def test_a_refused_request_leaves_one_short_line_without_its_words(
    driver: SlackDriver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "weaver")
    secret = "a private sentence " * 20
    for payload in (slack.direct(secret) | {"event_id": 7}, {"type": secret}, slack.press(secret)):
        caplog.clear()
        raw = _raw(payload)
        await _status(driver, raw, signed(raw))
        lines = [JsonLines().format(record) for record in caplog.records if record.name == "weaver"]
        assert len(lines) == 1
        assert len(lines[0]) <= MAX_LINE
        assert "private" not in lines[0]


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just([None]),
    st.just({"id": 7}),
    st.dictionaries(st.sampled_from(["id", "type", "value", "team_id"]), st.integers(), max_size=2),
)


def _places(payload: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    pairs = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for key, value in pairs:
        yield from _places(value, (*path, key))


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """One of Slack's payloads with one to three of its fields missing or of another type."""
    payload: dict[str, Any] = copy.deepcopy(PAYLOADS[draw(st.sampled_from(sorted(PAYLOADS)))])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(_places(payload), key=repr)))
        inside: Any = payload
        for step in path[:-1]:
            inside = inside[step]
        if draw(st.booleans()) and isinstance(inside, dict):
            del inside[path[-1]]
        else:
            inside[path[-1]] = copy.deepcopy(draw(JUNK))
        if not payload:
            break
    return payload


def _listeners() -> Listeners:
    api = Api(SlackSettings("xoxb-1"))
    dispatch = Scripted()
    return Listeners(api, dispatch, Profiles(api, dispatch))


LISTENERS = _listeners()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(broken())
def test_whatever_is_missing_or_of_another_type_is_never_our_error(payload: dict[str, Any]) -> None:
    answered = asyncio.run(LISTENERS.handle(payload, {}))
    assert answered.status in (200, 400, 404), payload


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]))
def test_any_bytes_are_parsed_or_refused(raw: bytes, content_type: str) -> None:
    body = parse(raw, content_type)
    if body is not None:
        assert asyncio.run(LISTENERS.handle(body, {})).status in (200, 400, 404)
