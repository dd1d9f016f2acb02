"""A message that nobody asked for goes to Teams once, and what is said of it afterwards is certain."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bench.teams_bot import Noted, SetClock, read_settings
from bench.teams_service import APP_ID, BOT, TENANT, Fault, Planned, Service, user_id
from bot.platforms import GaveUp, SendResult, Sent, TryAgain, Unknown
from bot.platforms.teams import Teams
from bot.platforms.teams.connector import ASK_AGAIN_AFTER, Answer
from bot.platforms.teams.deliveries import LONGEST_HOLD, REFUSED_FOR, outcome
from bot.settings import TeamsSettings
from handlers.kit.content import Attachment, Button, Message, Paragraph, plain
from storage.records import Account

PROMPT = plain("How did the week go?", Button("Answer now", "checkins.answer", "3", opens_form=True))
PATIENT = ClientTimeout(total=60)
SHORT = ClientTimeout(total=0.5, connect=0.4)
ANN = Account("teams", TENANT, user_id("ann"))


@dataclass
class Desk:
    """The platform beside the service that it writes to."""

    service: Service
    platform: Teams
    clock: SetClock

    def address(self, **changed: str) -> str:
        """Ann's kept address."""
        kept = {"service": self.service.service_url, "conversation": "a:ann", "tenant": TENANT}
        return json.dumps({**kept, "bot": BOT["id"], "user": "29:ann", **changed})

    async def send(self, message: Message = PROMPT, **changed: str) -> SendResult:
        """Send to Ann."""
        return await self.platform.send(ANN, self.address(**changed), message, "delivery-1")

    @property
    def shown(self) -> list[str]:
        """What Ann sees, by its notification."""
        return [one["summary"] for one in self.service.conversations.get("a:ann", {}).values()]

    @property
    def posts(self) -> int:
        """How often the service was asked to show something."""
        return self.service.calls.count("POST")


@asynccontextmanager
async def desk(
    change: Callable[[TeamsSettings], TeamsSettings] = lambda settings: settings, timeout: ClientTimeout = PATIENT
) -> AsyncIterator[Desk]:
    service, clock = Service(), SetClock()
    await service.start()
    platform = Teams(change(read_settings(service.settings())), Noted(), clock, timeout=timeout)
    try:
        yield Desk(service, platform, clock)
    finally:
        await platform.stop()
        await service.stop()
    assert not service.troubles


@pytest.fixture
async def teams() -> AsyncIterator[Desk]:
    async with desk() as one:
        yield one


async def test_a_prompt_arrives_in_the_kept_chat_under_the_name_that_teams_gave_it(teams: Desk) -> None:
    assert await teams.send() == Sent("sent-1")
    (shown,) = teams.service.conversations["a:ann"].values()
    assert (shown["recipient"], shown["conversation"]["tenantId"]) == ({"id": "29:ann"}, TENANT)
    assert shown["summary"] == "How did the week go?"
    assert teams.platform.capabilities.reads_back is False


async def test_a_hundred_at_once_share_the_token_and_the_connections(teams: Desk) -> None:
    assert await teams.send() == Sent("sent-1")
    results = await asyncio.gather(*(teams.send() for _ in range(100)))
    assert len({result.ref for result in results if isinstance(result, Sent)}) == 100
    for _ in range(20):
        await teams.send()
    assert teams.service.calls.count("token") == 1
    assert len(teams.service.connections) <= 101


@pytest.mark.parametrize("status", [429, 412])
async def test_asked_to_wait_it_is_tried_once_and_the_whole_tenant_waits(teams: Desk, status: int) -> None:
    teams.service.answers = [(status, {"Retry-After": "30"})]
    result = await teams.send()
    assert isinstance(result, TryAgain)
    assert (result.after, result.holds_workspace, teams.posts, teams.shown) == (30, True, 1, [])


async def test_without_a_time_to_wait_none_is_invented(teams: Desk) -> None:
    teams.service.answers = [(429, {}), (429, {"Retry-After": "soon"}), (429, {"Retry-After": "999999999"})]
    waits = [result.after for _ in range(3) if isinstance(result := await teams.send(), TryAgain)]
    assert waits == [None, None, LONGEST_HOLD]


@pytest.mark.parametrize("status", [403, 404])
async def test_who_has_blocked_or_removed_it_cannot_be_reached_here(teams: Desk, status: int) -> None:
    teams.service.always["a:ann"] = (status, {})
    result = await teams.send()
    assert isinstance(result, GaveUp)
    assert (result.unreachable, teams.posts) == (True, 1)


@pytest.mark.parametrize("status", [400, 405, 413, 422])
async def test_what_teams_never_takes_is_given_up_but_the_person_can_be_reached(teams: Desk, status: int) -> None:
    teams.service.answers = [(status, {})]
    assert await teams.send() == GaveUp(f"Teams did not take the message ({status})")
    assert teams.posts == 1


@pytest.mark.parametrize(
    "planned", [(408, {}), (500, {}), (502, {}), (503, {}), (504, {}), Fault.RESET, Fault.ERROR], ids=str
)
async def test_whatever_may_have_been_shown_is_unknown_and_sent_once(teams: Desk, planned: Planned) -> None:
    teams.service.answers = [planned]
    assert isinstance(await teams.send(), Unknown)
    assert teams.posts == 1
    assert teams.shown == (["How did the week go?"] if isinstance(planned, Fault) else [])


async def test_what_is_shown_without_an_answer_in_time_is_unknown_and_sent_once() -> None:
    async with desk(timeout=SHORT) as teams:
        teams.service.answers = [Fault.SILENCE]
        assert await teams.send() == Unknown("Teams did not answer in time: it may have arrived or not")
        assert (teams.posts, teams.shown) == (1, ["How did the week go?"])


async def test_teams_cannot_say_what_became_of_it(teams: Desk) -> None:
    since = datetime(2027, 1, 11, 9, tzinfo=UTC)
    assert await teams.platform.find(ANN, teams.address(), "delivery-1", since) == Unknown("Teams cannot say")


async def test_a_connection_that_is_refused_was_never_written_to(teams: Desk) -> None:
    assert isinstance(await teams.send(), Sent)
    service = Service()
    await service.start()
    await service.stop()
    result = await teams.send(service=service.service_url)
    assert isinstance(result, TryAgain)
    assert (result.after, result.holds_workspace) == (None, False)


@pytest.mark.parametrize(
    "address", [None, "", "nonsense", "[]", "{}", '"a"', '{"service":"x","conversation":"y"}'], ids=str
)
async def test_who_has_no_chat_with_it_cannot_be_reached_here(teams: Desk, address: str | None) -> None:
    result = await teams.platform.send(ANN, address, PROMPT, "delivery-1")
    assert isinstance(result, GaveUp)
    assert (result.unreachable, teams.posts) == (True, 0)


async def test_a_service_that_is_not_on_the_list_sees_no_token(teams: Desk) -> None:
    result = await teams.send(service="https://example.org/teams/")
    assert isinstance(result, GaveUp)
    assert (result.unreachable, teams.service.calls) == (True, [])


async def test_an_organisation_that_was_taken_off_the_list_is_written_to_no_more(teams: Desk) -> None:
    result = await teams.platform.send(replace(ANN, workspace="another"), teams.address(), PROMPT, "delivery-1")
    assert isinstance(result, GaveUp)
    assert (result.unreachable, teams.service.calls) == (True, [])


async def test_a_refused_sign_in_holds_everything_and_is_shown_until_it_is_mended(teams: Desk) -> None:
    teams.service.app_password = "another"
    why = "Microsoft's sign-in refused the app id or password (401)"
    for _ in range(2):
        assert await teams.send() == TryAgain(why, REFUSED_FOR, holds_workspace=True)
    assert await teams.platform.trouble() == f"Teams: {why}."
    assert (teams.service.calls, teams.posts) == (["token"], 0)
    teams.service.app_password = "the-app's-own-secret"
    teams.clock.at += ASK_AGAIN_AFTER
    assert isinstance(await teams.send(), Sent)
    assert await teams.platform.trouble() is None


async def test_a_token_that_teams_does_not_take_holds_everything_and_another_is_fetched(teams: Desk) -> None:
    teams.service.answers = [(401, {})]
    result = await teams.send()
    assert isinstance(result, TryAgain)
    assert (result.after, result.holds_workspace) == (REFUSED_FOR, True)
    assert await teams.platform.trouble() == f"Teams: {result.why}."
    assert isinstance(await teams.send(), Sent)
    assert await teams.platform.trouble() is None
    assert teams.service.calls.count("token") == 2


async def test_a_sign_in_that_is_away_is_tried_again(teams: Desk) -> None:
    service = Service()
    await service.start()
    await service.stop()
    async with desk(lambda settings: replace(settings, login_url=service.url)) as elsewhere:
        assert await elsewhere.send() == TryAgain("Microsoft's sign-in could not be reached")
        assert elsewhere.posts == 0


async def test_a_sign_in_that_fails_itself_refuses_nobody(teams: Desk) -> None:
    teams.service.sign_in = 503
    assert await teams.send() == TryAgain("Microsoft's sign-in gave no token (503)")


TEXT = Attachment.of_text("all.txt", "text/plain", "line\n" * 9_000)
LONG = Message("Your data", (Paragraph(("Here it is.",)),), (), (TEXT,))


@pytest.mark.parametrize("planned", [(403, {}), (429, {"Retry-After": "9"}), (500, {})], ids=str)
async def test_a_later_part_that_fails_does_not_undo_the_first(teams: Desk, planned: Planned) -> None:
    whole = await teams.send(LONG)
    parts = len(teams.shown)
    assert (isinstance(whole, Sent), parts > 2) == (True, True)
    teams.service.answers = [None, planned]
    before = teams.posts
    assert await teams.send(LONG) == Sent(f"sent-{parts + 1}")
    assert teams.posts == before + 2


async def test_a_message_that_cannot_be_drawn_is_given_up(teams: Desk) -> None:
    odd: Any = 7
    result = await teams.send(Message("Odd", (Paragraph((odd,)),)))
    assert isinstance(result, GaveUp)
    assert (result.unreachable, teams.posts) == (False, 0)


async def test_no_reason_holds_a_secret_or_the_words_that_were_sent(teams: Desk) -> None:
    whys = []
    faults: list[Planned] = [(401, {}), (403, {}), (400, {}), (429, {}), (500, {}), Fault.RESET]
    for planned in faults:
        teams.service.answers = [planned]
        result = await teams.send()
        assert not isinstance(result, Sent)
        whys.append(result.why)
    text = " ".join(whys)
    assert not any(secret in text for secret in (APP_ID, "own-secret", "token-", "a:ann", "29:ann", "How did the week"))


@pytest.mark.parametrize("status", [200, 201, 202])
def test_taken_is_sent_even_without_a_name(status: int) -> None:
    assert outcome(Answer(status, None, "")) == Sent("")
