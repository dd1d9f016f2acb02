"""What becomes of a post in a Teams channel: a conversation of its own, put right in place, or refused in words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bench.teams import CHANNEL
from bench.teams_bot import Noted, SetClock, read_settings
from bench.teams_service import BOT, TENANT, Fault, Planned, Service
from bot.platforms import GaveUp, Partly, PostResult, Sent, TryAgain, Unknown
from bot.platforms.teams import Teams
from handlers.kit.content import Message, Paragraph, plain
from storage.records import Home

HOME = Home("teams", TENANT, CHANNEL)
SHORT = plain("The rota is out.")
LONG = Message("Long", tuple(Paragraph((f"{n} " + "word " * 1000,)) for n in range(14)))
ADDRESS = {"tenant": TENANT, "bot": BOT["id"], "channel": True}


@dataclass
class Desk:
    """The platform beside the service that it writes to."""

    service: Service
    platform: Teams

    async def post(self, message: Message = SHORT, *, is_channel: bool = True) -> PostResult:
        """Post to the channel, or to a group chat."""
        return await self.platform.post(HOME, self.address(is_channel=is_channel), message, "p1.0")

    def address(self, *, is_channel: bool = True) -> str:
        """The place's kept address."""
        return json.dumps({**ADDRESS, "service": self.service.service_url, "channel": is_channel})

    @property
    def shown(self) -> dict[str, list[str]]:
        """What stands where, by its notification."""
        return {
            place: [one["summary"] for one in activities.values()]
            for place, activities in self.service.conversations.items()
        }


@pytest.fixture
async def teams() -> AsyncIterator[Desk]:
    service = Service()
    await service.start()
    platform = Teams(read_settings(service.settings()), Noted(), SetClock())
    yield Desk(service, platform)
    await platform.stop()
    await service.stop()
    assert not service.troubles


async def test_each_post_is_a_conversation_of_its_own_in_the_channel(teams: Desk) -> None:
    first, second = await teams.post(), await teams.post()
    assert list(teams.shown.values()) == [["The rota is out."]] * 2
    assert all(place.startswith(f"{CHANNEL};messageid=") for place in teams.shown)
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.ref != second.ref


async def test_in_a_group_chat_it_is_a_message(teams: Desk) -> None:
    assert isinstance(await teams.post(is_channel=False), Sent)
    assert teams.shown == {CHANNEL: ["The rota is out."]}


async def test_a_long_one_goes_on_under_it_and_is_put_right_in_place(teams: Desk) -> None:
    posted = await teams.post(LONG)
    assert isinstance(posted, Sent)
    (parts,) = teams.shown.values()
    assert len(parts) > 1
    amended = await teams.platform.amend(HOME, teams.address(), posted.ref, SHORT, "p1.0")
    assert amended == Sent(posted.ref)
    (shown,) = teams.shown.values()
    assert shown == ["The rota is out.", *["This part is not needed any more."] * (len(parts) - 1)]


async def test_where_a_later_part_fails_the_rest_waits_for_a_person_and_is_added_then(teams: Desk) -> None:
    teams.service.answers = [None, Fault.ERROR]
    posted = await teams.post(LONG)
    assert isinstance(posted, Partly)
    assert posted.after is None
    assert "the rest may be or not" in posted.why
    teams.service.conversations = {
        key: dict(list(value.items())[:1]) for key, value in teams.service.conversations.items()
    }
    assert isinstance(await teams.platform.amend(HOME, teams.address(), posted.ref, LONG, "p1.0"), Sent)
    (shown,) = teams.shown.values()
    assert len(shown) == len(json.loads(posted.ref)) - 1 + 1


@pytest.mark.parametrize(
    ("planned", "result"),
    [
        (Fault.ERROR, Unknown("Teams answered 502: it may have arrived or not")),
        (Fault.RESET, Unknown("the line to Teams broke off: it may have arrived or not")),
        ((429, {"Retry-After": "30"}), TryAgain("Teams asked the bot to wait (429)", 30.0, holds_workspace=True)),
    ],
)
async def test_what_is_said_of_it_is_certain(teams: Desk, planned: Planned, result: PostResult) -> None:
    teams.service.answers = [planned]
    assert await teams.post() == result


@pytest.mark.parametrize(("status", "mend"), [(403, "Add Weaver to that team"), (404, "Make another one")])
async def test_what_teams_refuses_is_said_with_its_mend(teams: Desk, status: int, mend: str) -> None:
    teams.service.answers = [(status, {})]
    result = await teams.post()
    assert isinstance(result, GaveUp)
    assert mend in result.why


async def test_a_channel_that_never_told_its_address_is_asked_for_a_mention(teams: Desk) -> None:
    result = await teams.platform.post(HOME, None, SHORT, "p1.0")
    assert isinstance(result, GaveUp)
    assert "Mention me there once" in result.why


async def test_what_somebody_took_out_is_said_to_be_gone_and_what_is_forbidden_is_not(teams: Desk) -> None:
    posted = await teams.post()
    assert isinstance(posted, Sent)
    teams.service.answers = [(403, {}), (404, {})]
    results = [await teams.platform.amend(HOME, teams.address(), posted.ref, SHORT, "p1.0") for _ in range(2)]
    assert [isinstance(one, GaveUp) and one.unreachable for one in results] == [False, True]


async def test_another_tenant_gets_nothing_and_nothing_can_be_looked_for(teams: Desk) -> None:
    elsewhere = Home("teams", "another", CHANNEL)
    assert isinstance(await teams.platform.post(elsewhere, teams.address(), SHORT, "p1.0"), GaveUp)
    assert isinstance(await teams.platform.find_post(HOME, None, "p1.0", datetime.now(UTC)), Unknown)
    assert teams.shown == {}
