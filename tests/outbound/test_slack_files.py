"""Files go to Slack whole, of any kind and several at once; where they cannot, their text or a button stands there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.slack import SlackDriver
from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import Fault
from bot.platforms import Sent
from bot.platforms.slack import Slack
from handlers.kit.content import Again, Attachment, Message, plain
from handlers.kit.events import Event, Press
from handlers.kit.replies import Nothing, Reply, Say
from storage.records import Account

ANN = Account("slack", "T01", "UANN")
Bot = tuple[SlackDriver, Slack]


@pytest.fixture
def dispatch() -> Scripted:
    return Scripted(lambda _event: Nothing())


@pytest.fixture
async def bot(dispatch: Scripted) -> AsyncIterator[Bot]:
    async with slack_bot(dispatch) as bot:
        yield bot


@pytest.fixture
async def driver(bot: Bot) -> SlackDriver:
    return bot[0]


TEXT = Attachment.of_text("data.txt", "text/plain", "All: £5 <!channel>\n")
FILE = Message("Here it is.", attachments=(TEXT,))
BYTES = Attachment("plan.docx", "application/octet-stream", bytes(range(256)) * 40, again=Again("talk.file", "7"))
FILES = Message("Here they are.", attachments=(TEXT, BYTES))


async def test_a_file_goes_to_the_direct_message(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(FILE)
    ann = driver.person("ann")
    await ann.says("export")
    await ann.commands("export")
    assert [one.files and one.channel for one in driver.service.posted] == ["DANN", (), "DANN", ()]
    assert ann.messages[0].files == {"data.txt": TEXT.content}


async def test_several_files_of_any_kind_are_shared_in_one_message(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(FILES)
    ann = driver.person("ann")
    await ann.says("files")
    shared, said = driver.service.posted
    assert shared.files == (("data.txt", TEXT.content), ("plan.docx", BYTES.content))
    assert said.payload["text"] == "Here they are."
    (completed,) = driver.service.called("files.completeUploadExternal")
    assert [one["title"] for one in json.loads(completed["files"])] == ["data.txt", "plan.docx"]
    assert "alt_txt" not in driver.service.called("files.getUploadURLExternal")[0]


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(reset=True)], ids=["500", "broken off"])
async def test_files_that_did_not_arrive_are_not_shared(driver: SlackDriver, dispatch: Scripted, fault: Fault) -> None:
    dispatch.answer = lambda _event: Say(FILES)
    driver.service.faults["upload"] = fault
    ann = driver.person("ann")
    await ann.says("files")
    assert ann.messages[-1].text.startswith("Here they are.\ndata.txt\nAll: £5")
    assert driver.service.called("files.completeUploadExternal") == []


async def test_files_go_to_slack_alone(
    driver: SlackDriver, dispatch: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    dispatch.answer = lambda _event: Say(FILES)
    driver.service.uploads_at = "127.0.0.2:9"
    await driver.person("ann").says("files")
    assert "foreign upload_url" in "".join(str(one.__dict__) for one in caplog.records)
    assert driver.service.called("upload") == []


async def test_a_picture_is_told_in_words_to_those_who_do_not_see_it(driver: SlackDriver, dispatch: Scripted) -> None:
    picture = replace(BYTES, name="a.png", media_type="image/png", about="A tree.")
    dispatch.answer = lambda _event: Say(Message("Here.", attachments=(picture,)))
    await driver.person("ann").says("files")
    assert driver.service.called("files.getUploadURLExternal")[0]["alt_txt"] == "A tree."


async def test_files_wait_for_as_long_as_slack_says_and_come_whole(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Say(FILES)
    fault = Fault("ratelimited", status=429, retry_after="0", times=1)
    driver.service.faults["files.completeUploadExternal"] = fault
    ann = driver.person("ann")
    await ann.says("files")
    assert await ann.saves() == {"data.txt": TEXT.content, "plan.docx": BYTES.content}


async def test_a_file_without_words_that_cannot_be_sent_leaves_a_button(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    def answer(event: Event) -> Reply:
        return Say(plain(f"{event.action} {event.argument}")) if isinstance(event, Press) else Say(FILES)

    dispatch.answer = answer
    driver.service.faults["files.completeUploadExternal"] = Fault("access_denied")
    ann = driver.person("ann")
    await ann.says("files")
    assert ann.messages[-1].text.endswith("All: £5 <!channel>\n\nI could not send this file here: plan.docx.")
    await ann.presses("Try again")
    assert ann.messages[-1].text == "talk.file 7"


async def test_where_no_file_can_be_sent_its_text_is_shown(driver: SlackDriver, dispatch: Scripted) -> None:
    long = replace(FILE, attachments=(replace(TEXT, content=b"x" * 90_000),))
    for message, end in ((FILE, "All: £5 <!channel>\n"), (long, "x\n… (shortened)")):
        dispatch.answer = lambda _event, said=message: Say(said)  # type: ignore[misc]  # bound now, on purpose
        driver.service.faults["files.getUploadURLExternal"] = Fault("access_denied")
        ann = driver.person("ann")
        await ann.says("export")
        assert ann.messages[-1].text.endswith(end)


async def test_files_go_after_their_message_which_has_the_key(bot: Bot) -> None:
    assert isinstance(await bot[1].send(ANN, None, FILES, "7-0"), Sent)
    first, second = bot[0].service.posted
    assert (bool(first.metadata), second.channel) == (True, first.channel)
    assert [one.text for one in bot[0].person("ann").messages] == ["Here they are."]
    assert second.files == (("data.txt", TEXT.content), ("plan.docx", BYTES.content))


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_where_files_cannot_be_sent_unasked_their_text_is_and_a_button_gets_the_rest(
    bot: Bot, method: str
) -> None:
    bot[0].service.faults[method] = Fault("access_denied")
    assert isinstance(await bot[1].send(ANN, None, FILES, "7-0"), Sent)
    first, second = bot[0].service.posted
    assert (bool(first.metadata), bool(second.metadata)) == (True, False)
    shown = bot[0].person("ann").messages[1]
    assert shown.text.startswith("data.txt\nAll: £5 <!channel>\n")
    assert (shown.text.endswith("this file here: plan.docx."), shown.buttons) == (True, ("Try again",))
