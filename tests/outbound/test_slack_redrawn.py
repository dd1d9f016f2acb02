"""What Slack draws anew: an open form at each choice that others hang on, and App Home after what was done there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bench.driver import SeenForm
from bench.slack import SlackDriver, SlackHands
from bench.slack_bot import Scripted, slack_bot
from handlers.kit.content import YES_NO, Button, Choice, Form, Question, plain
from handlers.kit.events import Event, FormOpened, HomeOpened, Press, Submission
from handlers.kit.replies import Ask, Correct, Nothing, Reply, Say
from storage.records import Condition, QuestionKind

READERS = tuple(
    Choice(one.lower(), one) for one in ("Only me", "Me and Bea", "Leaders", "Network", "Faculty", "Funder")
)
WANTED = Condition("help", ("yes",))
FORM = Form(
    "talk.answer",
    "Check in",
    (
        Question("moved", "What moved?", QuestionKind.LONG_TEXT, value="It moved before"),
        Question("team", "Which team?", QuestionKind.CHOICE, choices=READERS, value="faculty"),
        Question("help", "Do you want help?", QuestionKind.YES_NO, choices=YES_NO),
        Question("with", "With what?", QuestionKind.LONG_TEXT, shown_if=WANTED),
        Question("with:who", "Who can read it?", QuestionKind.CHOICE, True, "", READERS, "only me", WANTED),
    ),
    "7",
)
BOX = Question("moved:box", "Is this a patient's?", QuestionKind.SEVERAL, choices=(Choice("yes", "No, it is not"),))
CORRECTED = replace(FORM, questions=(FORM.questions[0], BOX, *FORM.questions[1:]))


def _asking(event: Event) -> Reply:
    if isinstance(event, Submission):
        return Correct(CORRECTED.filled(event.values), {"moved": "This looks like a phone number."}, redraw=True)
    values = event.values if isinstance(event, FormOpened) else {}
    return Ask(FORM.resumed(values) if values else FORM, plain("Check in"))


@pytest.fixture
def dispatch() -> Scripted:
    return Scripted(_asking)


@pytest.fixture
async def driver(dispatch: Scripted) -> AsyncIterator[SlackDriver]:
    async with slack_bot(dispatch) as (driver, _platform):
        yield driver


@pytest.fixture
async def ann(driver: SlackDriver) -> SlackHands:
    ann = driver.person("ann")
    await ann.commands("check in")
    return ann


def _form(hands: SlackHands) -> SeenForm:
    assert hands.form is not None
    return hands.form


def _labels(hands: SlackHands) -> list[str]:
    return [question.label for question in _form(hands).questions]


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until that is so; the test's own time limit ends a wait for ever."""
    while not is_so():
        await asyncio.sleep(0.01)


async def test_a_text_that_appears_has_who_can_read_it_chosen_already(ann: SlackHands) -> None:
    assert "With what?" not in _labels(ann)
    await ann.fills("Do you want help", "Yes")
    assert _form(ann).question("Who can read it").value == "Only me"


async def test_what_was_emptied_stays_empty_when_the_form_is_drawn_anew(
    ann: SlackHands, driver: SlackDriver, dispatch: Scripted
) -> None:
    await ann.fills("What moved", "")
    await ann.fills("Which team", "No answer")
    await ann.fills("Do you want help", "Yes")
    drawn = {
        block["block_id"]: block["element"] for block in driver.service.called("views.update")[-1]["view"]["blocks"]
    }
    assert "initial_value" not in drawn["moved"]
    assert "initial_option" not in drawn["team"]
    await ann.sends()
    sent = dispatch.events[-1]
    assert isinstance(sent, Submission)
    assert (sent.values["moved"], sent.values["team"], sent.values["with:who"]) == ("", "", "only me")


async def test_more_than_five_choices_are_a_menu_that_can_be_left_unanswered(ann: SlackHands) -> None:
    assert _form(ann).question("Which team").choices == (*(one.label for one in READERS), "No answer")
    await ann.fills("Do you want help", "Yes")
    assert "No answer" not in _form(ann).question("Who can read it").choices


async def test_the_box_of_a_correction_stays_while_its_text_is_unchanged(ann: SlackHands, dispatch: Scripted) -> None:
    await ann.sends({"What moved": "Ring 020 7946 0000"})
    await ann.fills("Is this a patient's", ("No, it is not",))
    await ann.fills("Do you want help", "Yes")
    assert _labels(ann)[:2] == ["What moved?", "Is this a patient's?"]
    assert _form(ann).question("Is this a patient's").value == ("No, it is not",)
    await ann.fills("Do you want help", "No")
    assert _labels(ann)[:2] == ["What moved?", "Is this a patient's?"]
    await ann.fills("What moved", "Ring 020 7946 0001")
    await ann.fills("Do you want help", "Yes")
    assert "Is this a patient's?" not in _labels(ann)


def _at_home(event: Event) -> Reply:
    """A page that counts how often it was drawn."""
    if isinstance(event, HomeOpened):
        return Say(plain("Welcome", Button("Check in", FORM.name, opens_form=True), Button("Skip", "talk.skip")))
    return Ask(FORM, plain("A form")) if isinstance(event, FormOpened) else Say(plain("Done."))


async def test_app_home_is_drawn_anew_after_a_press_there(driver: SlackDriver, dispatch: Scripted) -> None:
    dispatch.answer = _at_home
    ann = driver.person("ann")
    await ann.opens_home()
    await ann.presses("Skip")
    await until(lambda: len(driver.service.called("views.publish")) == 2)
    assert [type(event) for event in dispatch.events] == [HomeOpened, Press, HomeOpened]
    assert ann.messages[-1].text == "Done."


async def test_app_home_is_drawn_anew_after_a_form_that_was_opened_there(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    dispatch.answer = _at_home
    ann = driver.person("ann")
    await ann.opens_home()
    await ann.presses("Check in")
    await ann.fills("Do you want help", "Yes")
    assert len(driver.service.called("views.publish")) == 1, "nothing is kept yet"
    await ann.sends()
    await until(lambda: len(driver.service.called("views.publish")) == 2)
    await ann.commands("check in")
    assert ann.form is None
    assert len(driver.service.called("views.publish")) == 2


async def test_a_form_from_app_home_that_must_be_mended_still_belongs_to_it(
    driver: SlackDriver, dispatch: Scripted
) -> None:
    dispatch.answer = _at_home
    ann = driver.person("ann")
    await ann.opens_home()
    await ann.presses("Check in")
    dispatch.answer = _asking
    await ann.sends()
    assert "Is this a patient's?" in _labels(ann)
    dispatch.answer = lambda event: _at_home(event) if isinstance(event, HomeOpened) else Nothing()
    await ann.sends()
    await until(lambda: len(driver.service.called("views.publish")) == 2)
