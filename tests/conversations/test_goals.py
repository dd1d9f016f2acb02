"""Goals from their first line to their end: the same stories on Slack, Teams and the browser, on both databases."""

import pytest

from bench.driver import Hands
from bench.stories import ONLY_ME, has_form, rows, texts
from bench.world import World

WORKSHOPS = "Two workshops with patients by 30 June"
SHARED = {"Me and the co-ordinator": "bea", "Everyone in the network": "bea ben", ONLY_ME: ""}
"""Who reads what is shared so."""
TITLES = (WORKSHOPS, "Each ward has a patient voice", "A panel that meets", "Objective: Patients help")


def last(hands: Hands) -> str:
    """What the newest message says."""
    return hands.messages[-1].text


async def for_the_network(world: World, line: str = WORKSHOPS, user: str = "bea") -> Hands:
    """Someone who runs the network writes a goal down and makes it the network's."""
    hands = world.person(user)
    await hands.says(f"new goal: {line}")
    await hands.presses("Sexual Health Network")
    return hands


async def opens(world: World, user: str, title: str = WORKSHOPS) -> Hands:
    """Open a goal from the list of all that this person can read."""
    hands = world.person(user)
    await hands.says("goals")
    titles = [one for one in last(hands).splitlines() if any(one.startswith(known) for known in TITLES)]
    await hands.presses("Open", next(place for place, one in enumerate(titles) if one.startswith(title)))
    return hands


async def test_a_goal_is_kept_in_one_line_and_its_date_is_read_back(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await ann.says(f"new goal: {WORKSHOPS}")
    assert WORKSHOPS in last(ann)
    assert "The date is Wednesday 30 June 2027. Only you can read it." in last(ann)
    assert "Sexual Health Network" not in ann.messages[-1].buttons, "a member of one network is not asked whose it is"
    await opens(world, "ann")
    assert "Only you" in last(ann)
    assert "Wednesday 30 June 2027" in last(ann)
    await bea.says("goals")
    assert WORKSHOPS not in last(bea)


async def test_two_questions_may_sharpen_it_and_both_can_be_skipped(world: World) -> None:
    ann = world.person("ann")
    await ann.says(f"new goal: {WORKSHOPS}")
    assert "Two questions may make it sharper. You can skip them." in last(ann)
    await ann.presses("My first step")
    assert ann.form is not None
    assert "Only you can read this." in ann.form.question("When will the moment be").hint
    await ann.sends({"When will the moment be": "the rota is out", "What will you do then": "ring the ward"})
    assert "When the rota is out, I will ring the ward." in last(ann)
    assert "One question may make it sharper. You can skip it." in last(ann)
    await ann.presses("Who else?")
    await ann.sends({"Who else could help": "The patient panel"})
    assert "Who else: The patient panel" in last(ann)
    assert "sharper" not in last(ann)
    await ann.presses("Open the goal")
    assert "When the rota is out, I will ring the ward." in last(ann)


async def test_what_is_missing_is_what_is_asked(world: World) -> None:
    ann = world.person("ann")
    await ann.says("new goal: Patients teach our staff")
    await ann.presses("How will I know?")
    await ann.sends({"How will you know": "They are on the rota"})
    await ann.presses("By when?")
    await ann.sends({"By when": "31 June"})
    assert ann.form is not None
    assert "I can't find this in the calendar." in next(iter(ann.form.errors.values()))
    await ann.sends({"By when": "end of June"})
    assert "The date is Wednesday 30 June 2027." in last(ann)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Finish by 31 June", "I can't find “31 June” in the calendar, so I set no date."),
        ("Finish by 30 June 2020", "30 June 2020 has passed, so I set no date."),
        ("Cut waits by ringing the ward", "Your goal is kept. Only you can read it."),
    ],
)
async def test_a_date_that_is_none_is_said_and_the_goal_is_kept(world: World, line: str, said: str) -> None:
    ann = world.person("ann")
    await ann.says(f"new goal: {line}")
    assert said in last(ann)
    assert await rows(world, "goals") == 1


async def test_a_date_is_understood_in_the_zone_of_who_wrote_it(world: World) -> None:
    await world.store(lambda store: store.people.change(1, {"time_zone": "Pacific/Auckland"}))
    world.clock.move(hours=6)
    ann = world.person("ann")
    await ann.says("new goal: Ring the ward by tomorrow")
    assert "The date is Thursday 14 January 2027." in last(ann), "in Auckland it is Wednesday already"


async def test_a_line_that_is_far_too_long_is_answered_and_stays_in_the_chat(world: World) -> None:
    ann = world.person("ann")
    for length in (301, 3_500, 10_000):
        await ann.says(f"new goal: {'x' * length}")
        assert "too long for me" in last(ann) or "A goal is one line of up to 300 letters" in last(ann)
    assert await rows(world, "goals") == 0


async def test_patient_details_in_a_typed_goal_are_not_kept(world: World) -> None:
    ann = world.person("ann")
    await ann.says("new goal: See patient 999 123 4560 by June")
    assert "999" not in last(ann)
    assert await rows(world, "goals") == 0
    await ann.says(f"new goal: {WORKSHOPS}")
    await ann.presses("Change")
    await ann.sends({"How will you know": "NHS number 999 123 4560 is well"})
    assert ann.form is not None
    assert ann.form.errors


async def test_new_goal_alone_offers_a_form(world: World) -> None:
    dee = world.person("dee")
    await dee.says("new goal")
    if not has_form(dee):
        await dee.presses("A new goal")
    assert dee.form is not None
    assert "Only you can read this, unless you choose a network" in dee.form.question("What do you want").hint
    await dee.sends({"What do you want": "Meet each month", "By when": "soonish"})
    assert dee.form.question("What do you want").value == "Meet each month"
    await dee.sends({"By when": "end of May", "Whose goal": "Medical Training Voices"})
    assert "The date is Monday 31 May 2027. Everyone in the network can read it." in last(dee)


async def test_whose_goal_it_is_is_asked_of_those_who_run_a_network_and_it_is_private_till_then(world: World) -> None:
    bea, ann, kit = world.person("bea"), world.person("ann"), world.person("kit")
    await bea.says(f"new goal: {WORKSHOPS}")
    assert "If it is a network’s, everyone in that network can read it." in last(bea)
    await ann.says("goals")
    assert WORKSHOPS not in last(ann)
    await bea.presses("Sexual Health Network")
    assert "It is a goal of Sexual Health Network now. Everyone in the network can read it." in texts(bea)
    for hands, reads in ((ann, True), (kit, False), (world.person("fay"), False)):
        await hands.says("goals")
        assert (WORKSHOPS in last(hands)) is reads


async def test_a_goal_of_ones_own_becomes_the_networks_later_by_its_author(world: World) -> None:
    ann, ben = world.person("ann"), world.person("ben")
    await ann.says(f"new goal: {WORKSHOPS}")
    await opens(world, "ann")
    await ann.presses("Make it a network’s")
    await ben.says("goals")
    assert WORKSHOPS not in last(ben)
    await ann.presses("Sexual Health Network")
    await ben.says("goals sexual")
    assert WORKSHOPS in last(ben)


async def test_someone_in_two_networks_chooses_where_a_goal_is_shared(world: World) -> None:
    dee, kit, ben = (world.person(user) for user in ("dee", "kit", "ben"))
    await dee.says(f"new goal: {WORKSHOPS}")
    await dee.presses("Who can read it")
    await dee.sends({"Who can read it": "Everyone in the network", "In which network": "Medical Training Voices"})
    for hands, reads in ((kit, True), (ben, False)):
        await hands.says("goals")
        assert (WORKSHOPS in last(hands)) is reads


async def test_an_objective_shows_how_its_goals_stand_and_never_a_share(world: World) -> None:
    bea = world.person("bea")
    await bea.says("new objective: Patients help to plan each service")
    assert "Everyone in that network will be able to read it." in last(bea)
    await bea.presses("Sexual Health Network")
    for line in (WORKSHOPS, "Each ward has a patient voice", "A panel that meets"):
        await for_the_network(world, line)
        await bea.presses("Change")
        await bea.sends({"Which objective": "Patients help to plan each service"})
    await opens(world, "bea", WORKSHOPS)
    await bea.presses("▲ At risk")
    world.clock.move(weeks=6)
    await opens(world, "bea", "A panel that meets")
    await bea.presses("● On track")
    await opens(world, "bea", "Objective: Patients help")
    assert "3 goals are open: 1 on track, 1 at risk and 1 not said yet." in last(bea)
    assert "2 without news, the longest for 6 weeks." in last(bea)
    assert "%" not in texts(bea)


async def test_a_member_cannot_add_an_objective(world: World) -> None:
    ann = world.person("ann")
    await ann.says("new objective: Take over")
    assert "For a goal of your own, type new goal." in last(ann)
    assert await rows(world, "goals") == 0


async def test_the_list_shows_what_needs_a_look_first_and_narrows_by_button(world: World) -> None:
    ann = world.person("ann")
    await for_the_network(world, "Quiet one")
    world.clock.move(weeks=5)
    await for_the_network(world, "Fresh one by 20 February")
    await ann.says("new goal: My own by tomorrow")
    world.clock.move(days=3)
    await ann.says("goals")
    told = last(ann)
    assert told.index("My own") < told.index("Quiet one") < told.index("Fresh one")
    assert "Its date was 17 February 2027." in told
    assert "No news for 5 weeks." in told
    await ann.presses("Only mine")
    assert "Quiet one" not in last(ann)
    assert "My own" in last(ann)
    await ann.presses("Sexual Health Network")
    assert "Quiet one" in last(ann)


async def test_the_list_turns_its_pages(world: World) -> None:
    ann = world.person("ann")
    for number in range(7):
        await ann.says(f"new goal: Goal of mine number {number}")
    await ann.says("goals")
    assert "number 6" not in last(ann)
    await ann.presses("More")
    assert "number 6" in last(ann)
    await ann.presses("Back")
    assert "number 0" in last(ann)


async def test_who_can_read_a_goal_is_chosen_by_its_author_and_can_always_be_narrowed(world: World) -> None:
    ann, bea, ben = (world.person(user) for user in ("ann", "bea", "ben"))
    await ann.says(f"new goal: {WORKSHOPS}")
    for audience, readers in (
        ("Me and the co-ordinator", "bea"),
        ("Everyone in the network", "bea ben"),
        (ONLY_ME, ""),
    ):
        await ann.presses("Who can read it")
        await ann.sends({"Who can read it": audience})
        for hands, user in ((bea, "bea"), (ben, "ben")):
            await hands.says("goals")
            assert (WORKSHOPS in last(hands)) is (user in readers.split()), (audience, user)


async def test_who_runs_the_network_can_narrow_a_goal_and_not_widen_it(world: World) -> None:
    dee, cal, ben = (world.person(user) for user in ("dee", "cal", "ben"))
    await for_the_network(world, user="dee")
    await opens(world, "cal")
    await cal.presses("Who can read it")
    assert cal.form is not None
    assert "The network and the faculty" not in cal.form.question("Who can read it").choices
    await cal.sends({"Who can read it": "The co-ordinator and the leaders"})
    await ben.says("goals")
    assert WORKSHOPS not in last(ben)
    await cal.presses("Who can read it")
    assert cal.form is not None
    assert "Everyone in the network" not in cal.form.question("Who can read it").choices
    await cal.closes_form()
    await opens(world, "dee")
    await dee.presses("Who can read it")
    await dee.sends({"Who can read it": "The network and the faculty"})
    fay = world.person("fay")
    await fay.says("goals")
    assert WORKSHOPS in last(fay)
