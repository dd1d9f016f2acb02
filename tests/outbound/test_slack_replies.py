"""Each reply goes where it belongs in Slack, and what a person may read alone never stands in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.slack import SlackDriver, SlackHands
from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import BOT_USER, CHANNEL, Fault
from bench.small_talk import EVERYTHING, HOSTILE, TREND
from bot.platforms import NotKept
from handlers.kit.content import Button, Message, paragraph, plain
from handlers.kit.events import Command, HomeOpened, Press
from handlers.kit.replies import Nothing, Replace, Say

WITH_BUTTONS = plain("Kept.", Button("Edit", "talk.answer", opens_form=True), Button("Withdraw", "talk.withdraw", "7"))
GIVEN = {"How does": "4", "What moved": "A bus"}


@pytest.fixture
def dispatch() -> Scripted:
    return Scripted(lambda _event: Say(WITH_BUTTONS))


@pytest.fixture(params=["http", "socket"])
async def driver(request: pytest.FixtureRequest, dispatch: Scripted) -> AsyncIterator[SlackDriver]:
    async with slack_bot(dispatch, socket_mode=request.param == "socket") as (driver, _platform):
        driver.patience = 0.3
        yield driver


async def test_a_direct_message_is_answered_there(driver: SlackDriver) -> None:
    ann = driver.person("ann")
    await ann.says("help")
    assert [(one.text, one.private) for one in ann.messages] == [("Kept.", True)]
    assert driver.service.posted[0].channel == "DANN"


async def test_in_a_channel_only_the_sender_reads_the_answer(driver: SlackDriver) -> None:
    ann, ben = driver.person("ann"), driver.person("ben")
    await ann.says_in_channel("help")
    await ann.commands("help")
    assert [one.only_for for one in driver.service.posted] == ["UANN", "UANN"]
    assert len(ann.messages) == 2
    assert not ben.messages


async def test_an_answer_to_all_is_posted_to_all(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(plain("Hello"), public=True)
    await driver.person("ann").says_in_channel("hello")
    assert [one.text for one in driver.person("ben").messages] == ["Hello"]


@pytest.mark.parametrize("method", ["chat.postEphemeral", "response_url"])
async def test_what_cannot_be_whispered_is_said_in_the_direct_message(method: str, driver: SlackDriver) -> None:
    driver.service.faults[method] = Fault("user_not_in_channel", status=404)
    ann = driver.person("ann")
    await (ann.says_in_channel("help") if method == "chat.postEphemeral" else ann.commands("help"))
    assert [one.channel for one in driver.service.posted] == ["DANN"]


async def test_home_shows_the_page(driver: SlackDriver) -> None:
    ann = driver.person("ann")
    await ann.opens_home()
    assert "Kept." in ann.home
    await ann.presses("Withdraw")
    assert driver.service.posted[-1].channel == "DANN"


async def test_a_message_is_replaced_where_its_button_was_pressed(driver: SlackDriver, dispatch: Scripted) -> None:
    ann = driver.person("ann")
    await ann.says("help")
    await ann.says_in_channel("help")
    dispatch.answer = lambda event: Replace(plain("It is withdrawn.")) if isinstance(event, Press) else Nothing()
    await ann.presses("Withdraw")
    await ann.presses("Withdraw")
    assert [one.text for one in ann.messages] == ["It is withdrawn.", "It is withdrawn."]


LONG = Message("Long", tuple(paragraph(f"{n} " + "word " * 500) for n in range(7)), (Button("Older", "talk.older"),))


def _numbers(hands: SlackHands) -> list[str]:
    words = " ".join(one.text for one in hands.messages).split()
    return [word for word in words if word.isdigit()]


async def test_what_one_message_cannot_hold_is_told_in_more(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(LONG)
    ann, ben, cal = (driver.person(user) for user in ("ann", "ben", "cal"))
    for hands, asking in ((ann, ann.says("x")), (ben, ben.commands("x")), (cal, cal.says_in_channel("x"))):
        await asking
        assert _numbers(hands) == [str(n) for n in range(7)]
        assert [one.buttons for one in hands.messages] == [(), ("Older",)]
    assert {one.only_for for one in driver.service.posted if one.channel == CHANNEL} == {"UBEN", "UCAL"}


async def test_a_long_page_takes_the_place_of_the_one_before(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda event: Replace(LONG) if isinstance(event, Press) else Say(WITH_BUTTONS)
    ann, ben = driver.person("ann"), driver.person("ben")
    for hands, asking in ((ann, ann.says("x")), (ben, ben.commands("x"))):
        await asking
        await hands.presses("Withdraw")
        assert _numbers(hands) == [str(n) for n in range(7)]
        assert [one.buttons for one in hands.messages] == [(), ("Older",)]


async def test_a_long_answer_with_a_chart_is_told_once_where_charts_are_unknown(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    driver.service.has_charts = driver.service.has_tables = False
    dispatch.answer = lambda _event: Say(replace(LONG, body=(*LONG.body, TREND)))
    ann = driver.person("ann")
    await ann.says("history")
    assert _numbers(ann)[:7] == [str(n) for n in range(7)]
    assert ann.messages[-1].text.count("Week: 8 Feb · Middle answer: 4") == 1
    assert len(ann.messages) == 2


async def test_a_message_that_is_gone_is_said_again(driver: SlackDriver, dispatch: Scripted) -> None:
    ann = driver.person("ann")
    await ann.says("help")
    dispatch.answer = lambda _event: Replace(plain("It is withdrawn."))
    driver.service.faults["chat.update"] = Fault("message_not_found")
    await ann.presses("Withdraw")
    assert [one.text for one in ann.messages] == ["Kept.", "It is withdrawn."]


async def test_a_workspace_without_charts_gets_a_table_and_is_remembered(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    driver.service.has_charts = False
    dispatch.answer = lambda _event: Say(Message("Trend", (TREND,)))
    ann = driver.person("ann")
    for _ in range(2):
        await ann.says("network")
        assert "8 Feb | 4" in ann.messages[-1].text
        assert "18 Jan | no answers" in ann.messages[-1].text
    assert len(driver.service.called("chat.postMessage")) == 3
    driver.service.has_tables = False
    await ann.says("network")
    assert "Week: 8 Feb · Middle answer: 4" in ann.messages[-1].text


async def test_everything_that_can_be_said_is_taken_by_slack(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(EVERYTHING)
    ann = driver.person("ann")
    for say in (ann.says("x"), ann.says_in_channel("x"), ann.commands("x"), ann.opens_home()):
        await say
    assert len(ann.messages) == 3
    assert "The bus route is still in the way." in ann.home


async def test_words_from_people_are_words_to_slack(driver: SlackDriver, dispatch: Scripted) -> None:
    """S6: a mention, a link or markup in what somebody typed is shown as it was typed."""
    typed = f"<!channel> <@U2> <https://evil.example|NHS> {HOSTILE}"
    dispatch.answer = lambda event: Say(plain(event.text)) if isinstance(event, Command) else Nothing()
    ann = driver.person("ann")
    await ann.says(typed)
    assert ann.messages[-1].text == typed
    said = driver.service.called("chat.postMessage")[-1]
    assert "<" not in said["text"]
    assert (said["parse"], said["link_names"], said["unfurl_links"]) == ("none", False, False)


async def test_too_many_requests_are_waited_for_and_tried_once_more(driver: SlackDriver) -> None:
    driver.service.faults["chat.postMessage"] = Fault("ratelimited", status=429, times=1)
    ann = driver.person("ann")
    await ann.says("help")
    assert len(ann.messages) == 1


@pytest.mark.parametrize(
    "fault", [Fault("internal_error", status=500), Fault("fatal_error"), Fault("account_inactive")]
)
async def test_nothing_else_is_ever_tried_twice(fault: Fault, driver: SlackDriver, dispatch: Scripted) -> None:
    """F6: an unknown outcome is never repeated blindly; what was kept stays kept, so Slack gets its 200."""
    driver.service.faults["chat.postMessage"] = fault
    await driver.person("ann").says("help")
    assert driver.statuses == [200]
    assert len(driver.service.called("chat.postMessage")) == 1


async def test_who_the_bot_is_is_asked_once(driver: SlackDriver) -> None:
    for _ in range(5):
        await driver.person("ann").says("help")
    assert len(driver.service.called("auth.test")) == 1


async def test_name_and_time_zone_are_asked_once_for_each_person(driver: SlackDriver, dispatch: Scripted) -> None:
    driver.service.time_zone = "Asia/Tokyo"
    for user in ("ann", "ben", "ann"):
        await driver.person(user).opens_home()
    while len(dispatch.profiles) < 2:
        await driver.person("ann").opens_home()
    assert {(one.sender.user, one.profile.time_zone) for one in dispatch.profiles} == {
        ("UANN", "Asia/Tokyo"),
        ("UBEN", "Asia/Tokyo"),
    }
    assert len(driver.service.called("users.info")) == 2


async def test_what_was_not_kept_is_told_once_and_asked_for_again(driver: SlackDriver, dispatch: Scripted) -> None:
    """F3, F4: the event is refused so that Slack sends it again; the person is told at the first time only."""
    dispatch.away = True
    ann = driver.person("ann")
    await ann.says("check in")
    first = driver.statuses[-1]
    assert first in (0, 503)
    assert [one.text for one in ann.messages] == [NotKept.sentence]
    assert (await driver.again())[0] == first
    assert len(ann.messages) == 1
    dispatch.away = False
    assert (await driver.again(retry=2))[0] == 200
    assert ann.messages[-1].text == "Kept."
    assert len({event.id for event in dispatch.events}) == 1


async def test_a_command_or_button_that_was_not_kept_is_said_where_it_was_made(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    ann = driver.person("ann")
    await ann.says_in_channel("help")
    dispatch.away = True
    await ann.commands("check in")
    await ann.presses("Withdraw")
    await ann.opens_home()
    assert all(status in (0, 503) for status in driver.statuses[1:])
    assert [one.text for one in ann.messages[1:]] == [NotKept.sentence] * 2
    assert all(one.only_for == "UANN" for one in driver.service.posted)
    assert NotKept.sentence in ann.home


async def test_our_own_words_are_no_event(driver: SlackDriver, dispatch: Scripted) -> None:
    bot = driver.person("weaver")
    assert bot.user == BOT_USER
    await bot.says("hello")
    assert not dispatch.events
    assert CHANNEL not in {one.channel for one in driver.service.posted}


async def test_a_home_that_was_opened_is_an_event(driver: SlackDriver, dispatch: Scripted) -> None:
    await driver.person("ann").opens_home()
    assert isinstance(dispatch.events[0], HomeOpened)


async def test_a_start_without_an_answer_from_slack_serves_all_the_same(dispatch: Scripted) -> None:
    driver = SlackDriver()
    driver.service.faults["auth.test"] = Fault("internal_error", status=500)
    async with slack_bot(dispatch, driver=driver) as (_, platform):
        ann = driver.person("ann")
        await ann.says_in_channel("help")
        assert [one.text for one in ann.messages] == ["Kept."]
        assert isinstance(dispatch.events[0], Command)
        assert dispatch.events[0].text == "help"
        assert "SLACK_BOT_TOKEN" in (await platform.trouble() or "")
