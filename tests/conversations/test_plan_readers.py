"""Who reads what of a network's plan, what becomes of it when someone leaves, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bench.plans import (
    button_of,
    buttons_of,
    fills,
    made,
    message_of,
    plan_of,
    presses,
    reviewed_young,
    with_item,
)  # fmt: skip
from bench.reviews import of_user
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.replies import Ask, Correct, Reply, Say
from handlers.plan import sentences
from prompts.plan import catalogue
from storage.goal_records import GoalState
from storage.records import Role, RoleHeld
from storage.store import Store


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    """The inside of the bot, with the world's people."""
    inside = Straight(fresh_sqlite(tmp_path))
    inside.fill()
    yield inside
    inside.close()


async def test_a_narrowed_objective_leaves_the_page_of_others(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    objective_id = (await plan_of(straight)).items[0].objective_id
    await straight.fills("bea", "goals.audience", str(objective_id), {"audience": "leaders"})
    page = words_in(await straight.says("ann", "plan"))
    assert "Meet twice" not in page
    assert "1 item is for fewer readers, so it is not shown here." in page
    plan_id = (await plan_of(straight)).id
    for action in ("plan.csv", "plan.word"):
        reply = await straight.presses("ann", action, str(plan_id))
        assert b"Meet twice" not in message_of(reply).attachments[0].content
    assert b"Meet twice" in message_of(await straight.presses("bea", "plan.csv", str(plan_id))).attachments[0].content
    assert "Meet twice" in words_in(await straight.says("ben", "plan")), "who looks after it reads it"
    await straight.fills("bea", "goals.audience", str(objective_id), {"audience": "coordinator"})
    anew = await straight.fills("cal", "plan.again", str(plan_id), {"why": "Half of us have left"})
    assert "1 item that you cannot read stays in the old plan alone." in words_in(anew)


def _text_of(reply: Reply) -> str:
    file = message_of(reply).attachments[0]
    if file.name.endswith(".csv"):
        return file.content.decode()
    return "\n".join(one.text for one in Document(BytesIO(file.content)).paragraphs)


async def test_the_files_of_a_plan_say_nothing_of_a_review_that_is_for_fewer(straight: Straight) -> None:
    await straight.store(lambda store: reviewed_young(store, None))
    await made(straight)
    offered = await straight.presses("bea", "plan.propose", "1")
    assert "You want to work on critical mass." in words_in(offered)
    await fills(straight, "bea", offered, "Choose")
    plan_id = str((await plan_of(straight)).id)
    for action in ("plan.csv", "plan.word"):
        text = _text_of(await straight.presses("ann", action, plan_id))
        assert "It helps with" in text
        assert "You want to work on" not in text


async def test_who_can_read_the_plan_is_chosen_and_narrowed(straight: Straight) -> None:
    await made(straight, audience="faculty")
    await with_item(straight)
    page = await straight.says("fay", "plan")
    assert "Meet twice" in words_in(page)
    assert "Change" not in [one.label for one in buttons_of(page)]
    narrowed = await fills(straight, "cal", await straight.says("cal", "plan"), "Who can read this", audience="leaders")
    assert "the network's leaders can read this." in words_in(narrowed)
    for user in ("fay", "ann"):
        assert "Meet twice" not in words_in(await straight.presses(user, "plan.show", "1"))
    audit = words_in((await straight.tables())["audit"])
    assert "chose who can read a plan" in audit


async def test_a_plan_that_is_over_can_be_taken_back_from_its_readers(straight: Straight) -> None:
    await made(straight, audience="faculty")
    plan = await plan_of(straight)
    await straight.fills("bea", "plan.end", str(plan.id), {"changed": "We meet"})
    old = await straight.presses("cal", "plan.old", str(plan.id))
    assert "We meet" in words_in(await straight.presses("fay", "plan.old", str(plan.id)))
    narrowed = await fills(straight, "cal", old, "Who can read this", audience="network")
    assert "That is kept. Everyone in the network can read this." in words_in(narrowed)
    assert "Plan 1 of Sexual Health Network" in words_in(narrowed)
    assert "We meet" not in words_in(await straight.presses("fay", "plan.old", str(plan.id)))
    assert "Who can read this" not in [
        one.label for one in buttons_of(await straight.presses("ann", "plan.old", str(plan.id)))
    ]


async def test_an_owner_who_left_is_said_and_another_takes_over(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)

    def leaves(store: Store) -> None:
        store.people.remove_role(of_user(store, "ben"), RoleHeld(Role.MEMBER, 1))

    await straight.store(leaves)
    page = await straight.says("bea", "plan")
    assert "Nobody looks after it now." in words_in(page)
    assert "Ben" not in words_in(page)
    ann = str(await straight.store(lambda store: of_user(store, "ann")))
    changed = await fills(straight, "bea", page, "Change", who=ann)
    assert "I tell Ann Example at a good time for them." in words_in(changed)
    assert "Ann Example looks after it." in words_in(changed)


async def test_the_end_is_written_and_leads_to_the_final_update(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    plan = await plan_of(straight)
    straight.clock.move(days=560)
    page = await straight.says("bea", "plan")
    assert "The 18 months ended on 12 July 2028." in words_in(page)
    opened = await straight.opens("bea", "plan.end", str(plan.id))
    assert "Everyone in the network can read this." in words_in(opened)
    await straight.fills("cal", "plan.audience", str(plan.id), {"audience": "faculty"})
    assert isinstance(opened, Ask)
    wider = await straight.sends("bea", "plan.end", opened.form.argument, {"changed": "We meet"})
    assert isinstance(wider, Correct)
    ended = await straight.sends("bea", "plan.end", wider.form.argument, {"changed": "We meet", "lasts": "The list"})
    final = button_of(ended, "Draft the final update")
    assert (final.action, final.argument) == ("updates.final", str(plan.id))
    assert "We meet" in words_in(await presses(straight, "fay", ended, "Read it"))
    assert button_of(await presses(straight, "cal", ended, "Read it"), "Draft the final update") == replace(
        final, primary=False
    )
    assert "Draft the final update" not in [
        one.label for one in buttons_of(await presses(straight, "fay", ended, "Read it"))
    ]
    after = await straight.says("bea", "plan")
    assert button_of(after, "Make a plan").action == "plan.begin"


async def test_a_plan_that_is_over_is_read_as_on_the_day_when_it_ended_on_the_readers_clock(straight: Straight) -> None:
    await made(straight)
    await with_item(straight, month="2027-07-01")
    plan = await plan_of(straight)
    straight.clock.move(days=159, hours=13.5)  # 23.30 on 20 June in UTC
    await straight.fills("bea", "plan.end", str(plan.id), {"changed": "We meet"})
    straight.clock.move(days=200)
    old = words_in(await straight.presses("cal", "plan.old", str(plan.id)))
    assert "It came to its end on 21 June 2027." in old
    assert "Planned for July 2027." in old
    assert "Not done yet" not in old
    text = _text_of(await straight.presses("cal", "plan.word", str(plan.id)))
    assert "The end, 21 June 2027" in text
    assert "Month 6 of 18: making it work." in text


async def test_what_is_typed_waits_until_its_writer_knows_that_more_people_read_it(straight: Straight) -> None:
    await made(straight, audience="leaders")
    plan = await plan_of(straight)
    forms = [
        ("plan.hold", f"{plan.id}.3", "note", {"on": "2027-01-12"}),
        ("plan.own", str(plan.id), "title", {"month": "2027-03-01", "who": "2"}),
        ("plan.choose", f"{plan.id}.{catalogue().actions[0].key}", "title", {"month": "2027-03-01", "who": "2"}),
    ]
    opened = [await straight.opens("bea", form, argument) for form, argument, _, _ in forms]
    await straight.fills("cal", "plan.audience", str(plan.id), {"audience": "faculty"})
    for before, (reply, (form, _, key, values)) in enumerate(zip(opened, forms, strict=True)):
        assert isinstance(reply, Ask)
        typed = {**values, key: "Kept for us"}
        wider = await straight.sends("bea", form, reply.form.argument, typed)
        assert isinstance(wider, Correct), form
        assert wider.errors == {key: sentences.MORE_READERS}
        assert words_in(await plan_of(straight)).count("Kept for us") == before
        kept = await straight.sends("bea", form, wider.form.argument, typed)
        assert isinstance(kept, Say), words_in(kept)
    assert words_in(await plan_of(straight)).count("Kept for us") == 3


async def test_a_member_without_a_plan_to_read_is_told_who_can_make_one(straight: Straight) -> None:
    assert "Those who run the network can make one." in words_in(await straight.says("ann", "plan"))
    assert "No network has a plan that you can read yet." in words_in(await straight.says("fay", "plan"))
    which = await straight.says("dee", "plan")
    assert [one.label for one in buttons_of(which)] == ["Medical Training Voices", "Sexual Health Network"]
    assert "There is no plan here" in words_in(await straight.says("dee", "plan training"))


async def test_a_plan_begins_with_a_young_network(straight: Straight) -> None:
    asked = await straight.presses("kit", "plan.propose", "2")
    assert isinstance(asked, Ask)
    question = asked.form.question("began_on")
    assert question is not None
    assert question.value == "2026-09-07"


async def test_words_of_a_done_item_say_when(straight: Straight) -> None:
    await made(straight)
    await with_item(straight)
    objective_id = (await plan_of(straight)).items[0].objective_id
    await straight.fills("ben", "goals.achieved", str(objective_id), {})
    assert (await plan_of(straight)).items[0].state is GoalState.ACHIEVED
    page = words_in(await straight.says("ann", "plan"))
    assert "Done in January 2027." in page
    assert "Nothing is waiting to be done." in page


async def test_what_is_kept_of_a_person_is_told_and_their_name_is_erased(straight: Straight) -> None:
    await made(straight)
    plan = await plan_of(straight)
    await straight.fills("bea", "plan.end", str(plan.id), {"changed": "We meet", "learned": "Ask first"})
    exported = message_of(await straight.says("bea", "export")).attachments[0].content.decode()
    assert "What was learned: Ask first" in exported
    await straight.store(lambda store: store.plans.erase_person(of_user(store, "bea")))
    old = words_in(await straight.presses("cal", "plan.old", str(plan.id)))
    assert "We meet" in old
    assert "Written by someone who has left." in old
