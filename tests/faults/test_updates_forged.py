"""S3: every button and form of updates, forged by those who may not see or touch the draft that it names."""

from __future__ import annotations

import asyncio

import pytest

from bench.straight import Straight, words_in
from handlers import find_routes
from handlers.kit.events import Values
from handlers.kit.replies import Reply

ROUTES = find_routes()
PRESSES = [name for name in ROUTES.presses if name.startswith("updates.")]
FORMS = [name for name in ROUTES.forms if name.startswith("updates.")]
SECRET = "Only the network reads this"
ARGUMENTS = ("{}", "{}.0", "{}.1", "{}.0.1", "{}.1.999999999")
"""Of every count of numbers that a button or form of updates carries."""
VALUES: Values = {
    "text": "Stolen",
    "line": "Stolen",
    "who": "1",
    "wish": "Stolen",
    "period": "this_month",
    "audience": "funder",
}


@pytest.fixture
async def drafted(straight: Straight) -> Straight:
    """Draft 1 is of the first network, and Cal was asked to approve it; draft 2 is of the other."""
    given = {"feeling": "3", "moved": SECRET, "moved:who": "network"}
    await straight.fills("ann", "checkins.record", "1", given)
    await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "network"})
    await straight.fills("bea", "updates.edit", "1.0.0", {"text": f"{SECRET}, says Ann"})
    await straight.fills("bea", "updates.ask", "1", {"who": "4"})
    await straight.fills("kit", "updates.new", "2", {"period": "this_month", "audience": "faculty"})
    return straight


async def forge(straight: Straight, user: str, draft_id: int) -> list[Reply]:
    """All of someone's presses and forms that name the draft, in every shape that an argument has."""
    doings = []
    for argument in (shape.format(draft_id) for shape in ARGUMENTS):
        doings += [straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            doings += [straight.opens(user, form, argument), straight.sends(user, form, argument, VALUES)]
    return await asyncio.gather(*doings)


@pytest.mark.parametrize("user", ["ann", "kit", "fay", "sam"])
async def test_a_draft_is_seen_and_touched_by_nobody_but_those_who_run_its_network(
    drafted: Straight, user: str
) -> None:
    before = await drafted.tables()
    said = "\n".join(words_in(one) for one in await forge(drafted, user, 1))
    assert SECRET not in said
    assert "went wrong" not in said
    after = await drafted.tables()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


async def test_only_who_was_asked_approves_and_only_what_they_saw(drafted: Straight) -> None:
    assert "Only the person who was asked" in words_in(await drafted.presses("bea", "updates.approve", "1.1"))
    await drafted.fills("bea", "updates.add", "1.0", {"line": "Put in meanwhile"})
    assert "has changed since you saw it" in words_in(await drafted.presses("cal", "updates.approve", "1.1"))
    assert "You approved it." in words_in(await drafted.presses("cal", "updates.approve", "1.2"))
    await drafted.fills("bea", "updates.add", "1.0", {"line": "Put in after that"})
    assert "It waits for approval." in words_in(await drafted.presses("bea", "updates.post", "1.3"))


async def test_an_update_for_the_network_alone_cannot_be_shared_with_the_faculty(drafted: Straight) -> None:
    await drafted.presses("bea", "updates.wait", "1")
    reply = words_in(await drafted.presses("bea", "updates.share", "1.1"))
    assert "for the network alone" in reply
    assert SECRET not in words_in(await drafted.presses("fay", "updates.read", "1"))


async def test_what_has_gone_out_is_edited_by_nobody(drafted: Straight) -> None:
    await drafted.presses("kit", "updates.share", "2.0")
    assert "shared" in words_in(await drafted.says("fay", "updates"))
    before = await drafted.tables()
    for action, argument in (("updates.out", "2.3"), ("updates.leave", "2.0"), ("updates.discard", "2")):
        assert "has gone out" in words_in(await drafted.presses("kit", action, argument))
    for form in ("updates.edit", "updates.add", "updates.ask"):
        await drafted.sends("kit", form, "2.0.0" if form == "updates.edit" else "2.0", VALUES)
    after = await drafted.tables()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


async def test_a_line_of_another_draft_cannot_be_taken_out_or_kept(drafted: Straight) -> None:
    tables = await drafted.tables()
    other = next(row[0] for row in tables["draft_sentences"] if row[1] == 1)
    await drafted.presses("kit", "updates.out", f"2.{other}")
    await drafted.presses("kit", "updates.keep", f"2.{other}.1")
    assert (await drafted.tables())["draft_sentences"] == tables["draft_sentences"]


async def test_what_changed_is_taken_over_only_as_it_was_seen(drafted: Straight) -> None:
    await drafted.presses("ann", "checkins.withdraw", "1")
    before = (await drafted.tables())["draft_sources"]
    assert "has changed once more" in words_in(await drafted.presses("bea", "updates.settle", "1.5"))
    assert (await drafted.tables())["draft_sources"] == before
