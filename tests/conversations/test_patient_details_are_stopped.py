"""Patient details are stopped at the door, on every platform: at the field, or before a message is kept."""

import pytest

from bench.stories import has_form, opens_check_in, rows
from bench.world import World


@pytest.mark.parametrize("typed", ["NHS number 999 123 4560", "pt dob 03/04/1961 is back"])
async def test_patient_details_are_refused_at_the_field_and_the_rest_stays(world: World, typed: str) -> None:
    ann = await opens_check_in(world, "ann")
    await ann.sends({"How is the network": "3", "What is in the way": typed, "What has moved": "Much"})
    assert ann.form is not None
    (sentence,) = ann.form.errors.values()
    assert "999" not in sentence
    assert "1961" not in sentence
    assert ann.form.question("What has moved").value == "Much"
    assert await rows(world, "checkins") == 0
    assert await rows(world, "seen") <= 1
    await ann.sends({"What is in the way": "No room"})
    assert not has_form(ann)
    assert await rows(world, "checkins") == 1


async def test_a_phone_number_can_be_said_to_be_nobody_ill(world: World) -> None:
    ann = await opens_check_in(world, "ann")
    await ann.sends({"How is the network": "3", "What is the one next step": "Ring Jo on 07700 900123"})
    assert ann.form is not None
    (sentence,) = ann.form.errors.values()
    assert "say below that it is not a patient's" in sentence
    assert ann.form.question("What is the one next step").value == "Ring Jo on 07700 900123"
    await ann.sends({"Is this a patient": ("No. This phone number or e-mail address is not a patient's",)})
    assert not has_form(ann)
    assert await rows(world, "checkins") == 1
    noted = await world.store(lambda store: store.audit.of_kind("said not a patient's"))
    assert [entry.detail for entry in noted] == ["phone"]


async def test_a_direct_message_with_patient_details_is_answered_and_not_kept(world: World) -> None:
    ann = world.person("ann")
    await ann.says("patient 999 123 4560 came back")
    assert "delete" in ann.messages[-1].text.lower()
    assert "999" not in ann.messages[-1].text
    assert await rows(world, "seen") == 0


async def test_a_box_ticked_for_one_field_says_nothing_of_another(world: World) -> None:
    ann = await opens_check_in(world, "ann")
    await ann.sends({"How is the network": "3", "What is the one next step": "Ring Jo on 07700 900123"})
    await ann.sends(
        {
            "Is this a patient": ("No. This phone number or e-mail address is not a patient's",),
            "What has moved": "jo@example.org wrote back",
        }
    )
    assert ann.form is not None
    assert list(ann.form.errors) == ["What has moved since last time?"]
    assert await rows(world, "checkins") == 0


async def test_a_stranger_who_writes_patient_details_is_told_how_to_delete_them(world: World) -> None:
    sam = world.person("sam")
    await sam.says("patient 999 123 4560 came back")
    assert "delete" in sam.messages[-1].text.lower()
    assert "999" not in sam.messages[-1].text
