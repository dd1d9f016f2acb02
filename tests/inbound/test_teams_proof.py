"""Only what Teams has signed for this bot, this tenant and that service comes in."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession
from botframework.connector.auth import JwtTokenExtractor

from bench.teams import TeamsDriver
from bench.teams_bot import Noted, SetClock, read_settings, serving, teams_bot
from bench.teams_service import APP_ID, ISSUER, Service
from bench.teams_story import message
from bot.platforms.teams import Teams
from bot.platforms.teams.keys import Keys
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


async def test_a_signed_request_is_answered_over_one_connection_with_one_token(
    driver: TeamsDriver, dispatch: Noted
) -> None:
    for number in range(5):
        status, _ = await driver.post(message(driver.service, id=str(number)))
        assert status == 200
    assert len(dispatch.events) == 5
    assert driver.service.calls.count("token") == 1
    assert driver.service.calls.count("openid") == 1
    assert len(driver.service.connections) == 1


async def test_many_first_requests_at_once_fetch_one_token_and_the_keys_once(driver: TeamsDriver) -> None:
    posts = (driver.post(message(driver.service, id=str(number))) for number in range(20))
    assert {status for status, _ in await asyncio.gather(*posts)} == {200}
    assert (driver.service.calls.count("token"), driver.service.calls.count("openid")) == (1, 1)


def test_botbuilder_is_the_one_whose_keys_are_replaced() -> None:
    assert version("botbuilder-core") == version("botframework-connector") == "4.17.1"
    assert isinstance(JwtTokenExtractor.metadataCache, dict)
    assert asyncio.iscoroutinefunction(Keys.get)


def test_botbuilder_is_imported_only_when_teams_is_made() -> None:
    look = "import sys, bot.platforms.teams; print({'botbuilder', 'botframework', 'msal', 'jwt'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


SKEW = 400
A_DAY = 24 * 3600
EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
UNPROVEN: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(time.time()) - SKEW},
    "not yet": {"nbf": int(time.time()) + A_DAY},  # A day: a long suite comes to this test late.
    "for another bot": {"aud": "another"},
    "for no bot": {"aud": None},
    "of another issuer": {"iss": "https://elsewhere.test"},
    "of a bot's own kind": {"iss": EMULATOR, "appid": APP_ID, "ver": "1.0"},
    "of a skill": {"appid": "other", "ver": "1.0"},
    "forged": {"key": "forged", "kid": "one"},
    "of an unknown key": {"key": "unknown"},
    "without its service": {"serviceurl": None},
    "of another service": {"serviceurl": "https://smba.trafficmanager.net/uk/"},
    "of an odd service": {"serviceurl": ["a"]},
    "without an end": {"exp": None},
    "with an odd end": {"exp": "soon"},
}


@pytest.mark.parametrize("changed", UNPROVEN.values(), ids=UNPROVEN.keys())
async def test_a_token_that_does_not_prove_the_request_is_401(
    driver: TeamsDriver, dispatch: Noted, changed: dict[str, Any]
) -> None:
    status, _ = await driver.post(message(driver.service), token=driver.service.token(**changed))
    assert (status, dispatch.events) == (401, [])
    assert "POST" not in driver.service.calls


def _unsigned() -> str:
    return jwt.encode({"iss": ISSUER, "aud": APP_ID}, "", "none", headers={"kid": "one"})


def _shared_secret() -> str:
    return jwt.encode({"iss": ISSUER, "aud": APP_ID}, "x" * 32, "HS256", headers={"kid": "one"})


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic a.b.c", "Bearer a.b.c", "Bearer a.b", "Bearer " + "a." * 3_500,
     "Bearer W10.W10.x", f"Bearer {_unsigned()}", f"Bearer {_shared_secret()}", "Bearer \u00e9.b.c"],
)  # fmt: skip
async def test_a_missing_or_odd_header_is_401_before_the_body_is_read(
    driver: TeamsDriver, dispatch: Noted, header: str | None
) -> None:
    headers = {"Content-Type": "application/json"} | ({"Authorization": header} if header is not None else {})
    async with ClientSession() as session, session.post(driver.url, data=b"[" * 900_000, headers=headers) as answer:
        assert (answer.status, await answer.text()) == (401, "")
    assert dispatch.events == []


REFUSED: dict[str, tuple[Json, int]] = {
    "no service": ({"serviceUrl": None}, 400),
    "an empty service": ({"serviceUrl": ""}, 400),
    "an odd service": ({"serviceUrl": 3}, 400),
    "another tenant": ({"conversation": {"id": "a", "conversationType": "personal", "tenantId": "other"}}, 403),
    "no tenant": ({"conversation": {"id": "a", "conversationType": "personal"}}, 403),
    "another channel": ({"channelId": "webchat"}, 403),
    "no sender": ({"from": None}, 400),
}


@pytest.mark.parametrize(("changed", "expected"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_the_token_does_not_cover_is_refused_and_never_called(
    driver: TeamsDriver, dispatch: Noted, changed: Json, expected: int
) -> None:
    status, _ = await driver.post(message(driver.service, **changed))
    assert (status, dispatch.events) == (expected, [])
    assert "POST" not in driver.service.calls


@pytest.mark.parametrize(
    "service", ["https://evil.test/", "http://smba.trafficmanager.net/", "https://a@127.0.0.1/", "https://[bad/"]
)
async def test_a_service_that_is_not_on_the_list_gets_no_token_even_if_it_is_signed(
    driver: TeamsDriver, dispatch: Noted, service: str
) -> None:
    token = driver.service.token(serviceurl=service)
    status, _ = await driver.post(message(driver.service, serviceUrl=service), token=token)
    assert (status, dispatch.events) == (403, [])


async def test_a_key_that_is_new_is_fetched_but_at_most_once_a_minute() -> None:
    clock, dispatch = SetClock(), Noted()
    async with teams_bot(dispatch, clock=clock) as driver:
        assert (await driver.post(message(driver.service)))[0] == 200
        driver.service.keys = ["two"]
        two = driver.service.token(key="two")
        assert (await driver.post(message(driver.service), token=two))[0] == 401
        assert driver.service.calls.count("openid") == 1
        clock.pass_by(minutes=1)
        assert (await driver.post(message(driver.service), token=two))[0] == 200
        for _ in range(3):
            unknown = driver.service.token(key="unknown")
            assert (await driver.post(message(driver.service), token=unknown))[0] == 401
        assert driver.service.calls.count("openid") == 2


async def test_a_token_that_was_proven_is_judged_again_after_five_minutes() -> None:
    clock, dispatch = SetClock(), Noted()
    async with teams_bot(dispatch, clock=clock) as driver:
        token = driver.service.token()
        assert (await driver.post(message(driver.service), token=token))[0] == 200
        driver.service.keys = ["two"]
        clock.pass_by(days=1, minutes=1)
        assert (await driver.post(message(driver.service), token=token))[0] == 401


async def test_keys_stay_good_while_microsoft_cannot_be_reached() -> None:
    clock, dispatch = SetClock(), Noted()
    async with teams_bot(dispatch, clock=clock) as driver:
        assert (await driver.post(message(driver.service)))[0] == 200
        driver.service.keys = []
        clock.pass_by(days=2)
        assert (await driver.post(message(driver.service)))[0] == 200


async def test_without_any_key_teams_is_asked_to_try_again() -> None:
    dispatch = Noted()
    async with teams_bot(dispatch) as driver:
        driver.service.keys = []
        assert (await driver.post(message(driver.service)))[0] == 503
    assert dispatch.events == []


async def test_the_token_is_replaced_before_it_ends() -> None:
    clock = SetClock()
    async with teams_bot(Noted(Say(plain("Hello."))), clock=clock) as driver:
        for _ in range(2):
            await driver.person("ann").says("help")
            clock.pass_by(minutes=56)
        await driver.person("ann").says("help")
        assert driver.service.calls.count("token") == 3


async def test_a_refused_sign_in_is_named_not_repeated_for_ten_seconds_and_heals_by_itself() -> None:
    clock, service = SetClock(), Service()
    await service.start()
    platform = Teams(read_settings(service.settings() | {"MICROSOFT_APP_PASSWORD": "old"}), Noted(), clock)
    service.app_password = "changed"
    async with serving(platform):
        assert await platform.trouble() == "Teams: Microsoft's sign-in refused the app id or password (401)."
        assert service.calls.count("token") == 1
        service.app_password = "old"
        assert await platform.trouble() is not None
        clock.pass_by(seconds=10)
        assert await platform.trouble() is None
    await service.stop()
