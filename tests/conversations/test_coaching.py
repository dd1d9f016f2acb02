"""Coach me: a private talk of one question at a time, that can be left, stopped, shared in part, and looked back on."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows, saved, texts
from bench.world import World

WANT = "People ring each other and do not wait for me"
WORKS = "Two wards ring already"
PLAN = {"When will you do it?": "the rota is out", "What will you do then?": "I will ring the ward."}
SAID = "When the rota is out, I will ring the ward."


async def _talks(hands: Hands, plan: dict[str, str | tuple[str, ...]] | None = None) -> None:
    """A whole talk, from the first question to the plan."""
    await hands.says("coach me")
    if "What is better since then?" in hands.messages[-1].text:
        await hands.presses("Skip this question")
    await hands.presses("Answer")
    await hands.sends({"What do you want": WANT})
    await hands.presses("4")
    await hands.presses("Answer")
    await hands.sends({"You are at 4": WORKS})
    await hands.presses("Answer")
    await hands.sends(plan or dict(PLAN))


async def _shares(hands: Hands, label: str) -> None:
    await hands.presses("Share my plan")
    await hands.sends({"With whom": label})


async def test_someone_goes_through_a_talk_one_question_at_a_time(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    for words in ("nobody else reads this", "stop at any time", "What do you want to be different"):
        assert words in ann.messages[-1].text
    await ann.presses("Answer")
    assert ann.form is not None
    assert "Only you can read this." in ann.form.questions[0].hint
    assert len(ann.form.questions) == 1
    await ann.sends({"What do you want": WANT})
    assert "Where are you now?" in ann.messages[-1].text
    await ann.presses("4")
    assert "You are at 4, and not at 0. What already works?" in ann.messages[-1].text
    await ann.presses("Answer")
    await ann.sends({"You are at 4": WORKS})
    assert f"You have this to build on: “{WORKS}”" in ann.messages[-1].text
    await ann.presses("Answer")
    await ann.sends(dict(PLAN))
    assert "That is your plan. Only you can read it." in ann.messages[-1].text
    assert SAID in ann.messages[-1].text


async def test_a_plan_becomes_a_goal_that_only_its_author_can_read_and_only_one(world: World) -> None:
    ann = world.person("ann")
    await _talks(ann)
    await ann.presses("Make it a goal")
    assert "It is one of your goals now, and only you can read the goal." in ann.messages[-1].text
    await ann.presses("Make it a goal")
    assert "This is one of your goals already." in ann.messages[-1].text
    await ann.says("goals")
    assert ann.messages[-1].text.count(SAID) == 1
    bea = world.person("bea")
    await bea.says("goals")
    assert SAID not in bea.messages[-1].text


async def test_a_second_talk_builds_on_the_plan_of_the_last(world: World) -> None:
    ann = world.person("ann")
    await _talks(ann)
    world.clock.move(weeks=3)
    await ann.says("coach me")
    assert f"On Tuesday 12 January you said: “{SAID}”" in ann.messages[-1].text
    assert "What is better since then?" in ann.messages[-1].text
    await ann.presses("Answer")
    await ann.sends({"What is better": "She rang me back"})
    assert "What do you want to be different" in ann.messages[-1].text
    await ann.presses("Stop here")
    await ann.says("coach me")
    assert "you said" not in ann.messages[-1].text, "the plan has been looked back on"


async def test_every_question_can_be_skipped_and_none_is_asked_twice(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    for _ in range(4):
        await ann.presses("Skip this question")
    assert "That was the last question." in ann.messages[-1].text
    assert "Share my plan" not in ann.messages[-1].buttons


async def test_a_talk_goes_on_days_later_with_what_was_said(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": WANT})
    world.clock.move(days=5)
    await ann.says("coach me")
    for words in ("You began this talk on Tuesday 12 January.", WANT, "Where are you now?"):
        assert words in ann.messages[-1].text
    assert await rows(world, "coaching_talks") == 1


async def test_a_talk_goes_on_on_the_other_platform(two_platforms: World) -> None:
    on_slack, on_teams = two_platforms.person("ann", "slack"), two_platforms.person("ann", "teams")
    await on_slack.says("coach me")
    await on_slack.presses("Answer")
    await on_slack.sends({"What do you want": WANT})
    await on_teams.says("coach me")
    assert WANT in on_teams.messages[-1].text
    await on_teams.presses("10")
    await on_teams.presses("Answer")
    await on_teams.sends({"You are at 10": WORKS})
    await on_slack.says("coach me")
    assert f"You have this to build on: “{WORKS}”" in on_slack.messages[-1].text


async def test_it_can_be_stopped_and_gone_on_with_after_all(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": WANT})
    await ann.presses("Stop here")
    assert "We have stopped. What you said is kept, and only you can read it." in ann.messages[-1].text
    await ann.presses("Go on after all")
    assert "Where are you now?" in ann.messages[-1].text
    await ann.presses("0")
    assert "You are at 0. What helps you to carry on?" in ann.messages[-1].text


async def test_two_talks_do_not_go_on_at_once(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": WANT})
    await ann.presses("Stop here")
    stopped = len(ann.messages)
    await ann.says("coach me")
    await ann.presses("Go on after all")
    assert "You are in another talk now." in ann.messages[-1].text
    assert len(ann.messages) > stopped
    assert await rows(world, "coaching_talks") == 2


async def test_of_a_talk_in_which_nothing_was_said_nothing_is_kept(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Stop here")
    assert "nothing is kept" in ann.messages[-1].text
    assert await rows(world, "coaching_talks") == 0


async def test_a_day_that_cannot_be_is_said_and_nothing_typed_is_lost(world: World) -> None:
    ann = world.person("ann")
    await _talks(ann, {**PLAN, "Which day": "2026-01-12"})
    assert ann.form is not None
    assert ann.form.errors == {"Which day could that be?": "This day has passed."}
    assert ann.form.question("When will you").value == "the rota is out"
    await ann.sends({"Which day": "2027-01-14"})
    assert "The day for it is Thursday 14 January." in ann.messages[-1].text


async def test_an_answer_to_a_talk_that_has_ended_is_kept_in_it(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": WANT})
    await ann.presses("4")
    await ann.presses("Answer")
    form = ann.form
    assert form is not None
    account = ann.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    talk = await world.store(lambda store: store.coaching.going_on(person.id))
    assert talk is not None
    await world.store(lambda store: store.coaching.change(talk, {"ended_at": world.clock.now()}))
    await ann.sends({"You are at 4": WORKS})
    assert "That is kept in your talk of 12 January 2027." in ann.messages[-1].text
    await ann.presses("My coaching")
    assert WORKS in ann.messages[-1].text


async def test_a_plan_is_shared_with_one_colleague_only_when_that_is_pressed(world: World) -> None:
    ann, ben, bea = (world.person(user) for user in ("ann", "ben", "bea"))
    for someone in (ben, bea):
        await someone.says("help")
    await _talks(ann)
    await world.moves_to(datetime(2027, 1, 14, 12, tzinfo=UTC))
    assert SAID not in texts(ben)
    await _shares(ann, "Ben Example, Sexual Health Network")
    assert "Ben Example can now read your plan, and nothing else." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 16, 12, tzinfo=UTC))
    assert f"Ann Example shares a plan with you: “{SAID}”" in ben.messages[-1].text
    await ben.presses("Plans shared with me")
    assert SAID in ben.messages[-1].text
    assert WANT not in texts(ben)
    assert SAID not in texts(bea)
    await world.moves_to(datetime(2027, 2, 14, 12, tzinfo=UTC))
    assert sum("shares a plan with you" in one.text for one in ben.messages) == 1, "told once"


async def test_sharing_can_be_stopped(world: World) -> None:
    ann, ben = world.person("ann"), world.person("ben")
    await _talks(ann)
    await _shares(ann, "Ben Example, Sexual Health Network")
    await ann.presses("My coaching")
    assert "You share this plan with Ben Example." in ann.messages[-1].text
    await ben.says("my coaching")
    assert "Plans shared with me (1)" in ben.messages[-1].buttons
    await ann.presses("Answer")
    assert ann.form is not None
    assert "You and Ben Example can read this." in ann.form.question("When will you").hint
    await ann.sends(dict(PLAN))
    assert "That is your plan. You and Ben Example can read it." in ann.messages[-1].text
    await ann.presses("My coaching")
    await ann.presses("Stop sharing: Ben Example")
    assert "You share this plan" not in ann.messages[-1].text
    await ben.presses("Plans shared with me (1)")
    assert "Nobody shares a plan with you now." in ben.messages[-1].text


async def test_ones_talks_are_read_and_deleted(world: World) -> None:
    ann = world.person("ann")
    await _talks(ann)
    await ann.says("my coaching")
    for words in ("You have had 1 talk.", WANT, WORKS, "4, from 0 to 10", SAID):
        assert words in ann.messages[-1].text
    await ann.presses("Delete")
    assert "You have no talks yet." in ann.messages[-1].text
    assert await rows(world, "coaching_talks") == 0


async def test_a_very_long_answer_is_cut_on_the_page_and_whole_at_a_press(world: World) -> None:
    ann, long = world.person("ann"), "We talked and talked about it. " * 90 + "The end."
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": long})
    await ann.says("my coaching")
    assert "The end." not in ann.messages[-1].text
    await ann.presses("Read all of it")
    assert "The end." in ann.messages[-1].text


async def test_talks_are_in_the_copy_and_go_with_an_erasure(world: World) -> None:
    ann, ben = world.person("ann"), world.person("ben")
    await _talks(ann)
    await _shares(ann, "Ben Example, Sexual Health Network")
    await ann.says("export")
    told = await saved(ann)
    for words in (WANT, WORKS, SAID, "Shared with: Ben Example"):
        assert words in told
    await ben.says("export")
    assert WANT not in await saved(ben)
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    assert await rows(world, "coaching_talks") == 0
    assert await rows(world, "coaching_shares") == 0
