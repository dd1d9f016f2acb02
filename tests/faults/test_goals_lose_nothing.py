"""Bad dates, targets of nonsense, endless titles, goals of people who left: a clear answer, and nothing is lost."""

from __future__ import annotations

import pytest

from bench.straight import Straight, words_in
from handlers.kit.events import Values
from handlers.kit.replies import Ask, Correct
from storage.records import Role, RoleHeld

NOT_A_DATE = (
    "soonish",
    "31 June",
    "2027-13-45",
    "30/02/2027",
    "30 June 1999",
    "1 May 2140",
    "0",
    "٣٠ يونيو",
    "when done",
)
NO_NUMBER = ("NaN", "inf", "-inf", "1e99", "lots", "99999999999", "2,5", "0x10", "two")
LONG = "x" * 10_000


@pytest.fixture
async def written(straight: Straight) -> Straight:
    """Ann has a goal of her own; the second is the network's, Bea looks after it, Ann helps, and Cal reviews."""
    await straight.says("ann", "new goal: Ring the ward")
    await straight.says("bea", "new goal: Two workshops")
    await straight.presses("bea", "goals.give", "2.1")
    await straight.presses("ann", "goals.help", "2")
    await straight.presses("cal", "goals.review", "1")
    return straight


async def refused(straight: Straight, user: str, form: str, argument: str, values: Values, key: str) -> str:
    """The sentence at that question; all that was typed still stands in the form, and nothing is stored."""
    before = await straight.tables()
    reply = await straight.fills(user, form, argument, values)
    assert isinstance(reply, Correct), (values, words_in(reply))
    assert {one.key: one.value for one in reply.form.questions}.items() >= values.items()
    after = await straight.tables()
    for table in ("goals", "goal_entries"):
        assert after[table] == before[table], (table, values)
    return reply.errors[key]


@pytest.mark.parametrize("said", NOT_A_DATE)
async def test_what_is_no_date_is_said_wherever_one_is_asked_for(written: Straight, said: str) -> None:
    beside = {"title": "Something else", "due": said}
    for form, argument, values in (
        ("goals.new", "", beside),
        ("goals.edit", "1", beside | {"measure": "Each has a room"}),
        ("goals.sharpen", "1.2.2", {"due": said}),
    ):
        problem = await refused(written, "ann", form, argument, values, "due")
        assert problem.endswith(("end of June.", "choose another day."))
    if any(one.isdigit() and one.isascii() for one in said[:1]) and " " in said:
        problem = await refused(written, "cal", "goals.reword", "2.0.1.0", {"title": f"Two by {said}"}, "title")
        assert problem.endswith("Please write another date.")


@pytest.mark.parametrize("said", NO_NUMBER)
async def test_a_target_of_nonsense_is_said_at_its_question(written: Straight, said: str) -> None:
    values = {"target": said, "measure": "Each has a room", "why": "The ward asked"}
    assert "number" in await refused(written, "ann", "goals.edit", "1", values, "target")


@pytest.mark.parametrize(
    ("user", "form", "argument", "key"),
    [
        ("ann", "goals.new", "", "title"),
        ("ann", "goals.edit", "1", "title"),
        ("ann", "goals.edit", "1", "measure"),
        ("ann", "goals.progress", "1", "now"),
        ("ann", "goals.progress", "1", "why"),
        ("ann", "goals.achieved", "1", "why"),
        ("ann", "goals.dropped", "1", "why"),
        ("ann", "goals.sharpen", "1.4.2", "with_whom"),
        ("cal", "goals.keep", "2.0.1.0", "why"),
        ("cal", "goals.reword", "2.0.1.0", "title"),
    ],
)
async def test_ten_thousand_characters_are_answered_with_how_many_fit(
    written: Straight, user: str, form: str, argument: str, key: str
) -> None:
    for length in (1001, 10_000):
        problem = await refused(written, user, form, argument, {key: LONG[:length]}, key)
        assert "Please" in problem, problem


async def test_whoever_left_says_no_more_of_the_networks_goals_and_keeps_their_own(written: Straight) -> None:
    await written.says("ann", "progress: workshops: 1 of 2")
    await written.store(lambda store: store.people.remove_role(1, RoleHeld(Role.MEMBER, 1)))
    before = await written.tables()
    for reply in (
        await written.presses("ann", "goals.sure", "2.0"),
        await written.presses("ann", "goals.said", "2.1.0.3"),
        await written.sends("ann", "goals.say", "2.1", {"now": "2"}),
        await written.sends("ann", "goals.progress", "2", {"now": "2"}),
    ):
        assert "That goal is not there for you any more." in words_in(reply)
    after = await written.tables()
    assert after["goal_entries"] == before["goal_entries"]
    assert "progress" not in words_in(await written.presses("ann", "goals.meant", "1.1"))
    assert "1 of 2" in words_in(await written.presses("ann", "goals.which", "1")), "the line is not lost"
    assert "That is kept." in words_in(await written.presses("ann", "goals.said", "1.1.0.0"))


async def test_a_review_goes_on_over_a_goal_whose_owner_left_meanwhile(written: Straight) -> None:
    await written.store(lambda store: store.people.remove_role(3, RoleHeld(Role.COORDINATOR, 1)))
    assert "no longer in the network" in words_in(await written.presses("cal", "goals.review", "1"))
    told = words_in(await written.fills("cal", "goals.keep", "2.0.1.0", {"why": "Ask Ben"}))
    assert "1 goal looked at: 1 kept." in told


async def test_words_go_no_further_than_the_open_form_said(straight: Straight) -> None:
    """Ann begins to write for herself alone; then she lets everyone read the goal, from another place."""
    await straight.says("ann", "new goal: Ring the ward")
    opened = await straight.opens("ann", "goals.progress", "1")
    assert isinstance(opened, Ask)
    typed = {"now": "half", "why": "Bo is ill"}
    await straight.fills("ann", "goals.audience", "1", {"audience": "network", "network": "1"})
    reply = await straight.sends("ann", "goals.progress", opened.form.argument, typed)
    assert isinstance(reply, Correct)
    assert "More people can read this goal" in reply.errors["now"]
    assert {one.key: one.value for one in reply.form.questions}.items() >= typed.items()
    assert "Bo is ill" not in words_in(await straight.tables())
    assert "That is kept." in words_in(await straight.sends("ann", "goals.progress", reply.form.argument, typed))
