"""Words that point to harm: the answer says whom to turn to and that nobody watches, and nothing typed is stopped."""

from __future__ import annotations

from bench.stories import check_in, opens_check_in, rows, texts
from bench.world import World

WATCHES = "I am a bot, and nobody is watching here."
SAID = "I don’t feel safe at work"


async def test_coaching_shows_who_helps_keeps_what_was_said_and_goes_on(world: World) -> None:
    ann = world.person("ann")
    await ann.says("coach me")
    await ann.presses("Answer")
    await ann.sends({"What do you want": SAID})
    said = ann.messages[-1].text
    for words in (WATCHES, "call 999", "call 111", "safeguarding lead", "Freedom to Speak Up guardian"):
        assert words in said
    assert "Where are you now?" in said
    await ann.says("my coaching")
    assert SAID in ann.messages[-1].text


async def test_it_stands_before_the_answer_to_anything_typed(world: World) -> None:
    ann, sam = world.person("ann"), world.person("sam")
    await ann.says("I want to die")
    assert WATCHES in ann.messages[-1].text
    assert "did not understand" in ann.messages[-1].text
    await sam.says("He hits me")
    assert WATCHES in sam.messages[-1].text
    await check_in(world, "ann", {"What has moved": "Patients are being harmed"})
    assert WATCHES in ann.messages[-1].text
    assert "is kept" in ann.messages[-1].text
    assert await rows(world, "checkins") == 1


async def test_a_form_that_must_be_mended_shows_it_too_and_loses_nothing(world: World) -> None:
    ann = await opens_check_in(world, "ann")
    await ann.sends({"How is the network": "4", "What has moved": "He hits her, NHS number 943 476 5919"})
    assert ann.form is not None
    assert WATCHES in ann.form.intro
    assert ann.form.question("What has moved").value == "He hits her, NHS number 943 476 5919"


async def test_daily_words_show_nothing(world: World) -> None:
    ann = world.person("ann")
    await check_in(world, "ann", {"What has moved": "Safeguarding training is booked; the self-harm pathway is out"})
    assert WATCHES not in texts(ann)


async def test_the_programme_sets_the_words_but_for_that_nobody_watches(world: World) -> None:
    ann = world.person("ann")
    await world.store(lambda store: store.networks.keep_signpost("Call the duty line on 4321."))
    await ann.says("I feel unsafe")
    assert WATCHES in ann.messages[-1].text
    assert "Call the duty line on 4321." in ann.messages[-1].text
    assert "Freedom to Speak Up" not in ann.messages[-1].text


async def test_nobody_is_told_and_nothing_is_noted(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    before = await rows(world, "audit")
    await ann.says("I want to die")
    assert await rows(world, "audit") == before
    await bea.says("network")
    assert "die" not in texts(bea)
