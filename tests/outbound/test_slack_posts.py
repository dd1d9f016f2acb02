"""What becomes of a post in a Slack channel: one message, or one with its thread; found, put right, or refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bench.slack import SlackDriver
from bench.slack_bot import Scripted, slack_bot
from bench.slack_history import Posted
from bench.slack_service import CHANNEL, TEAM, Fault
from bench.small_talk import TREND
from bot.platforms import GaveUp, Partly, PostResult, Sent, TryAgain, Unknown
from bot.platforms.slack import Slack
from handlers.kit.content import Message, paragraph, plain
from storage.records import Home

HOME = Home("slack", TEAM, CHANNEL)
SHORT = plain("The rota is out.")
LONG = Message("Long", tuple(paragraph(f"({n}) " + "word " * 500) for n in range(11)))
LONGER = Message("Longer", (*LONG.body, *(paragraph(f"more {n} " + "word " * 500) for n in range(5))))
POST, KEY = "chat.postMessage", "p7.0"
Bot = tuple[SlackDriver, Slack]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with slack_bot(Scripted(), seconds=0.3, gap=0.0) as (driver, platform):
        yield driver, platform


async def _post(bot: Bot, message: Message = SHORT) -> PostResult:
    return await bot[1].post(HOME, None, message, KEY)


async def _amend(bot: Bot, ref: str, message: Message) -> PostResult:
    return await bot[1].amend(HOME, None, ref, message, KEY)


async def _find(bot: Bot) -> PostResult:
    return await bot[1].find_post(HOME, None, KEY, datetime.now(UTC))


def _shown(bot: Bot) -> list[Posted]:
    return [one for one in bot[0].service.posted if one.channel == CHANNEL]


def _ref(bot: Bot) -> str:
    return f"{CHANNEL}:{_shown(bot)[0].ts}"


def _words(bot: Bot) -> str:
    return "\n".join(str(block["text"]["text"]) for one in _shown(bot) for block in one.payload["blocks"])


async def test_it_stands_in_the_channel_once_and_slack_says_its_address(bot: Bot) -> None:
    result = await _post(bot)
    (shown,) = _shown(bot)
    number = shown.ts.replace(".", "")
    assert result == Sent(_ref(bot), f"https://example.slack.com/archives/{CHANNEL}/p{number}")
    assert shown.metadata == {"event_type": "weaver_delivery", "event_payload": {"key": KEY, "more": False}}
    assert (shown.payload["unfurl_links"], shown.payload["parse"], shown.thread) == (False, "none", "")


async def test_where_slack_says_no_address_it_is_posted_all_the_same(bot: Bot) -> None:
    bot[0].service.faults["chat.getPermalink"] = Fault(error="message_not_found")
    assert await _post(bot) == Sent(_ref(bot))


async def test_a_long_one_goes_on_in_its_own_thread_and_each_part_is_known(bot: Bot) -> None:
    assert isinstance(await _post(bot, LONG), Sent)
    first, *rest = _shown(bot)
    assert [one.thread for one in rest] == [first.ts] * len(rest)
    assert [one.metadata["event_payload"]["key"] for one in rest] == [f"{KEY}/{n + 1}" for n in range(len(rest))]
    assert all(f"({n}) word" in _words(bot) for n in range(11))


@pytest.mark.parametrize(
    "fault",
    [Fault(error="fatal_error", shown=True), Fault(reset=True, shown=True), Fault(error="some_refusal")],
)
async def test_what_is_missing_of_a_long_one_is_added_and_nothing_is_doubled(bot: Bot, fault: Fault) -> None:
    """Its second part is shown without our knowing, or it is not."""
    bot[0].service.faults[f"{POST} {CHANNEL}"] = Fault(times=1)
    bot[0].service.faults[POST] = fault
    result = await _post(bot, LONG)
    assert isinstance(result, Partly)
    assert (result.ref, result.after) == (_ref(bot), 60.0 if fault.shown else 5.0)
    del bot[0].service.faults[POST]
    assert isinstance(await _amend(bot, result.ref, LONG), Sent)
    keys = [one.metadata["event_payload"]["key"] for one in _shown(bot)]
    assert keys == [KEY, *(f"{KEY}/{n + 1}" for n in range(len(keys) - 1))]
    assert [_words(bot).count(f"({n}) word") for n in range(11)] == [1] * 11


async def test_what_is_shown_is_put_right_in_place_whether_it_grew_or_shrank(bot: Bot) -> None:
    await _post(bot, LONG)
    before = len(_shown(bot))
    assert await _amend(bot, _ref(bot), LONGER) == Sent(_ref(bot))
    assert len(_shown(bot)) > before
    assert await _amend(bot, _ref(bot), SHORT) == Sent(_ref(bot))
    first, *rest = [one.payload["blocks"][0]["text"]["text"] for one in _shown(bot)]
    assert (first, set(rest)) == ("The rota is out.", {"This part is not needed any more."})


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        ("not_in_channel", "Weaver is not in that channel. Type /invite @Weaver there, then post it again."),
        ("channel_not_found", "Invite Weaver"),
        ("is_archived", "That channel is archived. Make another one your network’s home."),
        ("restricted_action", "Only some people may post in that channel."),
        ("user_is_bot", "Slack does not let Weaver post there."),
    ],
)
async def test_what_slack_refuses_is_said_with_its_mend(bot: Bot, code: str, mend: str) -> None:
    bot[0].service.faults[POST] = Fault(error=code)
    result = await _post(bot)
    assert isinstance(result, GaveUp)
    assert mend in result.why


async def test_a_channel_that_takes_no_more_holds_the_workspace_for_as_long_as_slack_says(bot: Bot) -> None:
    bot[0].service.faults[POST] = Fault(status=429, retry_after="30")
    assert await _post(bot) == TryAgain("Slack asked us to wait.", 30.0, holds_workspace=True)


async def test_a_lost_answer_is_found_by_its_key_and_nothing_else_is(bot: Bot) -> None:
    assert isinstance(await _find(bot), TryAgain)
    bot[0].service.faults[POST] = Fault(reset=True, shown=True)
    assert isinstance(await _post(bot), Unknown)
    found = await _find(bot)
    assert isinstance(found, Sent)
    assert found.ref == _ref(bot)


async def test_of_a_long_one_that_is_found_the_thread_is_looked_through_next(bot: Bot) -> None:
    bot[0].service.faults[POST] = Fault(reset=True, shown=True)
    assert isinstance(await _post(bot, LONG), Unknown)
    found = await _find(bot)
    assert isinstance(found, Partly)
    assert (found.ref, found.after) == (_ref(bot), 0.0)


async def test_an_app_that_may_not_read_the_channel_leaves_it_uncertain(bot: Bot) -> None:
    bot[0].service.faults["conversations.history"] = Fault(error="missing_scope")
    assert isinstance(await _find(bot), Unknown)
    assert await bot[1].trouble() is None, "people still get their messages"


async def test_an_app_that_may_not_read_the_channel_still_puts_one_message_right(bot: Bot) -> None:
    bot[0].service.faults["conversations.replies"] = Fault(error="missing_scope")
    await _post(bot)
    assert await _amend(bot, _ref(bot), plain("The rota is in.")) == Sent(_ref(bot))
    assert _words(bot) == "The rota is in."
    assert isinstance(await _amend(bot, _ref(bot), LONG), GaveUp)
    assert (len(_shown(bot)), await bot[1].trouble()) == (1, None)


async def test_a_workspace_that_shows_no_charts_has_them_put_right_in_words(bot: Bot) -> None:
    await _post(bot)
    bot[0].service.has_charts = bot[0].service.has_tables = False
    assert await _amend(bot, _ref(bot), Message("Trend", (TREND,))) == Sent(_ref(bot))
    assert len(_shown(bot)) == 1
    assert "The rota" not in str(_shown(bot)[0].payload)


async def test_what_somebody_took_out_is_said_to_be_gone(bot: Bot) -> None:
    await _post(bot)
    ref = _ref(bot)
    bot[0].service.posted.clear()
    result = await _amend(bot, ref, SHORT)
    assert isinstance(result, GaveUp)
    assert result.unreachable


async def test_another_workspace_gets_nothing(bot: Bot) -> None:
    assert isinstance(await bot[1].post(Home("slack", "T99", CHANNEL), None, SHORT, KEY), GaveUp)
    assert _shown(bot) == []
