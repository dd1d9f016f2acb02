"""Posts to a network's home: shown once, drawn when it is time, looked for when uncertain, and put right in place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bench.board import HOME, KIND, Answer, Board, board
from bot.platforms import GaveUp, Partly, TryAgain, Unknown
from bot.posting import LEASE_SECONDS
from handlers.kit.posts import MOVED, NOT_SET_UP, NOT_THEIRS, TAKEN_BACK
from storage.post_records import ClaimedPost, PostOutcome
from storage.records import Home, Role, RoleHeld
from storage.scheduled import State
from storage.unit import Store

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
LOST = Answer(Unknown("the line went dead"))
"""Shown, but nobody hears of it."""
NOT_THERE = Answer(Unknown("the line went dead"), shows=False)


@pytest.fixture
async def wall(database_url: str) -> AsyncIterator[Board]:
    async with board(database_url) as opened:
        yield opened


async def test_what_is_wanted_twice_is_shown_once_in_the_words_of_when_it_is_shown(wall: Board) -> None:
    first, second = await wall.want(), await wall.want()
    wall.says["1"] = "Today’s words"
    posting = wall.posting()
    await posting.deliver()
    await posting.deliver()
    assert first.id == second.id
    assert wall.wall.shown == [(f"p{first.id}.0", "Today’s words")]
    post = await wall.stands()
    assert (post.state, post.ref, post.link) == (State.SENT, f"ref-p{first.id}.0", "https://example.test/1")
    assert (post.sent_at, post.corrected_at, post.attempts) == (wall.clock.now(), None, 1)


async def test_bots_that_work_at_once_show_each_once(wall: Board) -> None:
    """On PostgreSQL there are three of them."""
    bots = [wall.posting() for _ in range(1 if wall.alone else 3)]
    for number in range(5):
        await wall.want(str(number))
        await asyncio.gather(*(one.deliver() for one in bots * 2))
        await _past(wall)
    assert [words for _, words in wall.wall.shown] == [f"News {number} of Sexual Health." for number in range(5)]


async def test_posts_to_one_place_are_a_second_apart_whoever_sends_them(wall: Board) -> None:
    def claim(seconds: float) -> Callable[[Store], ClaimedPost | None]:
        at = AT + timedelta(seconds=seconds)
        return lambda store: store.posts.claim("ledger", "T01", at, 30, f"token {seconds}")

    for argument in ("1", "2"):
        await wall.want(argument)
    await wall.want("3", Home("ledger", "T01", "C02"))
    taken = [await wall.run(claim(seconds)) for seconds in (0.0, 0.1, 0.9, 1.1)]
    assert [one.post.argument if one else None for one in taken] == ["1", "3", None, None]
    first = taken[0]
    assert first is not None
    outcome = PostOutcome(first.post.id, first.post.token, State.SENT, AT, ref="1")
    await wall.run(lambda store: store.posts.record([outcome]))
    later = [await wall.run(claim(seconds)) for seconds in (0.9, 1.1)]
    assert [one.post.argument if one else None for one in later] == [None, "2"]


async def test_whoever_lost_the_right_meanwhile_posts_nothing(wall: Board) -> None:
    await wall.want()
    await wall.run(lambda store: store.people.remove_role(wall.bea, RoleHeld(Role.COORDINATOR, wall.network_id)))
    await wall.posting().deliver()
    assert wall.wall.shown == []
    assert ((await wall.stands()).state, (await wall.stands()).why) == (State.DROPPED, NOT_THEIRS)


async def test_what_was_withdrawn_or_has_another_home_now_is_not_shown_and_can_be_wanted_anew(wall: Board) -> None:
    wall.says["1"] = None
    await wall.want()
    await wall.posting().deliver()
    assert (await wall.stands()).why == "What it rests on was withdrawn."
    await wall.want("2", Home("ledger", "T01", "C09"))
    await wall.posting().deliver()
    assert (await wall.stands("2")).why == MOVED
    wall.says["1"] = "There again"
    again = await wall.want()
    await wall.posting().deliver()
    assert again.turn == 1
    assert wall.wall.shown == [(f"p{again.id}.1", "There again")]


async def test_where_its_platform_is_not_set_up_it_is_given_up_in_words(wall: Board) -> None:
    await wall.want()
    await wall.posting(name="another").deliver()
    assert ((await wall.stands()).state, (await wall.stands()).why) == (State.GAVE_UP, NOT_SET_UP)


async def test_what_may_be_tried_again_is_and_a_hold_holds_people_too(wall: Board) -> None:
    post = await wall.want()
    wall.wall.answers = [Answer(TryAgain("busy"), shows=False), Answer(TryAgain("wait", 30, True), shows=False)]
    posting = wall.posting()
    await posting.deliver()
    await posting.deliver()
    stands = await wall.stands()
    assert (stands.state, stands.why, stands.attempts, wall.wall.shown) == (State.PLANNED, "wait", 1, [])
    held = await wall.run(lambda store: store.budgets.held_until("ledger", "T01", posting._machine.now(store)))
    assert held is not None
    await wall.run(lambda store: store.budgets.end_holds(AT - timedelta(days=9999)))
    await _past(wall)
    await posting.deliver()
    assert wall.wall.shown == [(f"p{post.id}.0", "News 1 of Sexual Health.")]


async def _past(wall: Board) -> None:
    """As if the last second, and the lease of whatever is uncertain, had passed."""
    await _set(wall, "claimed_at = '2020-01-01', not_before = NULL")
    await _set(wall, "lease_until = '2020-01-01'", "state = 'unknown'")


async def _set(wall: Board, what: str, where: str = "1 = 1") -> None:
    """Change every post past the repositories."""

    def work(store: Store) -> None:
        store._connection.exec_driver_sql(f"UPDATE posts SET {what} WHERE {where}")

    await wall.run(work)


@pytest.mark.parametrize("answer", [LOST, NOT_THERE])
async def test_an_uncertain_post_is_looked_for_and_sent_again_only_where_it_is_not_there(
    wall: Board, answer: Answer
) -> None:
    post = await wall.want()
    wall.wall.answers = [answer]
    posting = wall.posting()
    await posting.deliver()
    await posting.settle()
    await posting.deliver()
    assert ((await wall.stands()).state, wall.wall.looked) == (State.UNKNOWN, []), "it may be on its way still"
    await _past(wall)
    await posting.settle()
    await posting.deliver()
    assert [key for key, _ in wall.wall.shown] == [f"p{post.id}.0"]
    assert ((await wall.stands()).state, wall.wall.looked) == (State.SENT, [f"p{post.id}.0"])


async def test_where_nobody_can_look_an_uncertain_post_waits_for_a_person(wall: Board) -> None:
    post = await wall.want()
    wall.wall.answers = [NOT_THERE]
    posting = wall.posting(reads_back=False)
    for _ in range(3):
        await posting.deliver()
        await _past(wall)
        await posting.settle()
    assert ((await wall.stands()).state, wall.wall.shown) == (State.UNKNOWN, [])
    at = wall.clock.now()
    again = [await wall.run(lambda store: store.posts.send_again(post.id, HOME, wall.bea, at)) for _ in range(2)]
    await posting.deliver()
    assert again == [True, False]
    assert [key for key, _ in wall.wall.shown] == [f"p{post.id}.0"]


@pytest.mark.parametrize("was_sent", [True, False])
async def test_what_a_killed_bot_left_behind_is_looked_for_and_never_sent_blindly(wall: Board, was_sent: bool) -> None:
    """F1: claimed and committed, then killed, before or after the platform showed it."""
    post = await wall.want()
    at = await wall.run(lambda store: store.outbox.machine_time())
    await wall.run(lambda store: store.posts.claim("ledger", "T01", at, LEASE_SECONDS, "of the killed"))
    if was_sent:
        wall.wall.shown.append((f"p{post.id}.0", "before the kill"))
    posting = wall.posting()
    await posting.deliver()
    assert len(wall.wall.shown) == was_sent
    left = State.UNKNOWN if wall.alone else State.SENDING
    assert (await wall.stands()).state is left, "a bot that is alone knows at once that nobody else is at it"
    await _set(wall, "lease_until = '2020-01-01'")
    await posting.settle()
    await posting.deliver()
    assert [key for key, _ in wall.wall.shown] == [f"p{post.id}.0"]
    assert (await wall.stands()).state is State.SENT


async def test_a_mark_that_comes_after_somebody_else_settled_it_changes_nothing(wall: Board) -> None:
    await wall.want()
    gate = asyncio.Event()
    wall.wall.answers = [Answer(GaveUp("too late"), after=gate)]
    sending = asyncio.create_task(wall.posting().deliver())
    await wall.wall.begun.wait()
    post = await wall.stands()
    await _set(wall, "token = 'other'")
    gate.set()
    await sending
    assert (await wall.stands()).state is post.state is State.SENDING


async def test_a_stop_in_the_middle_leaves_it_uncertain(wall: Board) -> None:
    await wall.want()
    wall.wall.answers = [Answer(after=asyncio.Event())]
    posting = wall.posting()
    sending = asyncio.create_task(posting.deliver())
    await wall.wall.begun.wait()
    await posting.stop()
    await sending
    assert (await wall.stands()).state is State.UNKNOWN


async def test_what_is_shown_in_part_or_has_changed_is_put_right_where_it_is(wall: Board) -> None:
    post = await wall.want()
    ref = f"ref-{post.id}"
    wall.wall.answers = [Answer(Partly(ref, "the rest was not shown", 30.0))]
    posting = wall.posting()
    await posting.deliver()
    assert ((await wall.stands()).state, (await wall.stands()).ref) == (State.PLANNED, ref)
    await _past(wall)
    await posting.deliver()
    assert wall.wall.amended == [(ref, "News 1 of Sexual Health.")]
    wall.says["1"] = "Put right"
    assert await wall.run(lambda store: store.posts.correct(post.id, wall.bea))
    wall.clock.move(hours=1)
    await _past(wall)
    wall.wall.answers = [Answer(Unknown("the line went dead"))]
    await posting.deliver()
    await _past(wall)
    await posting.deliver()
    assert wall.wall.amended[1:] == [(ref, "Put right")] * 2, "to put it right twice does no harm"
    stands = await wall.stands()
    assert (stands.state, len(wall.wall.shown), stands.corrected_at) == (State.SENT, 1, wall.clock.now())


async def test_what_is_withdrawn_after_it_was_shown_is_taken_back_there(wall: Board) -> None:
    post = await wall.want()
    posting = wall.posting()
    await posting.deliver()
    wall.says["1"] = None
    await wall.run(lambda store: store.posts.correct(post.id, wall.bea))
    await _past(wall)
    await posting.deliver()
    assert wall.wall.amended == [(f"ref-p{post.id}.0", TAKEN_BACK)]


async def test_what_somebody_took_out_of_the_channel_can_be_posted_anew(wall: Board) -> None:
    post = await wall.want()
    posting = wall.posting()
    await posting.deliver()
    await wall.run(lambda store: store.posts.correct(post.id, wall.bea))
    await _past(wall)
    wall.wall.answers = [Answer(GaveUp("It is not there any more.", unreachable=True))]
    await posting.deliver()
    assert ((await wall.stands()).state, (await wall.stands()).is_shown) == (State.GAVE_UP, False)
    assert (await wall.want()).turn == 1


async def test_one_that_cannot_be_drawn_keeps_no_other_back(wall: Board) -> None:
    wall.says["1"] = "bug"
    bad = await wall.want()
    await wall.want("2", HOME)
    posting = wall.posting()
    for _ in range(12):
        await posting.deliver()
        await _past(wall)
    assert ((await wall.stands()).state, (await wall.stands()).why) == (State.GAVE_UP, "a bug")
    assert [key for key, _ in wall.wall.shown] == [f"p{bad.id + 1}.0"]


async def test_only_the_newest_of_each_thing_is_read(wall: Board) -> None:
    wall.says["1"] = None
    await wall.want()
    await wall.posting().deliver()
    newest = await wall.want()
    await wall.want("2")

    def read(store: Store) -> tuple[dict[str, int], list[str]]:
        of_all = store.posts.of_all(KIND, ["1", "2", "3"])
        unsettled = store.posts.unsettled_in(wall.network_id, wall.clock.now() - timedelta(days=1), 5)
        return {name: one.turn for name, one in of_all.items()}, sorted(one.argument for one in unsettled)

    assert await wall.run(read) == ({"1": newest.turn, "2": 0}, ["1", "2"])
