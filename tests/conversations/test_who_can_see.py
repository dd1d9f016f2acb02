"""Who can see an answer is its author's choice, and stays so."""

from bench.world import World

ONLY_ME = "Only me"


async def check_in(world: World, user: str, answers: dict[str, str]) -> None:
    """Check in as that person."""
    hands = world.person(user)
    await hands.says("check in")
    if hands.form is None:
        await hands.presses("Check in")
    await hands.sends({"How is the network": "4", **answers})


async def test_who_can_see_a_check_in_is_narrowed_and_widened_by_its_author(world: World) -> None:
    ann, bea, cal, ben, fay = (world.person(user) for user in ("ann", "bea", "cal", "ben", "fay"))
    await check_in(world, "ann", {"What has moved": "The rota is out"})
    expected = {"Only me": "", "Me and the co-ordinator": "bea", "The co-ordinator and the leaders": "bea cal"}
    expected |= {"Everyone in the network": "bea cal ben", "The network and the faculty": "bea cal ben fay"}
    for audience, readers in [*expected.items(), *list(expected.items())[:1]]:
        await ann.presses("Who can see this")
        await ann.sends({"What has moved": audience})
        for hands, user in ((bea, "bea"), (cal, "cal"), (ben, "ben"), (fay, "fay")):
            await hands.says("network Sexual")
            assert ("The rota is out" in hands.messages[-1].text) is (user in readers.split()), (audience, user)


async def test_an_edit_leaves_who_can_see_an_answer_as_its_author_chose(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await check_in(world, "ann", {"What has moved": "First words"})
    await ann.presses("Who can see this")
    await ann.sends({"How is the network": ONLY_ME})
    await ann.presses("Edit")
    await ann.sends({"What has moved": "Second words"})
    await ann.says("check in")
    if ann.form is None:
        await ann.presses("Edit my check-in")
    await ann.sends({"What has moved": "Third words"})
    await ann.says("network")
    assert "(seen by: only me)" in ann.messages[-1].text
    await bea.says("network")
    assert "Ann Example" not in bea.messages[-1].text
