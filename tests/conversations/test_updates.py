"""Updates from the first press to the last: the same stories on Slack, Teams and the browser, on both databases."""

from __future__ import annotations

import pytest

from bench.stories import rows, saved, texts
from bench.updates import FACULTY, MOVED, SECRET, drafts, last, shares
from bench.world import World
from storage.tables import metadata
from storage.unit import Store


async def test_a_draft_is_made_at_once_and_each_line_leads_to_its_source(world: World) -> None:
    await shares(world, "ann")
    bea = await drafts(world)
    assert f"“{MOVED}” Ann Example, 12 Jan." in last(bea)
    assert "Nobody shared a new connection." in last(bea)
    assert "Until then, only those who run the network see it." in last(bea)
    await bea.presses("Sources", 0)
    assert "Ann Example, 12 January 2027" in last(bea)
    await bea.presses("Read the check-in")
    assert MOVED in bea.messages[-1].text
    assert "week of 11 January 2027" in bea.messages[-1].text


async def test_only_what_its_readers_may_read_stands_in_a_draft(world: World) -> None:
    await shares(world, "ann", SECRET, "Me and the co-ordinator")
    await shares(world, "ben")
    await shares(world, "cal", "For the faculty too", FACULTY)
    bea = await drafts(world)
    assert SECRET not in texts(bea).replace("check-in", "")
    assert MOVED in last(bea)
    bea = await drafts(world, **{"Who shall be": FACULTY})
    told = texts(bea)[texts(bea).rindex("Draft of") :]
    assert MOVED not in told
    assert "For the faculty too" in told


async def test_a_section_is_edited_and_what_a_person_changed_is_noted(world: World) -> None:
    await shares(world, "ann", f"{MOVED} for everyone under 25")
    bea = await drafts(world)
    await bea.presses("Edit", 0)
    assert bea.form is not None
    assert "once it is posted" in bea.form.question("What shall stand").hint
    await bea.sends({"What shall stand": f"Ann opened {MOVED[2:]} for everyone under 25.\nWe meet in May."})
    assert "Ann opened walk-in hour on Tuesdays for everyone under 25. (edited)" in last(bea)
    assert "Bea Co-ordinator wrote or edited 2 lines." in last(bea)
    await bea.presses("Sources", 0)
    assert "Edited by Bea Co-ordinator. It rests on this:" in last(bea)
    assert "Written by Bea Co-ordinator, who is its source." in last(bea)


async def test_two_who_edit_one_section_lose_nothing(world: World) -> None:
    await shares(world, "ann")
    bea, cal = await drafts(world), world.person("cal")
    await cal.says("updates")
    await cal.presses("Open")
    await bea.presses("Edit", 0)
    await cal.presses("Edit", 0)
    await cal.sends({"What shall stand": "Cal’s words"})
    await bea.sends({"What shall stand": "Bea’s words"})
    assert bea.form is not None
    (problem,) = bea.form.errors.values()
    assert "Cal Leader changed this since you opened it. It says now: “Cal’s words”." in problem
    assert bea.form.question("What shall stand").value == "Bea’s words"
    await bea.sends({"What shall stand": "Cal’s words\nBea’s words"})
    assert "– Cal’s words" in last(bea)
    assert "– Bea’s words" in last(bea)


async def test_a_leader_is_asked_and_approves_and_the_faculty_read_it(world: World) -> None:
    await shares(world, "ann", MOVED, FACULTY)
    bea, cal, fay, ben = (world.person(user) for user in ("bea", "cal", "fay", "ben"))
    await drafts(world, **{"Who shall be": FACULTY})
    await bea.presses("Ask for approval")
    await bea.sends({"Who shall look": "Cal Leader"})
    assert "Cal Leader was asked to approve it, and has not said yet." in last(bea)
    assert "Share with faculty" not in bea.messages[-1].buttons
    await cal.says("updates")
    await cal.presses("Open")
    await cal.presses("Ask for changes")
    await cal.sends({"What shall be changed": "Say who can help"})
    await bea.says("updates")
    await bea.presses("Open")
    assert "Cal Leader asks for a change: “Say who can help”" in last(bea)
    await bea.presses("Add a line", 0)
    await bea.sends({"What would you like": "Cal can help"})
    await bea.presses("Ask for approval")
    await bea.sends({"Who shall look": "Cal Leader"})
    await cal.says("updates")
    await cal.presses("Open")
    await cal.presses("Approve")
    await fay.says("updates")
    assert "There is no update yet." in last(fay)
    await bea.says("updates")
    await bea.presses("Open")
    assert "Cal Leader approved it as it stands." in last(bea)
    await bea.presses("Share with faculty")
    await fay.says("updates")
    await fay.presses("Open")
    assert MOVED in last(fay)
    assert "Cal Leader approved it." in last(fay)
    await ben.says("updates")
    assert "There is no update yet." in last(ben), "it is not posted to the network"
    log = await world.store(lambda store: store.audit.of_kind("shared an update with the faculty"))
    assert [one.detail for one in log] == ["draft 1 version 1 without a model"]


@pytest.mark.parametrize("how", ["withdraws", "narrows"])
async def test_a_source_that_is_taken_back_marks_the_draft_and_its_words_are_gone(world: World, how: str) -> None:
    ann = await shares(world, "ann", MOVED, FACULTY)
    await shares(world, "ben", "What Ben moved", FACULTY)
    bea = await drafts(world, **{"Who shall be": FACULTY})
    assert MOVED in last(bea)
    if how == "withdraws":
        await ann.presses("Withdraw")
    else:
        await ann.presses("Who can see this")
        await ann.sends({"What has moved": "Everyone in the network"})
    await bea.presses("Share with faculty")
    assert "Something in it has changed since you looked." in last(bea)
    await bea.says("updates")
    await bea.presses("Open")
    told = texts(bea)[texts(bea).rindex("Draft of") :]
    assert "In “What changed in practice”, a source was taken back or is shared with fewer people." in told
    assert MOVED not in told
    await bea.presses("See what changed")
    await bea.presses("Take all of this over")
    await bea.presses("Share with faculty")
    fay = world.person("fay")
    await fay.says("updates")
    await fay.presses("Open")
    assert "What Ben moved" in last(fay)
    assert MOVED not in texts(fay)


async def test_an_update_comes_as_files_that_hold_nothing_that_runs(world: World) -> None:
    await shares(world, "ann", '=HYPERLINK("http://a.example")')
    await shares(world, "ben", "# <b>Not</b> a [heading](http://a.example)")
    bea = await drafts(world)
    await bea.presses("As a file")
    await bea.presses("Table of sources (CSV)")
    assert "'=HYPERLINK" in await saved(bea)
    await bea.presses("As a file")
    await bea.presses("Text (Markdown)")
    assert "\\# \\<b\\>Not\\</b\\> a \\[heading\\]" in await saved(bea)


async def test_it_goes_to_the_home_by_one_press_and_what_is_taken_back_leaves_the_post(world: World) -> None:
    ann, ben = await shares(world, "ann"), await shares(world, "ben", "What Ben moved")
    bea = await drafts(world)
    await bea.presses("Post to the network")
    assert "Your network has no home yet." in last(bea)
    assert not await rows(world, "posts")
    await bea.says_in_channel("make this our home")
    await bea.presses("Home of Sexual Health Network")
    await bea.presses("Post to the network")
    assert "It goes to the network’s home now." in texts(bea)
    await posted(world)
    await ben.says("posts")
    assert MOVED in last(ben)
    await ann.presses("Withdraw")
    await ben.says("posts")
    assert MOVED not in ben.messages[-1].text
    assert "What Ben moved" in last(ben)
    await bea.says("updates")
    await bea.presses("Open")
    await bea.presses("See what changed")
    await bea.presses("Put the post right")
    assert "I am putting the post right." in texts(bea)
    await posted(world)
    assert await world.store(lambda store: store.posts.of("updates.update", "1").corrected_at) is not None  # type: ignore[union-attr]  # it is there
    await bea.says("updates")
    await bea.presses("Open")
    assert "Look again" not in bea.messages[-1].text, "what is put right asks for nothing more"
    await bea.presses("Correct it")
    await bea.presses("Add a line", 1)
    await bea.sends({"What would you like": "We meet in May"})
    await bea.presses("Post to the network")
    await posted(world)
    await ben.says("posts")
    assert "We meet in May" in last(ben)


async def posted(world: World) -> None:
    """What was wanted has gone out, and what is wrong is put right, as if there were time between."""
    for _ in range(4):
        await world.store(rested)
        await world.bot.tick()


def rested(store: Store) -> None:
    """A place takes one post a second: let it be longer ago."""
    store._connection.execute(metadata.tables["budgets"].delete())
    store._connection.execute(metadata.tables["posts"].update().values(claimed_at=None))


async def test_who_is_asked_gets_a_letter_and_so_does_who_asked(world: World) -> None:
    bea, cal = world.person("bea"), world.person("cal")
    for hands in (bea, cal):
        await hands.says("help")
    await drafts(world)
    await bea.presses("Ask for approval")
    await bea.sends({"Who shall look": "Cal Leader"})
    assert "I will ask Cal Leader." in texts(bea)
    await posted(world)
    if cal.account.platform == "web":
        await cal.opens_home()
    assert "Bea Co-ordinator asks you to approve the update of Sexual Health Network" in texts(cal)
    await cal.presses("Open the draft")
    await cal.presses("Approve")
    assert "You approved it. Thank you." in texts(cal)
    await posted(world)
    if bea.account.platform == "web":
        await bea.opens_home()
    assert "Cal Leader approved the update of Sexual Health Network" in texts(bea)
