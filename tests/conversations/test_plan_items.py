"""Items of a plan at their limits: the same again, too many, and objectives that are changed on their own pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bench.plans import buttons_of, fills, made, message_of, plan_of, presses, reviewed_young, with_item
from bench.reviews import of_user
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.replies import Ask, Correct
from handlers.plan import sentences
from prompts.plan import catalogue
from storage.goal_records import Goal, GoalReader
from storage.plan_records import NewItem
from storage.records import Audience
from storage.store import Store


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    """The inside of the bot, with the world's people."""
    inside = Straight(fresh_sqlite(tmp_path))
    inside.fill()
    yield inside
    inside.close()


async def _under(straight: Straight, objective_id: int) -> list[Goal]:
    def read(store: Store) -> list[Goal]:
        return store.goals.under(objective_id, GoalReader(0, ((1, Audience.COORDINATOR),)))

    return await straight.store(read)


async def test_the_same_item_stands_once_and_what_was_done_is_proposed_no_more(straight: Straight) -> None:
    offered = await made(straight)
    choose = next(one for one in buttons_of(offered) if one.label == "Choose")
    await fills(straight, "bea", offered, "Choose")
    values = {
        "title": "Once more",
        "month": "2027-03-01",
        "who": str(await straight.store(lambda s: of_user(s, "bea"))),
    }
    assert sentences.TWICE in words_in(await straight.sends("cal", choose.action, choose.argument, values))
    plan = await plan_of(straight)
    await straight.fills("bea", "goals.achieved", str(plan.items[0].objective_id), {})
    await straight.fills("bea", "plan.end", str(plan.id), {"changed": "It is done"})
    again = await made(straight)
    assert choose.about not in [one.about for one in buttons_of(again)]


async def test_a_plan_holds_twenty_open_items(straight: Straight) -> None:
    await made(straight)
    plan_id = (await plan_of(straight)).id

    def fill(store: Store) -> None:
        for number in range(sentences.MOST_ITEMS):
            store.plans.add_item(
                plan_id, NewItem("", f"Item {number}", "", "", date(2027, 3, 1), of_user(store, "bea"))
            )

    await straight.store(fill)
    assert sentences.FULL in words_in(await with_item(straight))
    out = await presses(straight, "bea", await straight.says("bea", "plan"), "Take out")
    await with_item(straight)
    assert sentences.FULL in words_in(await presses(straight, "bea", out, "Put it back"))
    assert len([one for one in (await plan_of(straight)).items if one.left_on is None]) == sentences.MOST_ITEMS


async def test_what_its_owner_wrote_meanwhile_is_shown_before_an_item_is_changed(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    plan = await plan_of(straight)
    item = plan.items[0]
    opened = await straight.opens("cal", "plan.change", f"{plan.id}.{item.id}")
    assert isinstance(opened, Ask)
    await straight.fills("ben", "goals.edit", str(item.objective_id), {"title": "Meet by the sea"})
    typed = {one.key: one.value or "" for one in opened.form.questions}
    corrected = await straight.sends("cal", "plan.change", opened.form.argument, typed)
    assert isinstance(corrected, Correct)
    assert "This item says now: “Meet by the sea”" in corrected.errors["title"]


async def test_goals_under_an_item_go_with_its_date_and_owner_where_they_were_its_own(straight: Straight) -> None:
    await straight.store(reviewed_young)
    await made(straight)
    two = next(one for one in catalogue().actions if len(one.goals) == 2)
    plan_id = (await plan_of(straight)).id
    await straight.fills("bea", "plan.choose", f"{plan_id}.{two.key}", {"month": "2027-03-01"})
    item = (await plan_of(straight)).items[0]
    assert item.objective_id is not None
    first, second = await _under(straight, item.objective_id)
    await straight.fills("bea", "goals.edit", str(first.id), {"due": "2027-02-10"})
    cal = str(await straight.store(lambda store: of_user(store, "cal")))
    await straight.fills("bea", "goals.owner", str(second.id), {"owner": cal})
    ben = str(await straight.store(lambda store: of_user(store, "ben")))
    await straight.fills("bea", "plan.change", f"{plan_id}.{item.id}", {"month": "2027-06-01", "who": ben})
    after = {one.id: one for one in await _under(straight, item.objective_id)}
    assert (after[first.id].words.due_on, str(after[first.id].owner_id)) == (date(2027, 2, 10), ben)
    assert (after[second.id].words.due_on, str(after[second.id].owner_id)) == (date(2027, 6, 30), cal)


async def test_the_wheel_is_in_the_file_of_those_alone_who_may_read_the_review(straight: Straight) -> None:
    await straight.store(lambda store: reviewed_young(store, Audience.LEADERS))
    await made(straight, audience="network")
    plan_id = (await plan_of(straight)).id
    has_picture = {}
    for user in ("bea", "ann"):
        reply = await straight.presses(user, "plan.word", str(plan_id))
        has_picture[user] = b"word/media/" in message_of(reply).attachments[0].content
    assert has_picture == {"bea": True, "ann": False}
