"""S3: one-to-ones and their buttons by those who have no right to them, too late, at once, or after someone left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bench.straight import Straight, account, fresh_sqlite, words_in
from handlers import find_routes
from handlers.kit.occasions import Asked, Desk
from handlers.kit.replies import Correct, Reply
from handlers.one_to_ones.letters import TOLD
from storage.one_to_one_records import OneToOne, Standing
from storage.records import Role, RoleHeld
from storage.store import Store

SECRET = "the heron keeps still"
ROUTES = find_routes()
PRESSES = [one for one in ROUTES.presses if one.startswith("one_to_ones.")]
FORMS = [one for one in ROUTES.forms if one.startswith("one_to_ones.") and one != "one_to_ones.suggest"]
ARGUMENTS = ("1", "1.1", "1.2", "999", "1.2.3", "")
VALUES = {
    "times": "Fri 22 Jan 9", "minutes": "30", "place": "Stolen", "about": "Stolen", "useful": "Stolen", "who": "shared",
    "text": "Stolen", "whose": "me",
}  # fmt: skip
TIMES = "Tue 19 Jan 2pm\nWed 20 Jan 2pm"


@pytest.fixture
async def straight(tmp_path: Path) -> AsyncIterator[Straight]:
    """Fay has suggested two times to Bea."""
    async with _suggested(fresh_sqlite(tmp_path)) as inside:
        yield inside


@asynccontextmanager
async def _suggested(url: str) -> AsyncIterator[Straight]:
    inside = Straight(url)
    with closing(inside):
        inside.fill()
        bea = await inside.store(lambda store: _id(store, "bea"))
        form = {"who": str(bea), "times": TIMES, "minutes": "45", "place": SECRET, "about": SECRET}
        await inside.sends("fay", "one_to_ones.suggest", "", form)
        yield inside


def _id(store: Store, user: str) -> int:
    person = store.people.by_account(account(user))
    assert person is not None
    return person.id


async def _stands(straight: Straight) -> OneToOne:
    found = await straight.store(lambda store: store.one_to_ones.own(1, _id(store, "bea")))
    assert found is not None
    return found


async def _agree(straight: Straight) -> None:
    first = (await _stands(straight)).times[0]
    await straight.presses("bea", "one_to_ones.take", f"1.{first.id}")


async def _fill_all(straight: Straight) -> None:
    await _agree(straight)
    await straight.fills("bea", "one_to_ones.prepare", "1", {"useful": SECRET})
    await straight.sends("fay", "one_to_ones.note", "1", {"text": SECRET})
    await straight.sends("bea", "one_to_ones.action", "1", {"text": SECRET, "whose": "me"})


async def _forged(straight: Straight, user: str) -> list[Reply]:
    replies = []
    for argument in ARGUMENTS:
        replies += [await straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            replies += [await straight.opens(user, form, argument), await straight.sends(user, form, argument, VALUES)]
    return replies


@pytest.mark.parametrize("user", ["ann", "cal", "sam"])
async def test_nobody_else_reads_changes_or_learns_of_a_one_to_one(straight: Straight, user: str) -> None:
    await _fill_all(straight)
    before = await straight.tables()
    replies = await _forged(straight, user)
    replies += [await straight.says(user, words) for words in ("one to one", "network", "people", "export")]
    after = await straight.tables()
    assert [words_in(one)[:200] for one in replies if "went wrong" in words_in(one)] == []
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one)] == []
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}
    there = words_in(await straight.presses(user, "one_to_ones.open", "1"))
    assert there == words_in(await straight.presses(user, "one_to_ones.open", "999")), "neither is confirmed to exist"
    assert not [one for one in after["audit"] if "Fay" in words_in(one) or "Bea" in words_in(one)]


async def test_the_two_cannot_reach_what_is_the_others_alone(straight: Straight) -> None:
    await _fill_all(straight)
    assert "no such one-to-one" in words_in(await straight.presses("fay", "one_to_ones.say", "1"))
    assert (await _stands(straight)).known_at is None, "the coachee alone lets others know"
    for user, action in (("bea", "one_to_ones.notes"), ("fay", "one_to_ones.open")):
        shown = words_in(await straight.presses(user, action, "1"))
        assert "What would make it useful" not in shown
        assert "Delete this note" not in shown
    await straight.presses("bea", "one_to_ones.unnote", "1.1")
    assert SECRET in words_in(await straight.presses("fay", "one_to_ones.notes", "1"))
    refused = words_in(
        await straight.sends("fay", "one_to_ones.prepare", "1.1", {"useful": "Stolen", "who": "private"})
    )
    assert "no such one-to-one" in refused
    assert "no such one-to-one" in words_in(await straight.presses("fay", "one_to_ones.goal", "1.1"))
    assert (await straight.tables())["goals"] == [], "an action is made a goal by whose it is"


async def test_of_two_times_pressed_at_once_one_wins_and_the_other_press_is_told(database_url: str) -> None:
    async with _suggested(database_url) as inside:
        first, second = (await _stands(inside)).times
        said = await asyncio.gather(
            *(inside.presses("bea", "one_to_ones.take", f"1.{time.id}") for time in (first, second))
        )
        assert sorted("That time is no longer open." in words_in(one) for one in said) == [False, True]
        assert (await _stands(inside)).starts_at in (first.at, second.at)


async def test_a_time_is_chosen_by_the_other_alone_and_only_while_it_lies_ahead(straight: Straight) -> None:
    first, second = (await _stands(straight)).times
    assert "no longer open" in words_in(await straight.presses("fay", "one_to_ones.take", f"1.{first.id}"))
    straight.clock.move(days=7, hours=5)
    assert "That time has passed." in words_in(await straight.presses("bea", "one_to_ones.take", f"1.{first.id}"))
    assert (await _stands(straight)).standing is Standing.SUGGESTED
    straight.clock.move(days=7)
    said = words_in(await straight.presses("bea", "one_to_ones.take", f"1.{second.id}"))
    assert "They have all passed. Please suggest others." in said


async def test_a_form_that_was_open_while_the_other_changed_the_same_waits_for_a_look(straight: Straight) -> None:
    await _agree(straight)
    version = (await _stands(straight)).version
    details = {"minutes": "45", "place": "Room 4", "about": ""}
    await straight.sends("fay", "one_to_ones.details", f"1.{version}", details)
    for form, values in (("details", {**details, "place": "Room 9"}), ("again", {"times": "Fri 22 Jan 9"})):
        reply = await straight.sends("bea", f"one_to_ones.{form}", f"1.{version}", values)
        assert isinstance(reply, Correct)
        assert "This changed since you opened it." in words_in(reply)
        assert "at “Room 4”" in words_in(reply)
        assert set(values.values()) <= set(words_in(reply).split("\n")), "nothing typed is lost"
        await straight.sends("bea", f"one_to_ones.{form}", reply.form.argument, values)
        if form == "details":
            assert (await _stands(straight)).words.place == "Room 9"
            await straight.sends("fay", "one_to_ones.details", f"1.{version + 2}", details)


async def test_a_preparation_changed_elsewhere_is_not_overwritten_unseen(straight: Straight) -> None:
    await _agree(straight)
    for text in ("Said on Slack", "Said on Teams"):
        reply = await straight.sends("bea", "one_to_ones.prepare", "1.0", {"useful": text, "who": "private"})
    assert isinstance(reply, Correct)
    assert "There it says: “Said on Slack”." in words_in(reply)
    await straight.sends("bea", "one_to_ones.prepare", reply.form.argument, {"useful": "", "who": "shared"})
    assert "shared" not in words_in(await straight.presses("fay", "one_to_ones.open", "1"))


async def test_who_looks_for_a_time_already_is_told_and_only_one_is_looked_for(straight: Straight) -> None:
    fay = await straight.store(lambda store: _id(store, "fay"))
    form = {"who": str(fay), "times": "Fri 22 Jan 9", "minutes": "45"}
    reply = await straight.sends("bea", "one_to_ones.suggest", "", form)
    assert "Fay Faculty has suggested times to you already." in words_in(reply)
    bea = await straight.store(lambda store: _id(store, "bea"))
    again = words_in(await straight.sends("fay", "one_to_ones.suggest", "", {**form, "who": str(bea)}))
    assert "Friday 22 January, 9am" in again
    assert "Tuesday" not in again, "her new times take the place of those before"
    assert len((await straight.tables())["one_to_ones"]) == 1


async def test_not_now_asks_for_no_reason_and_a_wish_to_move_can_be_met_with_keeping_it(straight: Straight) -> None:
    await _agree(straight)
    await straight.fills("fay", "one_to_ones.again", "1", {"times": "Fri 22 Jan 9"})
    assert "Keep the old time" in words_in(await straight.presses("bea", "one_to_ones.open", "1"))
    assert "It stays." in words_in(await straight.presses("bea", "one_to_ones.keep", "1"))
    stands = await _stands(straight)
    assert (stands.starts_at, stands.times) == (datetime(2027, 1, 19, 14, tzinfo=UTC), ())
    bea = await straight.store(lambda store: _id(store, "bea"))
    form = {"who": str(bea), "times": "Fri 22 Jan 9", "minutes": "45"}
    await straight.sends("fay", "one_to_ones.suggest", "", form)
    assert "That is fine. I tell Fay Faculty" in words_in(await straight.presses("bea", "one_to_ones.decline", "2"))
    assert "not now" in words_in(await straight.presses("fay", "one_to_ones.open", "2"))


async def test_times_that_are_taken_back_before_the_other_heard_of_them_are_never_told(straight: Straight) -> None:
    await straight.presses("fay", "one_to_ones.cancel", "1")
    assert (await straight.tables())["one_to_one_news"] == []
    assert (await _stands(straight)).standing is Standing.CANCELLED


async def test_a_letter_that_comes_earlier_on_the_day_before_takes_the_reminder_along(straight: Straight) -> None:
    await _agree(straight)

    def lines(store: Store, at: datetime) -> str:
        bea = store.people.by_account(account("bea"))
        assert bea is not None
        desk = Desk(store, at, store.networks.programme())
        drawn = ROUTES.occasions[TOLD].draw([Asked(bea, bea.network_ids, at.date())], desk)
        return words_in(drawn[bea.id])

    sunday, monday = datetime(2027, 1, 17, 23, tzinfo=UTC), datetime(2027, 1, 18, 0, 30, tzinfo=UTC)
    assert "What would make this useful?" not in await straight.store(lambda store: lines(store, sunday))
    for at in (monday, monday.replace(hour=9)):
        assert "What would make this useful?" in await straight.store(partial(lines, at=at))
    tuesday = datetime(2027, 1, 19, 9, tzinfo=UTC)
    assert "What would make this useful?" not in await straight.store(lambda store: lines(store, tuesday))


async def test_who_has_left_is_said_clearly_and_what_is_agreed_stands(straight: Straight) -> None:
    def leave(store: Store) -> None:
        store.people.remove_role(_id(store, "fay"), RoleHeld(Role.FACULTY))

    first = (await _stands(straight)).times[0]
    await straight.store(leave)
    refused = words_in(await straight.presses("bea", "one_to_ones.take", f"1.{first.id}"))
    assert "One of you has left the faculty or the network." in refused
    await straight.store(lambda store: store.people.add_role(_id(store, "fay"), RoleHeld(Role.FACULTY)))
    await _agree(straight)
    await straight.store(leave)
    shown = words_in(await straight.presses("bea", "one_to_ones.open", "1"))
    assert "What you have agreed stands" in shown
    assert "Move it" not in shown
    mine = words_in(await straight.says("fay", "one to one"))
    assert "Tuesday 19 January, 2pm" in mine
    assert "Suggest times" not in mine
    assert "left the faculty" in words_in(await straight.opens("fay", "one_to_ones.again", "1"))


async def test_one_to_ones_are_for_those_whom_they_are_for(straight: Straight) -> None:
    said = words_in(await straight.says("ann", "1:1"))
    assert said.startswith("One-to-ones are for the faculty, co-ordinators and leaders.")
    assert "One-to-ones are for the faculty" in words_in(await straight.opens("ann", "one_to_ones.suggest"))
