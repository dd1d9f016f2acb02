"""S3: every button and form of pulses, forged, too early, too late, and by those who have no part in them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bench.straight import Straight, account, words_in
from handlers import find_routes
from handlers.kit.events import Values
from handlers.kit.replies import Ask, Reply
from handlers.pulse import rules
from storage.records import Role, RoleHeld
from storage.store import Store

ROUTES = find_routes()
PRESSES = [name for name in ROUTES.presses if name.startswith("pulse.")]
FORMS = [name for name in ROUTES.forms if name.startswith("pulse.")]
KEYS = [one.key for one in rules.statements()]
ARGUMENTS = ("", "0", "1", "2", "3", "1.1", "x", "999999999")
MEMBERS = ["ann", "ben", "bea", "cal", "dee"]


def _levels(level: int) -> Values:
    return {key: str(level) for key in KEYS}


async def begin(straight: Straight) -> None:
    assert "has begun. Everyone finds a line" in words_in(await straight.presses("bea", "pulse.begin", "1"))


async def answer(straight: Straight, levels: Sequence[int], pulse: str = "1") -> None:
    for user, level in zip(MEMBERS, levels, strict=False):
        assert "It is kept." in words_in(await straight.fills(user, "pulse.answer", pulse, _levels(level)))


async def forge(straight: Straight, user: str) -> list[Reply]:
    """All of someone's presses and forms, in every shape that an argument has."""
    doings = []
    for argument in ARGUMENTS:
        doings += [straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            doings += [straight.opens(user, form, argument), straight.sends(user, form, argument, _levels(1))]
    return await asyncio.gather(*doings)


@pytest.mark.parametrize("user", ["kit", "fay", "sam"])
@pytest.mark.parametrize("has_closed", [False, True])
async def test_a_pulse_is_closed_to_all_outside_of_its_network(straight: Straight, user: str, has_closed: bool) -> None:
    """Kit co-ordinates another network, Fay is of the faculty, and nobody knows Sam."""
    await begin(straight)
    await answer(straight, [1, 2, 3, 4, 5])
    if has_closed:
        straight.clock.move(weeks=4)
        assert "5 people answered" in words_in(await straight.says("ann", "pulse"))
    before = await straight.tables()
    said = "\n".join(words_in(one) for one in await forge(straight, user))
    for words in ("people answered", "middle of the answers", "Two-minute pulse", "went wrong"):
        assert words not in said
    after = await straight.tables()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


async def test_a_member_can_answer_but_neither_begin_nor_show_it(straight: Straight) -> None:
    await forge(straight, "ann")
    assert (await straight.tables())["pulses"] == []
    await begin(straight)
    await answer(straight, [1, 2, 3, 4, 5])
    straight.clock.move(weeks=4)
    await straight.says("ann", "pulse")
    before = (await straight.tables())["pulses"]
    assert "went wrong" not in "\n".join(words_in(one) for one in await forge(straight, "ann"))
    assert (await straight.tables())["pulses"] == before


async def test_nonsense_is_no_answer(straight: Straight) -> None:
    await begin(straight)
    for values in ({}, {KEYS[0]: "6"}, {KEYS[0]: "0"}, {KEYS[0]: "x"}, {"other": "3"}, {KEYS[0]: ("1", "2")}):
        said = words_in(await straight.sends("ann", "pulse.answer", "1", values))
        assert "It is kept" not in said
        assert "went wrong" not in said
    assert (await straight.tables())["pulse_answers"] == []


async def test_answers_are_taken_until_it_closes_and_not_after(straight: Straight) -> None:
    await begin(straight)
    await answer(straight, [1, 2, 3, 4, 5])
    form = await straight.opens("ann", "pulse.answer", "1")
    assert isinstance(form, Ask)
    straight.clock.move(weeks=4)
    assert "has closed" in words_in(await straight.sends("ann", "pulse.answer", "1", _levels(5)))
    assert "has closed" in words_in(await straight.presses("ann", "pulse.out", "1"))
    assert "1 to 5" in words_in(await straight.says("ann", "pulse"))
    assert (await straight.tables())["pulse_answers"] == []


async def test_who_has_left_can_take_their_answers_out_and_reads_nothing_more(straight: Straight) -> None:
    await begin(straight)
    await answer(straight, [1])

    def leaves(store: Store) -> None:
        ann = store.people.by_account(account("ann"))
        assert ann is not None
        store.people.remove_role(ann.id, RoleHeld(Role.MEMBER, 1))

    await straight.store(leaves)
    assert "taken out" in words_in(await straight.presses("ann", "pulse.out", "1"))
    assert (await straight.tables())["pulse_answers"] == []
    assert "not in a network" in words_in(await straight.says("ann", "pulse"))
    assert "for the people of its network" in words_in(await straight.opens("ann", "pulse.answer", "1"))


async def test_a_second_pulse_waits_for_three_months_even_after_one_that_came_to_nothing(straight: Straight) -> None:
    await begin(straight)
    assert "open already" in words_in(await straight.presses("cal", "pulse.begin", "1"))
    straight.clock.move(weeks=4)
    said = words_in(await straight.says("bea", "pulse"))
    assert "Fewer than five people answered" in said
    assert "The next one can begin on 13 April 2027." in said
    assert "Three months lie between" in words_in(await straight.presses("bea", "pulse.begin", "1"))
    straight.clock.move(weeks=9)
    await begin(straight)


async def test_in_a_network_of_fewer_than_five_no_pulse_begins(straight: Straight) -> None:
    assert "five people or more" in words_in(await straight.presses("kit", "pulse.begin", "2"))
    assert (await straight.tables())["pulses"] == []


async def test_one_of_several_networks_can_be_typed(straight: Straight) -> None:
    assert "Whose pulse do you want to see?" in words_in(await straight.says("dee", "pulse"))
    assert "Pulse of Medical Training Voices" in words_in(await straight.says("dee", "pulse training"))
