"""After a review its network chooses three things to do, and the first of them stands in the next week's message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bench.reviews import reviewed
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.content import Button, Buttons
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.replies import Replace, Reply, Say
from handlers.kit.text import week_of
from storage.records import Audience
from storage.unit import Store


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    with closing(Straight(fresh_sqlite(tmp_path))) as inside:
        inside.fill()
        yield inside


def _buttons(reply: Reply, action: str) -> list[Button]:
    assert isinstance(reply, Say | Replace), words_in(reply)
    rows = [one.buttons for one in reply.message.body if isinstance(one, Buttons)]
    return [one for row in (*rows, reply.message.buttons) for one in row if one.action == action]


async def test_the_first_of_three_is_found_in_the_next_weeks_message(straight: Straight) -> None:
    def review(store: Store) -> None:
        (bea,) = store.people.named("Bea Co-ordinator")
        reviewed(store, 1, [bea.id], {"governance": "enclave"}, Audience.NETWORK, straight.clock.now())

    await straight.store(review)
    today_on = straight.clock.now().date()
    await straight.fills("bea", "plan.begin", "1", {"began_on": today_on.isoformat(), "audience": "network"})
    offered = _buttons(await straight.presses("bea", "plan.propose", "1"), "plan.choose")
    assert len(offered) == 3
    months = ("2027-03-01", "2027-02-01", "2027-06-01")
    for number, (button, month) in enumerate(zip(offered, months, strict=True), 1):
        values = {"title": f"Thing {number}", "month": month, "step_when": "it rains", "step_then": "ring Ben"}
        assert isinstance(await straight.fills("bea", "plan.choose", button.argument, values), Say)

    def draw(store: Store) -> list[Item]:
        (bea,) = store.people.named("Bea Co-ordinator")
        desk = Desk(store, straight.clock.now(), store.networks.programme(), straight.routes)
        monday = week_of(today_on) + timedelta(weeks=1)
        return list(straight.routes.occasions["plan.next"].draw([Asked(bea, (1,), monday)], desk)[bea.id])

    (line,) = await straight.store(draw)
    assert line.text == (
        "Next in the plan of Sexual Health Network, in February 2027: “Thing 2”. Bea Co-ordinator looks after it. "
        "First step: “When it rains, I will ring Ben.”"
    )
    assert line.button is not None
    opened = words_in(await straight.presses("bea", line.button.action, line.button.argument))
    assert "Thing 2" in opened
    assert "When it rains, I will ring Ben" in opened
    (plan,) = line.also
    assert "Thing 3" in words_in(await straight.presses("bea", plan.action, plan.argument))
