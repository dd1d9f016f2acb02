"""What was decided is carried out in Teams: dialogs, cards in place, messages, and nothing private in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bench.teams import TeamsDriver
from bench.teams_bot import Noted, teams_bot
from bench.teams_limits import walk
from bench.teams_service import BOT, user_id
from bench.teams_story import SECRET, story
from bot.platforms import NotKept
from bot.platforms.teams.limits import FILE_PART
from bot.platforms.teams.outbound import ANSWERED, GREETING, OPEN_CHAT
from handlers.kit.content import Attachment, Message, Paragraph
from handlers.kit.events import Joined, Press, ProfileSeen
from handlers.kit.replies import Replace, Say
from storage.records import Account


@pytest.fixture
def dispatch() -> Noted:
    return Noted(story)


@pytest.fixture
async def driver(dispatch: Noted) -> AsyncIterator[TeamsDriver]:
    async with teams_bot(dispatch) as driver:
        yield driver


async def test_a_pressed_card_is_replaced_in_place(driver: TeamsDriver) -> None:
    ann = driver.person("ann")
    await ann.says("hello")
    await ann.presses("Not now")
    assert [message.text for message in ann.messages] == ["Done with that."]


async def test_a_press_from_an_old_client_replaces_the_card_too(driver: TeamsDriver) -> None:
    ann = driver.person("ann")
    await ann.says("hello")
    value = {"action": "checkins.later", "argument": "3"}
    await ann.tell({"type": "message", "value": value, "replyToId": "sent-1"})
    assert [message.text for message in ann.messages] == ["Done with that."]


async def test_a_question_is_asked_in_the_card_before_a_press_counts(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.says("sure")
    assert "for good" not in ann.messages[-1].text
    await ann.presses("Withdraw")
    pressed = dispatch.events[-1]
    assert isinstance(pressed, Press)
    assert (pressed.action, pressed.argument) == ("checkins.withdraw", "9")


async def test_nothing_says_nothing(driver: TeamsDriver) -> None:
    ann = driver.person("ann")
    await ann.says("nothing")
    assert (ann.last_status, ann.messages) == (200, [])


async def test_a_private_answer_to_a_channel_goes_to_the_personal_chat_that_is_kept() -> None:
    kept: dict[Account, str] = {}

    async def address_of(account: Account) -> str | None:
        return kept.get(account)

    async with teams_bot(Noted(story), address_of=address_of) as driver:
        ann = driver.person("ann")
        service = driver.service.service_url
        kept[ann.account] = f'{{"service":"{service}","conversation":"a:ann","tenant":"t","bot":"b","user":"29:ann"}}'
        await ann.says_in_channel("secret")
        assert [message.text for message in ann.messages] == [SECRET]
        assert [message.text for message in driver.channel_messages()] == [ANSWERED]


async def test_nobodys_address_is_remembered_so_an_erased_person_is_unknown_at_once(driver: TeamsDriver) -> None:
    ann = driver.person("ann")
    await ann.says("nothing")
    await ann.says_in_channel("secret")
    assert [message.text for message in driver.channel_messages()] == [OPEN_CHAT]
    assert ann.messages == []


async def test_without_a_personal_chat_the_channel_is_asked_to_open_one_and_reads_nothing(
    driver: TeamsDriver,
) -> None:
    ann = driver.person("ann")
    await ann.says_in_channel("secret")
    assert [message.text for message in driver.channel_messages()] == [OPEN_CHAT]
    assert ann.messages == []


async def test_what_is_public_is_said_in_the_channel(driver: TeamsDriver) -> None:
    await driver.person("ann").says_in_channel("all")
    assert [message.text for message in driver.channel_messages()] == ["Hello all."]


async def test_nothing_kept_of_a_message_is_told_and_asked_for_again(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    dispatch.away = True
    await ann.says("ask")
    assert (ann.last_status, ann.messages[-1].text) == (503, NotKept.sentence)
    dispatch.away = False
    assert (await driver.post(driver.sent[-1]))[0] == 200
    first, second = dispatch.events
    assert first.id == second.id


async def test_nothing_kept_of_what_was_asked_in_a_channel_is_told_there() -> None:
    async with teams_bot(Noted(away=True)) as driver:
        ann = driver.person("ann")
        await ann.says_in_channel("secret")
        assert (ann.last_status, [one.text for one in driver.channel_messages()]) == (503, [NotKept.sentence])


async def test_nothing_kept_of_a_welcome_is_not_told_since_nobody_asked() -> None:
    async with teams_bot(Noted(away=True)) as driver:
        ann = driver.person("ann")
        await ann.joins()
        assert (ann.last_status, ann.messages) == (503, [])


async def test_nothing_kept_of_a_press_is_told(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.says("hello")
    dispatch.away = True
    await ann.presses("Not now")
    assert [message.text for message in ann.messages] == ["Ready?", NotKept.sentence]


async def test_one_installation_is_welcomed_once(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    await ann.joins()
    assert [type(event) for event in dispatch.events] == [Joined, ProfileSeen]
    assert len([message for message in ann.messages if message.text == "Welcome."]) == 1


async def test_who_adds_the_bot_to_a_team_is_asked_to_open_a_chat(driver: TeamsDriver) -> None:
    await driver.person("ann").tell({"type": "conversationUpdate", "membersAdded": [BOT]}, private=False)
    assert [message.text for message in driver.channel_messages()] == [GREETING]


async def test_newcomers_to_a_channel_are_welcomed_in_private_or_not_at_all(driver: TeamsDriver) -> None:
    bob = {"id": "29:bob", "aadObjectId": user_id("bob")}
    await driver.person("ann").tell({"type": "conversationUpdate", "membersAdded": [bob]}, private=False)
    assert driver.channel_messages() == []


async def test_a_throttled_reply_is_sent_again_after_its_wait(driver: TeamsDriver) -> None:
    driver.service.answers = [(429, {"Retry-After": "0"}), (412, {"Retry-After": "0"})]
    ann = driver.person("ann")
    await ann.says("secret")
    assert [message.text for message in ann.messages] == [SECRET]


@pytest.mark.parametrize("status", [403, 404, 500, 502])
async def test_a_reply_whose_fate_is_unknown_or_sealed_is_never_repeated(driver: TeamsDriver, status: int) -> None:
    driver.service.answers = [(status, {})]
    ann = driver.person("ann")
    await ann.says("secret")
    assert (ann.last_status, ann.messages) == (200, [])
    assert driver.service.calls.count("POST") == 1


LINES = "\n".join(f"line {number} ä {{{{DATE}}}} *b*" for number in range(3_000))
FILES = {
    "lines": LINES,
    "blank lines": "\n\n\n".join(LINES.split("\n")),
    "one long line": LINES.replace("\n", "/"),
    "signs that take most room": "\x01" * 60_000,
    "faces": "😀" * 60_000,
    "one line that just fits": "x" * FILE_PART + "\nmore",
    "nothing": "",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
async def test_a_file_is_shown_as_text_in_numbered_parts_in_order_with_nothing_cut(text: str) -> None:
    message = Message(
        "Your data", (Paragraph(("Here it is.",)),), (), (Attachment.of_text("weaver.txt", "text/plain", text),)
    )
    async with teams_bot(Noted(Say(message))) as driver:
        ann = driver.person("ann")
        await ann.says("privacy")
        first, *parts = driver.service.conversations[ann.conversation].values()
    assert ann.messages[0].text == "Here it is."
    titled = [one for one in ann.messages if "weaver.txt" in one.text]
    count = len(titled)
    numbered = [f"Part {number} of {count}: weaver.txt" for number in range(1, count + 1)]
    assert [one.text.split("\n")[0] for one in titled] == (numbered if count > 1 else ["weaver.txt"])
    assert first["summary"] == "Your data"
    elements = [one for part in parts for one in walk(part["attachments"][0]["content"])]
    runs = [one["text"] for one in elements if one["type"] == "TextRun"]
    assert "".join(runs).replace("\u200b", "").strip(" ").replace("\n", "") == text.replace("\n", "")
    assert count >= len(text) // FILE_PART


async def test_a_card_that_is_to_be_replaced_by_a_file_is_followed_by_it(dispatch: Noted) -> None:
    copy = Message("All.", (Paragraph(("Here it is.",)),), (), (Attachment.of_text("all.txt", "text/plain", SECRET),))
    async with teams_bot(Noted(lambda event: Replace(copy) if isinstance(event, Press) else story(event))) as driver:
        ann = driver.person("ann")
        await ann.says("hello")
        await ann.presses("Not now")
        assert [message.text for message in ann.messages] == ["Here it is.", f"all.txt\n{SECRET}"]
        await ann.says_in_channel("all")
        value = {"action": {"type": "Action.Execute", "verb": "checkins.later", "data": {}}}
        answer = await ann.tell({"type": "invoke", "name": "adaptiveCard/action", "value": value}, private=False)
        assert SECRET not in str(answer) + "".join(message.text for message in driver.channel_messages())
