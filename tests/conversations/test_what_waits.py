"""Who runs a network hears unasked of requests for help that they may read, and of no others."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.stories import check_in, texts
from bench.world import World

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


async def test_nobody_hears_of_their_own_request(world: World) -> None:
    bea = world.person("bea")
    await check_in(world, "bea", HELP)
    await world.moves_to(NEXT_MONDAY)
    assert "asked for help" not in texts(bea)
