"""S3: plans and their buttons by those who have no right to them, with ids of others, or after all is over."""

from __future__ import annotations

from bench.plans import made, plan_of, with_item
from bench.straight import Straight, everything, words_in
from handlers import find_routes
from handlers.kit.replies import Ask, Correct

ROUTES = find_routes()
PRESSES = [one for one in ROUTES.presses if one.startswith("plan.")]
FORMS = [one for one in ROUTES.forms if one.startswith("plan.")]
ARGUMENTS = (
    "1", "1.1", "1.1.1", "1.1.1.1", "1.3", "1.3.1", "999", "999.1", "2", "2.1", "", "x", "1.-1", "1.999",
    "1.purpose-one-sentence", "1.purpose-one-sentence.0", "1.no-such-key", "1.no-such-key.7", "1." + "9" * 40,
)  # fmt: skip
VALUES = {
    "title": "Stolen", "month": "2027-03-01", "who": "1", "why": "Stolen", "audience": "faculty", "on": "2027-01-12",
    "note": "Stolen", "changed": "Stolen", "began_on": "2027-01-12", "count": "go on",
}  # fmt: skip
SECRET = "The heron keeps still"


async def _secret(straight: Straight) -> None:
    await made(straight, audience="leaders")
    await with_item(straight, owner="cal", title=SECRET)


async def _stands(straight: Straight) -> dict[str, list[tuple[object, ...]]]:
    kept = await straight.store(everything)
    return {name: rows for name, rows in kept.items() if name.startswith("plan") or name in ("goals", "networks")}


async def test_nobody_else_reads_or_changes_a_plan_whatever_they_send(straight: Straight) -> None:
    await _secret(straight)
    before = await _stands(straight)
    for user in ("ann", "kit", "fay", "sam"):
        for argument in ARGUMENTS:
            for action in PRESSES:
                if user == "kit" and argument == "2":
                    continue
                assert SECRET not in words_in(await straight.presses(user, action, argument)), (user, action, argument)
            for form in FORMS:
                if user == "kit" and argument == "2":
                    continue
                assert SECRET not in words_in(await straight.opens(user, form, argument)), (user, form, argument)
                assert SECRET not in words_in(await straight.sends(user, form, argument, VALUES)), (
                    user,
                    form,
                    argument,
                )
    assert await _stands(straight) == before


async def test_those_who_may_read_a_plan_may_not_change_it(straight: Straight) -> None:
    await made(straight, audience="faculty")
    await with_item(straight)
    before = await _stands(straight)
    for user in ("ann", "ben", "fay"):
        for argument in ARGUMENTS:
            for action in PRESSES:
                await straight.presses(user, action, argument)
            for form in FORMS:
                await straight.opens(user, form, argument)
                await straight.sends(user, form, argument, VALUES)
    assert await _stands(straight) == before


async def test_odd_arguments_of_those_who_run_the_network_break_nothing(straight: Straight) -> None:
    await _secret(straight)
    for argument in ARGUMENTS:
        for action in PRESSES:
            assert "that went wrong" not in words_in(await straight.presses("bea", action, argument))
        for form in FORMS:
            assert "that went wrong" not in words_in(await straight.opens("bea", form, argument))


async def test_a_person_of_another_network_cannot_be_given_an_item(straight: Straight) -> None:
    await made(straight)
    plan = await plan_of(straight)
    kit = {"title": "Stolen", "month": "2027-03-01", "who": "6", "step_when": "", "step_then": ""}
    reply = await straight.sends("bea", "plan.own", str(plan.id), kit)
    people = await straight.store(lambda store: [one.id for one in store.people.in_network(1)])
    assert 6 not in people
    assert isinstance(reply, Correct)
    assert not (await plan_of(straight)).items


async def test_a_month_outside_the_plan_is_not_taken(straight: Straight) -> None:
    await made(straight)
    reply = await with_item(straight, month="2026-12-01")
    assert isinstance(reply, Correct)
    assert "month" in reply.errors
    late = await with_item(straight, month="2028-08-01")
    assert isinstance(late, Correct)


async def test_the_same_event_again_makes_one_item(straight: Straight) -> None:
    await made(straight)
    plan = await plan_of(straight)
    opened = await straight.opens("bea", "plan.own", str(plan.id))
    assert isinstance(opened, Ask)
    typed = {one.key: one.value or "" for one in opened.form.questions} | {"title": "Meet"}
    for _ in range(2):
        await straight.sends("bea", "plan.own", opened.form.argument, typed, again="once")
    assert len((await plan_of(straight)).items) == 1


async def test_what_others_changed_meanwhile_is_said_before_a_new_plan_or_wider_readers(straight: Straight) -> None:
    await made(straight)
    plan = await plan_of(straight)
    again = await straight.opens("cal", "plan.again", str(plan.id))
    readers = await straight.opens("cal", "plan.audience", str(plan.id))
    assert isinstance(again, Ask)
    assert isinstance(readers, Ask)
    await with_item(straight)
    reply = await straight.sends("cal", "plan.again", again.form.argument, {"why": "Why not", "count": "go on"})
    assert isinstance(reply, Correct)
    assert reply.form.question("items") is not None
    assert words_in(reply.form.question("why")).count("Why not") == 1
    reply = await straight.sends("cal", "plan.audience", readers.form.argument, {"audience": "faculty"})
    assert isinstance(reply, Correct)
    assert (await plan_of(straight)).number == 1
