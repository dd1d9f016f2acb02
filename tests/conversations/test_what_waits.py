"""Who runs a network hears unasked of requests for help that they may read, and sees what is missing as a number."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from bench.stories import check_in, texts
from bench.world import World
from storage.records import Account, Role, RoleHeld
from storage.unit import Store

NEXT_MONDAY = datetime(2027, 1, 18, 9, 0, tzinfo=UTC)
HELP: dict[str, str | tuple[str, ...]] = {"What is in the way?": "No room", "Would you like help": "Yes"}


async def test_a_co_ordinator_hears_of_help_that_was_asked_for_and_sees_by_whom(world: World) -> None:
    bea, cal = world.person("bea"), world.person("cal")
    for each in (bea, cal):
        await each.says("help")
    await check_in(world, "ann", HELP)
    await world.moves_to(NEXT_MONDAY)
    assert "1 person asked for help in Sexual Health Network." in bea.messages[-1].text
    assert "asked for help" not in texts(cal), "what only the co-ordinator may read is not told to the leader"
    await bea.presses("See who")
    assert "Asking for help: Ann Example" in bea.messages[-1].text
    assert "1 person asked for help in Sexual Health Network." in texts(bea), "the message with all else in it stays"


async def test_nobody_hears_of_their_own_request(world: World) -> None:
    bea = world.person("bea")
    await check_in(world, "bea", HELP)
    await world.moves_to(NEXT_MONDAY)
    assert "asked for help" not in texts(bea)


async def _five_are_asked(world: World) -> None:
    """With fewer there would be no number: Kit and Fay are members too."""
    for user in ("ann", "ben", "dee", "kit", "fay"):
        hands = world.person(user)
        await hands.says("help")
        if user in ("kit", "fay"):
            await world.store(partial(_let_in, account=hands.account))
    await world.moves_to(datetime(2027, 1, 25, 9, 0, tzinfo=UTC))


def _let_in(store: Store, account: Account) -> None:
    person, network = store.people.by_account(account), store.networks.by_key("sexual-health")
    assert person is not None
    assert network is not None
    store.people.add_role(person.id, RoleHeld(Role.MEMBER, network.id))


async def test_those_who_run_a_network_see_how_many_have_not_answered_and_never_who(world: World) -> None:
    ann, ben, cal = world.person("ann"), world.person("ben"), world.person("cal")
    await _five_are_asked(world)
    await cal.says("network")
    assert "I asked 5 people. 5 of them have not answered yet." in cal.messages[-1].text
    await ann.presses("Answer now")
    await ann.sends({"How is the network": "4"})
    await ben.presses("Skip this one")
    await cal.says("network")
    assert "I asked 5 people. 4 of them have not answered yet." in cal.messages[-1].text
    assert "Ben" not in cal.messages[-1].text
    await ben.says("network")
    assert "answered yet" not in ben.messages[-1].text
