"""The question bank: co-ordinators look through it, switch questions off, and add their own; nobody else may."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import rows
from bench.world import World
from storage.records import Role, RoleHeld

NEXT_MONDAY = datetime(2027, 1, 18, 9, 1, tzinfo=UTC)
OWN = "What would your grandmother say to it?"


async def _opens(world: World) -> Hands:
    bea = world.person("bea")
    await bea.says("question bank")
    assert "Coaching questions of Sexual Health Network" in bea.messages[-1].text
    return bea


async def test_a_co_ordinator_looks_through_the_bank(world: World) -> None:
    bea = await _opens(world)
    assert "You never see who does." in bea.messages[-1].text
    await bea.presses("Common purpose")
    first = bea.messages[-1].text
    assert "What would a patient notice first if your network did its work well?" in first
    await bea.presses("Older")
    assert bea.messages[-1].text != first
    await bea.presses("All shelves")
    await bea.presses("Plans and goals")
    assert "“their own words”" in bea.messages[-1].text


async def test_a_question_is_switched_off_and_on_again(world: World) -> None:
    bea = await _opens(world)
    await bea.presses("Common purpose")
    await bea.presses("Switch off", nth=0)
    assert "Switched off: What would a patient notice first" in bea.messages[-1].text
    ann = world.person("ann")
    await ann.says("coaching questions")
    await ann.presses("Send me one a week")
    await world.moves_to(NEXT_MONDAY)
    assert "A question to think about" in ann.messages[-1].text
    assert "What would a patient notice first" not in ann.messages[-1].text
    await bea.says("question bank")
    assert "1 switched off" in bea.messages[-1].text
    await bea.presses("Common purpose")
    await bea.presses("Switch on")
    assert "Switched off" not in bea.messages[-1].text
    assert await rows(world, "coaching_switched_off") == 0


async def test_a_question_of_ones_own_is_added_and_asked(world: World) -> None:
    bea, ann = await _opens(world), world.person("ann")
    await ann.says("coaching questions")
    await ann.presses("Send me one a week")
    await bea.presses("Add a question")
    await bea.sends({"What do you want to ask?": OWN, "What is it about?": "What the network is for"})
    assert "That is added for Sexual Health Network." in bea.messages[-1].text
    assert "advice" not in bea.messages[-1].text
    await world.moves_to(NEXT_MONDAY)
    assert OWN in ann.messages[-1].text
    await ann.presses("Why this question?")
    assert "Because it is one of your network’s own questions." in ann.messages[-1].text
    await bea.says("question bank")
    await bea.presses("Your own")
    await bea.presses("Take out")
    assert "That question is taken out." in bea.messages[-1].text
    await ann.presses("Write an answer")
    await ann.sends({OWN: "She would laugh"})
    assert "Your answer is kept" in ann.messages[-1].text


async def test_advice_on_style_stops_nobody_and_a_question_stands_once(world: World) -> None:
    bea = await _opens(world)
    await bea.presses("Add a question")
    await bea.sends({"What do you want to ask?": "Is it done?"})
    assert "It can be answered with yes or no" in bea.messages[-1].text
    await bea.presses("Add a question")
    await bea.sends({"What do you want to ask?": "is  it done?"})
    assert bea.form is not None
    assert "in the list already" in bea.form.errors["What do you want to ask?"]
    assert await rows(world, "coaching_own_questions") == 1


async def test_patient_details_do_not_get_into_a_question(world: World) -> None:
    bea = await _opens(world)
    await bea.presses("Add a question")
    await bea.sends({"What do you want to ask?": "How is NHS number 943 476 5919?"})
    assert bea.form is not None
    assert bea.form.errors
    assert await rows(world, "coaching_own_questions") == 0


async def test_only_co_ordinators_of_the_network_may_and_each_press_is_looked_up_again(world: World) -> None:
    ann, bea = world.person("ann"), await _opens(world)
    await ann.says("question bank")
    assert "Only the co-ordinators of a network" in ann.messages[-1].text
    await bea.presses("Common purpose")
    account = bea.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    held = RoleHeld(Role.COORDINATOR, person.network_ids[0])
    await world.store(lambda store: store.people.remove_role(person.id, held))
    await bea.presses("Switch off", nth=0)
    assert "Only the co-ordinators of a network" in bea.messages[-1].text
    assert await rows(world, "coaching_switched_off") == 0
