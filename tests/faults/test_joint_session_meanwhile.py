"""What happens meanwhile: two lead at once, someone leaves, an answer changes, one is alone, readers become fewer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date
from pathlib import Path

import pytest

from bench.reviews import answered_by, answers, of_user
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.diagnostic import items
from handlers.kit.facts import Asked, Fact, Section
from handlers.kit.replies import Ask, Correct, Reply
from storage.records import Audience, Reader
from storage.review_records import Agreed, Result
from storage.store import Store

WORDS_OF_CAL = "Care that works"
KNOWN, VALUE = "1.purpose-known.now", "1.mass-value.now"
GIVEN = {
    "bea": answers(3, 4, purpose_known__now="1"),
    "cal": answers(3, 5, purpose_known__now="5", purpose=WORDS_OF_CAL),
    "fay": answers(3, 4, mass_value__now="4"),
}


@asynccontextmanager
async def _talking(url: str, *users: str) -> AsyncIterator[Straight]:
    inside = Straight(url)
    with closing(inside):
        inside.fill()
        await inside.store(lambda store: _answered(store, inside, users or tuple(GIVEN)))
        await inside.presses((users or tuple(GIVEN))[0], "diagnostic.joint", "1")
        yield inside


def _answered(store: Store, inside: Straight, users: tuple[str, ...]) -> None:
    answered_by(store, {of_user(store, user): GIVEN[user] for user in users}, inside.clock.now())


@pytest.fixture
async def straight(tmp_path: Path) -> AsyncIterator[Straight]:
    """The joint session of Bea, Cal and Fay has begun."""
    async with _talking(fresh_sqlite(tmp_path)) as inside:
        yield inside


async def _agreed(inside: Straight) -> dict[str, Agreed]:
    return await inside.store(lambda store: store.reviews.agreed(1, of_user(store, "bea")))


async def _drawn(inside: Straight, user: str, argument: str, form: str = "diagnostic.agree") -> str:
    opened = await inside.opens(user, form, argument)
    assert isinstance(opened, Ask), words_in(opened)
    return opened.form.argument


async def _sends(inside: Straight, user: str, argument: str, **values: str) -> Reply:
    return await inside.sends(user, "diagnostic.agree", argument, values)


async def test_of_two_who_lead_at_once_the_second_is_told_and_the_words_of_both_stay(database_url: str) -> None:
    async with _talking(database_url) as inside:
        drawn = [await _drawn(inside, user, KNOWN) for user in ("bea", "cal")]
        both = await asyncio.gather(
            _sends(inside, "bea", drawn[0], now="2", note="Bea’s note"),
            _sends(inside, "cal", drawn[1], now="4", note="Cal’s note"),
        )
        (told,) = (one for one in both if isinstance(one, Correct))
        (first,) = (await _agreed(inside)).values()
        who, mine, theirs = ("cal", "4", "Bea") if first.value == "2" else ("bea", "2", "Cal")
        assert f"{theirs} " in told.errors["now"]
        assert f"kept this on Tue 12 Jan, 10am: {first.value}." in told.errors["now"]
        assert first.note in told.errors["now"]
        assert {one.key: one.value for one in told.form.questions}[
            "note"
        ] == f"{'Cal' if who == 'cal' else 'Bea'}’s note"
        await _sends(inside, who, told.form.argument, now=mine, note=f"{who.title()}’s note")
        (second,) = (await _agreed(inside)).values()
        assert second.value == mine
        assert sorted(second.note.splitlines()) == ["Bea’s note", "Cal’s note"]


async def test_a_sentence_in_whose_place_another_was_kept_stays_beside_it(straight: Straight) -> None:
    bea, cal = [await _drawn(straight, user, "1.purpose") for user in ("bea", "cal")]
    await _sends(straight, "bea", bea, words="Better care")
    told = await _sends(straight, "cal", cal, words="Care that works")
    assert isinstance(told, Correct)
    assert "“Better care”" in told.errors["words"]
    await _sends(straight, "cal", told.form.argument, words="Care that works")
    kept = (await _agreed(straight))["purpose"]
    assert (kept.value, kept.note) == ("Care that works", "Better care")


async def test_strengths_that_another_named_meanwhile_are_shown_first(straight: Straight) -> None:
    bea, cal = [await _drawn(straight, user, "1", "diagnostic.points") for user in ("bea", "cal")]
    points = {"strength1": "We meet", "strength2": "We laugh", "work1": "Money"}
    await straight.sends("bea", "diagnostic.points", bea, points)
    mine = {"strength1": "Trust", "work1": "Money"}
    told = await straight.sends("cal", "diagnostic.points", cal, mine)
    assert isinstance(told, Correct)
    assert list(told.errors) == ["strength1"]
    assert "Bea Co-ordinator kept this meanwhile." in told.errors["strength1"]
    said = words_in(await straight.sends("cal", "diagnostic.points", told.form.argument, mine))
    assert ["Trust" in said, "We laugh" in said, "We meet" in said] == [True, True, False]


async def test_a_second_leader_is_told_who_led_last(straight: Straight) -> None:
    assert "led last" not in words_in(await straight.presses("bea", "diagnostic.go_on", "1"))
    assert "Bea Co-ordinator led last." in words_in(await straight.presses("cal", "diagnostic.go_on", "1"))
    assert "Cal Leader led last." in words_in(await straight.presses("bea", "diagnostic.go_on", "1"))


async def test_when_someone_leaves_in_the_middle_what_was_agreed_stays_and_fewer_answers_count(
    straight: Straight,
) -> None:
    await straight.fills("cal", "diagnostic.agree", KNOWN, {"now": "3", "note": "We said three."})
    await straight.presses("cal", "diagnostic.left", "1")
    shown = words_in(await straight.presses("bea", "diagnostic.go_on", "1"))
    assert "This is what 2 people answered, without names." in shown
    assert "If someone leaves, what you agreed stays." in shown
    item = words_in(await straight.presses("bea", "diagnostic.item", KNOWN))
    assert "Cal Leader kept this" in item
    assert "We said three." in item
    assert "2 answers: 1 to 3." in item
    assert WORDS_OF_CAL not in words_in(await straight.presses("bea", "diagnostic.item", "1.purpose"))
    await straight.presses("fay", "diagnostic.left", "1")
    assert "it shows one view" in words_in(await straight.presses("bea", "diagnostic.go_on", "1"))
    assert (await _agreed(straight))["purpose-known.now"].value == "3"


async def test_what_changed_after_it_was_agreed_stands_until_they_look_again(straight: Straight) -> None:
    await straight.fills("cal", "diagnostic.agree", VALUE, {"now": "4", "hoped": "5", "note": "Agreed by all"})
    straight.clock.move(hours=1)
    await straight.store(lambda store: _changes(store, straight))
    shown = words_in(await straight.presses("bea", "diagnostic.go_on", "1"))
    assert "Changed since you agreed it" in shown
    item = words_in(await straight.presses("bea", "diagnostic.item", VALUE))
    assert "An answer was changed after you agreed this. Do you want to look again?" in item
    assert "Fay" not in item
    version = (await _agreed(straight))["mass-value.hoped"].version
    stale = await straight.presses("bea", "diagnostic.stays", f"{VALUE}:{version - 1}")
    assert "Do you want to look again?" in words_in(stale)
    await straight.presses("bea", "diagnostic.stays", f"{VALUE}:{version}")
    kept = await _agreed(straight)
    assert (kept["mass-value.now"].value, kept["mass-value.now"].note) == ("4", "Agreed by all")
    assert kept["mass-value.hoped"].value == "5"
    assert "Changed since you agreed it" not in words_in(await straight.presses("bea", "diagnostic.go_on", "1"))


def _changes(store: Store, inside: Straight) -> None:
    store.reviews.keep(1, of_user(store, "fay"), {"mass-value.now": "1"}, inside.clock.now())


async def test_nothing_is_lost_between_two_sittings(straight: Straight) -> None:
    await straight.fills("bea", "diagnostic.agree", KNOWN, {"now": "differs", "note": "East and west"})
    assert "Nothing is lost" in words_in(await straight.presses("bea", "diagnostic.rest", "1"))
    straight.clock.move(weeks=3)
    assert "diagnostic.go_on" in words_in(await straight.says("cal", "diagnostic"))
    shown = words_in(await straight.presses("fay", "diagnostic.go_on", "1"))
    assert "We see it differently" in shown
    assert "1 thing differs still." in shown


async def test_one_alone_is_asked_first_and_the_result_says_that_it_is_one_view(tmp_path: Path) -> None:
    async with _talking(fresh_sqlite(tmp_path), "bea") as inside:
        asked = await inside.presses("bea", "diagnostic.joint", "1")
        assert "it shows one view" in words_in(asked)
        assert (await inside.store(lambda store: store.reviews.views(1, of_user(store, "bea")))) is None
        assert "it shows one view" in words_in(await inside.presses("bea", "diagnostic.alone", "1"))
        points = {"strength1": "I know people", "work1": "Ask others"}
        await inside.fills("bea", "diagnostic.points", "1", points)
        assert "One person answered, so it shows one view." in words_in(
            await inside.presses("bea", "diagnostic.end", "1")
        )


async def test_one_alone_waits_while_others_were_asked_lately(tmp_path: Path) -> None:
    inside = Straight(fresh_sqlite(tmp_path))
    with closing(inside):
        inside.fill()
        await inside.store(
            lambda store: answered_by(
                store, {of_user(store, "bea"): GIVEN["bea"], of_user(store, "cal"): None}, inside.clock.now()
            )
        )
        for action in ("joint", "alone"):
            said = words_in(await inside.presses("bea", f"diagnostic.{action}", "1"))
            assert "The joint session can begin once two have answered." in said


async def _ends(inside: Straight, **points: str) -> None:
    given = {"strength1": "People ring each other", "work1": "Find who is missing", "part1": "critical mass"}
    await inside.fills("bea", "diagnostic.points", "1", given | points)
    await inside.presses("bea", "diagnostic.end", "1")


async def test_it_ends_only_with_words_and_once_it_has_nothing_can_change(straight: Straight) -> None:
    assert "Please add a strength" in words_in(await straight.presses("bea", "diagnostic.end", "1"))
    open_form = await _drawn(straight, "cal", KNOWN)
    await _ends(straight)
    assert "This review has ended." in words_in(await _sends(straight, "cal", open_form, now="5"))
    assert "Highest now" in words_in(await straight.presses("cal", "diagnostic.end", "1")), (
        "a second press finds it ended"
    )


async def _facts(inside: Straight, tier: Audience) -> list[Fact]:
    def read(store: Store) -> list[Fact]:
        networks, today_on = tuple(store.networks.all()), inside.clock.now().date()
        asked = Asked(networks, date(2027, 1, 1), today_on, tier, store.networks.programme())
        return [one for one in inside.routes.facts(asked, store) if one.key.startswith("diagnostic:")]

    return await inside.store(read)


async def test_facts_are_told_to_those_whom_it_is_shared_with_and_to_nobody_once_it_is_narrowed(
    straight: Straight,
) -> None:
    await _ends(straight)
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
    await _ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    assert "rapid review" not in words_in(await straight.says("fay", "digest"))
    await straight.fills("bea", "diagnostic.share", "1", {"who": "faculty"})
    told = words_in(await straight.says("fay", "digest"))
    assert "A rapid review came to its end." in told
    assert "The network held a rapid review. Highest now" in told


async def test_an_update_quotes_a_shared_result_and_no_more_once_it_is_narrowed(straight: Straight) -> None:
    await _ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    drafted = await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "network"})
    assert "A strength that the group named: “People ring each other”" in words_in(drafted)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "nobody"})
    for action in ("updates.show", "updates.markdown", "updates.changes"):
        assert "People ring each other" not in words_in(await straight.presses("bea", action, "1"))


async def test_a_form_on_who_reads_it_that_was_open_while_it_was_narrowed_widens_nothing(straight: Straight) -> None:
    await _ends(straight)
    await straight.fills("bea", "diagnostic.share", "1", {"who": "faculty"})
    drawn = await _drawn(straight, "bea", "1", "diagnostic.share")
    await straight.fills("cal", "diagnostic.share", "1", {"who": "nobody"})
    told = await straight.sends("bea", "diagnostic.share", drawn, {"who": "faculty"})
    assert isinstance(told, Correct)
    assert "Only the people of this review can read this." in told.errors["who"]
    review = await straight.store(lambda store: store.reviews.by_id(1))
    assert review is not None
    assert review.audience is None


async def test_a_second_review_is_read_beside_the_first_with_the_caution(straight: Straight) -> None:
    await _ends(straight)
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
    assert "Now, in the first review" in whole
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
    await _ends(straight, strength1="@SUM(A1)")
    for action, start in (("word", b"PK"), ("table", b'"Review"'), ("picture", b"\x89PNG")):
        reply = await straight.presses("cal", f"diagnostic.{action}", "1")
        (file,) = reply.message.attachments  # type: ignore[union-attr]  # it is said
        assert file.content.startswith(start)
        assert file.again is not None
        refused = await straight.presses("ann", f"diagnostic.{action}", "1")
        assert "not there for you" in words_in(refused)


async def test_what_the_session_says_it_would_come_to_is_what_it_comes_to(straight: Straight) -> None:
    await straight.fills("bea", "diagnostic.agree", KNOWN, {"now": "4", "hoped": "5"})
    await straight.fills("bea", "diagnostic.agree", VALUE, {"now": "differs", "note": "East and west"})
    await straight.fills("bea", "diagnostic.agree", "1.purpose", {"words": "Better care"})

    def coming(store: Store) -> Result:
        bea, review = of_user(store, "bea"), store.reviews.by_id(1)
        views = store.reviews.views(1, bea)
        assert review is not None
        assert views is not None
        return items.coming(review, views, store.reviews.agreed(1, bea), ())

    before = await straight.store(coming)
    await _ends(straight)
    after = await straight.store(
        lambda store: store.reviews.result(1, Reader(of_user(store, "bea"), Audience.COORDINATOR))
    )
    assert after is not None
    said = [{key: (kept.value, kept.note) for key, kept in one.agreed.items()} for one in (before, after)]
    assert said[0] == said[1]
    assert (before.people, before.ranges, before.differing) == (after.people, after.ranges, after.differing)
