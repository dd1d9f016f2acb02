"""A network makes a plan from its review, lives with it, and makes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.plans import (
    button_of,
    buttons_of,
    fills,
    made,
    plan_of,
    presses,
    reviewed_young,
    with_item,
)  # fmt: skip
from bench.reviews import of_user
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.replies import Ask, Correct, Say
from prompts.plan import catalogue

WHY = "Half of us have left"


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    """The inside of the bot, with the world's people."""
    inside = Straight(fresh_sqlite(tmp_path))
    inside.fill()
    yield inside
    inside.close()


async def test_three_items_are_chosen_from_a_review_and_become_objectives(straight: Straight) -> None:
    await straight.store(reviewed_young)
    offered = await made(straight)
    shown = words_in(offered)
    assert "Your plan is made. Everyone in the network can read this." in shown
    assert "This comes from your review of 8 January 2027." in shown
    assert "Choose small things that you can finish soon. Talk until all of you can live with it." in shown
    assert "You want to work on critical mass." in shown
    assert "It fits a network that " in shown
    titles = [one.about for one in buttons_of(offered) if one.label == "Choose"]
    ben = str(await straight.store(lambda store: of_user(store, "ben")))
    for place in range(3):
        kept = await fills(straight, "bea", offered, "Choose", **({} if place else {"who": ben}))
        if place == 0:
            assert "It is in your plan for " in words_in(kept)
            assert "I tell Ben Example at a good time for them." in words_in(kept)
        offered = await presses(straight, "bea", kept, "Choose another") if place < 2 else offered
    plan = await plan_of(straight)
    assert next(one for one in plan.items if one.place == 1).title == titles[0]
    assert len({one.action for one in plan.items}) == 3
    assert all(one.objective_id and one.dimension and one.why for one in plan.items)
    assert plan.review_id is not None
    objective = await presses(straight, "ben", await straight.says("ben", "plan"), "Open")
    under = catalogue().action(plan.items[0].action)
    assert under is not None
    assert "Bea Co-ordinator" in words_in(objective)
    assert all(one in words_in(objective) for one in under.goals)
    assert "The plan has 3 items. Done: 0." in words_in(await straight.says("cal", "development plan"))


async def test_a_handed_objective_and_its_goals_can_be_handed_back(straight: Straight) -> None:
    await straight.store(reviewed_young)
    offered = await made(straight)
    ben = str(await straight.store(lambda store: of_user(store, "ben")))
    await fills(straight, "bea", offered, "Choose", who=ben)
    objective = await presses(straight, "ben", await straight.says("ben", "plan"), "Open")
    await presses(straight, "ben", objective, "I cannot take this on")
    plan = await plan_of(straight)
    assert plan.items[0].owner_name == "Bea Co-ordinator"
    owners = await straight.store(lambda store: store._connection.exec_driver_sql("select owner_id from goals").all())
    assert {one[0] for one in owners} == {plan.items[0].owner_id}


async def test_another_one_can_be_asked_for(straight: Straight) -> None:
    offered = await made(straight)
    first = [one.about for one in buttons_of(offered) if one.label == "Choose"]
    other = await presses(straight, "bea", offered, "Another one", 1)
    second = [one.about for one in buttons_of(other) if one.label == "Choose"]
    assert (second[0], second[2]) == (first[0], first[2])
    assert second[1] not in first


async def test_a_plan_can_be_made_without_a_review(straight: Straight) -> None:
    begun = await straight.says("bea", "plan")
    assert button_of(begun, "Begin with a review").action == "diagnostic.new"
    asked = await straight.presses("bea", "plan.propose", "1")
    assert isinstance(asked, Ask)
    far = await straight.fills("bea", asked.form.name, asked.form.argument, {"began_on": "2027-12-01"})
    assert isinstance(far, Correct)
    assert "more than six months ahead" in far.errors["began_on"]
    offered = await straight.fills("bea", asked.form.name, asked.form.argument, {"began_on": "2027-01-11"})
    assert "There is no review that you can read. So this is what fits any network." in words_in(offered)
    assert words_in(offered).count("It fits any network.") >= 3
    again = await straight.fills("cal", asked.form.name, asked.form.argument, {"began_on": "2027-01-12"})
    assert "Someone has made a plan meanwhile. Here it is." in words_in(again)
    assert (await plan_of(straight)).number == 1


async def test_what_slips_is_said_kindly_and_moves_with_its_objective(straight: Straight) -> None:
    await made(straight)
    await with_item(straight, month="2027-02-01")
    straight.clock.move(days=50)
    page = await straight.says("bea", "plan")
    assert "Month 2 of 18: getting going." in words_in(page)
    assert "Planned for February 2027. Not done yet. Give it a new month, or take it out." in words_in(page)
    assert "Its month has been over since 1 March 2027." in words_in(page)
    assert "Give it a new month" not in words_in(await straight.says("ann", "plan"))
    home = words_in(await straight.opens_home("bea"))
    assert "1 item in the plan of Sexual Health Network can have a new month." in home
    assert "can have a new month" not in words_in(await straight.opens_home("ann"))
    moved = await fills(straight, "bea", page, "Change", month="2027-06-01", title="Meet three times")
    assert "It was first planned for February 2027." in words_in(moved)
    objective = words_in(await presses(straight, "bea", moved, "Open"))
    assert "Meet three times" in objective
    assert "Wednesday 30 June 2027" in objective or "30 June 2027" in objective


async def test_two_who_change_an_item_at_once_lose_nothing(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    page = await straight.says("bea", "plan")
    change = button_of(page, "Change")
    opened = await straight.opens("cal", change.action, change.argument)
    assert isinstance(opened, Ask)
    await fills(straight, "bea", page, "Change", title="Meet four times")
    typed = {one.key: one.value or "" for one in opened.form.questions} | {"title": "Meet at the sea"}
    corrected = await straight.sends("cal", opened.form.name, opened.form.argument, typed)
    assert isinstance(corrected, Correct)
    assert (
        "This item says now: “Meet four times”, for March 2027. Ben Example looks after it."
        in corrected.errors["title"]
    )
    question = corrected.form.question("title")
    assert question is not None
    assert question.value == "Meet at the sea"
    kept = await straight.sends("cal", corrected.form.name, corrected.form.argument, typed)
    assert "Meet at the sea" in words_in(kept)


async def test_a_review_point_is_moved_and_held(straight: Straight) -> None:
    await made(straight, began_on="2027-01-12")
    page = await straight.says("bea", "plan")
    for on, why in (
        ("2027-01-11", "The plan begins on 12 January 2027."),
        ("2028-08-01", "The plan ends with 31 July 2028."),
    ):
        corrected = await fills(straight, "bea", page, "Move it", on=on)
        assert isinstance(corrected, Correct)
        assert why in corrected.errors["on"]
    moved = await fills(straight, "bea", page, "Move it", on="2027-04-20")
    assert "is on 20 April 2027 now. It was first on 12 April 2027." in words_in(moved)
    straight.clock.move(days=91)
    assert "A review point of Sexual Health Network is on 20 April 2027." in words_in(await straight.opens_home("cal"))
    ahead = await fills(straight, "bea", moved, "We held it", on="2027-04-20")
    assert isinstance(ahead, Correct)
    held = await fills(straight, "bea", moved, "We held it", note="Two came")
    assert "Everyone in the network can read this." in words_in(held)
    points = await presses(straight, "ann", await straight.says("ann", "plan"), "All review points")
    assert "Two came" in words_in(points)
    assert [one.label for one in buttons_of(points)] == ["Our plan"]


async def test_two_who_note_a_review_point_or_move_it_at_once_lose_nothing(straight: Straight) -> None:
    await made(straight)
    own = f"{(await plan_of(straight)).id}.3"
    for form, key, first, second in (
        ("plan.move", "on", "2027-04-20", "2027-04-27"),
        ("plan.hold", "note", "Two came", "Three came"),
    ):
        opened = await straight.opens("cal", form, own)
        assert isinstance(opened, Ask)
        typed = {one.key: one.value or "" for one in opened.form.questions} | {key: second}
        await straight.fills("bea", form, own, {key: first})
        corrected = await straight.sends("cal", form, opened.form.argument, typed)
        assert isinstance(corrected, Correct)
        assert ("20 April 2027" if key == "on" else "“Two came”") in corrected.errors[key]
        question = corrected.form.question(key)
        assert question is not None
        assert question.value == second
        assert isinstance(await straight.sends("cal", form, corrected.form.argument, typed), Say)
    point = (await plan_of(straight)).points[0]
    assert (point.on.isoformat(), point.note) == ("2027-04-27", "Three came")


async def test_at_month_9_the_review_can_be_done_again(straight: Straight) -> None:
    await made(straight)
    held = await straight.fills("cal", "plan.hold", f"{(await plan_of(straight)).id}.9", {"note": ""})
    again = button_of(held, "Do the review again")
    assert (again.action, again.argument) == ("diagnostic.new", "1")
    await straight.store(reviewed_young)
    held = await straight.fills("cal", "plan.hold", f"{(await plan_of(straight)).id}.9", {"note": ""})
    assert "Do the review again" not in words_in(held), "one has just ended"


async def test_a_new_plan_carries_what_goes_on_and_the_old_one_stays(straight: Straight) -> None:
    await made(straight)
    await with_item(straight, title="This goes on")
    await with_item(straight, title="This does not")
    plan = await plan_of(straight)
    asked = await straight.opens("cal", "plan.again", str(plan.id))
    assert isinstance(asked, Ask)
    items = asked.form.question("items")
    assert items is not None
    assert items.value == tuple(str(one.id) for one in plan.items)
    kept = await straight.fills("cal", "plan.again", str(plan.id), {"why": WHY, "items": (str(plan.items[0].id),)})
    assert "1 item goes on in it." in words_in(kept)
    assert "One is not in it: its objective stays as it is among your goals." in words_in(kept)
    now = await straight.says("ann", "plan")
    assert "This goes on" in words_in(now)
    assert "This does not" not in words_in(now)
    old = await presses(straight, "ann", await presses(straight, "ann", now, "Older plans"), "Read it")
    for words in ("This goes on", "This does not", WHY, "A new plan took its place on 12 January 2027."):
        assert words in words_in(old)
    assert "Change" not in [one.label for one in buttons_of(await straight.presses("bea", "plan.old", str(plan.id)))]
    assert "This does not" in words_in(await straight.says("ann", "goals"))
    assert (await plan_of(straight)).began_on == plan.began_on
    over = await straight.opens("bea", "plan.change", f"{plan.id}.{plan.items[0].id}")
    assert "That plan is over." in words_in(over)


async def test_where_the_months_go_on_so_do_the_review_points_that_wait(straight: Straight) -> None:
    await made(straight)
    plan_id = (await plan_of(straight)).id
    await straight.fills("bea", "plan.hold", f"{plan_id}.3", {"note": ""})
    await straight.fills("bea", "plan.move", f"{plan_id}.6", {"on": "2027-08-02"})
    await straight.fills("bea", "plan.again", str(plan_id), {"why": WHY, "count": "go on"})
    points = (await plan_of(straight)).points
    assert [one.month for one in points] == [6, 9, 12, 15, 18]
    assert points[0].on.isoformat() == "2027-08-02"


async def test_a_new_plan_can_begin_again(straight: Straight) -> None:
    await made(straight)
    await with_item(straight, month="2027-02-01")
    straight.clock.move(days=100)
    await straight.fills("bea", "plan.again", str((await plan_of(straight)).id), {"why": WHY, "count": "anew"})
    plan = await plan_of(straight)
    assert plan.began_on.isoformat() == "2027-04-22"
    assert (plan.items[0].month_on.isoformat(), str(plan.items[0].first_on)) == ("2027-04-01", "2027-02-01")
    assert [one.month for one in plan.points] == [3, 6, 9, 12, 15, 18]


async def test_a_new_plan_of_one_that_has_not_begun_begins_when_that_was_to(straight: Straight) -> None:
    await made(straight, began_on="2027-05-01")
    await straight.fills("bea", "plan.again", str((await plan_of(straight)).id), {"why": WHY})
    plan = await plan_of(straight)
    assert (plan.number, plan.began_on.isoformat()) == (2, "2027-05-01")


async def test_a_review_point_that_was_past_when_the_plan_was_made_waits_for_nobody(straight: Straight) -> None:
    await made(straight, began_on="2026-09-01")
    assert [one.month for one in (await plan_of(straight)).points] == [6, 9, 12, 15, 18]
    page = await straight.says("bea", "plan")
    assert "The next is on 1 March 2027." in words_in(page)
    assert "review point" not in words_in(await straight.opens_home("cal"))


async def test_an_item_is_taken_out_and_put_back(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    out = await presses(straight, "bea", await straight.says("bea", "plan"), "Take out")
    assert "Its objective stays as it is among your goals." in words_in(out)
    assert "Taken out in January 2027." in words_in(await straight.says("ann", "plan"))
    back = await presses(straight, "bea", out, "Put it back")
    assert "It stands in the plan again." in words_in(back)
    assert button_of(back, "Take out").action == "plan.leave"
