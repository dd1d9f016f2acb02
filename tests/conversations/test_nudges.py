"""What is sent unasked: it comes at a good time, and is put off, skipped, made rarer, stopped and asked why."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows, texts
from bench.world import World

SECOND_MONDAY = datetime(2027, 1, 25, 9, 1, tzinfo=UTC)
"""Members are asked every two weeks; the first Monday had passed when the bot was set up."""


async def _is_asked(world: World, user: str = "ann") -> Hands:
    """That person has met the bot, and is asked for a check-in on the Monday after next."""
    hands = world.person(user)
    await hands.says("prompts")
    assert "Next: Monday 25 January at 9am." in hands.messages[-1].text
    await world.moves_to(SECOND_MONDAY)
    assert "It is time for your check-in" in hands.messages[-1].text
    return hands


def _asked(hands: Hands) -> int:
    """How often someone was asked for a check-in."""
    return sum("Hello " in one.text for one in hands.messages)


async def test_a_prompt_comes_once_and_opens_the_check_in_where_it_stands(world: World) -> None:
    ann = await _is_asked(world)
    assert ann.messages[-1].text.startswith("Hello Ann.")
    assert ann.messages[-1].buttons == (
        "Answer now", "Later", "Skip this one", "Less often", "Stop", "Why did I get this?",
    )  # fmt: skip
    await ann.presses("Answer now")
    await ann.sends({"How is the network": "4"})
    assert "Thank you." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 5, 9, 0, tzinfo=UTC))
    assert _asked(ann) == 1


async def test_someone_in_two_networks_gets_one_message_for_both(world: World) -> None:
    dee = await _is_asked(world, "dee")
    said = dee.messages[-1].text
    assert "Sexual Health Network" in said
    assert "Medical Training Voices" in said
    assert _asked(dee) == 1


async def test_someone_who_has_just_checked_in_is_not_asked(world: World) -> None:
    ann = world.person("ann")
    await ann.says("prompts")
    await world.moves_to(datetime(2027, 1, 24, 18, 0, tzinfo=UTC))
    await ann.says("check in")
    if ann.form is None:
        await ann.presses("Check in")
    await ann.sends({"How is the network": "4"})
    await world.moves_to(SECOND_MONDAY)
    assert _asked(ann) == 0


async def test_without_an_answer_one_reminder_comes_and_then_silence(world: World) -> None:
    ann = await _is_asked(world)
    await world.moves_to(datetime(2027, 2, 1, 9, 1, tzinfo=UTC))
    assert _asked(ann) == 2
    assert "This is a reminder, and the only one." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 7, 12, 0, tzinfo=UTC))
    assert _asked(ann) == 2


async def test_what_is_put_off_comes_again_when_it_was_said_and_no_reminder_besides(world: World) -> None:
    ann = await _is_asked(world)
    await ann.presses("Later")
    assert ann.messages[-1].text == "When shall I ask again?"
    await ann.presses("Tomorrow")
    assert "I will ask again on Tuesday 26 January at 9am." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 26, 8, 59, tzinfo=UTC))
    assert _asked(ann) == 0, "the message that was put off has given its place to the answer"
    await world.moves_to(datetime(2027, 1, 26, 9, 1, tzinfo=UTC))
    assert "You asked me to come back to this." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 5, 9, 1, tzinfo=UTC))
    assert _asked(ann) == 1


async def test_it_can_be_put_off_by_an_hour_or_to_a_chosen_day(world: World) -> None:
    ann = await _is_asked(world)
    await ann.presses("Later")
    await ann.presses("In an hour")
    assert "I will ask again on Monday 25 January at 10.01am." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 25, 10, 2, tzinfo=UTC))
    await ann.presses("Later")
    await ann.presses("Choose a day")
    await ann.sends({"On which day": "2027-01-25"})
    assert ann.form is not None
    assert "26 January 2027" in ann.form.errors["On which day shall I ask again?"]
    await ann.sends({"On which day": "2027-01-30"})
    assert "I will ask again on Monday 1 February at 9am." in ann.messages[-1].text, "the 30th is a Saturday"


async def test_a_skipped_one_is_done_with(world: World) -> None:
    ann = await _is_asked(world)
    await ann.presses("Skip this one")
    assert "I skip this one, and send no reminder." in ann.messages[-1].text
    assert "The next one comes on Monday 8 February at 9am." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 7, 12, 0, tzinfo=UTC))
    assert _asked(ann) == 0


async def test_less_often_is_half_as_often_however_often_it_is_pressed(world: World) -> None:
    ann = await _is_asked(world)
    for _ in range(2):
        await ann.presses("Less often")
        assert "You now get check-in prompts every second time." in ann.messages[-1].text
    await ann.says("prompts")
    assert "You get it every second time." in ann.messages[-1].text
    await ann.presses("Every time")
    assert "You now get check-in prompts every time." in ann.messages[-1].text


async def test_stop_stops_and_start_again_starts_again(world: World) -> None:
    ann = await _is_asked(world)
    await ann.presses("Stop")
    assert "I have stopped check-in prompts for you." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 10, 9, 0, tzinfo=UTC))
    assert _asked(ann) == 0
    await ann.says("prompts")
    assert "You stopped this." in ann.messages[-1].text
    await ann.presses("Start again")
    assert "You get check-in prompts again." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 22, 9, 1, tzinfo=UTC))
    assert _asked(ann) == 1


async def test_why_it_came_is_said_with_a_way_to_change_it(world: World) -> None:
    ann = await _is_asked(world)
    await ann.presses("Why did I get this?")
    said = ann.messages[-1].text
    for words in ("Check-in prompts", "Every two weeks on Monday", "9am on your own clock", "The programme"):
        assert words in said
    await ann.presses("Change day and time")
    assert ann.form is not None
    assert ann.form.question("At what time?").value == "9am"


async def test_a_late_answer_says_which_question_it_answers(world: World) -> None:
    ann = await _is_asked(world)
    await world.moves_to(datetime(2027, 2, 3, 12, 0, tzinfo=UTC))
    await ann.presses("Answer now")
    await ann.sends({"How is the network": "4"})
    assert "This also answers what I asked on Monday 25 January." in ann.messages[-1].text


async def test_two_silences_halve_it_and_ask_once_whether_that_is_right(world: World) -> None:
    ann = await _is_asked(world)
    await world.moves_to(datetime(2027, 2, 8, 9, 1, tzinfo=UTC))
    assert "half as often" not in texts(ann)
    await world.moves_to(datetime(2027, 2, 22, 9, 1, tzinfo=UTC))
    assert "I now write half as often. Is that right?" in ann.messages[-1].text
    await ann.presses("No, as before")
    assert "You now get check-in prompts every time." in ann.messages[-1].text
    for monday in (8, 22):
        await world.moves_to(datetime(2027, 3, monday, 9, 1, tzinfo=UTC))
        assert "Hello Ann." in ann.messages[-1].text
        assert "half as often" not in ann.messages[-1].text


async def test_a_day_and_time_of_ones_own_counts_before_the_networks(world: World) -> None:
    ann = world.person("ann")
    await ann.says("my prompts")
    await ann.presses("Change day and time")
    await ann.sends({"How often?": "Every week", "On which weekdays?": ("Thursday",), "At what time?": "after clinic"})
    assert ann.form is not None
    assert list(ann.form.errors) == ["At what time?"]
    await ann.sends({"At what time?": "2.30pm"})
    assert "Every week on Thursday, at 2.30pm on your own clock." in ann.messages[-1].text
    assert "Next: Thursday 14 January at 2.30pm." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 14, 14, 31, tzinfo=UTC))
    assert _asked(ann) == 1
    await ann.says("prompts")
    await ann.presses("Use the network’s time")
    assert "Every two weeks on Monday, at 9am on your own clock." in ann.messages[-1].text


async def test_choosing_how_often_undoes_less_often_and_a_bare_three_is_in_the_afternoon(world: World) -> None:
    ann = world.person("ann")
    await ann.says("prompts")
    await ann.presses("Less often")
    await ann.says("prompts")
    await ann.presses("Change day and time")
    await ann.sends({"How often?": "Every four weeks", "At what time?": "3.15"})
    assert "Every four weeks on Monday, at 3.15pm on your own clock." in ann.messages[-1].text
    assert "second time" not in ann.messages[-1].text


async def test_faculty_get_nothing_unasked_and_are_told_so(world: World) -> None:
    fay = world.person("fay")
    await fay.says("prompts")
    assert "I send you nothing unasked." in fay.messages[-1].text
    assert fay.messages[-1].buttons == ("What can I do?",)
    assert await rows(world, "wishes") == 0


async def test_stopped_on_one_platform_is_stopped_on_the_other(two_platforms: World) -> None:
    world = two_platforms
    on_slack, on_teams = world.person("ann", "slack"), world.person("ann", "teams")
    await on_teams.says("help")
    await _is_asked(world)
    assert _asked(on_slack) + _asked(on_teams) == 1
    await on_teams.says("prompts")
    await on_teams.presses("Stop")
    await on_slack.presses("Later")
    assert "I have stopped check-in prompts for you." in on_slack.messages[-1].text
    await world.moves_to(datetime(2027, 2, 10, 9, 0, tzinfo=UTC))
    assert _asked(on_slack) + _asked(on_teams) == 0
