"""A form in Slack opens at once, keeps all that was typed, and shows what hangs on a choice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.driver import SeenForm
from bench.slack import SlackDriver, SlackHands
from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import Fault
from bench.small_talk import FORM
from bot.platforms import NotKept
from handlers.kit.content import Button, Question, plain
from handlers.kit.events import Event, FormOpened, Submission
from handlers.kit.replies import Ask, Correct, Reply, Say
from storage.records import QuestionKind

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


def _form(hands: SlackHands) -> SeenForm | None:
    return hands.form


def _asking(event: Event) -> Reply:
    if isinstance(event, Submission):
        return Say(plain("Thank you."))
    return Ask(FORM, plain("Check in", Button("Check in", FORM.name, opens_form=True)))


async def test_a_form_opens_at_once_where_slack_lets_it(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = _asking
    ann = driver.person("ann")
    for open_it in (ann.commands("check in"), ann.shortcut()):
        await open_it
        assert ann.form is not None
        assert ann.form.title == FORM.title
        await ann.sends(GIVEN)
        assert _form(ann) is None
        assert ann.messages[-1].text == "Thank you."
        assert driver.service.posted[-1].channel == "DANN"


async def test_where_a_form_cannot_open_there_is_a_button_that_can(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = _asking
    ann = driver.person("ann")
    await ann.says("check in")
    assert _form(ann) is None
    await ann.presses("Check in")
    assert _form(ann) is not None
    await ann.closes_form()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("expired_trigger_id", "Slack could not open that form in time. Please press the button again."),
        ("exchanged_trigger_id", "Slack could not open that form in time. Please press the button again."),
        ("invalid_arguments", "Slack could not open the form just now. Please try again."),
        ("fatal_error", "Slack could not open the form just now. Please try again."),
    ],
)
async def test_a_form_that_did_not_open_says_what_to_do(
    code: str, words: str, driver: SlackDriver, dispatch: Scripted
) -> None:
    dispatch.answer = _asking
    ann = driver.person("ann")
    await ann.says("check in")
    driver.service.faults["views.open"] = Fault(code)
    await ann.presses("Check in")
    assert _form(ann) is None
    assert ann.messages[-1].text == words
    await ann.commands("check in")
    assert ann.messages[-1].buttons == ("Check in",), "typed words get a button that can open it"


async def test_a_field_error_stands_at_its_field_and_nothing_typed_is_lost(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    ann = driver.person("ann")
    dispatch.answer = _asking
    await ann.commands("check in")
    dispatch.answer = lambda _event: Correct(FORM, {"moved": "Please say more."})
    await ann.sends(GIVEN)
    assert ann.form is not None
    assert ann.form.errors == {"What moved?": "Please say more."}
    assert ann.form.question("What moved").value == "A bus"


async def test_a_form_that_gained_a_question_is_redrawn_and_nothing_typed_is_lost(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    ann = driver.person("ann")
    dispatch.answer = _asking
    await ann.commands("check in")
    box = Question("box", "Is this right?", QuestionKind.SHORT_TEXT)

    def redraw(event: Event) -> Reply:
        assert isinstance(event, Submission)
        return Correct(replace(FORM, questions=(*FORM.questions, box)).filled(event.values), {"moved": "Look."}, True)

    dispatch.answer = redraw
    await ann.sends(GIVEN)
    assert ann.form is not None
    assert ann.form.question("Is this right").value == ""
    assert ann.form.errors == {"What moved?": "Look."}
    assert ann.form.question("What moved").value == "A bus"


async def test_a_question_that_hangs_on_a_choice_comes_and_goes(driver: SlackDriver, dispatch: Scripted) -> None:
    def draw(event: Event) -> Reply:
        return Ask(FORM.filled(event.values) if isinstance(event, FormOpened) else FORM, plain("A form"))

    dispatch.answer = draw
    ann = driver.person("ann")
    await ann.commands("check in")

    def labels() -> list[str]:
        return [question.label for question in ann.form.questions] if ann.form else []

    assert "Who could help?" not in labels()
    await ann.fills("What moved", "typed before")
    await ann.fills("Do you want help", "Yes")
    assert "Who could help?" in labels()
    assert ann.form is not None
    assert ann.form.question("What moved").value == "typed before"
    assert ann.form.question("Do you want help").value == "Yes"
    await ann.fills("Do you want help", "No")
    assert "Who could help?" not in labels()


async def test_an_older_redraw_never_overwrites_a_newer_one(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = lambda _event: Ask(FORM, plain("A form"))
    ann = driver.person("ann")
    await ann.commands("check in")
    driver.service.faults["views.update"] = Fault("hash_conflict", times=1)
    await ann.fills("Do you want help", "Yes")
    assert ann.form is not None
    assert not ann.messages


async def test_a_form_that_was_not_kept_stays_open_with_all_that_was_typed(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    dispatch.answer = _asking
    ann = driver.person("ann")
    await ann.commands("check in")
    dispatch.away = True
    await ann.sends(GIVEN)
    assert ann.form is not None
    assert list(ann.form.errors.values()) == [NotKept.sentence]
    assert ann.form.question("What moved").value == "A bus"
    dispatch.away = False
    await ann.sends()
    assert ann.messages[-1].text == "Thank you."
