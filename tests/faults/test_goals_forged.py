"""S3: every button and form of goals, forged by those who may not read or change the goal that it names."""

from __future__ import annotations

import asyncio

import pytest

from bench.straight import Straight, words_in
from handlers import find_routes
from handlers.kit.events import Values
from handlers.kit.replies import Reply
from storage.records import Role, RoleHeld
from storage.unit import Store

ROUTES = find_routes()
PRESSES = [name for name in ROUTES.presses if name.startswith("goals.")]
FORMS = [name for name in ROUTES.forms if name.startswith("goals.") and name != "goals.new"]
SECRET, SHARED = "Secret-goal-of-ann", "Goal-of-the-network"
ARGUMENTS = ("{}", "{}.0", "{}.1", "{}.2", "{}.1.2", "{}.0.0", "{}.0.0.0", "{}.1.0.0", "{}.0.1.0", "{}.0.1.1")
VALUES: Values = {
    "title": "Stolen", "now": "9", "confidence": "on", "why": "Stolen", "audience": "funder", "network": "1",
    "owner": "2", "goal": "1", "measure": "Stolen", "due": "30 June", "step_then": "Stolen", "with_whom": "Stolen",
}  # fmt: skip


@pytest.fixture
async def forged(straight: Straight) -> Straight:
    """Goal 1 is Ann's alone; goal 2 is the network's, and Cal has walked through the goals and shared nothing."""
    await straight.says("ann", f"new goal: {SECRET}")
    await straight.says("bea", f"new goal: {SHARED}")
    await straight.presses("bea", "goals.give", "2.1")
    await straight.presses("cal", "goals.review", "1")
    await straight.fills("cal", "goals.keep", "2.0.1.0", {"why": "Kept"})
    return straight


async def forge(straight: Straight, user: str, goal_id: int, presses: list[str]) -> list[Reply]:
    """All of someone's presses and forms that name the goal, in every shape that an argument has."""
    doings = []
    for argument in (shape.format(goal_id) for shape in ARGUMENTS):
        doings += [straight.presses(user, action, argument) for action in presses]
        for form in FORMS:
            doings += [straight.opens(user, form, argument), straight.sends(user, form, argument, VALUES)]
    return await asyncio.gather(*doings)


@pytest.mark.parametrize("user", ["ben", "bea", "cal", "kit", "fay", "sam"])
async def test_a_goal_of_ones_own_cannot_be_read_or_touched_by_anyone_else(forged: Straight, user: str) -> None:
    before = await forged.tables()
    replies = await forge(forged, user, 1, PRESSES)
    said = "\n".join(words_in(one) for one in replies)
    assert SECRET not in said
    assert "went wrong" not in said
    after = await forged.tables()
    for table, column in (("goals", 0), ("goal_entries", 1), ("goal_helpers", 0)):
        then, now = ([row for row in tables[table] if row[column] == 1] for tables in (before, after))
        assert now == then, table


@pytest.mark.parametrize("user", ["kit", "fay", "sam"])
async def test_a_networks_goal_cannot_be_read_or_touched_from_outside(forged: Straight, user: str) -> None:
    before = await forged.tables()
    replies = await forge(forged, user, 2, PRESSES)
    after = await forged.tables()
    assert SHARED not in "\n".join(words_in(one) for one in replies)
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


@pytest.mark.parametrize("user", ["ann", "ben"])
async def test_a_member_can_read_a_networks_goal_and_help_and_change_nothing_of_it(forged: Straight, user: str) -> None:
    before = await forged.tables()
    await forge(forged, user, 2, [one for one in PRESSES if one not in ("goals.help", "goals.leave")])
    after = await forged.tables()
    shared = [row for row in after["goals"] if row[0] == 2]
    assert shared == [row for row in before["goals"] if row[0] == 2]
    assert after["goal_helpers"] == []
    assert after["goal_reviews"] == before["goal_reviews"]
    assert "Kept" not in words_in(await forged.presses(user, "goals.summary", "1")), "it is not shared yet"


async def test_only_its_author_gives_a_goal_to_a_network_and_only_to_one_of_their_own(forged: Straight) -> None:
    await forged.says("kit", "new goal: Mine elsewhere")
    before = await forged.tables()
    for user, argument in (("ben", "1.1"), ("ann", "1.2"), ("kit", "3.1"), ("cal", "1.1")):
        await forged.presses(user, "goals.give", argument)
    assert (await forged.tables())["goals"] == before["goals"]


async def test_who_can_read_a_goal_of_another_cannot_give_it_away(forged: Straight) -> None:
    await forged.fills("ann", "goals.audience", "1", {"audience": "network"})
    assert SECRET in words_in(await forged.presses("cal", "goals.show", "1"))
    before = await forged.tables()
    for user in ("cal", "bea", "ben"):
        for action in ("goals.give", "goals.offer"):
            await forged.presses(user, action, "1.1" if action == "goals.give" else "1")
    assert (await forged.tables())["goals"] == before["goals"]


async def test_another_leader_of_the_network_cannot_go_on_with_a_review_or_share_it(forged: Straight) -> None:
    def leads(store: Store) -> None:
        (bea,) = store.people.named("Bea Co-ordinator")
        store.people.add_role(bea.id, RoleHeld(Role.LEADER, 1))

    await forged.store(leads)
    await forged.presses("cal", "goals.enough", "1")
    before = await forged.tables()
    for action, argument in (("goals.enough", "1"), ("goals.share", "1.1"), ("goals.summary", "1")):
        assert "Kept" not in words_in(await forged.presses("bea", action, argument))
    await forged.sends("bea", "goals.keep", "2.0.1.0", {"why": "Mine"})
    after = await forged.tables()
    assert {name for name in after if after[name] != before[name]} == {"audit", "seen"}


async def test_a_typed_line_is_kept_once_and_by_its_writer_alone(forged: Straight) -> None:
    await forged.says("ann", "progress: Secret-goal: 7 herons")
    for user in ("ben", "bea", "cal"):
        for reply in (
            await forged.presses(user, "goals.which", "1"),
            await forged.presses(user, "goals.said", "2.1.0.3"),
            await forged.opens(user, "goals.say", "2.1"),
        ):
            assert "herons" not in words_in(reply)
    assert "7 herons" in words_in(await forged.presses("ann", "goals.said", "1.1.0.0"))
    entries = await forged.tables()
    assert "kept already" in words_in(await forged.presses("ann", "goals.said", "1.1.0.0"))
    assert "kept already" in words_in(await forged.sends("ann", "goals.say", "1.1", {"now": "8"}))
    assert (await forged.tables())["goal_entries"] == entries["goal_entries"]


async def test_a_goal_is_handed_back_only_by_whom_it_was_given_to_and_to_whoever_is_still_there(
    forged: Straight,
) -> None:
    assert "Nobody handed you this goal." in words_in(await forged.presses("bea", "goals.decline", "2"))
    await forged.fills("bea", "goals.owner", "2", {"owner": "1"})
    assert "Nobody handed you this goal." in words_in(await forged.presses("bea", "goals.decline", "2"))
    await forged.store(lambda store: store.people.remove_role(3, RoleHeld(Role.COORDINATOR, 1)))
    assert "Whoever gave you this goal has left." in words_in(await forged.presses("ann", "goals.decline", "2"))
    await forged.store(lambda store: store.people.add_role(3, RoleHeld(Role.COORDINATOR, 1)))
    assert "You no longer look after this goal." in words_in(await forged.presses("ann", "goals.decline", "2"))
    assert "Nobody handed you this goal." in words_in(await forged.presses("bea", "goals.decline", "2"))
