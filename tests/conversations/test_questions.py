"""Questions: a co-ordinator changes the check-in of their network, version by version."""

from __future__ import annotations

from bench.driver import Hands
from bench.world import World
from storage.records import Answer, Audience, Role, RoleHeld, Template

FEELING, MOVED = "How is the network doing just now?", "What has moved since last time?"


async def _network_id(world: World, key: str = "sexual-health") -> int:
    network = await world.store(lambda store: store.networks.by_key(key))
    assert network is not None
    return network.id


async def _versions(world: World) -> list[Template]:
    network_id = await _network_id(world)
    return await world.store(lambda store: store.templates.versions(network_id))


async def _labels(world: World) -> list[str]:
    return [one.label for one in (await _versions(world))[-1].questions]


async def _another_coordinator(world: World, user: str = "cal") -> Hands:
    hands, network_id = world.person(user), await _network_id(world)
    account = hands.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    await world.store(lambda store: store.people.add_role(person.id, RoleHeld(Role.COORDINATOR, network_id)))
    return hands


async def test_a_coordinator_reads_the_questions_in_their_order(world: World) -> None:
    bea = world.person("bea")
    await bea.says("questions")
    said = bea.messages[-1].text
    assert said.index(f"1. {FEELING}") < said.index(f"2. {MOVED}")
    assert "Scale from 1 to 5, stuck to thriving" in said
    assert "only if “What is in the way?” is answered" in said
    assert "asks you for help" in said


async def test_a_member_is_told_who_can(world: World) -> None:
    ann = world.person("ann")
    await ann.says("questions")
    assert "Only the co-ordinators of a network can change its questions." in ann.messages[-1].text


async def test_a_question_is_added_and_older_answers_stay_readable(world: World) -> None:
    bea, network_id = world.person("bea"), await _network_id(world)
    await bea.says("questions")
    await bea.presses("Add a question")
    await bea.sends(
        {
            "What do you want to ask?": "Where did you meet?",
            "What kind of answer?": "One choice",
            "The choices": "On a ward\nIn a clinic",
            "Who can read": "Everyone in the network",
        }
    )
    said = bea.messages[-1].text
    assert "That is kept." in said
    assert "7. Where did you meet?" in said
    assert "On a ward; In a clinic" in said
    first, second = await _versions(world)
    assert len(first.questions) == 6
    assert second.questions[-1].choices == ("On a ward", "In a clinic")
    assert second.questions[-1].audience is Audience.NETWORK
    again = await world.store(lambda store: store.templates.by_id(first.id))
    assert again == first
    entries = await world.store(lambda store: store.audit.of_kind("changed questions"))
    assert [one.detail for one in entries] == [f"network {network_id} version 2"]


async def test_an_edited_question_keeps_its_key_and_its_history(world: World) -> None:
    bea = world.person("bea")
    await bea.says("questions")
    await bea.presses("Edit", nth=1)
    assert bea.form is not None
    assert bea.form.question("What do you want to ask?").value == MOVED
    await bea.sends({"What do you want to ask?": "What moved?"})
    assert "2. What moved?" in bea.messages[-1].text
    assert [version.questions[1].key for version in await _versions(world)] == ["moved", "moved"]
    await bea.presses("Edit", nth=1)
    await bea.sends({"What kind of answer?": "Short text"})
    assert (await _versions(world))[-1].questions[1].key == "what_moved"


async def test_what_does_not_fit_is_asked_again_and_nothing_typed_is_lost(world: World) -> None:
    bea = world.person("bea")
    await bea.says("questions")
    await bea.presses("Add a question")
    await bea.sends({"What do you want to ask?": "Where?", "What kind of answer?": "One choice", "The choices": "Here"})
    assert bea.form is not None
    assert bea.form.errors == {
        "The choices, one on each line": "Give 2 to 10 choices, one on each line. Now there is 1."
    }
    assert bea.form.question("What do you want to ask?").value == "Where?"
    await bea.sends({"The choices": "Here\nThere"})
    assert (await _labels(world))[-1] == "Where?"


async def test_questions_are_moved_and_removed_but_not_from_those_that_need_them(world: World) -> None:
    bea = world.person("bea")
    await bea.says("questions")
    await bea.presses("Move up", nth=0)
    assert (await _labels(world))[:2] == [MOVED, FEELING]
    await bea.presses("Remove", nth=1)
    assert FEELING not in await _labels(world)
    await bea.presses("Remove", nth=1)
    assert "Change when that is asked, or remove it, then try again." in bea.messages[-1].text
    await bea.says("questions")
    await bea.presses("Move up", nth=1)
    assert "Change when it is asked, then move it up." in bea.messages[-1].text
    assert len(await _versions(world)) == 3


async def test_the_products_questions_come_back(world: World) -> None:
    bea = world.person("bea")
    before = await _labels(world)
    await bea.says("questions")
    await bea.presses("Remove", nth=0)
    assert await _labels(world) != before
    await bea.presses("Use Weaver's questions")
    assert await _labels(world) == before
    await bea.presses("Use Weaver's questions")
    assert "Nothing has changed." in bea.messages[-1].text


async def test_two_who_edit_at_once_lose_nothing(world: World) -> None:
    bea, cal = world.person("bea"), await _another_coordinator(world)
    await bea.says("questions")
    await bea.presses("Edit", nth=1)
    await cal.says("questions")
    await cal.presses("Remove", nth=5)
    await bea.sends({"What do you want to ask?": "What moved?"})
    assert bea.form is not None
    [sentence] = bea.form.errors.values()
    assert "“Is there an idea worth trying?” was taken out." in sentence
    assert bea.form.question("What do you want to ask?").value == "What moved?"
    await bea.sends()
    labels = await _labels(world)
    assert labels[1] == "What moved?"
    assert "Is there an idea worth trying?" not in labels


async def test_a_question_that_was_taken_out_meanwhile_can_come_back(world: World) -> None:
    bea, cal = world.person("bea"), await _another_coordinator(world)
    await bea.says("questions")
    await bea.presses("Edit", nth=5)
    await cal.says("questions")
    await cal.presses("Remove", nth=5)
    await bea.sends({"What do you want to ask?": "An idea?"})
    assert bea.form is not None
    assert "put your question at the end" in "".join(bea.form.errors.values())
    await bea.sends()
    assert (await _labels(world))[-1] == "An idea?"


async def test_a_press_on_an_overtaken_list_does_nothing_and_says_so(world: World) -> None:
    bea, cal = world.person("bea"), await _another_coordinator(world)
    await bea.says("questions")
    await cal.says("questions")
    await cal.presses("Remove", nth=5)
    before = await _labels(world)
    await bea.presses("Remove", nth=0)
    assert "I did nothing, since the questions have changed" in bea.messages[-1].text
    assert await _labels(world) == before


async def test_eight_questions_are_the_most(world: World) -> None:
    bea = world.person("bea")
    await bea.says("questions")
    for label in ("Seventh?", "Eighth?"):
        await bea.presses("Add a question")
        await bea.sends({"What do you want to ask?": label})
    assert "That is the most." in bea.messages[-1].text
    assert "Add a question" not in bea.messages[-1].buttons


async def test_someone_in_two_networks_chooses_first(world: World) -> None:
    kit = await _another_coordinator(world, "kit")
    await kit.says("questions")
    await kit.presses("Medical Training Voices")
    assert "Check-in questions of Medical Training Voices" in kit.messages[-1].text


async def test_a_button_from_before_is_authorised_again(world: World) -> None:
    bea, network_id = world.person("bea"), await _network_id(world)
    account = bea.account
    await bea.says("questions")
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    held = RoleHeld(Role.COORDINATOR, network_id)
    await world.store(lambda store: store.people.remove_role(person.id, held))
    await bea.presses("Remove", nth=0)
    assert "Only the co-ordinators of a network" in bea.messages[-1].text
    assert len(await _versions(world)) == 1


async def test_an_answer_to_an_older_version_reads_as_it_did(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    account = ann.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    [first] = await _versions(world)
    given = (Answer("moved", "Two wards said yes", Audience.NETWORK),)
    week_on, at = world.clock.now().date(), world.clock.now()
    await world.store(lambda store: store.checkins.record(first.network_id, person.id, first.id, week_on, at, given))
    await bea.says("questions")
    await bea.presses("Remove", nth=1)
    await ann.says("history")
    assert MOVED in ann.messages[-1].text
    assert "Two wards said yes" in ann.messages[-1].text
