"""S3: the joint session and its result, pressed by those who are not in the review, or whose answers do not count."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.reviews import answered_by, answers, of_user
from bench.straight import Straight, fresh_sqlite, words_in
from handlers import find_routes
from handlers.kit.replies import Reply
from storage.records import Audience
from storage.review_records import Point, PointKind
from storage.store import Store

SECRET = "the heron keeps still"
ROUTES = find_routes()
OTHERS = {"diagnostic.begin", "diagnostic.new", "diagnostic.anew", "diagnostic.open"}
"""These carry a network, and begin a review of one's own."""
PRESSES = [one for one in ROUTES.presses if one.startswith("diagnostic.") and one not in OTHERS]
FORMS = [one for one in ROUTES.forms if one.startswith("diagnostic.")]
SESSION = [f"diagnostic.{one}" for one in ("joint", "alone", "go_on", "next", "item", "questions", "rest", "closing")]
KEYS = ("1.purpose", "1.purpose-known.now", "1.stage", "1.nothing", "1.purpose-known.now:0:0", "1:a:b")
ARGUMENTS = ("1", "1.1", "1.3", "999", "1.2.3", "", *KEYS)
VALUES = {
    "words": "Stolen", "now": "1", "hoped": "1", "note": "Stolen", "strength1": "Stolen", "work1": "Stolen",
    "who": "faculty",
}  # fmt: skip


@pytest.fixture
async def straight(tmp_path: Path) -> AsyncIterator[Straight]:
    """Bea and Fay have answered and talk; Cal is in it, and has not answered."""
    inside = Straight(fresh_sqlite(tmp_path))
    with closing(inside):
        inside.fill()
        await inside.store(lambda store: _talk(store, inside))
        yield inside


def _talk(store: Store, inside: Straight) -> None:
    bea, fay, cal = (of_user(store, user) for user in ("bea", "fay", "cal"))
    at, secret = inside.clock.now(), answers(2, 5, purpose=SECRET)
    review_id = answered_by(store, {bea: secret, fay: answers(4, 5, difference=SECRET), cal: None}, at)
    store.reviews.begin_joint(review_id, bea, at)
    review = store.reviews.by_id(review_id)
    assert review is not None
    store.reviews.agree(review, "purpose-known.now", "3", SECRET, bea, at)
    store.reviews.keep_points(review_id, [Point(PointKind.STRENGTH, 1, SECRET), Point(PointKind.WORK_ON, 1, SECRET)])


async def _ends(straight: Straight) -> None:
    assert "The review has ended." in words_in(await straight.presses("bea", "diagnostic.end", "1"))


async def _forged(straight: Straight, user: str) -> list[Reply]:
    replies = []
    for argument in ARGUMENTS:
        replies += [await straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            replies += [await straight.opens(user, form, argument), await straight.sends(user, form, argument, VALUES)]
    return replies


@pytest.mark.parametrize("has_ended", [False, True])
@pytest.mark.parametrize("user", ["ann", "kit", "sam"])
async def test_nobody_outside_reads_or_changes_a_session_or_its_result(
    straight: Straight, user: str, has_ended: bool
) -> None:
    if has_ended:
        await _ends(straight)
    before = await straight.tables()
    replies = await _forged(straight, user)
    replies += [await straight.says(user, words) for words in ("diagnostic", "network", "export")]
    after = await straight.tables()
    assert [words_in(one)[:200] for one in replies if "went wrong" in words_in(one)] == []
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one)] == []
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}
    there = words_in(await straight.presses(user, "diagnostic.result", "1"))
    assert there == words_in(await straight.presses(user, "diagnostic.result", "999")), "neither is confirmed to exist"
    assert not [one for one in after["audit"] if SECRET in words_in(one)]


async def test_whoever_has_not_answered_reads_nothing_of_the_session(straight: Straight) -> None:
    before = await straight.tables()
    replies = [await straight.presses("cal", action, argument) for action in SESSION for argument in ("1", *KEYS)]
    replies += [await straight.presses("cal", action, "1") for action in ("diagnostic.end", "diagnostic.stays")]
    for form in ("diagnostic.agree", "diagnostic.points", "diagnostic.share"):
        for argument in ("1", *KEYS):
            replies.append(await straight.opens("cal", form, argument))
            replies.append(await straight.sends("cal", form, argument, VALUES))
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one)] == []
    after = await straight.tables()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


async def test_a_question_that_no_review_has_is_refused_and_noted(straight: Straight) -> None:
    said = words_in(await straight.presses("bea", "diagnostic.item", "1.nothing"))
    assert "That review is not there for you any more." in said
    assert "a question that no review has" in words_in((await straight.tables())["audit"])


async def test_faculty_of_the_review_narrow_what_is_shared_and_never_widen_it(straight: Straight) -> None:
    await _ends(straight)
    assert "Only those who run the network" in words_in(await straight.opens("fay", "diagnostic.share", "1"))
    forged = words_in(await straight.sends("fay", "diagnostic.share", "1.0", {"who": "faculty"}))
    assert "Only those who run the network" in forged
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    assert "Please choose from the list." in words_in(
        await straight.sends("fay", "diagnostic.share", "1.3", {"who": "faculty"})
    )
    await straight.fills("fay", "diagnostic.share", "1", {"who": "leaders"})
    review = await straight.store(lambda store: store.reviews.by_id(1))
    assert review is not None
    assert review.audience is Audience.LEADERS
    assert SECRET not in words_in(await straight.presses("ann", "diagnostic.result", "1"))


async def test_whoever_was_let_read_a_result_reads_no_range_and_cannot_choose_who_else_may(straight: Straight) -> None:
    await _ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    shown = words_in(await straight.presses("ann", "diagnostic.result", "1"))
    assert "2 people answered." in shown
    assert "not shown" in shown
    assert "2 to 4" not in shown
    assert "2 to 4" in words_in(await straight.presses("bea", "diagnostic.result", "1"))
    for reply in (
        await straight.opens("ann", "diagnostic.share", "1"),
        await straight.opens("kit", "diagnostic.share", "1"),
    ):
        assert "That review is not there for you any more." in words_in(reply)
