"""What happens meanwhile: two lead at once, someone leaves, an answer changes, one is alone, readers become fewer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.reviews import answered_by, of_user
from bench.straight import Straight, fresh_sqlite, words_in
from bench.talking import GIVEN, KNOWN, VALUE, WORDS_OF_CAL, drawn, ends, talking
from handlers.kit.replies import Correct, Reply
from storage.review_records import Agreed
from storage.store import Store


@pytest.fixture
async def straight(tmp_path: Path) -> AsyncIterator[Straight]:
    """The joint session of Bea, Cal and Fay has begun."""
    async with talking(fresh_sqlite(tmp_path)) as inside:
        yield inside


async def _agreed(inside: Straight) -> dict[str, Agreed]:
    return await inside.store(lambda store: store.reviews.agreed(1, of_user(store, "bea")))


async def _sends(inside: Straight, user: str, argument: str, **values: str) -> Reply:
    return await inside.sends(user, "diagnostic.agree", argument, values)


async def test_of_two_who_lead_at_once_the_second_is_told_and_the_words_of_both_stay(database_url: str) -> None:
    async with talking(database_url) as inside:
        opened = [await drawn(inside, user, KNOWN) for user in ("bea", "cal")]
        both = await asyncio.gather(
            _sends(inside, "bea", opened[0], now="2", note="Bea’s note"),
            _sends(inside, "cal", opened[1], now="4", note="Cal’s note"),
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
    bea, cal = [await drawn(straight, user, "1.purpose") for user in ("bea", "cal")]
    await _sends(straight, "bea", bea, words="Better care")
    told = await _sends(straight, "cal", cal, words="Care that works")
    assert isinstance(told, Correct)
    assert "“Better care”" in told.errors["words"]
    await _sends(straight, "cal", told.form.argument, words="Care that works")
    kept = (await _agreed(straight))["purpose"]
    assert (kept.value, kept.note) == ("Care that works", "Better care")


async def test_strengths_that_another_named_meanwhile_are_shown_first(straight: Straight) -> None:
    bea, cal = [await drawn(straight, user, "1", "diagnostic.points") for user in ("bea", "cal")]
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
    assert "1 thing still differs." in shown


async def test_one_alone_is_asked_first_and_the_result_says_that_it_is_one_view(tmp_path: Path) -> None:
    async with talking(fresh_sqlite(tmp_path), "bea") as inside:
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


async def test_it_ends_only_with_words_and_once_it_has_nothing_can_change(straight: Straight) -> None:
    assert "Please add a strength" in words_in(await straight.presses("bea", "diagnostic.end", "1"))
    open_form = await drawn(straight, "cal", KNOWN)
    await ends(straight)
    assert "This review has ended." in words_in(await _sends(straight, "cal", open_form, now="5"))
    assert "Highest now" in words_in(await straight.presses("cal", "diagnostic.end", "1")), (
        "a second press finds it ended"
    )
