"""S3: reviews and their buttons by those who have no right to them, too late, at once, or after someone left."""

from __future__ import annotations

import pytest

from bench.answering import SECRET, answers_all, begins
from bench.reviews import answers, of_user
from bench.straight import Straight, words_in
from handlers import find_routes
from handlers.kit.replies import Correct, Reply

ROUTES = find_routes()
PRESSES = [one for one in ROUTES.presses if one.startswith("diagnostic.")]
FORMS = [one for one in ROUTES.forms if one.startswith("diagnostic.")]
ARGUMENTS = ("1", "1.1", "1.2", "1.9", "1.1.1", "999", "1.2.3.4", "-1", "")


async def _forged(straight: Straight, user: str) -> list[Reply]:
    replies = []
    for argument in ARGUMENTS:
        replies += [await straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            values: dict[str, str | tuple[str, ...]] = {**answers(1), "purpose": "Stolen", "who": ("1", "2", "3")}
            replies += [await straight.opens(user, form, argument), await straight.sends(user, form, argument, values)]
    return replies


@pytest.mark.parametrize("user", ["ann", "kit", "sam"])
async def test_nobody_else_reads_changes_or_learns_of_a_review(straight: Straight, user: str) -> None:
    await begins(straight, "cal")
    await answers_all(straight, "bea")
    await answers_all(straight, "cal")
    before = await straight.tables()
    replies = await _forged(straight, user)
    replies += [await straight.says(user, words) for words in ("diagnostic", "review sexual", "home", "export")]
    after = await straight.tables()
    assert [words_in(one)[:200] for one in replies if "went wrong" in words_in(one)] == []
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one)] == []
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}
    there = words_in(await straight.presses(user, "diagnostic.mine", "1"))
    assert there == words_in(await straight.presses(user, "diagnostic.mine", "999")), "neither is confirmed to exist"


async def test_who_runs_the_network_without_a_seat_reads_no_answer(straight: Straight) -> None:
    await begins(straight)
    await answers_all(straight, "bea")
    reads = [one for one in PRESSES if one not in ("diagnostic.join", "diagnostic.begin", "diagnostic.give_up")]
    replies = [await straight.presses("cal", action, argument) for action in reads for argument in ("1", "1.1")]
    replies += [await straight.opens("cal", form, argument) for form in FORMS for argument in ("1", "1.1", "1.1.0")]
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one) or "went wrong" in words_in(one)] == []
    assert "has answered" not in words_in(replies)
    assert "Take part" in words_in(await straight.says("cal", "diagnostic"))


async def test_of_people_in_it_each_reads_their_own_answers_alone_before_the_session(straight: Straight) -> None:
    await begins(straight, "ann", "fay")
    await answers_all(straight, "bea")
    replies = await _forged(straight, "ann")
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one) or "went wrong" in words_in(one)] == []
    assert SECRET in words_in(await straight.presses("bea", "diagnostic.mine", "1"))


async def test_a_member_in_it_asks_nobody_and_ends_it_for_nobody(straight: Straight) -> None:
    await begins(straight, "ann")
    fay = await straight.store(lambda store: of_user(store, "fay"))
    for action in ("give_up", "anew", "join"):
        assert "Only those who run a network" in words_in(await straight.presses("ann", f"diagnostic.{action}", "1"))
    refused = await straight.sends("ann", "diagnostic.ask", "1", {"who": (str(fay),)})
    assert "Only those who run a network" in words_in(refused)
    assert [one.name for one in await straight.store(lambda store: store.reviews.seats(1))] == [
        "Ann Example",
        "Bea Co-ordinator",
    ]


async def test_somebody_of_another_network_cannot_be_asked(straight: Straight) -> None:
    await begins(straight)
    kit = await straight.store(lambda store: of_user(store, "kit"))
    reply = await straight.sends("bea", "diagnostic.ask", "1", {"who": (str(kit),)})
    assert isinstance(reply, Correct)
    assert len(await straight.store(lambda store: store.reviews.seats(1))) == 1
