"""How a goal goes on: progress, changes, owners, helpers and its end; on three platforms and both databases."""

from bench.driver import Hands
from bench.stories import check_in, has_form, rows, saved, texts
from bench.world import World
from storage.goal_records import GoalReader
from storage.records import Audience
from storage.unit import Store

WORKSHOPS = "Two workshops with patients"


def last(hands: Hands) -> str:
    """What the newest message says."""
    return hands.messages[-1].text


async def for_the_network(world: World, user: str = "bea", line: str = WORKSHOPS) -> Hands:
    """Someone writes a goal down and makes it the network's."""
    hands = world.person(user)
    await hands.says(f"new goal: {line}")
    await hands.presses("Sexual Health Network")
    return hands


async def opens(world: World, user: str, platform: str | None = None) -> Hands:
    """Open the first goal of the list."""
    hands = world.person(user, platform)
    await hands.says("goals")
    await hands.presses("Open", 0)
    return hands


def leaves_ann(store: Store) -> None:
    """Ann leaves the network."""
    (ann,) = store.people.named("Ann Example")
    for held in ann.roles:
        store.people.remove_role(ann.id, held)


async def test_how_it_goes_is_one_press_in_place_and_why_is_one_line(world: World) -> None:
    bea = await for_the_network(world)
    await opens(world, "bea")
    count = len(bea.messages)
    await bea.presses("▲ At risk")
    assert len(bea.messages) in (count, count + 1)
    assert "That is kept. To add why, in one line, press Say more." in texts(bea)
    await bea.presses("Say more")
    assert bea.form is not None
    assert "Everyone in the network can read this." in bea.form.question("Why do you think so").hint
    await bea.sends({"Where is it now": "1 of 2", "Why do you think so": "The second room fell through"})
    for said in ("1 of 2", "▲ At risk", "The second room fell through"):
        assert said in last(bea)
    ann = await opens(world, "ann")
    assert "Bea Co-ordinator said how it goes." in last(ann)
    assert "The second room fell through" in last(ann)
    assert "Say more" not in ann.messages[-1].buttons, "a member who does not help changes nothing"


async def test_the_same_press_twice_in_a_day_says_nothing_new(world: World) -> None:
    bea = await for_the_network(world)
    await opens(world, "bea")
    await bea.presses("● On track")
    await bea.presses("● On track")
    assert "That is what stands there already." in texts(bea)
    assert await rows(world, "goal_entries") == 2
    world.clock.move(days=8)
    await bea.presses("● On track")
    assert await rows(world, "goal_entries") == 3


async def test_a_number_has_a_chart_with_its_table_and_its_target(world: World) -> None:
    bea = await for_the_network(world)
    await bea.presses("Change")
    await bea.sends({"Is there a number": "20"})
    for number in ("3", "8", "1,200"):
        await opens(world, "bea")
        await bea.presses("Say more")
        await bea.sends({"Where is it now": number})
        world.clock.move(weeks=1)
    assert "It was 3 on 12 Jan, and is 1200 on 26 Jan. You aim for 20." in last(bea)
    await bea.presses("Say more")
    await bea.sends({"Where is it now": "half booked"})
    assert "half booked" in last(bea)


async def test_a_target_of_nonsense_is_said_at_the_field_and_nothing_typed_is_lost(world: World) -> None:
    ann = world.person("ann")
    await ann.says(f"new goal: {WORKSHOPS}")
    await ann.presses("Change")
    for nonsense in ("NaN", "1e99", "lots", "99999999999"):
        await ann.sends({"Is there a number": nonsense, "How will you know": "Each has a date"})
        assert ann.form is not None
        assert ann.form.errors, nonsense
        assert ann.form.question("How will you know").value == "Each has a date"
    await ann.sends({"Is there a number": "2"})
    assert "Each has a date" in last(ann)


async def test_a_change_shows_old_and_new_side_by_side_and_the_story_keeps_both(world: World) -> None:
    bea = await for_the_network(world)
    await bea.presses("Change")
    await bea.sends(
        {"What do you want": "Three workshops", "By when": "30 June", "What made you change": "A third ward"}
    )
    assert WORKSHOPS in last(bea)
    assert "Three workshops" in last(bea)
    ann = await opens(world, "ann")
    for said in ("Bea Co-ordinator changed it.", f"Before: “{WORKSHOPS}”", "Now: “Three workshops”", "A third ward"):
        assert said in last(ann)
    await ann.presses("Its whole story")
    assert "Bea Co-ordinator wrote this goal." in last(ann)


async def test_two_people_who_edit_one_goal_at_once_both_keep_their_words(world: World) -> None:
    bea = await for_the_network(world)
    cal = await opens(world, "cal")
    await cal.presses("Change")
    await bea.presses("Change")
    await bea.sends({"What do you want": "Three workshops", "How will you know": "Each has a date"})
    await cal.sends({"What do you want": "Four workshops", "Who else could help": "The panel"})
    assert cal.form is not None
    assert "Bea Co-ordinator changed this goal since you opened it." in "".join(cal.form.errors.values())
    assert "This says now: “Three workshops”. Yours stands here." in "".join(cal.form.errors.values())
    assert cal.form.question("What do you want").value == "Four workshops"
    assert cal.form.question("Who else could help").value == "The panel"
    assert "Taken over: how we will know." in "".join(cal.form.errors.values())
    await cal.sends()
    assert not has_form(cal)
    await opens(world, "bea")
    words = await world.store(lambda store: store.goals.kept_of(GoalReader(3, ((1, Audience.COORDINATOR),)))[0].words)
    assert (words.title, words.measure, words.with_whom) == ("Four workshops", "Each has a date", "The panel")
    await bea.presses("Its whole story")
    assert "Now: “Three workshops”" in last(bea)


async def test_a_form_that_was_open_when_the_goal_was_closed_keeps_what_was_typed(world: World) -> None:
    bea = await for_the_network(world)
    cal = await opens(world, "cal")
    await cal.presses("Change")
    await opens(world, "bea")
    await bea.presses("It is achieved")
    await bea.sends({"Who would notice": "The ward"})
    await cal.sends({"What do you want": "Four workshops"})
    assert cal.form is not None
    assert "That goal is closed." in "".join(cal.form.errors.values())
    assert cal.form.question("What do you want").value == "Four workshops"


async def test_a_goal_is_handed_over_and_its_new_owner_looks_after_it(world: World) -> None:
    bea = await for_the_network(world)
    await opens(world, "bea")
    await bea.presses("Hand it over")
    assert bea.form is not None
    assert "Kit Co-ordinator" not in bea.form.question("Who takes it on").choices
    await bea.sends({"Who takes it on": "Ann Example"})
    assert "You handed it to Ann Example." in last(bea)
    ann = await opens(world, "ann")
    assert "Bea Co-ordinator handed it to you." in last(ann)
    await ann.presses("● On track")
    assert "That is kept." in texts(ann)


async def test_a_helper_joins_says_how_it_goes_and_leaves_again(world: World) -> None:
    await for_the_network(world)
    ann = await opens(world, "ann")
    await ann.presses("I will help")
    assert "Thank you. You can now say how it goes." in texts(ann)
    await ann.presses("■ Off track")
    assert "That is kept." in texts(ann)
    assert "Hand it over" not in ann.messages[-1].buttons
    await ann.presses("I no longer help")
    await ann.says("goals")
    bea = await opens(world, "bea")
    assert "Ann Example joined to help." in last(bea) or "Ann Example helps no longer." in last(bea)
    assert await rows(world, "goal_helpers") == 0


async def test_a_goal_whose_owner_left_is_shown_so_and_can_be_taken_on(world: World) -> None:
    bea = await for_the_network(world)
    await opens(world, "bea")
    await bea.presses("Hand it over")
    await bea.sends({"Who takes it on": "Ann Example"})
    await world.store(leaves_ann)
    ann, ben = world.person("ann"), world.person("ben")
    await ann.says("goals")
    assert WORKSHOPS not in last(ann), "who has left reads no more of it"
    await ben.says("goals")
    assert "Nobody owns it now." in last(ben)
    await ben.presses("Open")
    assert "Ann Example, no longer in the network" in last(ben)
    await ben.presses("I take it on")
    await opens(world, "bea")
    assert "Ben Example" in last(bea)


async def test_a_goal_ends_achieved_with_who_would_notice(world: World) -> None:
    bea = await for_the_network(world)
    await opens(world, "bea")
    await bea.presses("It is achieved")
    assert bea.form is not None
    await bea.sends({"Who would notice": "The panel: they run it now"})
    assert "That is kept. This goal is achieved." in last(bea)
    ann = world.person("ann")
    await ann.says("goals")
    assert WORKSHOPS not in last(ann)
    await ann.presses("Achieved or let go")
    assert "Achieved on 12 January 2027." in texts(ann)
    await ann.presses("Open")
    assert "The panel: they run it now" in last(ann)


async def test_a_goal_is_let_go_with_what_was_learned_and_can_be_taken_up_again(world: World) -> None:
    ann = world.person("ann")
    await ann.says(f"new goal: {WORKSHOPS}")
    await ann.presses("Open the goal")
    await ann.presses("Let it go")
    assert ann.form is not None
    assert "To let a goal go is fine" in ann.form.question("What did you learn").hint
    await ann.sends({"What did you learn": "Evenings do not work"})
    assert "What you learned stays in its story." in last(ann)
    assert "Evenings do not work" in last(ann)
    await ann.presses("Take it up again")
    assert "It is open again." in texts(ann)
    await ann.says("goals")
    assert WORKSHOPS in last(ann)


async def test_a_check_in_can_name_the_goal_that_it_moved_and_the_story_links_it(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await check_in(world, "ann", {"What has moved": "Only mine"})
    assert "It moved a goal" not in ann.messages[-1].buttons, "without a goal there is nothing to name"
    await for_the_network(world)
    await opens(world, "ann")
    await ann.presses("I will help")
    world.clock.move(weeks=1)
    await check_in(world, "ann", {"What has moved": "Secret words"})
    await ann.presses("It moved a goal")
    assert ann.form is not None
    assert "Whoever can read the goal can read this line" in ann.form.question("What moved, in one line").hint
    await ann.sends({"Which goal": WORKSHOPS, "What moved, in one line": "The ward said yes"})
    assert "That is kept in the goal’s story." in last(ann)
    await opens(world, "bea")
    assert "Ann Example said that it moved, in a check-in of the week of 18 January 2027." in last(bea)
    assert "The ward said yes" in last(bea)
    assert "Secret words" not in last(bea)


async def test_a_withdrawn_check_in_moves_nothing_and_is_named_no_more(world: World) -> None:
    ann = world.person("ann")
    await ann.says(f"new goal: {WORKSHOPS}")
    await check_in(world, "ann", {"What has moved": "Much"})
    await ann.presses("It moved a goal")
    await ann.sends({"Which goal": WORKSHOPS})
    await opens(world, "ann")
    assert "in a check-in of the week of 11 January 2027" in last(ann)
    await ann.says("history")
    await ann.presses("Withdraw")
    await ann.presses("It moved a goal")
    assert not has_form(ann)
    assert "That check-in was withdrawn." in last(ann)
    await opens(world, "ann")
    assert "You said that it moved, in a check-in." in last(ann)


async def test_an_export_holds_ones_goals_and_an_erasure_takes_them(world: World) -> None:
    ann, bea = world.person("ann"), await for_the_network(world)
    await ann.says("new goal: Only my own goal")
    await opens(world, "ann")
    await bea.says("goals")
    await ann.says("goals")
    await ann.presses("Sexual Health Network")
    await ann.presses("Open", -1)
    await ann.presses("I will help")
    await ann.presses("Say more")
    await ann.sends({"Why do you think so": "Words of mine"})
    await ann.says("export")
    copy = await saved(ann)
    assert "Only my own goal" in copy
    assert "Words of mine" in copy
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    assert await rows(world, "goals") == 1
    await opens(world, "bea")
    assert "Someone who has left" in last(bea)
    assert "Words of mine" not in last(bea)


async def test_a_networks_goal_outlives_its_author_without_the_name(world: World) -> None:
    bea, cal = await for_the_network(world), world.person("cal")
    await bea.says("erase my data")
    await bea.presses("Erase my data")
    await bea.sends({"Type erase": "erase"})
    await opens(world, "cal")
    assert WORKSHOPS in last(cal)
    assert "Bea" not in last(cal)
    assert "Nobody owns it now." in last(cal)
    await cal.presses("I take it on")
    assert "You took it on." in texts(cal)
