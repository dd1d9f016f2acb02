"""The end of a plan becomes an update of its whole time, with what its people said then, for who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bench.plans import planned
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.replies import Ask, Say
from storage.records import Audience
from storage.unit import Store

BEGAN = date(2026, 7, 6)
ENDED = datetime(2027, 1, 8, 10, tzinfo=UTC)
SAID = ("Clinics are open in the evening", "The rota stays", "Ask patients first")


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    with closing(Straight(fresh_sqlite(tmp_path))) as inside:
        inside.fill()
        yield inside


def _plan(store: Store, audience: Audience, *, is_ended: bool = True) -> int:
    (bea,) = store.people.named("Bea Co-ordinator")
    made_at = datetime(2026, 7, 6, 9, tzinfo=UTC)
    plan_id, _ = planned(store, 1, bea.id, BEGAN, made_at, {"One": date(2026, 9, 1)}, audience)
    if is_ended:
        store.plans.finish(plan_id, *SAID, bea.id, ENDED)
    return plan_id


async def test_the_final_update_is_of_the_plans_own_days_and_quotes_its_end(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.FACULTY))
    asked = await straight.opens("bea", "updates.final", str(plan_id))
    assert isinstance(asked, Ask)
    assert "over its whole plan, 6 July 2026 to 8 January 2027" in words_in(asked)
    reply = await straight.sends("bea", "updates.final", str(plan_id), {"audience": "faculty"})
    assert isinstance(reply, Say), words_in(reply)
    said = words_in(reply)
    assert "6 July 2026 to 8 January 2027" in said
    for words in SAID:
        assert f"“{words}”" in said
    draft = await straight.store(lambda store: store.drafts.by_id(1))
    assert draft is not None
    assert (draft.first_on, draft.last_on, draft.audience) == (BEGAN, ENDED.date(), Audience.FACULTY)


async def test_of_a_plan_that_goes_on_it_tells_up_to_today_however_long_that_is(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.NETWORK, is_ended=False))
    straight.clock.move(days=600)
    await straight.fills("cal", "updates.final", str(plan_id), {"audience": "network"})
    draft = await straight.store(lambda store: store.drafts.by_id(1))
    assert draft is not None
    today_on = straight.clock.now().date()
    assert (draft.first_on, draft.last_on) == (BEGAN, today_on)
    assert draft.last_on - draft.first_on > timedelta(days=550)


async def test_its_days_are_the_programmes_also_of_a_plan_that_ended_late_in_the_evening(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.NETWORK, is_ended=False))
    straight.clock.move(days=159, hours=13.5)
    assert straight.clock.now() == datetime(2027, 6, 20, 23, 30, tzinfo=UTC)
    await straight.fills("bea", "plan.end", str(plan_id), {"changed": SAID[0]})
    straight.clock.move(days=9)
    reply = await straight.fills("bea", "updates.final", str(plan_id), {"audience": "network"})
    assert "6 July 2026 to 21 June 2027" in words_in(reply)
    assert SAID[0] in words_in(reply)


async def test_of_a_plan_that_ended_before_it_began_it_tells_the_day_of_its_end(straight: Straight) -> None:
    asked = {"began_on": "2027-03-01", "audience": "network"}
    await straight.fills("bea", "plan.begin", "1", asked)
    await straight.fills("bea", "plan.end", "1", {"changed": SAID[0]})
    reply = await straight.fills("bea", "updates.final", "1", {"audience": "network"})
    assert SAID[0] in words_in(reply)
    draft = await straight.store(lambda store: store.drafts.by_id(1))
    assert draft is not None
    assert draft.first_on == draft.last_on == straight.clock.now().date()


async def test_a_wider_update_holds_nothing_of_a_narrower_plan(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.NETWORK))
    reply = await straight.fills("bea", "updates.final", str(plan_id), {"audience": "faculty"})
    assert not [words for words in SAID if words in words_in(reply)]


@pytest.mark.parametrize("user", ["ann", "kit", "fay", "sam"])
@pytest.mark.parametrize("argument", ["1", "2", "0", "1.1", "x", ""])
async def test_only_who_runs_the_network_and_may_read_the_plan_can_draft_it(
    straight: Straight, user: str, argument: str
) -> None:
    await straight.store(lambda store: _plan(store, Audience.FACULTY))
    before = (await straight.tables())["drafts"]
    assert not isinstance(await straight.opens(user, "updates.final", argument), Ask)
    await straight.sends(user, "updates.final", argument, {"audience": "funder"})
    assert (await straight.tables())["drafts"] == before


async def test_a_leader_cannot_draft_from_a_plan_that_only_co_ordinators_read(straight: Straight) -> None:
    plan_id = await straight.store(lambda store: _plan(store, Audience.COORDINATOR))
    assert not isinstance(await straight.opens("cal", "updates.final", str(plan_id)), Ask)
    assert isinstance(await straight.opens("bea", "updates.final", str(plan_id)), Ask)
