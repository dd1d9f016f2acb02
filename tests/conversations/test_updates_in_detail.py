"""What else can happen to a draft: stories that need no second platform, in the browser on SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bench.stories import rows, texts
from bench.straight import fresh_sqlite
from bench.updates import FACULTY, MOVED, drafts, kept, last, shares
from bench.web import WebDriver
from bench.world import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A world in the browser alone."""
    world = World(fresh_sqlite(tmp_path), (WebDriver(),))
    await world.start()
    yield world
    await world.stop()


async def test_a_network_with_nothing_to_tell_says_so_section_by_section(world: World) -> None:
    bea = await drafts(world)
    for said in (
        "Nobody shared what changed in practice.",
        "No goal moved in these days.",
        "Nobody asked for help here.",
    ):
        assert said in last(bea)
    assert "Share with faculty" not in bea.messages[-1].buttons, "it is for the network alone"


async def test_days_that_do_not_fit_are_said_and_stay_typed(world: World) -> None:
    bea = await drafts(
        world, **{"Which days": "Days that I choose", "First day": "2027-01-10", "Last day": "2027-01-04"}
    )
    assert bea.form is not None
    assert "The last day comes before the first. Please swap them." in bea.form.errors.values()
    assert bea.form.question("First day").value == "2027-01-10"
    await bea.sends({"Last day": "2027-01-11"})
    assert "10 to 11 January 2027" in last(bea)


async def test_patient_details_stop_at_the_door_of_an_edit(world: World) -> None:
    bea = await drafts(world)
    await bea.presses("Add a line", 0)
    await bea.sends({"What would you like to say": "Patient 999 123 4560 came back"})
    assert bea.form is not None
    assert bea.form.errors
    assert await rows(world, "draft_sentences") == 1, "only that there is no check-in"


async def test_a_section_is_left_out_and_put_back_and_what_was_left_for_length_is_put_in(world: World) -> None:
    for user in ("ann", "ben", "cal"):
        await shares(world, user, f"{user} moved a thing")
    bea = await drafts(world)
    await bea.presses("Sources", 0)
    await bea.presses("Take this line out", 0)
    assert "The line is taken out." in last(bea)
    await bea.presses("See 1 more")
    await bea.presses("Put it in")
    assert "It stands in the section now." in last(bea)
    await bea.presses("Leave this out")
    assert "This section is left out." in last(bea)
    await bea.presses("Put it back")
    assert "This section is left out." not in bea.messages[-1].text


async def test_after_it_has_gone_out_a_line_whose_source_is_gone_is_shown_to_nobody_and_is_put_right(
    world: World,
) -> None:
    ann = await shares(world, "ann", MOVED, FACULTY)
    await shares(world, "ben", "What Ben moved", FACULTY)
    bea, fay = await drafts(world, **{"Who shall be": FACULTY}), world.person("fay")
    await bea.presses("Share with faculty")
    await ann.presses("Withdraw")
    await fay.says("updates")
    await fay.presses("Open")
    assert MOVED not in texts(fay)
    assert "1 line is not shown, since a source has changed." in last(fay)
    await bea.says("updates")
    await bea.presses("Open")
    await bea.presses("See what changed")
    await bea.presses("Correct it")
    assert "It takes the place of the other once it is sent." in last(bea)
    await bea.presses("Share with faculty")
    await fay.says("updates")
    await fay.presses("Open", 0)
    assert "What Ben moved" in last(fay)


async def test_a_person_who_is_erased_leaves_every_draft(world: World) -> None:
    ann = await shares(world, "ann", f"{MOVED} for all of us here")
    bea = await drafts(world)
    await bea.presses("Edit", 0)
    await bea.sends({"What shall stand": f"{MOVED} for all of us here, says Ann"})
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase to confirm": "erase"})
    draft, sentences = await kept(world)
    assert draft is not None
    assert MOVED not in str(sentences)
    await bea.says("updates")
    await bea.presses("Open")
    told = texts(bea)[texts(bea).rindex("Draft of") :]
    assert MOVED not in told


async def test_a_draft_is_discarded_for_good(world: World) -> None:
    bea = await drafts(world)
    await bea.presses("Discard")
    assert "The draft is deleted." in last(bea)
    assert await rows(world, "drafts") == 0
    assert await rows(world, "draft_sentences") == 0


async def test_an_update_comes_as_a_word_file(world: World) -> None:
    await shares(world, "ann")
    bea = await drafts(world)
    await bea.presses("As a file")
    await bea.presses("Word")
    ((name, content),) = bea.messages[-1].files.items()
    assert name == "update-1-2027-01-01-2027-01-12.docx"
    assert f"“{MOVED}” Ann Example, 12 Jan. (1)" in [one.text for one in Document(BytesIO(content)).paragraphs]


async def test_days_that_are_typed_are_chosen_in_the_form(world: World) -> None:
    await shares(world, "ann")
    bea = world.person("bea")
    await bea.says("update last quarter")
    if bea.form is None:
        await bea.presses("Choose the days")
    assert bea.form is not None
    assert bea.form.question("Which days").value == "Last quarter"
    await bea.sends({})
    assert "October to December 2026" in last(bea)
