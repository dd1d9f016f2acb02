"""Messages for a platform that this bot is not set up for: the next account has them, or they are given up and seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bench.mailing import ON, Answer, Mailing, mailing, until
from bench.straight import fresh_sqlite
from bot.metrics import Metrics
from storage.records import Account
from storage.scheduled import NewDelivery
from storage.unit import Store


@pytest.fixture
async def mail(tmp_path: Path) -> AsyncIterator[Mailing]:
    """People and deliveries."""
    async with mailing(fresh_sqlite(tmp_path)) as opened:
        yield opened


async def test_where_a_platform_is_not_set_up_the_next_one_has_it_or_it_is_given_up(mail: Mailing) -> None:
    await mail.add("ann", platforms=("teams",))
    await mail.add("ben", platforms=("teams", "slack"))
    metrics = Metrics()
    await mail.outbox(metrics=metrics).deliver()
    assert await mail.stands() == {"ann": ("gave up", "Weaver is not set up there"), "ben": ("sent", "")}
    assert mail.ledger.users() == ["ben"]
    page = metrics.page().decode()
    assert 'weaver_deliveries_ended_total{platform="teams",state="gave up"} 1.0' in page


async def test_who_has_another_message_on_its_way_keeps_nobody_waiting(
    mail: Mailing, caplog: pytest.LogCaptureFixture
) -> None:
    gate = asyncio.Event()
    await mail.add("ann", platforms=("slack", "teams"))
    mail.ledger.answers["ann"] = [Answer(shows=True, after=gate)]
    delivery = asyncio.create_task(mail.outbox().deliver())
    await until(lambda: mail.ledger.at_once == 1)
    await mail.run(lambda store: another_in_teams(mail, store))
    await mail.add("ben", workspace="T02")
    await until(lambda: mail.ledger.users() == ["ben"])
    assert not caplog.records, "nothing can be turned away yet"
    gate.set()
    await delivery
    assert mail.ledger.users() == ["ann", "ben"]


def another_in_teams(mail: Mailing, store: Store) -> None:
    """Ann is due another message, in Teams."""
    added = store.schedules.add_occurrences([(mail._schedule, ON + timedelta(days=30), 0, False)])
    (ann,) = store.people.named("ann")
    teams = Account("teams", "T01", "ann")
    store.deliveries.add([NewDelivery(next(iter(added.values())), ann.id, mail.clock.now(), account=teams)])
