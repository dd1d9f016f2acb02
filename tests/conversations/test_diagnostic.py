"""A rapid review until its joint session: begun, asked into, answered in sittings, left, and answered everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bench.answering import fills_rest, part_of
from bench.driver import Hands
from bench.slack import SlackDriver
from bench.stories import saved, texts
from bench.teams import TeamsDriver
from bench.web import WebDriver
from bench.world import World
from handlers.diagnostic.rules import PARTS

WORDS = "Care that “nobody” <b>dreads</b>"


@pytest.fixture
async def three_platforms(database_url: str) -> AsyncIterator[World]:
    """A world where everyone has an account on each platform."""
    world = World(database_url, (SlackDriver(), TeamsDriver(), WebDriver()))
    await world.start()
    yield world
    await world.stop()


async def _soon(world: World) -> None:
    await world.moves_to(world.clock.now() + timedelta(minutes=1))


async def _prefers(world: World, hands: Hands) -> None:
    """They want their messages where these hands are."""
    account = hands.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    await world.store(lambda store: store.people.change(person.id, {"preferred_platform": account.platform}))


async def _begun(world: World, *asked: str) -> Hands:
    """Bea has begun a review, and asked these people, who have met the bot."""
    bea = world.person("bea")
    await bea.says("diagnostic")
    await bea.presses("Begin")
    await bea.presses("Ask someone")
    await bea.sends({"Whom do you ask": asked})
    await _soon(world)
    return bea


async def test_a_member_is_asked_answers_in_sittings_and_changes_an_answer(world: World) -> None:
    ann = world.person("ann")
    await ann.says("diagnostic")
    assert "You are not in one now." in texts(ann)
    await world.person("cal").says("help")
    bea = await _begun(world, "Ann Example, member", "Cal Leader, leader")
    assert "I ask Ann Example and Cal Leader in their working hours." in texts(bea)
    assert "Bea Co-ordinator asks you to take part in a rapid review of Sexual Health Network." in ann.messages[-1].text
    await ann.presses("What is this?")
    assert "You answer seven short parts" in ann.messages[-1].text
    await ann.presses("Answer")
    assert ann.form is not None
    assert "So far they are you, Bea Co-ordinator and Cal Leader." in ann.form.intro, "before anything is typed"
    await ann.sends(part_of(PARTS[0], purpose=WORDS))
    assert "Part 1 of 7 is kept." in ann.messages[-1].text
    assert WORDS in ann.messages[-1].text
    await ann.says("home")
    assert "You are at part 2 of 7 in the review of Sexual Health Network." in ann.messages[-1].text
    await ann.presses("Go on")
    await fills_rest(ann)
    assert "Read it over, then press Finish" in texts(ann)
    await ann.presses("Finish")
    assert "1 of 3 have answered." in texts(ann)
    await ann.presses("Change my answers")
    await ann.presses("Change", 0)
    assert ann.form is not None
    assert ann.form.question("What is this network for").value == WORDS
    await ann.sends({"What is this network for": "Something else"})
    assert "That is changed." in texts(ann)
    await ann.says("export")
    assert "What is this network for?: Something else" in await saved(ann)


async def test_who_would_rather_not_take_part_is_asked_no_more(world: World) -> None:
    cal = world.person("cal")
    await cal.says("help")
    bea = await _begun(world, "Cal Leader, leader")
    await cal.presses("Not for me")
    assert "The others can see that you are no longer in it." in texts(cal)
    await cal.presses("Leave it")
    assert "Your answers are erased" in texts(cal)
    before = len(cal.messages)
    await world.moves_to(datetime(2027, 1, 20, 12, tzinfo=UTC))
    assert "I do not ask again" not in "\n".join(one.text for one in cal.messages[before:])
    await bea.says("diagnostic")
    assert "You are the only one in it now." in bea.messages[-1].text


async def test_who_has_not_answered_is_reminded_once_and_then_left_alone(world: World) -> None:
    ann = world.person("ann")
    await ann.says("help")
    await _begun(world, "Ann Example, member")
    await world.moves_to(datetime(2027, 1, 19, 12, tzinfo=UTC))
    assert texts(ann).count("and I do not ask again.") == 1
    assert texts(ann).count("asks you to take part in a rapid review") == 1
    await world.moves_to(datetime(2027, 2, 16, 12, tzinfo=UTC))
    assert texts(ann).count("and I do not ask again.") == 1
    await ann.presses("Answer")
    assert ann.form is not None
    assert ann.form.title == "Part 1 of 7"


async def test_three_answer_on_three_platforms_and_the_session_can_begin(three_platforms: World) -> None:
    world = three_platforms
    bea, cal, fay = world.person("bea", "slack"), world.person("cal", "teams"), world.person("fay", "web")
    for hands in (bea, cal, fay):
        await hands.says("help")
        await _prefers(world, hands)
    await _begun(world, "Cal Leader, leader", "Fay Faculty, faculty")
    await bea.presses("Answer")
    await fills_rest(bea, 2)
    await bea.presses("Finish")
    for hands, level in ((cal, 4), (fay, 5)):
        assert "Bea Co-ordinator asks you to take part" in texts(hands)
        await hands.presses("Answer")
        await fills_rest(hands, level)
        await hands.presses("Finish")
    assert "All 3 have answered." in texts(fay)
    await _soon(world)
    assert "Everyone in the review of Sexual Health Network has answered." in bea.messages[-1].text
    on_teams = world.person("bea", "teams")
    await on_teams.says("diagnostic")
    assert "Begin the joint session" in on_teams.messages[-1].buttons, "one goes on wherever one likes"
    await cal.says("diagnostic")
    await cal.presses("Begin the joint session")
    await fay.says("rapid review sexual")
    assert "The joint session has begun. Cal Leader led it last." in fay.messages[-1].text
    await fay.presses("Change my answers")
    await fay.presses("Change", 2)
    await fay.sends(part_of(PARTS[2], 1))
    assert "The others will see that an answer was changed, and not whose." in texts(fay)
