"""One coaching question a week: off until it is turned on, chosen with a reason, answered in place, never repeated."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows, saved, texts
from bench.world import World
from prompts.coaching import question_bank

NEXT_MONDAY = datetime(2027, 1, 18, 9, 1, tzinfo=UTC)
BANK = question_bank()


def _asked(hands: Hands) -> list[str]:
    """The questions of the bank that someone was sent, in turn."""
    sent = [one.text for one in hands.messages if "A question to think about" in one.text]
    return [question.key for text in sent for question in BANK.questions if question.text in text]


async def _turned_on(world: World, user: str) -> Hands:
    hands = world.person(user)
    await hands.says("coaching questions")
    await hands.presses("Send me one a week")
    assert "You now get one coaching question a week, on Mondays." in hands.messages[-1].text
    return hands


async def test_nobody_is_asked_who_has_not_turned_it_on(world: World) -> None:
    bea = world.person("bea")
    await bea.says("coach me")
    await bea.presses("Stop here")
    await world.moves_to(NEXT_MONDAY)
    assert "Hello Bea." in bea.messages[-1].text
    assert _asked(bea) == []
    standing = await world.store(lambda store: [one.wanted.occasion for one in store.schedules.all()])
    assert [one for one in standing if one.startswith("coaching.")] == [], "planning has nothing to do for it"
    await bea.says("settings")
    assert "To turn that on or off, type coaching questions." in bea.messages[-1].text


async def test_a_question_comes_in_the_one_message_of_the_week_with_its_reason(world: World) -> None:
    bea = await _turned_on(world, "bea")
    await world.moves_to(NEXT_MONDAY)
    message = bea.messages[-1]
    assert "It is time for your check-in for Sexual Health Network." in message.text
    assert len(_asked(bea)) == 1
    assert "Why this question?" in message.buttons
    assert sum("Hello Bea." in one.text for one in bea.messages) == 1
    await bea.presses("Why this question?")
    assert "Because you co-ordinate a network" in bea.messages[-1].text
    assert "Only you can read your answer." in bea.messages[-1].text


async def test_it_is_answered_in_place_for_oneself_alone(world: World) -> None:
    ann, bea = await _turned_on(world, "ann"), world.person("bea")
    await world.moves_to(NEXT_MONDAY)
    await ann.presses("Write an answer")
    assert ann.form is not None
    (question,) = ann.form.questions
    assert "Only you can read this." in question.hint
    await ann.sends({question.label: "The heron keeps still"})
    assert "Your answer is kept, and only you can read it." in ann.messages[-1].text
    await ann.presses("Later")
    assert "You have answered this already" in texts(ann)
    await ann.presses("My answers")
    assert "The heron keeps still" in ann.messages[-1].text
    await bea.says("network")
    await bea.says("export")
    told = texts(bea) + await saved(bea)
    assert "heron" not in told
    await ann.says("export")
    assert "The heron keeps still" in await saved(ann)
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    assert await rows(world, "coaching_asked") == 0


async def test_each_week_brings_another_question(world: World) -> None:
    cal = await _turned_on(world, "cal")
    for month, day in ((1, 18), (1, 25), (2, 1)):
        await world.moves_to(datetime(2027, month, day, 9, 1, tzinfo=UTC))
    asked = _asked(cal)
    assert len(asked) == len(set(asked)) == 3


async def test_what_is_put_off_comes_again_with_the_same_question(world: World) -> None:
    ann = await _turned_on(world, "ann")
    await world.moves_to(NEXT_MONDAY)
    (before,) = _asked(ann)
    text = ann.messages[-1].text
    await ann.presses("Later")
    await ann.presses("Tomorrow")
    await world.moves_to(datetime(2027, 1, 19, 9, 1, tzinfo=UTC))
    assert "You asked me to come back to this." in ann.messages[-1].text
    assert next(one.text for one in BANK.questions if one.key == before) in text
    assert _asked(ann)[-1] == before
    assert await rows(world, "coaching_asked") == 1


async def test_a_plan_is_asked_about_once_after_its_day(world: World) -> None:
    ann = await _turned_on(world, "ann")
    await ann.says("coach me")
    for _ in range(3):
        await ann.presses("Skip this question")
    await ann.presses("Answer")
    plan = {"When will you": "the rota is out", "What will you": "ring the ward", "Which day": "2027-01-14"}
    await ann.sends(plan)
    said = "“When the rota is out, I will ring the ward”"
    await world.moves_to(NEXT_MONDAY)
    assert said in ann.messages[-1].text
    await ann.presses("Why this question?")
    assert "Because the moment of your plan, 14 January 2027, has passed." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 25, 9, 1, tzinfo=UTC))
    assert "A question to think about" in ann.messages[-1].text
    assert said not in ann.messages[-1].text


async def _has_a_quiet_goal(world: World) -> Hands:
    """Bea's own goal is five weeks old when the question of the next Monday comes; another goal has just moved."""
    bea = world.person("bea")
    await bea.says("new goal: Patient voice in each clinic.")
    await bea.presses("It is mine")
    world.clock.move(weeks=4, days=6)
    await bea.says("new goal: Only a fresh one")
    await bea.presses("It is mine")
    return await _turned_on(world, "bea")


def _on_voice(hands: Hands) -> int:
    return sum("“Patient voice in each clinic”" in one.text for one in hands.messages if "Hello Bea." in one.text)


async def test_a_quiet_goal_is_asked_about_by_name_once_and_moved_from_there(world: World) -> None:
    bea = await _has_a_quiet_goal(world)
    await world.moves_to(datetime(2027, 2, 22, 9, 1, tzinfo=UTC))
    assert _on_voice(bea) == 1
    await bea.presses("Why this question?")
    assert "Because your goal “Patient voice in each clinic” has been quiet for five weeks." in bea.messages[-1].text
    await bea.presses("Say how the goal goes")
    assert bea.form is not None
    await bea.sends({"Where is it now": "1 of 3", "Why do you think so": "The ward said yes"})
    assert "The ward said yes" in bea.messages[-1].text
    asking = next(one for one in reversed(bea.messages) if "Hello Bea." in one.text)
    assert "“Patient voice in each clinic”" in asking.text
    await world.moves_to(datetime(2027, 3, 1, 9, 1, tzinfo=UTC))
    assert _on_voice(bea) == 1
    newest = await world.store(lambda store: store.coaching_questions.history(3, 5))
    assert [one.goal_id for one in newest] == [None, 1]


async def test_a_goal_that_was_asked_about_rests_though_nobody_answered(world: World) -> None:
    bea = await _has_a_quiet_goal(world)
    for month, day in ((2, 22), (3, 1), (3, 8), (3, 15)):
        await world.moves_to(datetime(2027, month, day, 9, 1, tzinfo=UTC))
        assert _on_voice(bea) == 1, (month, day)


async def test_news_of_the_goal_answers_the_message_that_asked(world: World) -> None:
    bea = await _has_a_quiet_goal(world)
    await world.moves_to(datetime(2027, 2, 22, 9, 1, tzinfo=UTC))
    await bea.presses("Say how the goal goes")
    await bea.sends({"How sure are you": "● On track"})
    at = datetime(2027, 2, 22, 10, tzinfo=UTC)
    assert await world.store(lambda store: store.deliveries.answered(3, ["coaching.ask"], at)) == []


async def test_it_is_turned_off_and_on_again(world: World) -> None:
    ann = await _turned_on(world, "ann")
    await world.moves_to(NEXT_MONDAY)
    await ann.presses("Why this question?")
    await ann.presses("No more questions")
    assert "I send you no more coaching questions." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 2, 9, 1, tzinfo=UTC))
    assert len(_asked(ann)) == 1
    await ann.says("prompts")
    assert "Coaching questions" in ann.messages[-1].text
    assert "You stopped this." in ann.messages[-1].text
    await ann.says("coaching questions")
    await ann.presses("Send me one a week")
    await world.moves_to(datetime(2027, 2, 16, 9, 1, tzinfo=UTC))
    assert len(_asked(ann)) > 1


async def test_prompts_show_it_only_to_those_who_turned_it_on(world: World) -> None:
    ann, bea = await _turned_on(world, "ann"), world.person("bea")
    await bea.says("prompts")
    assert "Coaching questions" not in bea.messages[-1].text
    await ann.says("prompts")
    assert "Coaching questions" in ann.messages[-1].text
    assert "Use the network’s time" not in ann.messages[-1].buttons
    await bea.says("schedule")
    assert "oaching questions" not in bea.messages[-1].text


async def test_it_can_come_on_another_day_and_more_seldom(world: World) -> None:
    ann = await _turned_on(world, "ann")
    await ann.says("prompts")
    await ann.presses("Change day and time")
    assert ann.form is not None
    await ann.sends({"How often?": "Every two weeks", "On which weekdays?": ("Thursday",), "At what time?": "2.30pm"})
    assert "Every two weeks on Thursday, at 2.30pm on your own clock." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 14, 14, 31, tzinfo=UTC))
    (first,) = _asked(ann)
    await world.moves_to(datetime(2027, 1, 21, 14, 31, tzinfo=UTC))
    assert "This question waits for you, if you like" in ann.messages[-1].text, (
        "with two weeks between there is a reminder"
    )
    assert next(one.text for one in BANK.questions if one.key == first) in ann.messages[-1].text
    assert await rows(world, "coaching_asked") == 1


async def test_whoever_is_in_no_network_is_told_so(world: World) -> None:
    fay = world.person("fay")
    await fay.says("coaching questions")
    await fay.presses("Send me one a week")
    assert "You are not in a network yet." in fay.messages[-1].text
    personal = await world.store(lambda store: [one for one in store.schedules.all() if one.wanted.person_id])
    assert personal == []
