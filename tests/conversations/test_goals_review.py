"""A leader walks through the network's open goals, and shares a summary: on three platforms and both databases."""

from datetime import UTC, datetime, timedelta

from bench.driver import Hands
from bench.stories import rows, texts
from bench.world import World

NEXT_QUARTER = datetime(2027, 4, 12, 9, 0, tzinfo=UTC)
FOUR = ("First goal", "Second goal", "Third goal", "Fourth goal")


def last(hands: Hands) -> str:
    """What the newest message says."""
    return hands.messages[-1].text


async def four_goals(world: World) -> Hands:
    """Bea writes four goals for the network; returns the leader's hands."""
    bea = world.person("bea")
    for line in FOUR:
        await bea.says(f"new goal: {line}")
        await bea.presses("Sexual Health Network")
    return world.person("cal")


async def begins(cal: Hands) -> None:
    """The leader begins the walk from the list."""
    await cal.says("goals")
    await cal.presses("Sexual Health Network")
    await cal.presses("Look at each in turn")


async def walks(cal: Hands) -> None:
    """Keep the first, change the second, the third is achieved, the fourth is let go."""
    await cal.presses("Keep it")
    await cal.sends({"What is the next step": "Ring the ward"})
    await cal.presses("Change it")
    assert cal.form is not None
    assert [one.label for one in cal.form.questions] == ["What should it say now?"]
    await cal.sends({"What should it say now": "Second goal, smaller, by 30 June"})
    assert "That is kept. Its date is Wednesday 30 June 2027." in texts(cal)
    await cal.presses("It is achieved")
    await cal.sends({"Who would notice": "The panel"})
    await cal.presses("Let it go")
    await cal.sends({"What did you learn": "Evenings do not work"})


async def test_a_leader_walks_through_the_goals_one_by_one_and_shares_what_came_of_it(world: World) -> None:
    cal, ann = await four_goals(world), world.person("ann")
    await begins(cal)
    assert "4 goals are left to look at. Here is one." in last(cal)
    assert "First goal" in last(cal)
    await walks(cal)
    assert "4 goals looked at: 1 kept, 1 changed, 1 achieved, 1 let go." in last(cal)
    assert "Only you can see this summary so far." in last(cal)
    assert "2 goals are open: 2 not said yet." in last(cal)
    await ann.says("goals")
    await ann.presses("Sexual Health Network")
    assert "The last review" not in ann.messages[-1].buttons
    await cal.presses("Share with the network")
    assert "Everyone in the network can read this" in texts(cal)
    await ann.says("goals")
    await ann.presses("Sexual Health Network")
    await ann.presses("The last review")
    for said in (
        "Second goal, smaller, by 30 June: changed.",
        "The panel",
        "Evenings do not work",
        "Cal Leader led this review.",
    ):
        assert said in last(ann)
    assert "Share with the network" not in ann.messages[-1].buttons
    fay = world.person("fay")
    await fay.says("goals")
    await fay.presses("Sexual Health Network")
    assert "The last review" not in fay.messages[-1].buttons, "it is shared with the network"
    await cal.presses("Take it back")
    await ann.presses("The last review")
    assert "not there for you" in last(ann)


async def test_the_walk_goes_on_where_it_was_left_and_can_be_ended_early(world: World) -> None:
    cal = await four_goals(world)
    await begins(cal)
    await cal.presses("Keep it")
    await cal.sends({})
    world.clock.move(days=3)
    await begins(cal)
    assert "3 goals are left to look at." in last(cal)
    assert "Second goal" in last(cal)
    await cal.presses("Enough for now")
    assert "1 goal looked at: 1 kept." in texts(cal)


async def test_a_change_that_changes_nothing_goes_on_to_the_next(world: World) -> None:
    cal = await four_goals(world)
    await begins(cal)
    await cal.presses("Change it")
    await cal.sends({})
    assert "Second goal" in last(cal)


async def test_a_change_to_what_others_changed_meanwhile_shows_both_and_loses_neither(world: World) -> None:
    cal, bea = await four_goals(world), world.person("bea")
    await begins(cal)
    await cal.presses("Change it")
    await bea.says("goals")
    await bea.presses("Open", 0)
    await bea.presses("Change")
    await bea.sends({"What do you want": "First goal of Bea", "How will you know": "A date each"})
    await cal.sends({"What should it say now": "First goal by 1 May 1999"})
    assert cal.form is not None
    assert "This says now: “First goal of Bea”. Yours stands here." in "".join(cal.form.errors.values())
    await cal.sends()
    assert cal.form is not None
    assert "1 May 1999 has passed. Please write another date." in "".join(cal.form.errors.values())
    assert cal.form.question("What should it say now").value == "First goal by 1 May 1999"
    await cal.sends({"What should it say now": "First goal of Cal"})
    assert "Second goal" in last(cal)
    await bea.says("goals")
    await bea.presses("Open", 0)
    for said in ("First goal of Cal", "Before: “First goal of Bea”", "A date each"):
        assert said in last(bea), said


async def test_more_of_a_goal_can_be_changed_in_the_walk(world: World) -> None:
    cal = await four_goals(world)
    await begins(cal)
    await cal.presses("Change more of it")
    await cal.sends({"How will you know": "A date each"})
    assert "Second goal" in last(cal)


async def test_what_not_everyone_may_read_stays_out_of_what_is_shared(world: World) -> None:
    cal, bea, ann = await four_goals(world), world.person("bea"), world.person("ann")
    await bea.says("goals")
    await bea.presses("Open", 0)
    await bea.presses("Who can read it")
    await bea.sends({"Who can read it": "The co-ordinator and the leaders"})
    await begins(cal)
    await walks(cal)
    assert "1 goal is left out" in last(cal)
    assert "First goal" not in last(cal)
    await cal.presses("Share with the network")
    await ann.says("goals")
    await ann.presses("Sexual Health Network")
    await ann.presses("The last review")
    assert "First goal" not in last(ann)
    assert "3 goals looked at" in last(ann)


async def test_a_leader_is_reminded_once_each_quarter(world: World) -> None:
    cal, bea = await four_goals(world), world.person("bea")
    for hands in (cal, bea):
        await hands.says("help")
    await world.moves_to(NEXT_QUARTER)
    asked = "Sexual Health Network has 4 open goals. A look at each takes a minute or two."
    assert texts(cal).count(asked) == 1
    assert asked not in texts(bea), "leaders look at the goals"
    await cal.presses("Look at the goals")
    await walks(cal)
    assert "4 goals looked at" in last(cal)


async def test_what_was_reviewed_of_late_is_left_in_peace(world: World) -> None:
    cal = await four_goals(world)
    await world.moves_to(NEXT_QUARTER - timedelta(weeks=3))
    await begins(cal)
    await cal.presses("Enough for now")
    await world.moves_to(NEXT_QUARTER)
    assert "A look at each takes a minute or two." not in texts(cal)


async def test_a_network_without_goals_reminds_nobody(world: World) -> None:
    cal = world.person("cal")
    await cal.says("help")
    await world.moves_to(NEXT_QUARTER)
    assert "open goal" not in texts(cal)
    assert await rows(world, "goal_reviews") == 0
