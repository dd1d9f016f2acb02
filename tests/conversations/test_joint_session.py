"""The joint session of a review as its people hold it, and what it came to as others read it."""

from __future__ import annotations

from bench.driver import Hands
from bench.reviews import answered_by, answers, of_user
from bench.stories import texts
from bench.world import World
from storage.store import Store

GIVEN = {
    "bea": answers(3, 4, purpose="Care that works", purpose_known__now="5", stage="growing"),
    "cal": answers(3, 5, purpose="Learn from each other", purpose_known__now="2"),
    "fay": answers(3, 4, mass_value__now="4"),
}
FOUR = "4: Most of us would say it in much the same words"
GROWING = "More people come, and we try more things together"
STRENGTHS = {
    "A strength of yours": "People ring each other",
    "Something to work on": "Find out who is missing",
    "Which part of the wheel is it about": "Critical mass",
}


async def _answered(world: World, platforms: dict[str, str | None]) -> dict[str, Hands]:
    """Each has answered, and opens the review on their own platform."""
    hands = {user: world.person(user, platform) for user, platform in platforms.items()}
    accounts = {user: one.account for user, one in hands.items()}

    def prepare(store: Store) -> None:
        ids = {user: of_user(store, user, accounts[user]) for user in hands}
        answered_by(store, {ids[user]: GIVEN[user] for user in hands}, world.clock.now())

    await world.store(prepare)
    return hands


async def _opens(hands: Hands) -> None:
    await hands.says("diagnostic Sexual")


async def test_three_people_agree_what_differs_and_say_who_else_may_read_it(world: World) -> None:
    people = await _answered(world, dict.fromkeys(GIVEN))
    await _talk(people["bea"])
    await _end(people["cal"])
    await people["cal"].presses("Who can read this")
    assert people["cal"].form is not None
    assert "They never read single answers." in people["cal"].form.intro
    await people["cal"].sends({"Who else can read": "Everyone in the network"})
    await _read_by_a_member(world.person("ann"))


async def _talk(bea: Hands) -> None:
    """Bea leads until it is enough for today."""
    await _opens(bea)
    await bea.presses("Begin the joint session")
    assert "3 things still differ. First come the goals." in texts(bea)
    await bea.presses("Go on")
    assert "Learn from each other" in texts(bea)
    assert "Cal Leader" not in bea.messages[-1].text
    await bea.presses("Write one sentence")
    await bea.sends({"What is this network for": "Care that works, learnt together"})
    await bea.presses("Not now")
    assert "What would someone have seen to choose 5 where others chose 2?" in texts(bea)
    await bea.presses("Agree or differ")
    await bea.sends({"Where are you now": FOUR, "A note": "The leaflet is known in both towns."})
    assert "Kept. People know what the network is for: 4." in texts(bea)
    await bea.presses("Not now")
    await bea.presses("Agree or differ")
    await bea.sends({"What fits best": "We see it differently"})
    assert "1 thing still differs." in texts(bea)
    await bea.presses("Enough for today")


async def _end(cal: Hands) -> None:
    """Cal goes on, and ends it."""
    await _opens(cal)
    await cal.presses("Go on with it")
    assert "Bea Co-ordinator led last." in texts(cal)
    await cal.presses("Name strengths")
    await cal.sends(STRENGTHS)
    await cal.presses("End the review")
    shown = texts(cal)
    assert "Common purpose" in shown
    assert "The leaflet is known in both towns." in shown
    assert "Only the people of this review can read this." in shown


async def _read_by_a_member(ann: Hands) -> None:
    """Whoever was let read it reads what was agreed, and no range of so few answers."""
    await ann.says("diagnostic")
    await ann.presses("See what it came to")
    assert "Care that works, learnt together" in texts(ann)
    assert "not shown" in texts(ann)
    await ann.presses("As a Word file")
    assert [one[:2] for one in (await ann.saves()).values()] == [b"PK"]


async def test_two_lead_at_once_on_two_platforms_and_neither_loses_a_word(two_platforms: World) -> None:
    people = await _answered(two_platforms, {"bea": "slack", "cal": "teams", "fay": "slack"})
    bea, cal = people["bea"], people["cal"]
    await _opens(bea)
    await bea.presses("Begin the joint session")
    await _opens(cal)
    await cal.presses("Go on with it")
    for hands in (bea, cal):
        await hands.presses("Go on")
        await hands.presses("Not now")
        await hands.presses("Not now")
        await hands.presses("Agree or differ")
    await bea.sends({"Where are you now": FOUR, "A note": "Bea’s note"})
    await cal.sends({"Where are you now": "3: ", "A note": "Cal’s note"})
    assert cal.form is not None
    error = cal.form.errors["Where are you now?"]
    assert "Bea Co-ordinator kept this on Tue 12 Jan, 10am: 4." in error
    assert "“Bea’s note”" in error
    assert cal.form.question("A note").value == "Cal’s note"
    await cal.sends({})
    assert "Kept. People know what the network is for: 3." in texts(cal)
    await bea.presses("Overview")
    await bea.presses("All questions")
    await bea.presses("Open", nth=2)
    assert "Bea’s note" in bea.messages[-1].text
    assert "Cal’s note" in bea.messages[-1].text
