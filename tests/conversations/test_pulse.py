"""A pulse, whole: begun, asked in the messages that people get anyway, answered, closed by itself, and talked about."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows, texts
from bench.world import World
from handlers.pulse import rules

NAME = "Sexual Health Network"
LINE = f"{NAME} has a pulse: five choices about how it is now."


async def _answers(hands: Hands, *levels: int) -> None:
    """Fill the open form."""
    assert hands.form is not None
    chosen = zip(rules.statements(), levels, strict=True)
    await hands.sends({one.text: f"{level}: {one.levels[level - 1]}" for one, level in chosen})


async def _types_and_answers(world: World, user: str, *levels: int) -> Hands:
    hands = world.person(user)
    await hands.says("pulse")
    if user == "dee":
        await hands.presses(NAME)
    await hands.presses("Answer")
    await _answers(hands, *levels)
    assert "It is kept. Nobody sees your answers." in hands.messages[-1].text
    return hands


async def test_all_of_a_network_say_how_it_is_and_see_what_they_said_and_nobody_sees_who(world: World) -> None:
    bea, ann, cal = (world.person(user) for user in ("bea", "ann", "cal"))
    for hands in (bea, ann, cal, world.person("ben"), world.person("dee")):
        await hands.says("help")
    await bea.says("pulse")
    await bea.presses("Begin a pulse")
    assert "It closes by itself on 9 February 2027." in bea.messages[-1].text
    await world.moves_to(datetime(2027, 1, 24, tzinfo=UTC))
    assert texts(ann).count(LINE) == 1
    await ann.presses("Answer")
    assert ann.form is not None
    assert "Nobody sees your answers. Your network sees the range, the middle and how many answered" in ann.form.intro
    await _answers(ann, 5, 4, 3, 2, 1)
    await _types_and_answers(world, "ben", 1, 2, 3, 4, 5)
    await _types_and_answers(world, "bea", 4, 4, 4, 4, 4)
    await _types_and_answers(world, "dee", 2, 3, 4, 4, 4)
    await world.moves_to(datetime(2027, 2, 7, tzinfo=UTC))
    assert texts(ann).count(LINE) == 1
    assert "Your two minutes would still help." not in texts(ann)
    assert texts(cal).count("Your two minutes would still help.") == 1
    await _types_and_answers(world, "cal", 4, 1, 4, 4, 4)
    await ann.presses("Change my answers")
    await _answers(ann, 5, 5, 3, 2, 1)
    assert await rows(world, "pulse_answers") == 25
    await world.moves_to(datetime(2027, 2, 10, 12, tzinfo=UTC))
    assert f"The pulse of {NAME} has closed. 5 people answered" in texts(bea)
    assert await rows(world, "pulse_answers") == 0
    await cal.says("pulse")
    shown = cal.messages[-1].text
    assert "common purpose 4 (from 1 to 5), co-operative structure 3 (from 1 to 5)" in shown
    assert "What surprised you?" in shown
    assert "Health Foundation, March 2014" in shown
    fay = world.person("fay")
    await fay.says("pulse")
    assert "No network has shown a pulse to the faculty yet." in fay.messages[-1].text
    await cal.presses("Show it to the faculty")
    await fay.says("pulse")
    assert "common purpose 4 (from 1 to 5)" in fay.messages[-1].text
