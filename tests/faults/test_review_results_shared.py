"""What a review came to: who reads it, what it tells updates and digests, its files, and the first beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bench.reviews import answered_by, answers, of_user
from bench.straight import Straight, fresh_sqlite, words_in
from bench.talking import KNOWN, VALUE, drawn, ends, talking
from handlers.diagnostic import items
from handlers.kit.facts import Asked, Fact, Section
from handlers.kit.replies import Correct, Say
from storage.records import Audience, Reader
from storage.review_records import Result
from storage.store import Store


@pytest.fixture
async def straight(tmp_path: Path) -> AsyncIterator[Straight]:
    """The joint session of Bea, Cal and Fay has begun."""
    async with talking(fresh_sqlite(tmp_path)) as inside:
        yield inside


async def _facts(inside: Straight, tier: Audience) -> list[Fact]:
    def read(store: Store) -> list[Fact]:
        networks, today_on = tuple(store.networks.all()), inside.clock.now().date()
        asked = Asked(networks, date(2027, 1, 1), today_on, tier, store.networks.programme())
        return [one for one in inside.routes.facts(asked, store) if one.key.startswith("diagnostic:")]

    return await inside.store(read)


async def test_facts_are_told_to_those_whom_it_is_shared_with_and_to_nobody_once_it_is_narrowed(
    straight: Straight,
) -> None:
    await ends(straight)
    assert await _facts(straight, Audience.LEADERS) == []
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    told = await _facts(straight, Audience.NETWORK)
    assert [(one.key, one.section) for one in told] == [
        ("diagnostic:1:wheel", Section.HEALTH),
        ("diagnostic:1:words-strength-1", Section.HEALTH),
        ("diagnostic:1:words-work_on-1", Section.NEXT),
    ]
    assert {(one.audience, one.person_id, one.by) for one in told} == {(Audience.NETWORK, None, "")}
    assert "3 people answered." in told[0].text
    assert await _facts(straight, Audience.FACULTY) == []
    await straight.fills("cal", "diagnostic.share", "1", {"who": "leaders"})
    assert await _facts(straight, Audience.NETWORK) == []
    assert len(await _facts(straight, Audience.LEADERS)) == 3


async def test_the_facultys_digest_says_that_a_review_ended_which_they_may_read(straight: Straight) -> None:
    await ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    assert "rapid review" not in words_in(await straight.says("fay", "digest"))
    await straight.fills("bea", "diagnostic.share", "1", {"who": "faculty"})
    told = words_in(await straight.says("fay", "digest"))
    assert "A rapid review came to its end." in told
    assert "The network held a rapid review. Highest now" in told


async def test_an_update_quotes_a_shared_result_and_no_more_once_it_is_narrowed(straight: Straight) -> None:
    await ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    drafted = await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "network"})
    assert "A strength that the group named: “People ring each other”" in words_in(drafted)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "nobody"})
    for action in ("updates.show", "updates.markdown", "updates.changes"):
        assert "People ring each other" not in words_in(await straight.presses("bea", action, "1"))


async def test_a_form_on_who_reads_it_that_was_open_while_it_was_narrowed_widens_nothing(straight: Straight) -> None:
    await ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "faculty"})
    opened = await drawn(straight, "bea", "1", "diagnostic.share")
    await straight.fills("cal", "diagnostic.share", "1", {"who": "nobody"})
    told = await straight.sends("bea", "diagnostic.share", opened, {"who": "faculty"})
    assert isinstance(told, Correct)
    assert "Only the people of this review can read this." in told.errors["who"]
    review = await straight.store(lambda store: store.reviews.by_id(1))
    assert review is not None
    assert review.audience is None


async def test_a_second_review_is_read_beside_the_first_with_the_caution(straight: Straight) -> None:
    await ends(straight)
    assert "no earlier review" in words_in(await straight.presses("bea", "diagnostic.compare", "1"))
    straight.clock.move(weeks=39)
    again = {"bea": answers(2, 4, purpose_known__now="5"), "cal": answers(2, 4, purpose_known__now="5")}
    await straight.store(lambda store: _again(store, straight, again))
    shown = words_in(await straight.presses("cal", "diagnostic.compare", "2"))
    assert "12 January 2027" in shown
    assert "1.5 higher" in shown
    assert "1.0 lower" in shown
    assert "people see more clearly now" in shown
    whole = words_in(await straight.presses("cal", "diagnostic.result", "2"))
    assert "In the first review" in whole
    await straight.fills("bea", "diagnostic.share", "2", {"who": "network"})
    outside = words_in(await straight.presses("ann", "diagnostic.result", "2"))
    assert "Highest now" in outside
    assert "first review" not in outside, "that one is not shared"


def _again(store: Store, inside: Straight, given: dict[str, dict[str, str]]) -> None:
    at = inside.clock.now()
    review_id = answered_by(store, {of_user(store, user): said for user, said in given.items()}, at)
    store.reviews.begin_joint(review_id, of_user(store, "bea"), at)
    store.reviews.end(review_id, at)


async def test_files_are_given_to_readers_alone_and_no_cell_of_theirs_runs(straight: Straight) -> None:
    await straight.fills("bea", "diagnostic.agree", "1.purpose", {"words": "=1+1"})
    await ends(straight, strength1="@SUM(A1)")
    for action, start in (("word", b"PK"), ("table", b'"Review"'), ("picture", b"\x89PNG")):
        reply = await straight.presses("cal", f"diagnostic.{action}", "1")
        assert isinstance(reply, Say)
        (file,) = reply.message.attachments
        assert file.content.startswith(start)
        assert file.again is not None
        refused = await straight.presses("ann", f"diagnostic.{action}", "1")
        assert "not there for you" in words_in(refused)


async def test_what_the_session_says_it_would_come_to_is_what_it_comes_to(straight: Straight) -> None:
    await straight.fills("bea", "diagnostic.agree", KNOWN, {"now": "4", "hoped": "5"})
    await straight.fills("bea", "diagnostic.agree", VALUE, {"now": "differs", "note": "East and west"})
    await straight.fills("bea", "diagnostic.agree", "1.purpose", {"words": "Better care"})
    await straight.fills("bea", "diagnostic.agree", "1.stage", {"now": "differs"})

    def coming(store: Store) -> Result:
        bea, review = of_user(store, "bea"), store.reviews.by_id(1)
        views = store.reviews.views(1, bea)
        assert review is not None
        assert views is not None
        return items.coming(review, views, store.reviews.agreed(1, bea), ())

    before = await straight.store(coming)
    await ends(straight)
    after = await straight.store(
        lambda store: store.reviews.result(1, Reader(of_user(store, "bea"), Audience.COORDINATOR))
    )
    assert after is not None
    said = [{key: (kept.value, kept.note) for key, kept in one.agreed.items()} for one in (before, after)]
    assert said[0] == said[1]
    assert (before.people, before.ranges, before.differing) == (after.people, after.ranges, after.differing)
