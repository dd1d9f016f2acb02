"""What becomes of each unasked message in Slack: shown once, tried again, in doubt until looked for, or given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import cast

import pytest

from bench.slack import SlackDriver
from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import BOT_TOKEN, Fault
from bench.small_talk import TREND
from bot.platforms import GaveUp, SendResult, Sent, TryAgain, Unknown
from bot.platforms.slack import Slack
from handlers.kit.content import Block, Button, Message, paragraph, plain
from storage.records import Account

ANN = Account("slack", "T01", "UANN")
BEN = Account("slack", "T01", "UBEN")
PROMPT = plain("How is it going?", Button("Answer now", "talk.answer", opens_form=True))
LONG = Message("Long", tuple(paragraph(f"{n} " + "word " * 500) for n in range(7)), (Button("Older", "talk.older"),))
POST = "chat.postMessage"


@pytest.fixture
async def bot() -> AsyncIterator[tuple[SlackDriver, Slack]]:
    async with slack_bot(Scripted(), seconds=0.3) as (driver, platform):
        yield driver, platform


Bot = tuple[SlackDriver, Slack]


async def _send(bot: Bot, account: Account = ANN, message: Message = PROMPT, key: str = "7-0") -> SendResult:
    return await bot[1].send(account, None, message, key)


async def _find(bot: Bot, key: str = "7-0", since: datetime | None = None) -> SendResult:
    return await bot[1].find(ANN, None, key, since or datetime.now(UTC))


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0.005)


def _was_asked(bot: Bot, times: int) -> bool:
    return len(bot[0].service.called("auth.test")) == times


async def _until_well(bot: Bot) -> None:
    while await bot[1].trouble() is not None:
        await asyncio.sleep(0.005)


def _shown(bot: Bot) -> list[str]:
    return [one.text for one in bot[0].person("ann").messages]


async def test_it_stands_in_the_direct_message_with_its_key_where_people_do_not_see_it(bot: Bot) -> None:
    result = await _send(bot)
    said = bot[0].service.posted[-1]
    assert result == Sent(f"DANN:{said.ts}")
    assert said.metadata == {"event_type": "weaver_delivery", "event_payload": {"key": "7-0"}}
    message = bot[0].person("ann").messages[-1]
    assert (message.text, message.buttons, message.private) == ("How is it going?", ("Answer now",), True)
    assert (said.payload["unfurl_links"], said.payload["parse"]) == (False, "none")


async def test_a_workspace_without_charts_gets_words_at_once_and_answers_know_it_too(bot: Bot) -> None:
    bot[0].service.has_charts = bot[0].service.has_tables = False
    for _ in range(2):
        assert isinstance(await _send(bot, message=Message("Trend", (TREND,))), Sent)
    assert len(_shown(bot)) == 2
    assert len(bot[0].service.called(POST)) == 4


async def test_a_long_message_is_one_delivery_whose_first_part_has_the_key(bot: Bot) -> None:
    result = await _send(bot, message=LONG)
    first, second = bot[0].service.posted
    assert result == Sent(f"DANN:{first.ts}")
    assert (bool(first.metadata), bool(second.metadata)) == (True, False)


async def test_what_follows_a_shown_part_undoes_nothing(bot: Bot) -> None:
    bot[0].service.faults[f"{POST} UANN"] = Fault(times=1)
    bot[0].service.faults[POST] = Fault("internal_error")
    assert isinstance(await _send(bot, message=LONG), Sent)
    assert len(_shown(bot)) == 1


async def test_too_many_hold_the_workspace_for_as_long_as_slack_says(bot: Bot) -> None:
    """F5."""
    bot[0].service.faults[POST] = Fault("ratelimited", status=429, retry_after="30")
    assert await _send(bot) == TryAgain("Slack asked us to wait.", 30, holds_workspace=True)
    bot[0].service.faults[POST] = Fault("ratelimited", status=429, retry_after="9" * 400)
    assert await _send(bot) == TryAgain("Slack asked us to wait.", 3600, holds_workspace=True)
    bot[0].service.faults[POST] = Fault("rate_limited")
    assert await _send(bot) == TryAgain("Slack asked us to wait.", 30, holds_workspace=True)
    assert len(bot[0].service.called(POST)) == 3


@pytest.mark.parametrize(
    "fault",
    [
        Fault(reset=True),
        Fault(reset=True, shown=True),
        Fault(delay=0.6, reset=True),
        Fault(delay=0.6, shown=True),
        Fault("internal_error", status=500),
        Fault("internal_error", status=503, shown=True),
        Fault("channel_not_found", status=500, shown=True),
        Fault("internal_error"),
        Fault("fatal_error", shown=True),
        Fault("service_unavailable"),
        Fault(garbage=True),
        Fault(garbage=True, shown=True),
        Fault("What is this? " * 10),
    ],
    ids=str,
)
async def test_what_slack_does_not_tell_is_in_doubt_and_looked_for_before_it_is_sent_again(
    bot: Bot, fault: Fault
) -> None:
    """F6."""
    shown = fault.shown
    bot[0].service.faults[POST] = fault
    assert await _send(bot) == Unknown("Slack did not say whether it was shown.")
    assert len(bot[0].service.called(POST)) == 1
    found = await _find(bot)
    if shown:
        assert found == Sent(f"DANN:{bot[0].service.posted[-1].ts}")
    else:
        assert found == TryAgain("It was not shown.")
        del bot[0].service.faults[POST]
        assert isinstance(await _send(bot), Sent)
    assert len(_shown(bot)) == 1


async def test_where_slack_is_not_reached_nothing_was_sent(bot: Bot) -> None:
    """The first try may go out on a connection that Slack has just left: that one is in doubt."""
    await bot[0].service.stop()
    await _send(bot)
    assert await _send(bot) == TryAgain("Slack could not be reached.")
    assert isinstance(await _find(bot), Unknown)


async def test_before_the_start_and_after_the_stop_nothing_is_sent() -> None:
    async with slack_bot(Scripted()) as bot:
        await bot[1].stop()
        assert await _send(bot) == TryAgain("Slack could not be reached.")
        assert isinstance(await _find(bot), Unknown)


@pytest.mark.parametrize(
    "code",
    ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"],
)
async def test_a_workspace_that_shuts_the_bot_out_is_held_and_the_owner_is_told(bot: Bot, code: str) -> None:
    """F7: until a message goes out again."""
    driver, platform = bot
    assert await platform.trouble() is None
    driver.service.faults[POST] = Fault(code, times=1)
    driver.service.faults["auth.test"] = Fault(code)
    result = await _send(bot)
    assert isinstance(result, TryAgain)
    assert (result.after, result.holds_workspace) == (900, True)
    assert code in result.why
    trouble = await platform.trouble()
    assert trouble is not None
    assert code in trouble
    assert BOT_TOKEN not in trouble
    await _until(lambda: len(driver.service.called("auth.test")) == 2)
    await asyncio.sleep(0.05)
    assert isinstance(await _send(bot), Sent)
    assert await platform.trouble() is None


async def test_slack_is_asked_at_once_whether_it_takes_the_bot_again(bot: Bot) -> None:
    bot[0].service.faults[POST] = Fault("invalid_auth")
    await _send(bot)
    assert await bot[1].trouble() is not None
    await _until(lambda: len(bot[0].service.called("auth.test")) == 2)
    await _until_well(bot)


async def test_a_missing_scope_is_told_though_slack_knows_the_bot(bot: Bot) -> None:
    bot[0].service.faults[POST] = Fault("missing_scope")
    for asked in (2, 3):
        await _send(bot)
        await _until(partial(_was_asked, bot, asked))
        await asyncio.sleep(0.05)
        assert "missing_scope" in (await bot[1].trouble() or "")


@pytest.mark.parametrize(
    "code",
    ["channel_not_found", "user_not_found", "users_not_found", "user_disabled", "is_archived", "cannot_dm_bot",
     "not_in_channel"],
)  # fmt: skip
async def test_who_cannot_be_written_to_is_given_up_and_nobody_else_is(bot: Bot, code: str) -> None:
    """F8."""
    bot[0].service.faults[f"{POST} UANN"] = Fault(code)
    assert await _send(bot) == GaveUp("This person cannot be reached in Slack.", unreachable=True)
    assert isinstance(await _send(bot, BEN), Sent)
    assert await bot[1].trouble() is None


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
async def test_what_slack_does_not_take_is_given_up(bot: Bot, code: str) -> None:
    bot[0].service.faults[POST] = Fault(code)
    assert await _send(bot) == GaveUp(f"Slack could not show this message ({code}).")


async def test_a_refusal_that_is_new_counts_as_an_attempt(bot: Bot) -> None:
    bot[0].service.faults[POST] = Fault("moon_is_full")
    assert await _send(bot) == TryAgain("Slack refused it just now (moon_is_full).")


async def test_what_cannot_be_drawn_raises_nothing(bot: Bot) -> None:
    """F16: a poison message stops no other."""
    assert isinstance(await _send(bot, message=Message("Poison", (cast(Block, object()),))), Unknown)
    assert isinstance(await _send(bot), Sent)


async def test_an_account_of_another_workspace_is_not_written_to(bot: Bot) -> None:
    result = await _send(bot, Account("slack", "T02", "UANN"))
    assert result == GaveUp("This account belongs to another Slack workspace.", unreachable=True)
    assert not bot[0].service.called(POST)


async def test_only_its_own_key_is_found(bot: Bot) -> None:
    await _send(bot, key="7-1")
    await _send(bot, message=plain("Without one"), key="7-2")
    assert await _find(bot, "7-0") == TryAgain("It was not shown.")
    assert isinstance(await _find(bot, "7-1"), Sent)


async def test_it_is_found_though_it_was_redrawn_and_our_clock_was_a_day_ahead(bot: Bot) -> None:
    """F10: Slack's clock counts, and ours may be wrong."""
    await _send(bot)
    bot[0].service.posted[-1].becomes({"text": "Thank you."})
    assert isinstance(await _find(bot, since=datetime.now(UTC) + timedelta(days=1)), Sent)


@pytest.mark.parametrize(("between", "expected"), [(0, Sent), (450, Sent), (650, Unknown)])
async def test_it_is_looked_for_behind_what_was_said_since_as_far_as_three_pages(
    bot: Bot, between: int, expected: type
) -> None:
    await _send(bot)
    for _ in range(between):
        bot[0].service.put("UANN", {"text": "x"})
    assert isinstance(await _find(bot), expected)


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault("ratelimited", status=429, retry_after="30"),
        Fault("missing_scope"),
        Fault("user_not_found"),
        Fault(status=500),
        Fault(reset=True),
        Fault(garbage=True),
        Fault(delay=0.6),
    ],
    ids=str,
)
async def test_where_nobody_can_look_it_stays_in_doubt(bot: Bot, method: str, fault: Fault) -> None:
    await _send(bot)
    bot[0].service.faults[method] = fault
    assert await _find(bot) == Unknown("Slack did not say whether it was shown.")
