"""Reviews of one, two or three people: nobody's own answers are told further, and nobody waits for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bench.answering import answers_all, begins
from bench.reviews import answered_by, answers, network_id, of_user
from bench.straight import Straight, fresh_sqlite, words_in
from bench.talking import KNOWN, drawn, ends, talking
from bot.platforms.slack import limits
from handlers.diagnostic import items
from handlers.diagnostic.home import MOST
from handlers.diagnostic.letters import INVITED, READY
from handlers.kit import wheels
from handlers.kit.facts import Asked
from handlers.kit.replies import Correct
from handlers.kit.reviewed import reviewed
from storage.records import Audience
from storage.review_records import Point, PointKind, Review, ReviewState, Views
from storage.store import Store

ROUNDS = 5
AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
REVIEW = Review(1, 1, 1, ReviewState.JOINT, 1, AT, AT)
POINTS = {"strength1": "We meet", "work1": "Money", "part1": "critical mass"}


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Straight]:
    """The joint session of Bea, Cal and Fay has begun."""
    async with talking(fresh_sqlite(tmp_path)) as inside:
        yield inside


def _of_one(store: Store, inside: Straight, who: str, *others: str) -> None:
    """A review that has ended, in which one answered."""
    first, at = of_user(store, who), inside.clock.now()
    review_id = answered_by(store, {first: answers(2), **{of_user(store, one): None for one in others}}, at)
    store.reviews.begin_joint(review_id, first, at)
    store.reviews.keep_points(review_id, [Point(PointKind.STRENGTH, 1, "Trust"), Point(PointKind.WORK_ON, 1, "Money")])
    store.reviews.end(review_id, at)


async def test_one_persons_answers_are_let_out_by_that_person_alone(straight: Straight) -> None:
    await straight.store(lambda store: _of_one(store, straight, "bea", "cal"))
    result = words_in(await straight.presses("cal", "diagnostic.result", "1"))
    assert "One person answered, so it shows one view." in result
    assert "diagnostic.share" not in result, "Cal runs the network, and answered nothing"
    assert "Only the one person who answered can let others" in words_in(
        await straight.opens("cal", "diagnostic.share", "1")
    )
    await straight.sends("cal", "diagnostic.share", "1.0", {"who": "network"})
    shared = await straight.store(lambda store: store.reviews.by_id(1))
    assert shared is not None
    assert shared.audience is None
    form = words_in(await straight.opens("bea", "diagnostic.share", "1"))
    assert "one person’s answers, and it says so" in form
    assert "never read single answers" not in form
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})
    assert "one view" in words_in(await straight.presses("ann", "diagnostic.result", "1"))
    await straight.fills("cal", "diagnostic.share", "1", {"who": "leaders"})
    assert "not there for you" in words_in(await straight.presses("ann", "diagnostic.result", "1"))


async def test_what_one_person_said_is_told_as_one_persons(straight: Straight) -> None:
    await straight.store(lambda store: _of_one(store, straight, "bea"))
    await straight.fills("bea", "diagnostic.share", "1", {"who": "network"})

    def told(store: Store) -> str:
        today_on = straight.clock.now().date()
        networks, programme = tuple(store.networks.all()), store.networks.programme()
        asked = Asked(networks, date(2027, 1, 1), today_on, Audience.NETWORK, programme)
        return words_in([one.text for one in straight.routes.facts(asked, store) if one.key.startswith("diagnostic:")])

    facts = await straight.store(told)
    assert "One person did a rapid review of the network. " in facts
    assert "Trust" in facts
    assert "The group" not in facts
    assert "the group" not in facts
    assert "The network held" not in facts


async def test_before_a_session_of_one_ends_it_is_said_whose_answers_others_would_read(tmp_path: Path) -> None:
    async with talking(fresh_sqlite(tmp_path), "bea") as inside:
        await inside.presses("bea", "diagnostic.alone", "1")
        closing_page = words_in(await inside.fills("bea", "diagnostic.points", "1", POINTS))
        assert "never read single answers" not in closing_page
        assert "one person’s answers, and it says so" in closing_page


async def test_whoever_is_not_in_it_is_not_told_how_many_have_answered(straight: Straight) -> None:
    await begins(straight, "ann")
    await answers_all(straight, "ann")
    assert "1 of 2 have answered." in words_in(await straight.says("bea", "diagnostic"))
    outside = words_in(await straight.says("cal", "diagnostic"))
    assert "Ann Example and Bea Co-ordinator are in it." in outside
    assert "answered" not in outside
    straight.clock.move(weeks=9)
    abandoned = words_in(await straight.says("cal", "diagnostic"))
    assert "This review has waited" in abandoned
    assert "answered" not in abandoned


async def test_one_who_may_go_on_alone_is_told_so(straight: Straight) -> None:
    await begins(straight, "ann")
    await answers_all(straight, "bea")
    assert "can begin once two have answered" in words_in(await straight.says("bea", "diagnostic"))
    straight.clock.move(weeks=2)
    shown = words_in(await straight.says("bea", "diagnostic"))
    assert "You can go on alone: then it shows one view, yours." in shown
    assert "Ask someone" in shown


async def test_once_the_session_has_begun_nobody_else_is_asked(talk: Straight) -> None:
    ann = await talk.store(lambda store: of_user(store, "ann"))
    assert "nobody else is asked now" in words_in(await talk.opens("bea", "diagnostic.ask", "1"))
    assert "nobody else is asked now" in words_in(await talk.sends("bea", "diagnostic.ask", "1", {"who": (str(ann),)}))
    assert len(await talk.store(lambda store: store.reviews.seats(1))) == 3


async def test_whoever_answers_in_the_session_reads_first_that_the_others_can_tell(straight: Straight) -> None:
    await begins(straight, "ann", "fay")
    early = words_in(await straight.opens("cal", "diagnostic.answer", "1.1"))
    assert "You are not in this review now." in early
    for user in ("ann", "fay"):
        await answers_all(straight, user)
    await straight.presses("ann", "diagnostic.joint", "1")
    assert "You are in it now." in words_in(await straight.presses("cal", "diagnostic.join", "1"))
    form = words_in(await straight.opens("cal", "diagnostic.answer", "1.1"))
    assert "They know the answers so far, so they can tell which are yours." in form
    assert "may guess" not in form
    assert "may guess" in words_in(await straight.opens("ann", "diagnostic.answer", "1.1"))


async def test_a_button_of_the_session_says_that_it_has_ended_also_to_whoever_never_finished(
    straight: Straight,
) -> None:
    await straight.store(lambda store: _of_one(store, straight, "bea", "cal"))
    for action in ("joint", "go_on", "next", "closing", "answer"):
        work = straight.opens if action == "answer" else straight.presses
        assert "This review has ended." in words_in(await work("cal", f"diagnostic.{action}", "1"))
    assert "one view" in words_in(await straight.presses("cal", "diagnostic.end", "1")), "the result is theirs to read"


async def test_a_second_press_of_the_end_says_nothing_that_has_changed_since(talk: Straight) -> None:
    await ends(talk)
    await talk.fills("bea", "diagnostic.share", "1", {"who": "network"})
    again = words_in(await talk.presses("fay", "diagnostic.end", "1"))
    assert "everyone in the network can read this" in again
    assert "Nobody else" not in again


async def test_what_was_sent_twice_is_no_conflict_with_oneself(talk: Straight) -> None:
    opened, values = await drawn(talk, "bea", KNOWN), {"now": "2", "hoped": "4", "note": "Ours"}
    first, second = [await talk.sends("bea", "diagnostic.agree", opened, values) for _ in range(2)]
    assert not isinstance(second, Correct)
    assert words_in(first) == words_in(second)
    assert isinstance(await talk.sends("bea", "diagnostic.agree", opened, values | {"now": "3"}), Correct)
    assert isinstance(await talk.sends("cal", "diagnostic.agree", opened, values | {"note": "Mine"}), Correct)
    opened = await drawn(talk, "bea", "1", "diagnostic.points")
    first, second = [await talk.sends("bea", "diagnostic.points", opened, POINTS) for _ in range(2)]
    assert "That is kept." in words_in(second)
    assert isinstance(await talk.sends("cal", "diagnostic.points", opened, POINTS | {"work1": "Time"}), Correct)


async def test_a_part_of_the_wheel_does_not_slip_under_other_words(talk: Straight) -> None:
    bea, cal = [await drawn(talk, user, "1", "diagnostic.points") for user in ("bea", "cal")]
    await talk.sends("bea", "diagnostic.points", bea, POINTS)
    mine = {"strength1": "We meet", "work1": "Time"}
    told = await talk.sends("cal", "diagnostic.points", cal, mine)
    assert isinstance(told, Correct)
    assert {one.key: one.value for one in told.form.questions}["part1"] is None
    await talk.sends("cal", "diagnostic.points", told.form.argument, mine)
    kept = await talk.store(lambda store: store.reviews.points(1, of_user(store, "cal")))
    assert [(one.text, one.dimension) for one in kept] == [("We meet", ""), ("Time", "")]


def _waits_for(store: Store, user: str, occasion: str) -> bool:
    return bool(store.deliveries.planned_of(of_user(store, user), [occasion]))


async def test_when_the_last_whom_it_waits_for_leaves_whoever_began_it_hears_that_it_can_go_on(
    straight: Straight,
) -> None:
    await begins(straight, "ann", "cal")
    for user in ("bea", "ann"):
        await answers_all(straight, user)
    assert not await straight.store(lambda store: _waits_for(store, "bea", READY))
    await straight.presses("cal", "diagnostic.left", "1")
    assert await straight.store(lambda store: _waits_for(store, "bea", READY))


async def test_whoever_began_it_left_and_is_asked_again_gets_the_letter(straight: Straight) -> None:
    await begins(straight, "cal")
    await straight.presses("bea", "diagnostic.left", "1")
    straight.clock.move(days=1)
    bea = await straight.store(lambda store: of_user(store, "bea"))
    await straight.sends("cal", "diagnostic.ask", "1", {"who": (str(bea),)})
    drawn_now = await straight.store(lambda store: _drawn(store, straight, "bea"))
    assert "You are asked to take part in a rapid review" in drawn_now
    assert "Bea Co-ordinator asks" not in drawn_now


def _drawn(store: Store, inside: Straight, user: str) -> str:
    from handlers.kit import occasions

    person = store.people.by_id(of_user(store, user))
    assert person is not None
    desk = occasions.Desk(store, inside.clock.now(), store.networks.programme())
    asked = [occasions.Asked(person, person.network_ids, inside.clock.now().date())]
    return words_in(inside.routes.occasions[INVITED].draw(asked, desk))


async def test_a_new_one_and_the_taking_part_in_the_old_do_not_wait_for_each_other(database_url: str) -> None:
    inside = Straight(database_url)
    with closing(inside):
        inside.fill()
        network = await inside.store(network_id)
        for number in range(1, ROUNDS + 1):
            await inside.presses("bea", "diagnostic.begin", str(network))
            inside.clock.move(weeks=9)
            both = await asyncio.gather(
                inside.presses("bea", "diagnostic.anew", str(number)),
                inside.presses("cal", "diagnostic.begin", str(network)),
            )
            assert "went wrong" not in words_in(both)
            assert len(await inside.store(lambda store: store.reviews.open_with(of_user(store, "bea")))) == 1
            inside.clock.move(weeks=9)


async def test_where_a_plan_stands_the_result_leads_to_it(straight: Straight) -> None:
    def planned(store: Store) -> None:
        _of_one(store, straight, "bea")
        today_on, by_id = straight.clock.now().date(), of_user(store, "bea")
        store.plans.make(network_id(store), 1, today_on, Audience.NETWORK, by_id, straight.clock.now(), {})

    await straight.store(planned)
    result = words_in(await straight.presses("bea", "diagnostic.result", "1"))
    assert ["See the plan" in result, "Make the plan" in result] == [True, False]


async def test_ones_own_page_tells_what_waits_behind_reviews_in_which_nothing_does(straight: Straight) -> None:
    def fill(store: Store) -> None:
        fay = of_user(store, "fay")
        for number in range(1, MOST + 1):
            store.networks.add(f"more{number}", f"More {number}", "", None, None)
            answered_by(store, {fay: answers()}, straight.clock.now(), f"more{number}")
        answered_by(store, {of_user(store, "bea"): None, fay: None}, straight.clock.now())

    await straight.store(fill)
    assert "Your part in the review of Sexual Health Network is open." in words_in(await straight.opens_home("fay"))


def test_every_part_of_the_wheel_has_a_name_that_a_small_chart_shows_whole() -> None:
    seen = reviewed(items.coming(REVIEW, Views(1, {key: (value,) for key, value in answers().items()}), {}, ()))
    for wheel in (wheels.wheel(seen), wheels.compared(seen, seen)):
        assert not [name for name in wheel.short_names(limits.CHART_LABEL) if "…" in name]
