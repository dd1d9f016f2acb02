"""A co-ordinator makes a plan without a review, on each platform: two forms lead to its first item."""

from __future__ import annotations

from datetime import timedelta

from bench.stories import texts
from bench.world import World


async def test_a_plan_is_made_looked_at_and_lived_with(world: World) -> None:
    bea, ben = world.person("bea"), world.person("ben")
    await ben.says("help")
    await bea.says("plan")
    assert "A development plan says what your network wants to do over 18 months" in texts(bea)
    await bea.presses("Make a plan")
    assert bea.form is not None
    assert bea.form.question("When do the 18 months begin").value == "2027-01-12"
    await bea.sends({})
    assert "Your plan is made. Everyone in the network can read this." in texts(bea)
    assert "It fits any network." in texts(bea)
    await bea.presses("Choose", nth=0)
    assert bea.form is not None
    assert bea.form.question("What do you want to do").hint == "Everyone in the network can read this."
    await bea.sends({"What do you want to do": "Ask *ten* members", "Who looks after": "Ben Example"})
    assert "It is in your plan for " in bea.messages[-1].text
    await world.moves_to(world.clock.now() + timedelta(minutes=1))
    assert "Bea Co-ordinator has handed you the goal “Ask *ten* members”." in ben.messages[-1].text
    await ben.says("plan")
    shown = ben.messages[-1].text
    for words in (
        "Month 1 of 18: getting going.",
        "Ask *ten* members",
        "Getting going (to month 3)",
        "Review point of",
    ):
        assert words in shown
    assert "Change" not in ben.messages[-1].buttons
    await bea.presses("Our plan")
    await bea.presses("As a table")
    ((name, content),) = (await bea.saves()).items()
    assert name.startswith("plan-")
    assert "Ask *ten* members" in content.decode()
