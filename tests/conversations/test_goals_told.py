"""People are told of goals that concern them: at once where an answer is needed, else with their next message."""

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import texts
from bench.world import World
from storage.goal_records import GoalReader
from storage.records import Audience
from storage.unit import Store

SOON = datetime(2027, 1, 12, 10, 5, tzinfo=UTC)
LATER = datetime(2027, 1, 12, 11, tzinfo=UTC)
NEXT_WEEK = datetime(2027, 1, 19, 10, tzinfo=UTC)


def last(hands: Hands) -> str:
    """What the newest message says."""
    return hands.messages[-1].text


async def for_the_network(world: World, line: str = "Two workshops") -> Hands:
    """Bea writes a goal for the network; everyone can be written to."""
    for user in ("ann", "bea", "cal"):
        await world.person(user).says("help")
    bea = world.person("bea")
    await bea.says(f"new goal: {line}")
    await bea.presses("Sexual Health Network")
    await bea.presses("Open the goal")
    return bea


async def hands_over(bea: Hands) -> None:
    """Bea hands the goal that she has open to Ann."""
    await bea.presses("Hand it over")
    await bea.sends({"Who takes it on": "Ann Example"})
    assert "I tell Ann Example at a good time for them." in texts(bea)


async def test_a_new_owner_is_told_and_can_hand_it_back_to_whoever_gave_it(world: World) -> None:
    bea, ann = await for_the_network(world), world.person("ann")
    await hands_over(bea)
    await world.moves_to(SOON)
    assert "Bea Co-ordinator has handed you the goal “Two workshops”. You look after it now." in last(ann)
    await ann.presses("I cannot take this on")
    assert "You no longer look after this goal." in texts(ann)
    await world.moves_to(LATER)
    assert "Ann Example cannot take on the goal “Two workshops”, so it is yours again." in last(bea)
    assert "I cannot take this on" not in bea.messages[-1].buttons
    await bea.presses("Look at the goal")
    assert "Ann Example handed it to you." in last(bea)

    def owners(store: Store) -> list[str]:
        return [one.owner_name for one in store.goals.open_for(GoalReader(1, ((1, Audience.NETWORK),)))]

    assert await world.store(owners) == ["Bea Co-ordinator"]
    await ann.presses("I cannot take this on")
    assert "Only those who look after this goal can do that." in texts(ann)


async def test_a_goal_that_its_new_owner_has_looked_at_is_not_told_again(world: World) -> None:
    bea, ann = await for_the_network(world), world.person("ann")
    await hands_over(bea)
    await world.moves_to(SOON)
    await ann.presses("Look at the goal")
    assert "I cannot take this on" in ann.messages[-1].buttons
    await for_the_network(world, "A rota")
    await hands_over(bea)
    await world.moves_to(LATER)
    assert "“A rota”" in last(ann)
    assert "“Two workshops”" not in last(ann)
    await ann.says("goals")
    await ann.presses("Open", 0)
    await ann.presses("Hand it over")
    await ann.sends({"Who takes it on": "Ben Example"})
    assert "I cannot take this on" not in ann.messages[-1].buttons


async def test_who_looks_after_a_goal_hears_of_a_helper_with_the_next_message(world: World) -> None:
    bea, ann = await for_the_network(world), world.person("ann")
    await ann.says("goals")
    await ann.presses("Open", 0)
    await ann.presses("I will help")
    told = "Ann Example helps you with the goal “Two workshops” now."
    await world.moves_to(LATER)
    assert told not in texts(bea)
    await world.moves_to(NEXT_WEEK)
    assert texts(bea).count(told) == 1
    await world.moves_to(datetime(2027, 2, 9, 10, tzinfo=UTC))
    assert texts(bea).count(told) == 1


async def test_the_others_who_run_the_network_hear_of_a_review_once_it_is_shared(world: World) -> None:
    bea, cal, ann = await for_the_network(world), world.person("cal"), world.person("ann")
    await cal.says("goals")
    await cal.presses("Sexual Health Network")
    await cal.presses("Look at each in turn")
    await cal.presses("Keep it")
    await cal.sends({})
    await cal.presses("Share with the network")
    await cal.presses("Take it back")
    await cal.presses("Share with the network")
    await world.moves_to(NEXT_WEEK)
    told = "Cal Leader has shared a review of the goals of Sexual Health Network."
    assert texts(bea).count(told) == 1
    assert told not in texts(cal) + texts(ann)
    await bea.presses("Read it")
    assert "1 goal looked at: 1 kept." in last(bea)


async def test_nobody_hears_of_a_review_that_was_taken_back(world: World) -> None:
    bea, cal = await for_the_network(world), world.person("cal")
    await cal.says("goals")
    await cal.presses("Sexual Health Network")
    await cal.presses("Look at each in turn")
    await cal.presses("Keep it")
    await cal.sends({})
    await cal.presses("Share with the network")
    await cal.presses("Take it back")
    await world.moves_to(NEXT_WEEK)
    assert "has shared a review of" not in texts(bea)


async def test_whoever_hands_over_a_goal_that_they_can_read_no_longer_is_told_so(world: World) -> None:
    bea, ann = await for_the_network(world), world.person("ann")
    await bea.presses("Who can read it")
    await bea.sends({"Who can read it": "Its author and owner, and the co-ordinator"})
    await bea.presses("Open the goal")
    await hands_over(bea)
    await world.moves_to(SOON)
    await ann.presses("Look at the goal")
    await ann.presses("Hand it over")
    await ann.sends({"Who takes it on": "Cal Leader"})
    assert "You can no longer read this goal yourself." in texts(ann)
    await world.moves_to(LATER)
    assert "Ann Example has handed you the goal “Two workshops”." in last(world.person("cal"))
