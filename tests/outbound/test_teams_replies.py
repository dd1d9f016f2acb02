"""What was decided is carried out in Teams: dialogs, cards in place, messages, and nothing private in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.teams import TeamsDriver
from bench.teams_bot import Noted, teams_bot
from bench.teams_service import BOT, user_id
from bot.platforms import NotKept
from bot.platforms.teams.outbound import ANSWERED, GREETING, OPEN_CHAT
from handlers.kit.content import Attachment, Button, Choice, Form, Message, Paragraph, Question, plain
from handlers.kit.events import Command, Event, FormOpened, Joined, Press, ProfileSeen, Submission
from handlers.kit.replies import Ask, Correct, Nothing, Replace, Reply, Say
from storage.records import Account, QuestionKind

SECRET = "the rota is in trouble"
FORM = Form(
    "checkins.answer",
    "Your check-in",
    (
        Question("mood", "How is it?", QuestionKind.SCALE, True, choices=(Choice("1", "Bad"), Choice("5", "Good"))),
        Question("topics", "Which of these?", QuestionKind.SEVERAL, choices=(Choice("a,b", "A, B"), Choice("c", "C"))),
        Question("moved", "What moved?", QuestionKind.LONG_TEXT, hint="Only you can read this."),
    ),
    argument="3",
    intro=("It takes a minute.",),
)
OPEN = Button("Check in", "checkins.answer", "3", opens_form=True)
START = plain("Ready?", OPEN, Button("Not now", "checkins.later", "3"))
SURE = plain("Yours.", Button("Withdraw", "checkins.withdraw", "9", danger=True, confirm="Withdraw it for good?"))
SAID: dict[str, Reply] = {
    "ask": Ask(FORM, START),
    "secret": Say(plain(SECRET)),
    "all": Say(plain("Hello all."), public=True),
    "nothing": Nothing(),
    "sure": Say(SURE),
}


def story(event: Event) -> Reply:
    """A whole conversation in one function."""
    if isinstance(event, Command):
        return SAID.get(event.text, Say(START))
    if isinstance(event, FormOpened):
        return Ask(FORM, START)
    if isinstance(event, Submission):
        if event.values.get("moved") == "wrong":
            return Correct(FORM.filled(event.values), {"moved": "Please say it without names."})
        return Say(plain("Kept. " + " ".join(event.values.get("topics", ()))))
    if isinstance(event, ProfileSeen):
        return Nothing()
    return Replace(plain("Done with that.")) if isinstance(event, Press) else Say(plain("Welcome."))


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


async def test_a_private_answer_to_a_channel_goes_to_the_personal_chat_that_this_process_knows(
    driver: TeamsDriver,
) -> None:
    ann = driver.person("ann")
    await ann.says("nothing")
    await ann.says_in_channel("secret")
    assert [message.text for message in ann.messages] == [SECRET]
    assert [message.text for message in driver.channel_messages()] == [ANSWERED]


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


async def test_nothing_kept_of_a_form_of_another_process_leaves_the_dialog_as_it_is() -> None:
    dispatch = Noted(story, away=True)
    async with teams_bot(dispatch) as driver:
        data = {"form": "checkins.answer", "argument": "3"}
        ann = driver.person("ann")
        await ann.tell({"type": "invoke", "name": "task/submit", "value": {"data": data}})
        assert ann.last_status == 503


async def test_nothing_kept_of_a_message_is_told_and_asked_for_again(driver: TeamsDriver, dispatch: Noted) -> None:
    ann = driver.person("ann")
    dispatch.away = True
    await ann.says("ask")
    assert (ann.last_status, ann.messages[-1].text) == (503, NotKept.sentence)
    dispatch.away = False
    assert (await driver.post(driver.sent[-1]))[0] == 200
    first, second = dispatch.events
    assert first.id == second.id


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


async def test_a_file_is_shown_as_text_in_parts_that_fit() -> None:
    text = "\n".join(f"line {number} ä" for number in range(4_000))
    message = Message("Your data", (Paragraph(("Here it is.",)),), (), Attachment("weaver.txt", "text/plain", text))
    async with teams_bot(Noted(Say(message))) as driver:
        ann = driver.person("ann")
        await ann.says("privacy")
        first, *parts = ann.messages
        assert first.text == "Here it is."
        assert "weaver.txt (part 1 of " in parts[0].text
        assert text.replace("\n", "") == "".join(part.text.split("\n", 1)[1] for part in parts).replace("\n", "")
