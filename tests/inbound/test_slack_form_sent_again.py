"""A form whose answer Slack did not wait for: sent again as it was it counts once, corrected it counts as an edit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bench.slack import SlackDriver
from bench.stories import has_form, opens_check_in, rows, texts
from bench.straight import fresh_sqlite
from bench.world import World

Json = dict[str, Any]
GIVEN = {"How is the network": "4", "What has moved": "First words"}


class Impatient(SlackDriver):
    """Slack, giving up on an answer while `too_late`: the bot has kept the form, but the modal stays open."""

    too_late = False

    async def send(self, kind: str, payload: Json, retry: int = 0) -> tuple[int, Json]:
        """What the person's Slack makes of the answer."""
        status, body = await super().send(kind, payload, retry)
        return (0, {}) if self.too_late and payload.get("type") == "view_submission" else (status, body)


@pytest.fixture
def slack() -> Impatient:
    return Impatient()


@pytest.fixture
async def world(slack: Impatient, tmp_path: Path) -> AsyncIterator[World]:
    world = World(fresh_sqlite(tmp_path), (slack,))
    await world.start()
    yield world
    await world.stop()


async def test_the_same_form_sent_again_counts_once(world: World, slack: Impatient) -> None:
    ann = await opens_check_in(world, "ann")
    slack.too_late = True
    await ann.sends(GIVEN)
    assert has_form(ann)
    slack.too_late = False
    await ann.sends()
    assert not has_form(ann)
    assert (await rows(world, "checkins"), await rows(world, "revisions")) == (1, 0)


async def test_a_form_that_was_corrected_and_sent_again_is_an_edit(world: World, slack: Impatient) -> None:
    ann = await opens_check_in(world, "ann")
    slack.too_late = True
    await ann.sends(GIVEN)
    slack.too_late = False
    await ann.sends({"What has moved": "Better words"})
    assert ann.form is not None
    assert "You have checked in for this week meanwhile" in str(ann.form.errors)
    await ann.sends()
    assert not has_form(ann)
    await ann.says("history")
    assert "Better words" in texts(ann)
    assert "First words" not in texts(ann)
    assert (await rows(world, "checkins"), await rows(world, "revisions")) == (1, 1)
