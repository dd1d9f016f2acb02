"""Whatever comes in is answered with a number and one short line: garbage, fuzz, bugs, local tools."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings, strategies

from bench.teams import TeamsDriver
from bench.teams_bot import Noted, SetClock, read_settings, serving, teams_bot
from bench.teams_story import WORDS, message, service_at
from bot.platforms.teams import Teams
from bot.platforms.teams.inbound import Malformed, read_events, read_turn
from handlers.kit.content import plain
from handlers.kit.replies import Say

Json = dict[str, Any]


@pytest.fixture
def dispatch() -> Noted:
    return Noted(Say(plain("Hello.")))


@pytest.fixture
async def driver(dispatch: Noted) -> AsyncIterator[TeamsDriver]:
    async with teams_bot(dispatch) as driver:
        yield driver


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
async def test_what_is_not_said_to_be_json_is_refused(driver: TeamsDriver, kind: str) -> None:
    headers = {"Authorization": f"Bearer {driver.service.token()}", "Content-Type": kind}
    async with ClientSession() as session, session.post(driver.url, data=b"{}", headers=headers) as answer:
        assert answer.status == 415


@pytest.mark.parametrize(("body", "expected"), [(b"{", 400), (b'{"a":' * 50_000, 400), (b"1" * 1_100_000, 413)])
async def test_garbage_depth_and_size_are_refused_with_one_short_line(
    driver: TeamsDriver, caplog: pytest.LogCaptureFixture, body: bytes, expected: int
) -> None:
    headers = {"Authorization": f"Bearer {driver.service.token()}", "Content-Type": "application/json"}
    with caplog.at_level(logging.DEBUG, "weaver"):
        async with ClientSession() as session, session.post(driver.url, data=BytesIO(body), headers=headers) as answer:
            assert (answer.status, await answer.text()) == (expected, "")
    assert len([record for record in caplog.records if record.name == "weaver"]) == 1


JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=5),
    lambda inner: strategies.lists(inner, max_size=2) | strategies.dictionaries(strategies.text(max_size=5), inner),
    max_leaves=4,
)
PARTS = ["type", "id", "text", "from", "recipient", "conversation", "channelData", "value", "name", "entities",
         "membersAdded", "localTimezone", "textFormat", "replyToId", "action"]  # fmt: skip
KINDS = ["message", "invoke", "conversationUpdate", "installationUpdate"]
NAMES = ["task/fetch", "task/submit", "adaptiveCard/action", ""]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=strategies.dictionaries(strategies.sampled_from(PARTS), JSON, max_size=4),
       kind=strategies.sampled_from(KINDS), name=strategies.sampled_from(NAMES))  # fmt: skip
def test_no_fuzzed_activity_is_a_fault_of_ours(changed: Json, kind: str, name: str) -> None:
    whole = {**message(service_at("http://127.0.0.1:1/"), type=kind, name=name), **changed}
    with suppress(Malformed):
        assert all(event.sender.user for event in read_events(whole, read_turn(whole)))


async def test_no_log_line_holds_words_or_secrets(driver: TeamsDriver, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await driver.post(message(driver.service))
        await driver.post(message(driver.service, type={WORDS: WORDS}))
        await driver.post(message(driver.service), token="a.b." + WORDS)
    logged = "\n".join(f"{record.getMessage()} {record.__dict__.get('fields')}" for record in caplog.records)
    assert WORDS not in logged
    assert "secret" not in logged
    assert not any(token in logged for token in driver.service.tokens)


async def test_a_bug_is_a_500_without_its_text() -> None:
    def fail(event: object) -> Say:
        raise RuntimeError(WORDS)

    async with teams_bot(Noted(fail)) as driver, ClientSession() as session:
        headers = {"Authorization": f"Bearer {driver.service.token()}"}
        async with session.post(driver.url, json=message(driver.service), headers=headers) as answer:
            assert (answer.status, await answer.text()) == (500, "")


UNAUTHENTICATED = {"WEAVER_TEAMS_UNAUTHENTICATED": "1"}


async def test_a_local_tool_must_call_this_machine_by_its_own_name() -> None:
    async with serving(Teams(read_settings(UNAUTHENTICATED), Noted(), SetClock())) as url, ClientSession() as session:
        for host, expected in [("evil.test", 403), ("localhost", 400)]:
            async with session.post(f"{url}/api/messages", json={}, headers={"Host": host}) as answer:
                assert answer.status == expected


async def test_local_tools_need_no_token_and_may_only_be_local() -> None:
    dispatch = Noted()
    async with serving(Teams(read_settings(UNAUTHENTICATED), dispatch, SetClock())) as url, ClientSession() as session:
        service = service_at("http://localhost:56150/_connector")
        body = message(service, **{"from": {"id": "user-1"}, "conversation": {"id": "personal-chat"}})
        for changed, expected in [({}, 200), ({"serviceUrl": "https://smba.trafficmanager.net/"}, 403)]:
            async with session.post(f"{url}/api/messages", json={**body, **changed}) as answer:
                assert answer.status == expected
    assert (dispatch.only.sender.user, dispatch.only.place.private) == ("user-1", True)
