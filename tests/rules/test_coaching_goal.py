"""A plan may become a goal: it is offered only where some feature makes goals, and then that feature does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.straight import Straight, fresh_sqlite
from bot.dispatch import Dispatcher
from handlers.coaching.flow import feature as coaching
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.feature import Feature, Routes
from handlers.kit.happenings import GoalWanted
from handlers.kit.replies import Replace, Reply, Say

SAID = "When it rains, I will ring."


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Straight]:
    """The bot with coaching and nothing else."""
    straight = Straight(fresh_sqlite(tmp_path))
    straight.fill()
    _has(straight, coaching)
    yield straight
    straight.close()


def _has(straight: Straight, *features: Feature) -> None:
    straight.dispatch = Dispatcher(straight.units, Routes(features), straight.clock, straight.metrics)


async def _plans(straight: Straight) -> Reply:
    await straight.says("ann", "coach me")
    return await straight.sends("ann", "coaching.say", "1.4", {"when": "it rains", "then": "ring"})


def _message(reply: Reply) -> Message:
    assert isinstance(reply, Say | Replace)
    return reply.message


async def test_a_goal_is_not_offered_where_nobody_makes_it(alone: Straight) -> None:
    await _plans(alone)
    for step in range(1, 5):
        reply = await alone.presses("ann", "coaching.skip", f"1.{step}")
    labels = [button.label for button in _message(reply).buttons]
    assert labels == ["Share my plan", "A question each week", "My coaching"]
    refused = await alone.presses("ann", "coaching.goal", "1")
    assert "You can't do that here." in _message(refused).summary


async def test_a_plan_becomes_a_goal_when_that_is_pressed(alone: Straight) -> None:
    goals, wanted = Feature("goals"), list[GoalWanted]()

    @goals.hears(GoalWanted)
    def make(happening: GoalWanted, context: Context) -> None:
        wanted.append(happening)
        happening.said.append("It is one of your goals now.")

    _has(alone, coaching, goals)
    await _plans(alone)
    for step in range(1, 5):
        reply = await alone.presses("ann", "coaching.skip", f"1.{step}")
    assert "Make it a goal" in [button.label for button in _message(reply).buttons]
    assert wanted == [], "it is an offer"
    made = await alone.presses("ann", "coaching.goal", "1")
    assert _message(made).summary == "It is one of your goals now."
    assert [one.text for one in wanted] == [SAID]
    refused = await alone.presses("ben", "coaching.goal", "1")
    assert "not there any more, or it is not yours" in _message(refused).summary
    assert len(wanted) == 1


async def test_what_is_refused_shows_who_helps_where_words_point_to_harm(alone: Straight) -> None:
    await _plans(alone)
    refused = await alone.sends("ben", "coaching.say", "1.1", {"outcome": "I want to die"})
    assert "nobody is watching here" in _message(refused).summary
    assert "it is not yours" in _message(refused).summary
