"""Two people who act on one goal at the same moment on PostgreSQL: one is heard first, and no word is lost."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from bench.postgres import PostgresServer
from bench.straight import Straight, words_in
from handlers.kit.replies import Correct, Reply, Say
from storage.goal_records import Goal, GoalReader, Told
from storage.migrate import migrate
from storage.records import Audience
from storage.unit import Store

ROUNDS = 4
FOR_ALL = GoalReader(4, ((1, Audience.LEADERS),))


@pytest.fixture(scope="module")
def inside(postgres_server: PostgresServer) -> Iterator[Straight]:
    with closing(Straight(postgres_server.fresh(migrate).sqlalchemy)) as straight:
        straight.fill()
        yield straight


async def _goal(inside: Straight, number: int, title: str) -> int:
    """A new goal of the network, which Bea looks after."""
    await inside.says("bea", f"new goal: {title} {number}")
    (goal,) = [
        one for one in await _goals(inside, GoalReader(3, FOR_ALL.tiers)) if f"{title} {number}" == one.words.title
    ]
    await inside.presses("bea", "goals.give", f"{goal.id}.1")
    return goal.id


async def _goals(inside: Straight, reader: GoalReader = FOR_ALL) -> list[Goal]:
    return await inside.store(lambda store: store.goals.open_for(reader))


async def _told(inside: Straight, goal_id: int, told: Told) -> int:
    story = await inside.store(lambda store: store.goals.story(goal_id, FOR_ALL, 50))
    return sum(one.told is told for one in story)


async def _edited(inside: Straight, user: str, goal_id: int, title: str) -> Reply:
    return await inside.fills(user, "goals.edit", str(goal_id), {"title": title})


async def test_of_two_who_change_one_line_at_once_the_second_sees_both(inside: Straight) -> None:
    for number in range(ROUNDS):
        goal_id = await _goal(inside, number, "Edit")
        titles = {user: f"Edited {number} by {user}" for user in ("bea", "cal")}
        replies = await asyncio.gather(*(_edited(inside, user, goal_id, title) for user, title in titles.items()))
        (goal,) = [one for one in await _goals(inside) if one.id == goal_id]
        kept = [one for one in replies if isinstance(one, Say)]
        asked = [one for one in replies if isinstance(one, Correct)]
        assert len(kept) + len(asked) == 2
        if asked:
            (first,) = [title for title in titles.values() if title == goal.words.title]
            assert first in " ".join(asked[0].errors.values()), "what stands there now is shown beside one's own"
        assert await _told(inside, goal_id, Told.CHANGED) == len(kept)


def _given_to_faculty(goal_id: int, store: Store) -> None:
    """Fay looks after it, who is in no network."""
    store.goals.set_owner(goal_id, 7)


async def test_of_two_who_take_a_goal_on_at_once_one_gets_it(inside: Straight) -> None:
    for number in range(ROUNDS):
        goal_id = await _goal(inside, number, "Take")
        await inside.store(partial(_given_to_faculty, goal_id))
        replies = await asyncio.gather(*(inside.presses(user, "goals.take", str(goal_id)) for user in ("ann", "ben")))
        refused = [one for one in replies if "Someone looks after this goal already." in words_in(one)]
        assert len(refused) == 1
        assert await _told(inside, goal_id, Told.OWNER) == 1


async def test_a_typed_line_that_is_kept_by_two_presses_at_once_is_told_once(inside: Straight) -> None:
    for number in range(ROUNDS):
        goal_id = await _goal(inside, number, "Line")
        reply = await inside.says("bea", f"progress: Line {number}: 1 of 2")
        assert isinstance(reply, Say)
        keep = reply.message.buttons[0].argument
        await asyncio.gather(*(inside.presses("bea", "goals.said", keep) for _ in range(2)))
        assert await _told(inside, goal_id, Told.PROGRESS) == 1
