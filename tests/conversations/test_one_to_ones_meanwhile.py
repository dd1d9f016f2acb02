"""One-to-ones in which something changes between what was said and what is pressed: nobody is left waiting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bench.driver import Hands
from bench.stories import saved, texts
from bench.world import World
from storage.records import Role
from storage.store import Store

TIMES = "Tue 19 Jan 2pm\nWednesday 20 January 10.30"
WHOM = "Bea Co-ordinator, Sexual Health Network"


async def _suggests(fay: Hands, times: str = TIMES) -> None:
    await fay.says("one to one")
    await fay.presses("Suggest times")
    await fay.sends({"With whom": WHOM, "When could it be": times})


async def _soon(world: World) -> None:
    await world.moves_to(world.clock.now() + timedelta(minutes=1))


async def _asked(world: World, times: str = TIMES) -> tuple[Hands, Hands]:
    """Fay has suggested times, and Bea knows of them."""
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay, times)
    await _soon(world)
    return fay, bea


async def _opens(hands: Hands) -> None:
    await hands.says("one to one")
    await hands.presses("Open")


async def _erases(hands: Hands) -> None:
    await hands.says("erase my data")
    await hands.presses("Erase my data")
    await hands.sends({"Type erase": "erase"})


async def test_who_awaits_an_answer_is_told_though_other_times_were_taken_back_at_once(world: World) -> None:
    fay, bea = await _asked(world)
    await bea.presses("None of these")
    await bea.sends({"When could it be": "Fri 22 Jan 9"})
    await _opens(bea)
    await bea.presses("Take it back")
    await _soon(world)
    assert "Bea Co-ordinator took back the times for a one-to-one." in fay.messages[-1].text


async def test_what_the_other_changed_meanwhile_is_said_before_it_is_written_over(world: World) -> None:
    fay, bea = await _asked(world)
    await bea.presses("Tue 19 Jan, 2pm")
    await _opens(fay)
    await fay.presses("Change the details")
    await _opens(bea)
    await bea.presses("Change the details")
    await bea.sends({"What is it about": "My last review"})
    await fay.sends({"Where": "Room 9"})
    assert fay.form is not None
    assert "about “My last review”" in fay.form.errors["Where?"]


async def test_a_long_list_of_what_was_agreed_is_turned_page_by_page_and_the_copy_has_all_of_it(world: World) -> None:
    fay, bea = await _asked(world)
    await bea.presses("Tue 19 Jan, 2pm")
    await world.store(_agree_on_much)
    await _opens(bea)
    await bea.presses("Agreed actions")
    assert [f"Step {number}." in bea.messages[-1].text for number in (59, 55, 54)] == [True, True, False]
    await bea.presses("Older")
    assert [f"Step {number}." in bea.messages[-1].text for number in (55, 54, 50)] == [False, True, True]
    await bea.says("export")
    told = await saved(bea)
    assert [f"Fay Faculty: Step {number}." in told for number in (0, 59)] == [True, True]
    await _erases(fay)
    await bea.says("export")
    assert "nobody’s now: Step 0." in await saved(bea)


def _agree_on_much(store: Store) -> None:
    (fay,) = store.people.holding(Role.FACULTY)
    (meeting,) = store.one_to_ones.all_of(fay.id)
    for number in range(60):
        store.one_to_one_words.add_action(meeting.pair_id, fay.id, f"Step {number}.", meeting.changed_at)


async def test_whoever_suggested_and_left_is_not_said_to_have_been_asked(world: World) -> None:
    fay, bea = await _asked(world)
    await _erases(fay)
    await _soon(world)
    assert "The one-to-one that was suggested to you is off" in bea.messages[-1].text


async def test_who_asked_to_move_it_can_let_that_be(world: World) -> None:
    fay, bea = await _asked(world)
    await bea.presses("Tue 19 Jan, 2pm")
    await _opens(fay)
    await fay.presses("Move it")
    await fay.sends({"When could it be": "Fri 22 Jan 9"})
    await _soon(world)
    await _opens(fay)
    await fay.presses("Keep the old time")
    assert "It stays. I tell Bea Co-ordinator in their working hours." in texts(fay)
    await _soon(world)
    assert "Fay Faculty asks to keep the old time. You meet on Tuesday 19 January, 2pm" in bea.messages[-1].text
    await bea.presses("Fri 22 Jan, 9am")
    assert "That time is no longer open." in bea.messages[-1].text


async def test_that_two_meet_is_not_told_once_one_of_them_has_left(world: World) -> None:
    _, bea = await _asked(world)
    await bea.presses("Tue 19 Jan, 2pm")
    await _opens(bea)
    await world.store(_leaves_the_faculty)
    await bea.presses("Say that we meet")
    assert "One of you has left the faculty or the network." in bea.messages[-1].text
    await _opens(bea)
    assert "Say that we meet" not in bea.messages[-1].buttons


def _leaves_the_faculty(store: Store) -> None:
    (fay,) = store.people.holding(Role.FACULTY)
    for held in fay.roles:
        store.people.remove_role(fay.id, held)


async def test_who_cannot_hear_of_it_before_it_begins_is_to_be_told_in_person(world: World) -> None:
    fay, bea = await _asked(world, "tomorrow 7.30am")
    await world.moves_to(datetime(2027, 1, 12, 22, tzinfo=UTC))
    await bea.presses("Wed 13 Jan, 7.30am")
    assert "It is agreed. I can't write to Fay Faculty now, so please tell them yourself." in texts(bea)
    await world.moves_to(datetime(2027, 1, 13, 11, tzinfo=UTC))
    assert "agreed to a one-to-one" not in texts(fay)
