"""The outbox: each delivery goes out once; what a platform says of it decides what becomes of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.mailing import (
    AGAIN,
    BLOCKED,
    FORBIDDEN,
    LOST,
    NOT_THERE,
    Answer,
    FakePlatform,
    Ledger,
    Mailing,
    draw,
    mailing,
    until,
)
from bench.postgres import PostgresServer
from bench.straight import fresh_sqlite
from bot.metrics import Metrics
from bot.platforms import Capabilities, TryAgain
from handlers.kit.content import Message
from handlers.kit.feature import Routes
from handlers.kit.occasions import Desk, Drop, Later
from storage.migrate import migrate
from storage.scheduled import Claimed

HELD = Answer(TryAgain("slow down", after=30, holds_workspace=True))
TEAMS = Capabilities(100_000.0, reads_back=False)


@pytest.fixture(params=["sqlite", "postgresql"])
async def mail(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Mailing]:
    """People and deliveries on each kind of database."""
    if request.param == "sqlite":
        url = fresh_sqlite(tmp_path)
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh(migrate).sqlalchemy
    async with mailing(url) as opened:
        yield opened


def on_both(mail: Mailing) -> tuple[Ledger, list[FakePlatform]]:
    """Slack, and Teams with a ledger of its own, which cannot be read back."""
    teams = Ledger()
    return teams, [FakePlatform(mail.ledger), FakePlatform(teams, "teams", TEAMS)]


async def test_everyone_who_is_due_gets_it_once_and_that_is_kept(mail: Mailing) -> None:
    users = [f"U{number}" for number in range(250)]
    await mail.add(*users)
    outbox = mail.outbox()
    await outbox.deliver()
    await outbox.deliver()
    assert mail.ledger.users() == sorted(users)
    assert set((await mail.states()).values()) == {"sent"}
    row = (await mail.rows())["U7"]
    assert (row.ref.startswith("ref-"), row.sent_at, row.attempts) == (True, mail.clock.now(), 1)


async def test_several_go_out_at_once_but_never_more_than_the_slots(mail: Mailing) -> None:
    gate = asyncio.Event()
    mail.ledger.always = Answer(shows=True, after=gate)
    await mail.add(*(f"U{number}" for number in range(40)))
    delivery = asyncio.create_task(mail.outbox().deliver())
    await until(lambda: mail.ledger.at_once == 16)
    gate.set()
    await delivery
    assert (mail.ledger.most_at_once, len(mail.ledger.shown)) == (16, 40)


async def test_what_is_not_due_yet_waits(mail: Mailing) -> None:
    await mail.add("ann")
    mail.clock.move(minutes=-1)
    await mail.outbox().deliver()
    assert mail.ledger.tried == []
    mail.clock.move(minutes=1)
    await mail.outbox().deliver()
    assert mail.ledger.users() == ["ann"]


async def test_what_the_platform_would_have_again_is_tried_again_later(mail: Mailing) -> None:
    """F6: one post an attempt; the waiting grows, and is drawn by lot up to that."""
    mosts: list[float] = []

    def longest(most: float) -> float:
        mosts.append(most)
        return most if len(mosts) == 4 else 0.0

    await mail.add("ann")
    mail.ledger.answers["ann"] = [AGAIN] * 4
    await mail.outbox(jitter=longest).deliver()
    assert mosts == [5, 10, 20, 40]
    row = (await mail.rows())["ann"]
    assert (row.state, row.why, row.attempts, len(mail.ledger.tried)) == ("planned", "busy", 4, 4)
    assert row.not_before - row.claimed_at >= timedelta(seconds=40)


async def test_a_platform_that_says_how_long_to_wait_is_obeyed(mail: Mailing) -> None:
    await mail.add("ann")
    mail.ledger.answers["ann"] = [Answer(TryAgain("busy", after=90))]
    await mail.outbox().deliver()
    row = (await mail.rows())["ann"]
    assert timedelta(seconds=90) <= row.not_before - row.claimed_at < timedelta(seconds=120)


async def test_after_eight_attempts_it_is_given_up(mail: Mailing) -> None:
    await mail.add("ann", "ben")
    mail.ledger.answers["ann"] = [AGAIN] * 9
    await mail.outbox().deliver()
    assert await mail.stands() == {"ann": ("gave up", "I tried 8 times"), "ben": ("sent", "")}
    assert len(mail.ledger.tried) == 9


async def test_who_can_never_be_reached_is_given_up_at_once_and_the_others_get_theirs(mail: Mailing) -> None:
    """F8."""
    await mail.add("ann", "ben")
    mail.ledger.answers["ann"] = [FORBIDDEN]
    await mail.outbox().deliver()
    assert await mail.stands() == {"ann": ("gave up", "messages are not allowed"), "ben": ("sent", "")}


async def test_who_is_unreachable_on_one_platform_gets_it_on_the_other_in_the_same_go(mail: Mailing) -> None:
    teams, platforms = on_both(mail)
    await mail.add("ann", "ben", platforms=("slack", "teams"))
    mail.ledger.answers["ann"] = [BLOCKED]
    await mail.outbox(*platforms).deliver()
    assert (mail.ledger.users(), teams.users()) == (["ben"], ["ann"])
    row = (await mail.rows())["ann"]
    assert (row.state, row.platform, row.attempts) == ("sent", "teams", 1)


async def test_what_one_platform_may_have_shown_goes_out_on_no_other(mail: Mailing) -> None:
    teams, platforms = on_both(mail)
    await mail.add("ann", "ben", platforms=("slack", "teams"))
    mail.ledger.answers.update(ann=[LOST], ben=[AGAIN])
    await mail.outbox(*platforms).deliver()
    assert (mail.ledger.users(), teams.users()) == (["ann", "ben"], [])


async def test_who_is_unreachable_everywhere_is_given_up_with_the_reason(mail: Mailing) -> None:
    teams, platforms = on_both(mail)
    await mail.add("ann", platforms=("slack", "teams"))
    mail.ledger.answers["ann"], teams.answers["ann"] = [BLOCKED], [BLOCKED]
    await mail.outbox(*platforms).deliver()
    assert await mail.stands() == {"ann": ("gave up", "they have blocked the bot")}


async def test_a_workspace_that_is_held_gets_nothing_more_and_no_attempt_is_counted(mail: Mailing) -> None:
    """F5, F7: everything that had not begun is free at once, and other workspaces notice nothing."""
    held = [f"U{number}" for number in range(120)]
    await mail.add(*held)
    await mail.add(*(f"V{number}" for number in range(30)), workspace="T02")
    mail.ledger.answers.update({user: [HELD] for user in held})
    outbox = mail.outbox()
    await outbox.deliver()
    await outbox.deliver()
    tried = [one for one in mail.ledger.tried if one.workspace == "T01"]
    assert len(tried) <= 16
    assert len(mail.ledger.shown) == 30
    rows = [row for user, row in (await mail.rows()).items() if user in held]
    assert {(row.state, row.attempts, row.token) for row in rows} == {("planned", 0, "")}
    now = await mail.run(lambda store: store.outbox.machine_time())
    assert [await held_until(mail, workspace, now) is not None for workspace in ("T01", "T02")] == [True, False]
    assert await held_until(mail, "T01", now + timedelta(seconds=31)) is None
    assert await held_until(mail, "T01", now - timedelta(hours=1)), "whatever the wall clock says by then"
    await mail.run(lambda store: store.budgets.end_holds(now))
    mail.ledger.answers.clear()
    await outbox.deliver()
    assert len(mail.ledger.shown) == 150


async def held_until(mail: Mailing, workspace: str, machine_now: datetime) -> datetime | None:
    """Until when a workspace in Slack is held, at that moment of machine time."""
    return await mail.run(lambda store: store.budgets.held_until("slack", workspace, machine_now))


async def test_a_hold_of_a_moment_is_waited_for_and_then_it_goes_on_by_itself(mail: Mailing) -> None:
    people = [f"U{number}" for number in range(40)]
    await mail.add(*people)
    mail.ledger.answers["U20"] = [Answer(TryAgain("slow down", after=1, holds_workspace=True))]
    await mail.outbox().deliver()
    assert mail.ledger.users() == sorted(people)
    assert {row.attempts for row in (await mail.rows()).values()} == {1}


async def test_a_workspace_that_hangs_keeps_no_other_waiting(mail: Mailing) -> None:
    gate = asyncio.Event()
    slow = [f"U{number}" for number in range(20)]
    await mail.add(*slow)
    mail.ledger.answers.update({user: [Answer(shows=True, after=gate)] for user in slow})
    delivery = asyncio.create_task(mail.outbox().deliver())
    await until(lambda: mail.ledger.at_once == 16)
    await mail.add("late", workspace="T02")
    await until(lambda: mail.ledger.users() == ["late"])
    gate.set()
    await delivery
    assert len(mail.ledger.shown) == 21


async def test_no_message_goes_out_before_its_moment(mail: Mailing) -> None:
    """A slow machine sends later, and never sooner than the rate of the workspace allows."""
    await mail.add(*(f"U{number}" for number in range(30)))
    began = time.monotonic()
    await mail.outbox(FakePlatform(mail.ledger, capabilities=Capabilities(50.0, reads_back=True))).deliver()
    assert [moment - began >= number / 50 for number, moment in enumerate(mail.ledger.moments)] == [True] * 30


async def test_what_is_not_to_be_sent_any_more_is_dropped_and_what_comes_too_early_moves(mail: Mailing) -> None:
    later = mail.clock.now() + timedelta(hours=3)

    def choosy(claimed: Sequence[Claimed], desk: Desk, routes: Routes) -> dict[int, Message | Drop | Later]:
        other: dict[str, Drop | Later] = {
            "ann": Drop("answered"),
            "ben": Later(later),
            "cal": Drop("past", missed=True),
        }
        drawn = draw(claimed, desk, routes)
        return {one.delivery.id: other.get(one.recipient.person.name, drawn[one.delivery.id]) for one in claimed}

    await mail.add("ann", "ben", "cal", "dee")
    outbox = mail.outbox(draw=choosy)
    await outbox.deliver()
    assert mail.ledger.users() == ["dee"]
    assert await mail.stands() == {
        "ann": ("dropped", "answered"),
        "ben": ("planned", ""),
        "cal": ("missed", "past"),
        "dee": ("sent", ""),
    }
    ben = (await mail.rows())["ben"]
    assert (ben.due_at, ben.attempts) == (later, 0)


async def test_one_that_cannot_be_drawn_keeps_no_other_back_and_is_given_up_in_the_end(
    mail: Mailing, caplog: pytest.LogCaptureFixture
) -> None:
    """F16."""

    def poisoned(claimed: Sequence[Claimed], desk: Desk, routes: Routes) -> Mapping[int, Message | Drop | Later]:
        if any(one.recipient.person.name == "ann" for one in claimed):
            raise LookupError("words")
        return draw(claimed, desk, routes)

    await mail.add("ann", "ben", "cal")
    await mail.outbox(draw=poisoned).deliver()
    assert await mail.stands() == {"ann": ("gave up", "a bug"), "ben": ("sent", ""), "cal": ("sent", "")}
    assert (await mail.rows())["ann"].attempts == 8
    assert mail.ledger.users() == ["ben", "cal"]
    assert "words" not in caplog.text


async def test_a_platform_that_fails_as_none_should_leaves_it_uncertain(mail: Mailing) -> None:
    await mail.add("ann", "ben")
    mail.ledger.answers["ann"] = [Answer(LookupError("words"), shows=True)]
    await mail.outbox().deliver()
    assert await mail.stands() == {"ann": ("unknown", "a bug"), "ben": ("sent", "")}


async def test_what_is_uncertain_is_never_sent_again_by_itself(mail: Mailing) -> None:
    teams, platforms = on_both(mail)
    await mail.add("ann", "ben", platforms=("teams",))
    teams.answers.update(ann=[LOST], ben=[NOT_THERE])
    outbox = mail.outbox(*platforms)
    for _ in range(3):
        await outbox.deliver()
        await outbox.settle()
    assert await mail.states() == {"ann": "unknown", "ben": "unknown"}
    assert (len(teams.tried), teams.looked) == (2, [])


async def test_the_metrics_tell_how_it_goes_and_name_nobody(mail: Mailing) -> None:
    metrics = Metrics()
    await mail.add("U71", "U72", "U73", "U74")
    mail.ledger.answers.update(U71=[AGAIN], U72=[LOST], U73=[FORBIDDEN])
    await mail.outbox(metrics=metrics).deliver()
    page = metrics.page().decode()
    for outcome, count in {"sent": 2, "try again": 1, "unknown": 1, "given up": 1}.items():
        assert f'weaver_outbound_attempts_total{{outcome="{outcome}",platform="slack"}} {count}.0' in page
    assert 'weaver_deliveries_ended_total{platform="slack",state="sent"} 2.0' in page
    assert 'weaver_deliveries_ended_total{platform="slack",state="gave up"} 1.0' in page
    assert not any(name in page for name in ("U7", "T01"))
