"""Forms as dialogs in Teams: opened, filled, put right, closed, and never lost when nothing can be kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.memory import words_held
from bench.teams import TeamsDriver
from bench.teams_bot import Noted, SetClock, read_settings, serving, teams_bot
from bench.teams_story import SECRET, START, story
from bot.platforms import NotKept
from bot.platforms.teams import Teams
from bot.platforms.teams.outbound import ANSWERED, OPEN_CHAT
from handlers.kit.content import Attachment, Message, paragraph, plain
from handlers.kit.events import Command, Event, Submission
from handlers.kit.replies import Reply, Say
from storage.records import Account


@pytest.fixture
def dispatch() -> Noted:
    return Noted(story)


@pytest.fixture
async def driver(dispatch: Noted) -> AsyncIterator[TeamsDriver]:
    async with teams_bot(dispatch) as driver:
        yield driver


async def test_a_form_is_opened_from_its_button_filled_and_kept(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.says("ask")
    assert ann.messages[-1].buttons == ("Check in", "Not now")
    await ann.presses("Check in")
    form = ann.form
    assert form is not None
    assert (form.title, form.intro) == ("Your check-in", "It takes a minute.")
    assert form.question("What moved").hint == "Only you can read this."
    assert form.question("How").choices == ("Bad", "Good")
    await ann.sends({"How": "Good", "Which": ("A, B", "C"), "What": "much"})
    assert ann.form is None
    assert ann.messages[-1].text == "Kept. a,b c"
    sent = dispatch.events[-1]
    assert isinstance(sent, Submission)
    assert sent.values == {"mood": "5", "topics": ("a,b", "c"), "moved": "much"}
    assert (sent.form, sent.argument, sent.sender) == ("checkins.answer", "3", ann.account)


async def test_a_form_to_correct_stays_open_with_its_sentence_and_all_that_was_typed(driver: TeamsDriver) -> None:
    ann = driver.person("ann")
    await ann.says("ask")
    await ann.presses("Check in")
    await ann.sends({"How": "Bad", "Which": ("A, B",), "What": "wrong"})
    assert ann.form is not None
    assert ann.form.errors == {"What moved?": "Please say it without names."}
    assert ann.form.question("How").value == "Bad"
    assert ann.form.question("Which").value == ("A, B",)
    assert ann.form.question("What").value == "wrong"
    await ann.sends({"What": "better"})
    assert ann.form is None


async def test_the_client_itself_asks_for_what_is_required(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.says("ask")
    await ann.presses("Check in")
    before = len(dispatch.events)
    await ann.sends({"What": "much"})
    assert ann.form is not None
    assert ann.form.errors == {"How is it?": "Please answer this one."}
    assert len(dispatch.events) == before


async def test_a_form_opened_in_a_channel_confirms_in_its_own_dialog() -> None:
    def shows(event: Event) -> Reply:
        return Say(START, public=True) if isinstance(event, Command) else story(event)

    async with teams_bot(Noted(shows)) as driver:
        ann = driver.person("ann")
        await ann.says_in_channel("start")
        await ann.presses("Check in")
        await ann.sends({"How": "Good"})
        assert ann.form is None
        assert [message.text for message in ann.messages] == ["Kept."]
        assert [message.text for message in driver.channel_messages()] == ["Ready?"]
        await ann.presses("Not now")
        assert "Done with that." in driver.channel_messages()[0].text
        assert driver.service.calls.count("PUT") == 0


@pytest.mark.parametrize("known", [True, False])
async def test_a_file_asked_for_in_a_channels_dialog_comes_to_the_personal_chat_or_is_not_promised(known: bool) -> None:
    copy = Message("All.", (paragraph("Here it is."),), (), (Attachment.of_text("all.txt", "text/plain", SECRET),))

    def gives(event: Event) -> Reply:
        return Say(START, public=True) if isinstance(event, Command) else Say(copy)

    kept: dict[Account, str] = {}

    async def address_of(account: Account) -> str | None:
        return kept.get(account)

    async with teams_bot(Noted(gives), address_of=address_of) as driver:
        ann = driver.person("ann")
        if known:
            at = {"service": driver.service.service_url, "conversation": "a:ann", "tenant": "t"}
            kept[ann.account] = json.dumps({**at, "bot": "b", "user": "29:ann"})
        await ann.says_in_channel("start")
        await ann.presses("Check in")
        shown = [message.text for message in ann.messages]
        assert shown == (["Here it is.", f"all.txt\n{SECRET}", ANSWERED] if known else [OPEN_CHAT])
        assert [message.text for message in driver.channel_messages()] == ["Ready?"]


async def test_a_refused_form_says_so_in_the_dialog() -> None:
    def refuses(event: Event) -> Reply:
        return Say(START if isinstance(event, Command) else plain("That form is closed."))

    async with teams_bot(Noted(refuses)) as driver:
        ann = driver.person("ann")
        await ann.says("hi")
        await ann.presses("Check in")
        assert (ann.form, ann.messages[-1].text) == (None, "That form is closed.")


async def test_nothing_kept_leaves_the_form_with_its_input(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.says("ask")
    await ann.presses("Check in")
    dispatch.away = True
    await ann.sends({"How": "Good", "What": "much"})
    assert ann.form is not None
    assert NotKept.sentence in ann.form.intro
    assert (ann.form.question("How").value, ann.form.question("What").value) == ("Good", "much")


async def test_nothing_that_was_typed_stays_in_memory_and_no_form_longer_than_an_hour() -> None:
    driver, clock = TeamsDriver(), SetClock()
    platform = Teams(read_settings(await driver.start()), Noted(story), clock)
    async with serving(platform) as url:
        await driver.connect(url)
        ann = driver.person("ann")
        await ann.says("ask")
        await ann.presses("Check in")
        await ann.sends({"How": "Good", "Which": ("C",), "What": "wrong"})
        held = set(words_held(platform))
        assert "What moved?" in held
        assert not held & {"wrong", "ask"}
        assert list(words_held(platform)).count("5") == 1, "as a choice, and not as the answer"
        await ann.sends({"What": "better"})
        assert not set(words_held(platform)) & {"What moved?", "better", ann.account.user}
        await ann.presses("Check in")
        assert ann.account.user in set(words_held(platform))
        clock.pass_by(hours=1)
        await driver.person("bob").says("hello")
        await driver.person("bob").presses("Check in")
        assert ann.account.user not in set(words_held(platform))
        await driver.stop()


async def test_nothing_kept_of_a_form_of_another_process_leaves_the_dialog_as_it_is() -> None:
    dispatch = Noted(story, away=True)
    async with teams_bot(dispatch) as driver:
        data = {"form": "checkins.answer", "argument": "3"}
        ann = driver.person("ann")
        await ann.tell({"type": "invoke", "name": "task/submit", "value": {"data": data}})
        assert ann.last_status == 503


async def test_a_dialog_is_closed_by_an_answer_without_a_body(driver: TeamsDriver) -> None:
    data = {"data": {"form": "checkins.answer", "argument": "3"}}
    assert await driver.person("ann").tell({"type": "invoke", "name": "task/submit", "value": data}) is None


async def test_where_a_client_has_no_dialogs_a_form_is_a_card_that_is_put_right_in_place() -> None:
    async with teams_bot(Noted(story), change=lambda settings: replace(settings, unauthenticated=True)) as driver:
        driver.service.has_tokens = False
        ann = driver.person("ann")
        await ann.says("ask")
        assert ann.messages[-1].text.startswith("Your check-in\nIt takes a minute.")
        data = {"form": "checkins.answer", "argument": "3", "one.moved": "wrong"}
        await ann.tell({"type": "message", "value": data, "replyToId": "sent-1"})
        assert "Please say it without names." in ann.messages[-1].text
        await ann.tell({"type": "message", "value": {**data, "one.moved": "fine"}, "replyToId": "sent-1"})
        assert [message.text for message in ann.messages] == ["Kept."]
