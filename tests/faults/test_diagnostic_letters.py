"""The letters of a review: each asks once and reminds once, whoever began it hears that all have answered."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bench.answering import answers_all, begins
from bench.reviews import of_user
from bench.straight import Straight, words_in
from handlers import find_routes
from handlers.diagnostic.letters import INVITED, READY, REMINDED
from handlers.kit.occasions import Asked, Desk
from storage.store import Store

ROUTES = find_routes()


async def _lines(straight: Straight, occasion: str, user: str, at: datetime) -> str:
    def draw(store: Store) -> str:
        person = store.people.by_id(of_user(store, user))
        assert person is not None
        desk = Desk(store, at, store.networks.programme())
        drawn = ROUTES.occasions[occasion].draw([Asked(person, person.network_ids, at.date())], desk)
        return words_in(drawn.get(person.id, ()))

    return await straight.store(draw)


async def test_each_review_asks_once_and_reminds_once(straight: Straight) -> None:
    asked_at, week_later = datetime(2027, 1, 12, 10, tzinfo=UTC), datetime(2027, 1, 19, 10, tzinfo=UTC)
    await begins(straight, "ann")
    assert "Bea Co-ordinator asks you to take part" in await _lines(straight, INVITED, "ann", asked_at)
    assert "I do not ask again" in await _lines(straight, REMINDED, "ann", week_later)
    assert await _lines(straight, INVITED, "ann", week_later) == "", "another review's letter does not ask again"
    assert await _lines(straight, REMINDED, "ann", datetime(2027, 1, 26, 10, tzinfo=UTC)) == ""
    assert await _lines(straight, REMINDED, "bea", week_later) == "", "nobody asked who began it"
    await answers_all(straight, "ann")
    assert await _lines(straight, REMINDED, "ann", week_later) == ""


async def test_a_letter_that_waited_for_the_end_of_leave_still_asks(straight: Straight) -> None:
    def on_leave(store: Store) -> None:
        leave = {"leave_from": date(2027, 1, 12), "leave_to": date(2027, 1, 15)}
        store.people.change(of_user(store, "ann"), leave)

    await straight.store(on_leave)
    await begins(straight, "ann")
    assert "asks you to take part" in await _lines(straight, INVITED, "ann", datetime(2027, 1, 18, 9, tzinfo=UTC))


async def test_whoever_began_it_hears_that_all_have_answered_and_nobody_else(straight: Straight) -> None:
    at = datetime(2027, 1, 13, 10, tzinfo=UTC)
    await begins(straight, "ann", "cal")
    await answers_all(straight, "bea")
    await answers_all(straight, "ann")
    assert await _lines(straight, READY, "bea", at) == ""
    await straight.presses("cal", "diagnostic.left", "1")
    assert "You can begin the joint session." in await _lines(straight, READY, "bea", at)
    assert await _lines(straight, READY, "ann", at) == ""
    await straight.presses("ann", "diagnostic.joint", "1")
    assert await _lines(straight, READY, "bea", at) == ""


async def test_whoever_began_it_and_left_hears_nothing_of_it(straight: Straight) -> None:
    await begins(straight, "ann", "cal")
    await answers_all(straight, "ann")
    await answers_all(straight, "cal")
    await straight.presses("bea", "diagnostic.left", "1")
    assert await _lines(straight, READY, "bea", datetime(2027, 1, 13, 10, tzinfo=UTC)) == ""
