"""How a goal goes, typed in one line: read back, put right, kept; on three platforms and both databases."""

from bench.driver import Hands
from bench.stories import has_form, rows, saved, texts
from bench.world import World

LINE = "3 of 5, on track, because the ward agreed"


def last(hands: Hands) -> str:
    """What the newest message says."""
    return hands.messages[-1].text


async def with_goals(world: World, *titles: str) -> Hands:
    """Ann has written these goals for herself."""
    ann = world.person("ann")
    for title in titles:
        await ann.says(f"new goal: {title}")
    return ann


async def test_a_line_is_read_back_before_it_is_kept(world: World) -> None:
    ann = await with_goals(world, "Patient voice")
    await ann.says(f"progress: {LINE}")
    for said in (
        "It is not kept yet.",
        "Patient voice",
        "3 of 5",
        "● On track",
        "the ward agreed",
        "Only you can read",
    ):
        assert said in last(ann), said
    assert await rows(world, "goal_entries") == 1
    await ann.presses("Keep")
    assert "That is kept." in texts(ann)
    assert "You said how it goes." in last(ann)
    assert await rows(world, "goal_entries") == 2
    assert await rows(world, "goal_sentences") == 0


async def test_of_several_goals_one_is_asked_for_and_nothing_typed_is_lost(world: World) -> None:
    ann = await with_goals(world, "Patient voice", "A rota for the ward", "The voice group meets")
    await ann.says(f"progress: voice: {LINE}")
    assert "Which goal is this about?" in last(ann)
    assert LINE in last(ann)
    assert "A rota" not in "".join(ann.messages[-1].buttons)
    await ann.presses("1. Patient voice")
    assert "It is not kept yet." in texts(ann)
    await ann.presses("Another goal")
    await ann.presses("2. A rota for the ward")
    await ann.presses("Change")
    assert ann.form is not None
    assert ann.form.question("Where is it now").value == f"voice: {LINE.partition(',')[0]}"
    assert ann.form.question("Why do you think so").value == "the ward agreed"
    await ann.sends({"Where is it now": "3 of 5"})
    assert "A rota for the ward" in last(ann)
    assert "the ward agreed" in last(ann)


async def test_a_goal_is_found_by_its_words_and_without_more_its_form_opens(world: World) -> None:
    ann = await with_goals(world, "Patient voice", "A rota for the ward")
    await ann.says("progress rota")
    if not has_form(ann):
        await ann.presses("Say how it goes")
    await ann.sends({"Where is it now": "half"})
    assert "A rota for the ward" in last(ann)
    await ann.says("progress")
    await ann.presses("1. Patient voice")
    assert has_form(ann)
    await ann.closes_form()


async def test_it_takes_nothing_from_the_words_that_there_are(world: World) -> None:
    ann = await with_goals(world, "Progress on the ward")
    await ann.says("goals")
    assert "Yours and your networks’: 1 goal" in last(ann)
    await ann.says("goal: progress: 3 of 5")
    assert "Your goal is kept." in last(ann)
    assert await rows(world, "goals") == 2


async def test_what_cannot_be_kept_is_said_in_one_sentence(world: World) -> None:
    ann = world.person("ann")
    await ann.says(f"progress: {LINE}")
    assert "There is no open goal that you can say this of." in last(ann)
    await with_goals(world, "Patient voice")
    await ann.says("progress: " + "x" * 400)
    assert "one line of up to 300 letters, and yours has 400" in last(ann)
    await ann.says("progress: " + "x" * 10_000)
    assert "Please" in last(ann)
    assert await rows(world, "goal_sentences") == 0


async def test_a_line_is_read_back_anew_where_more_can_read_the_goal_by_now_or_it_says_something_else(
    world: World,
) -> None:
    ann = await with_goals(world, "Patient voice")
    await ann.says(f"progress: voice: {LINE}")
    await ann.says("goals")
    await ann.presses("Open", 0)
    await ann.presses("Make it a network’s")
    await ann.presses("Sexual Health Network")
    await ann.presses("Open the goal")
    await ann.presses("Change")
    await ann.sends({"What do you want to reach": "A ward that listens"})
    count = await rows(world, "goal_entries")
    await ann.presses("Keep")
    assert await rows(world, "goal_entries") == count
    shown = texts(ann)
    assert "This goal has changed since then. Is this right? It is not kept yet." in shown
    assert "A ward that listens" in shown
    assert "Everyone in the network can read this." in shown
    await ann.presses("Keep")
    assert await rows(world, "goal_entries") == count + 1


async def test_whoever_may_not_say_how_a_goal_goes_cannot_in_a_line_either(world: World) -> None:
    bea, ben = world.person("bea"), world.person("ben")
    await bea.says("new goal: Patient voice")
    await bea.presses("Sexual Health Network")
    await ben.says("progress: voice: 9")
    assert "There is no open goal that you can say this of." in last(ben)


async def test_a_line_that_waits_is_exported_and_erased(world: World) -> None:
    ann = await with_goals(world, "Patient voice")
    await ann.says("progress: 3 herons")
    await ann.says("export")
    assert "3 herons" in await saved(ann)
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase": "erase"})
    assert await rows(world, "goal_sentences") == 0
