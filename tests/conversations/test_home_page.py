"""The bot's own page shows what waits for whoever opens it, and leads there: on three platforms and both databases."""

from datetime import UTC, datetime

from bench.stories import opens_check_in
from bench.world import World

OPEN = "Your check-in for Sexual Health Network is open this week."
LATER = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


async def test_ones_own_page_shows_the_check_in_of_this_week_and_to_those_who_run_it_who_asks_for_help(
    world: World,
) -> None:
    ann, ben, bea, fay = (world.person(user) for user in ("ann", "ben", "bea", "fay"))
    await ann.opens_home()
    assert OPEN in ann.home
    assert "goals could do with a look" not in ann.home
    await opens_check_in(world, "ann")
    await ann.sends({"How is the network": "4", "What is in the way": "No room", "Would you like help": "Yes"})
    for hands in (ann, ben, bea, fay):
        await hands.opens_home()
    assert OPEN not in ann.home
    assert "You have checked in for Sexual Health Network this week." in ann.home
    assert "1 person asked for help in Sexual Health Network." in bea.home
    assert "asked for help" not in ben.home
    assert "You can read what the networks share with the faculty" in fay.home


async def test_ones_own_page_leads_to_a_goal_that_could_do_with_a_look_and_back_into_a_talk(world: World) -> None:
    cal, ben = world.person("cal"), world.person("ben")
    await cal.says("new goal: A quiet room for the panel")
    await cal.presses("Sexual Health Network")
    await cal.says("new goal: Two workshops")
    await cal.presses("Open the goal")
    await cal.presses("▲ At risk")
    await cal.says("goals")
    await cal.presses("Sexual Health Network")
    await cal.presses("Look at each in turn")
    await cal.says("coach me")
    await cal.says("home")
    page = cal.messages[-1].text
    assert "You began a coaching talk on Tuesday 12 January." in page
    assert "One of your goals could do with a look: “Two workshops”. ▲ At risk." in page
    assert "You began to look at the goals of Sexual Health Network." in page
    await cal.presses("Open this goal")
    assert "Its story, newest first" in cal.messages[-1].text
    await world.moves_to(LATER)
    await cal.says("home")
    assert "2 of your goals could do with a look. The first is “Two workshops”." in cal.messages[-1].text
    await cal.presses("All of mine")
    assert "A quiet room for the panel" in cal.messages[-1].text
    await ben.opens_home()
    assert "workshops" not in ben.home, "a goal of one's own is nobody else's business"
