"""The digest of the faculty: who needs them, what people let them read, and ways to answer."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Hands
from bench.stories import check_in, texts
from bench.world import World

FACULTY = "The network and the faculty"
HELP: dict[str, str | tuple[str, ...]] = {
    "What is in the way": "No room for our interpreters",
    "Would you like help": "Yes",
}
NAME = "Sexual Health Network"


async def _shares(hands: Hands, audience: str = FACULTY) -> None:
    """Let them read all of the check-in."""
    await hands.presses("Who can see this")
    assert hands.form is not None
    await hands.sends({one.label: audience for one in hands.form.questions})


async def _digest(world: World, words: str = "digest") -> Hands:
    fay = world.person("fay")
    await fay.says(words)
    return fay


async def test_who_asks_for_help_stands_first_with_since_when_and_the_way_to_the_source(world: World) -> None:
    await check_in(world, "ann", HELP)
    await check_in(world, "ben", {"What has moved": "Ben keeps this in the network"})
    await _shares(world.person("ann"))
    await _shares(world.person("ben"), "Everyone in the network")
    fay = await _digest(world)
    shown = fay.messages[-1].text
    assert "Ann Example asked for help on 12 January 2027." in shown
    assert "No room for our interpreters" in shown
    assert "Ben keeps this" not in shown
    assert shown.index("asked for help") < shown.index("Medical Training Voices")
    await fay.presses("Open", 0)
    assert "No room for our interpreters" in fay.messages[-1].text
    assert "Ben keeps this" not in texts(fay)
    await fay.presses("Read the check-in", 0)
    assert "No room for our interpreters" in fay.messages[-1].text


async def test_what_is_taken_back_is_in_no_digest_any_more(world: World) -> None:
    await check_in(world, "ann", HELP)
    ann = world.person("ann")
    await _shares(ann)
    assert "interpreters" in (await _digest(world)).messages[-1].text
    await _shares(ann, "The co-ordinator and the leaders")
    fay = await _digest(world)
    assert "interpreters" not in fay.messages[-1].text
    assert "Nobody asks for help" in fay.messages[-1].text


async def test_a_note_reaches_the_co_ordinator_who_answers_and_both_can_read_it_again(world: World) -> None:
    bea = world.person("bea")
    await bea.says("help")
    fay = await _digest(world)
    await fay.presses("Write to them", -1)
    assert fay.form is not None
    assert f"The co-ordinators of {NAME} and the faculty can read this." in fay.form.questions[0].hint
    await fay.sends({"What do you want to say": "We know a room in Leeds."})
    assert "I bring your note to Bea Co-ordinator." in fay.messages[-1].text
    await world.moves_to(datetime(2027, 1, 12, 10, 5, tzinfo=UTC))
    assert "Fay Faculty of the faculty writes about Sexual Health Network: “We know a room in Leeds.”" in texts(bea)
    await bea.presses("Answer")
    await bea.sends({"What do you want to say": "Yes, please."})
    await world.moves_to(datetime(2027, 1, 12, 10, 10, tzinfo=UTC))
    assert "Bea Co-ordinator answers about Sexual Health Network: “Yes, please.”" in texts(fay)
    await bea.says("faculty notes")
    assert "We know a room in Leeds." in bea.messages[-1].text
    cal, ann = world.person("cal"), world.person("ann")
    for other in (cal, ann):
        await other.says("faculty notes")
        assert "Leeds" not in texts(other)


async def test_what_a_network_asks_of_the_faculty_stands_first_until_someone_writes_back(world: World) -> None:
    bea = world.person("bea")
    await bea.says("faculty notes")
    await bea.presses("Write a note")
    await bea.sends({"What do you want to say": "May we move the event?", "Do you need an answer": "Yes"})
    assert "It stands first in the faculty’s digest until one of them writes back." in bea.messages[-1].text
    fay = await _digest(world)
    assert "Bea Co-ordinator needs an answer, since 12 January 2027: “May we move the event?”" in fay.messages[-1].text
    await fay.presses("Write to them", 0)
    await fay.sends({"What do you want to say": "Yes, do."})
    await _digest(world)
    assert "needs an answer" not in fay.messages[-1].text


async def test_what_one_wants_to_follow_up_comes_back_on_its_day_to_its_person_alone(world: World) -> None:
    fay = await _digest(world)
    await fay.presses("I will follow up", -1)
    await fay.sends({"When shall I remind you": "2027-01-01"})
    assert fay.form is not None
    assert "Please choose a day from 13 January 2027 to 12 January 2028." in fay.form.errors.values()
    await fay.sends({"When shall I remind you": "2027-01-20", "What about": "Ask about the room"})
    assert "I remind you of Sexual Health Network on Wednesday 20 January." in fay.messages[-1].text
    await world.moves_to(datetime(2027, 1, 19, 18, tzinfo=UTC))
    assert "You wanted to come back" not in texts(fay)
    await world.moves_to(datetime(2027, 1, 20, 18, tzinfo=UTC))
    assert "You wanted to come back to Sexual Health Network: “Ask about the room”" in texts(fay)
    await fay.presses("Done")
    assert "Done. I do not remind you of Sexual Health Network again." in fay.messages[-1].text
    bea = world.person("bea")
    await bea.says("export")
    assert "Ask about the room" not in texts(bea)


async def test_the_digest_comes_each_month_to_whoever_wants_it(world: World) -> None:
    fay = await _digest(world)
    await fay.presses("Send me this each month")
    assert "on the first Monday of each month" in fay.messages[-1].text
    await world.moves_to(datetime(2027, 2, 1, 18, tzinfo=UTC))
    assert "The digest of your networks is ready" in texts(fay)
    await fay.presses("Show the digest")
    assert "Digest, 5 January to 1 February 2027" in fay.messages[-1].text


async def test_days_are_typed_or_chosen_and_what_is_not_understood_says_how(world: World) -> None:
    fay = await _digest(world, "digest last quarter")
    assert "Digest, October to December 2026" in fay.messages[-1].text
    await fay.says("digest the blue ones")
    assert "I do not know the days “the blue ones”." in fay.messages[-1].text
    await fay.presses("Choose days and networks")
    await fay.sends({"From which day": "2027-01-10", "Up to which day": "2027-01-02"})
    assert fay.form is not None
    assert "The last day is before the first. Please swap them." in fay.form.errors.values()
    await fay.sends({"From which day": "2027-01-02", "Up to which day": "2027-01-10", "Which networks": (NAME,)})
    assert "Digest, 2 to 10 January 2027" in fay.messages[-1].text
    assert "Medical Training Voices" not in fay.messages[-1].text


async def test_only_the_faculty_have_digests(world: World) -> None:
    for user in ("ann", "bea", "cal"):
        hands = world.person(user)
        await hands.says("digest")
        assert "Only the faculty can see digests." in hands.messages[-1].text


async def test_in_a_channel_it_is_for_the_one_who_asks_until_the_channel_is_the_facultys(world: World) -> None:
    fay = world.person("fay")
    if fay.account.platform == "web":
        await fay.says("make this the faculty’s channel")
        assert "Go to the faculty’s channel" in fay.messages[-1].text
        return
    await fay.says("help")
    await fay.says_in_channel("digest")
    assert "I show this to you alone" in texts(fay)
    await fay.says_in_channel("make this the faculty’s channel")
    await fay.presses("Yes, make it so")
    assert "Type digest in that channel, and everyone there sees it." in texts(fay)
    before = len(fay.messages)
    await fay.says_in_channel("digest")
    assert not any("I show this to you alone" in one.text for one in fay.messages[before:])
    ann = world.person("ann")
    await ann.says("help")
    await ann.says_in_channel("make this the faculty’s channel")
    assert "Only the faculty can see digests." in texts(ann)
