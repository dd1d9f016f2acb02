"""A co-ordinator sets prompts up; a member gets, puts off and answers them; and what the weeks after that bring."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows, texts
from bench.world import World


def _asked(hands: Hands) -> int:
    """How many messages that ask for something stand before someone."""
    return sum("Hello " in one.text for one in hands.messages)


async def _starts(world: World, cadence: str, weekday: str) -> Hands:
    """Ann has met the bot; Bea has prompts sent to the network's members at 3pm."""
    await world.person("ann").says("help")
    bea = world.person("bea")
    await bea.says("schedule")
    await bea.presses("Edit", 0)
    await bea.sends({"How often?": cadence, "On which weekdays?": (weekday,), "At what time?": "3pm"})
    return bea


async def _puts_it_off_to_four(world: World, ann: Hands) -> None:
    await ann.presses("Later")
    await ann.presses("In an hour")
    assert "I will ask again on Wednesday 13 January at 4pm." in ann.messages[-1].text
    assert _asked(ann) == 0
    await world.moves_to(datetime(2027, 1, 13, 16, 0, tzinfo=UTC))
    assert _asked(ann) == 1
    assert "You asked me to come back to this." in ann.messages[-1].text


async def test_from_setting_prompts_up_to_knowing_why_one_came(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    assert "Nothing is kept yet." in bea.messages[-1].text
    assert "Next: Wednesday 13 January at 3pm, to 3 people." in bea.messages[-1].text
    await bea.presses("Start this")
    assert "This is set for Sexual Health Network." in bea.messages[-1].text

    await world.moves_to(datetime(2027, 1, 13, 14, 59, tzinfo=UTC))
    assert _asked(ann) == 0
    await world.moves_to(datetime(2027, 1, 13, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 1
    assert "It is time for your check-in" in ann.messages[-1].text

    await _puts_it_off_to_four(world, ann)
    await ann.presses("Answer now")
    assert ann.form is not None, "it opens where the prompt stands"
    await ann.sends({"How is the network": "4"})
    assert "Thank you." in ann.messages[-1].text

    await ann.presses("Why did I get this?")
    for words in (
        "Members of Sexual Health Network",
        "Every week on Wednesday",
        "3pm on your own clock",
        "Bea Co-ordinator, for Sexual Health Network, on 12 January 2027",
        "You can choose your own day and time, get it less often, or stop it.",
    ):
        assert words in ann.messages[-1].text
    assert "Change day and time" in ann.messages[-1].buttons

    asked = _asked(ann)
    await world.moves_to(datetime(2027, 1, 20, 14, 59, tzinfo=UTC))
    assert _asked(ann) == asked, "it was answered, so nothing more comes this week"
    await world.moves_to(datetime(2027, 1, 20, 15, 0, tzinfo=UTC))
    assert _asked(ann) == asked + 1


async def test_after_weeks_away_one_message_comes_and_what_was_missed_is_shown(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 14, 9, 0, tzinfo=UTC))
    await ann.presses("Skip this one")
    await bea.says("deliveries")
    assert "Too late to send" not in bea.messages[-1].text
    await world.wakes_at(datetime(2027, 2, 24, 15, 1, tzinfo=UTC))
    assert _asked(ann) == 1, "no flood"
    await bea.says("deliveries")
    # Three people on 3, 10 and 17 February, Bea's own three weeks, and what Dee's other network asks her on the 8th.
    assert re.search(r"Too late to send\W+13\b", bea.messages[-1].text)
    await world.moves_to(datetime(2027, 3, 2, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 1


async def test_who_says_no_to_fewer_messages_is_not_asked_that_again(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    for day in (13, 20):
        await world.moves_to(datetime(2027, 1, day, 15, 0, tzinfo=UTC))
    assert "half as often" not in texts(ann)
    await world.moves_to(datetime(2027, 1, 27, 15, 0, tzinfo=UTC))
    assert "I now write half as often. Is that right?" in ann.messages[-1].text
    await ann.presses("No, as before")
    assert "You now get check-in prompts every time." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 2, 3, 15, 0, tzinfo=UTC))
    assert "It is time for your check-in" in ann.messages[-1].text
    assert texts(ann).count("half as often") == 1


async def test_who_says_yes_to_fewer_messages_gets_half_of_them(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    for day in (13, 20, 27):
        await world.moves_to(datetime(2027, 1, day, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 3
    await ann.presses("Yes, that is right")
    assert "You now get check-in prompts every second time." in ann.messages[-1].text
    for day, asked in ((3, 3), (10, 4), (17, 4), (24, 5)):
        await world.moves_to(datetime(2027, 2, day, 15, 0, tzinfo=UTC))
        assert _asked(ann) == asked
    assert texts(ann).count("Is that right?") == 1


async def test_who_answers_before_they_could_be_asked_whether_half_is_right_is_not_halved(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    for day in (13, 20):
        await world.moves_to(datetime(2027, 1, day, 15, 0, tzinfo=UTC))
    await world.moves_to(datetime(2027, 1, 24, 12, 0, tzinfo=UTC))
    await ann.presses("Answer now")
    await ann.sends({"How is the network": "4"})
    await ann.says("prompts")
    assert "every second time" not in ann.messages[-1].text
    asked = _asked(ann)
    for day in (3, 10):
        asked += 1
        await world.moves_to(datetime(2027, 2, day, 15, 0, tzinfo=UTC))
        assert _asked(ann) == asked


async def test_less_often_counts_for_what_is_planned_already(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 13, 15, 0, tzinfo=UTC))
    await world.moves_to(datetime(2027, 1, 17, 12, 0, tzinfo=UTC))
    assert await rows(world, "occurrences") > 4, "the week after is planned"
    await ann.presses("Less often")
    for day, asked in ((20, 1), (27, 2)):
        await world.moves_to(datetime(2027, 1, day, 15, 0, tzinfo=UTC))
        assert _asked(ann) == asked


async def test_a_schedule_that_is_changed_asks_nobody_twice_in_a_week(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Thursday"), world.person("ann")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 12, 12, 0, tzinfo=UTC))
    await _starts(world, "Every week", "Wednesday")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 14, 12, 0, tzinfo=UTC))
    assert _asked(ann) == 1, "on Wednesday"
    await _starts(world, "Every week", "Friday")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 22, 14, 59, tzinfo=UTC))
    assert _asked(ann) == 1, "not on Thursday, for which it was planned, nor on Friday"
    await world.moves_to(datetime(2027, 1, 22, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 2


async def test_what_was_put_off_does_not_take_the_place_of_the_next_one(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 13, 15, 0, tzinfo=UTC))
    await ann.presses("Later")
    await ann.presses("Next week")
    assert "I will ask again on Monday 18 January at 3pm." in ann.messages[-1].text
    for day, asked in ((17, 0), (18, 1), (19, 1), (20, 2)):
        await world.moves_to(datetime(2027, 1, day, 15, 0, tzinfo=UTC))
        assert _asked(ann) == asked


async def test_what_is_put_off_to_the_day_of_the_next_one_comes_with_it(world: World) -> None:
    bea, ann = await _starts(world, "Every week", "Wednesday"), world.person("ann")
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 19, 10, 0, tzinfo=UTC))
    await ann.presses("Later")
    await ann.presses("Tomorrow")
    assert "I will ask again on Wednesday 20 January at 3pm." in ann.messages[-1].text
    await world.moves_to(datetime(2027, 1, 20, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 1


async def test_a_first_schedule_counts_at_once_though_the_programmes_week_is_planned(world: World) -> None:
    await world.person("ann").says("help")
    await world.moves_to(datetime(2027, 1, 24, 12, 0, tzinfo=UTC))
    bea, ann = await _starts(world, "Every week", "Thursday"), world.person("ann")
    assert "Next: Thursday 28 January at 3pm" in bea.messages[-1].text
    await bea.presses("Start this")
    await world.moves_to(datetime(2027, 1, 28, 14, 59, tzinfo=UTC))
    assert _asked(ann) == 0, "the programme's Monday does not count any more"
    await world.moves_to(datetime(2027, 1, 28, 15, 0, tzinfo=UTC))
    assert _asked(ann) == 1
