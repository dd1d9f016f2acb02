"""Whoever does not know how to go on is led to what they can do."""

from bench.world import World


async def test_faculty_are_led_to_the_networks_and_not_to_a_check_in(world: World) -> None:
    fay = world.person("fay")
    await fay.says("check in")
    assert "type network" in fay.messages[-1].text


async def test_erasing_is_never_the_answer_to_what_was_not_understood(world: World) -> None:
    ann = world.person("ann")
    await ann.says("I feel awful today")
    assert "Erase my data" not in ann.messages[-1].buttons
    await ann.says("earse my data")
    assert "Erase my data" in ann.messages[-1].buttons


async def test_words_not_understood_lead_to_the_three_nearest(world: World) -> None:
    ann = world.person("ann")
    await ann.says("chekc inn")
    assert "did not understand" in ann.messages[-1].text
    assert "Check in" in ann.messages[-1].buttons
    assert len(ann.messages[-1].buttons) == 4
    await ann.presses("All I can do")
    assert "Here is what you can do" in ann.messages[-1].text
