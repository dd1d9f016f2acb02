"""Time and fan-outs: far zones, ticks that overlap, databases that go away, clocks that are set. Each gets it once.

Three of these are defects of a peer (shared/peers.md, 6): a member west of the deadline, two first ticks, slow ticks.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, update

from bench.clock import MovedClock
from bench.fanout import (
    EACH_MONDAY,
    MONDAY,
    PATIENCE,
    SUNDAY,
    Fanout,
    assert_each_once,
    at_work,
    fanout,
    is_over,
    pass_by,
)
from bench.mailing import FakePlatform, Ledger, mailing
from bench.postgres import PostgresServer
from bench.slack_service import TEAM, Fault
from bot.app import Bot
from bot.claiming import LEASE_SECONDS, PostRoom
from bot.marking import Marker
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.platforms import SendResult
from bot.settling import Settling
from bot.steady import MachineTime
from handlers import find_routes
from handlers.kit.content import Message
from handlers.kit.feature import Routes
from storage.migrate import migrate
from storage.records import Account
from storage.tables import people

POST = "chat.postMessage"
ZONES = ("Asia/Kolkata", "Europe/London", "America/New_York", "Pacific/Honolulu", "Pacific/Pago_Pago",
         "Pacific/Kiritimati")  # fmt: skip
OFFICE = {"working_days": "01234", "hours_from": "09:00", "hours_to": "17:00"}


@pytest.fixture
async def fan(database_url: str) -> AsyncIterator[Fanout]:
    async with fanout(database_url) as opened:
        yield opened


@pytest.fixture
async def alone(sqlite_url: str) -> AsyncIterator[Fanout]:
    async with fanout(sqlite_url) as opened:
        yield opened


async def test_a_member_west_of_the_deadline_gets_it_too(alone: Fanout) -> None:
    """Half past nine in Kolkata, on that one day: everyone has it once, in their own hours of that day.

    Only where that moment comes after their hours they have it the next morning.
    """
    zoned = replace(EACH_MONDAY, at=time(9, 30), zone="Asia/Kolkata", until_on=MONDAY.date())
    await alone.fill(range(len(ZONES)), zoned)

    def settle_down(connection: Connection) -> None:
        for number, zone in enumerate(ZONES):
            rows = update(people).where(people.c.name == str(number))
            connection.execute(rows.values(time_zone=zone, **OFFICE))

    await alone.run(lambda store: settle_down(store._connection))
    clock, came = MovedClock(SUNDAY), dict[int, datetime]()
    async with at_work(alone, clock) as bot:
        for _ in range(2 * 60):
            await bot.tick()
            for number in alone.shown():
                came.setdefault(number, clock.now().astimezone(ZoneInfo(ZONES[number])))
            clock.move(minutes=30)
    assert_each_once(await alone.stands(), len(ZONES))
    assert [came[number].day - MONDAY.day for number in range(len(ZONES))] == [0, 0, 0, 0, 0, 1]
    assert all(9 <= at.hour < 17 for at in came.values())


async def test_two_first_ticks_and_ticks_that_overlap(fan: Fanout) -> None:
    """Several at once in each of two bots (on SQLite one): they plan once, send once, and all come to their end."""
    await fan.fill(range(60))
    clock = MovedClock(SUNDAY)
    async with AsyncExitStack() as opened:
        count = 1 if fan.url.startswith("sqlite") else 2
        bots = [await opened.enter_async_context(at_work(fan, clock)) for _ in range(count)]
        async with asyncio.timeout(PATIENCE):
            await all_tick(bots)
        assert [(one.state, one.shown) for one in await fan.stands()] == [("planned", 0)] * 60
        clock.move(hours=21, seconds=1)
        fan.slack.faults[POST] = Fault(delay=0.05)
        async with asyncio.timeout(PATIENCE):
            await all_tick(bots)
    stands = await fan.stands()
    assert_each_once(stands, 60)
    assert {(one.state, one.attempts) for one in stands} == {("sent", 1)}


async def all_tick(bots: list[Bot]) -> None:
    await asyncio.gather(*(bot.tick() for bot in bots for _ in range(3)))


async def test_a_fan_out_that_outlasts_its_turn_is_not_begun_twice(alone: Fanout) -> None:
    """Slack takes longer than the seconds between two turns: nobody has it twice."""
    await alone.due(range(0, 32, 2))
    alone.slack.faults[POST] = Fault(delay=1.2, shown=True)
    async with at_work(alone, timed=True):
        stands = await alone.until(lambda stands: all(is_over(one) for one in stands))
    assert [(one.state, one.attempts, one.shown) for one in stands] == [("sent", 1, 1)] * 16


async def test_the_database_goes_away_in_the_middle_and_comes_back(fan: Fanout, request: pytest.FixtureRequest) -> None:
    """What was sent meanwhile is remembered until it can be written down: nobody is lost, doubled or even held."""
    await fan.due(range(60))
    fan.slack.faults[POST] = Fault(delay=0.1)
    server = None if fan.url.startswith("sqlite") else request.getfixturevalue("postgres_server")
    async with at_work(fan) as bot, asyncio.timeout(PATIENCE):
        ticking = asyncio.create_task(bot.tick())
        while fan.shown().total() < 20:
            await asyncio.sleep(0.005)
        async with away(fan.url, server):
            await asyncio.sleep(2.5 if server is None else 1.0)
        await ticking
        while not all(is_over(one) for one in await fan.stands()):
            await bot.tick()
    stands = await fan.stands()
    assert_each_once(stands, 60)
    assert {(one.state, one.attempts) for one in stands} == {("sent", 1)}


@asynccontextmanager
async def away(url: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """PostgreSQL stopped, or the SQLite file locked by somebody."""
    if server is None:
        somebody = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=10)
        somebody.execute("BEGIN EXCLUSIVE")
        yield
        somebody.execute("ROLLBACK")
        somebody.close()
    else:
        await asyncio.to_thread(server.pause)
        yield
        await asyncio.to_thread(server.resume)


async def test_the_bots_clock_is_set_back_and_forth(fan: Fanout) -> None:
    """F10: an hour and a day, between the two halves of a fan-out; late is sent, and nothing planned or sent twice."""
    await fan.fill(range(40))
    clock = MovedClock(SUNDAY)
    async with at_work(fan, clock) as bot:
        await bot.tick()
        clock.move(hours=21, seconds=1)
        fan.slack.faults[POST] = Fault(error="ratelimited", status=429, retry_after="30")
        await bot.tick()
        assert fan.shown().total() == 20
        fan.slack.faults.clear()
        await fan.pass_by(31)
        for hours in (-1, -24):
            clock.move(hours=hours)
            await bot.tick()
            assert fan.shown().total() == 20, "it is not time yet"
        for hours in (26, -1, 1):
            clock.move(hours=hours)
            await bot.tick()
    stands = await fan.stands()
    assert_each_once(stands, 40)
    assert {(one.state, one.attempts) for one in stands} == {("sent", 1)}


async def test_a_machine_whose_clock_was_put_back_sends_at_once(fan: Fanout) -> None:
    """F10: the moments that were given out an hour ahead of now are nobody's."""
    await fan.due(range(0, 8, 2))
    ahead = timedelta(hours=1)
    await fan.run(lambda store: store.budgets.take("slack", TEAM, store.outbox.machine_time() + ahead, 50, 50, 1))
    async with at_work(fan) as bot:
        await bot.tick()
    assert {one.state for one in await fan.stands()} == {"sent"}


class Telling:
    """A store that knows the time alone."""

    def __init__(self, at: datetime) -> None:
        self.outbox = self
        self._at = at

    def machine_time(self) -> datetime:
        return self._at


async def test_a_server_whose_clock_was_put_forth_lets_nobody_take_over_at_once(
    postgres_server: PostgresServer,
) -> None:
    """F10: all leases look passed then, and the others may be in the middle of sending."""
    async with mailing(postgres_server.fresh(migrate).sqlalchemy) as mail:
        gate = asyncio.Event()
        mail.ledger.always = replace(mail.ledger.always, after=gate)
        await mail.add("ann")
        sending = asyncio.create_task(mail.outbox().deliver())
        while not mail.ledger.tried:
            await asyncio.sleep(0.005)
        set_forth = MachineTime(alone=False)
        set_forth.now(Telling(datetime.now(UTC) - timedelta(hours=1)))  # type: ignore[arg-type]  # it is all that is read
        await mail.run(lambda store: pass_by(store, LEASE_SECONDS + 1))
        marker = Marker(mail.units, mail.clock, set_forth, Metrics())
        slack = {"slack": FakePlatform(mail.ledger)}
        room = PostRoom(mail.units, slack, mail.clock, Routes([]), Metrics(), set_forth, marker)
        await Settling(room, alone=False).settle()
        assert await mail.states() == {"ann": "sending"}
        gate.set()
        await sending
        assert (await mail.states(), mail.ledger.users()) == ({"ann": "sent"}, ["ann"])


class Quick(FakePlatform):
    """A platform that takes whatever comes, wherever it goes."""

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Show it."""
        return await super().send(account, f"at {self.name}", message, key)


async def test_thousands_are_due_in_one_second_just_after_they_were_planned(fan: Fanout) -> None:
    """F17: all are sent, none missed; the fan-out benchmark does it with ten thousand, and with several processes."""
    await fan.due(range(0, 4000, 2))
    ledger, alone = Ledger(), fan.url.startswith("sqlite")
    outbox = Outbox(fan.units, [Quick(ledger)], MovedClock(MONDAY), find_routes(), Metrics(), alone=alone)
    await outbox.deliver()
    await outbox.stop()
    assert (len(ledger.shown), ledger.doubled()) == (2000, [])
    assert {(one.state, one.attempts) for one in await fan.stands()} == {("sent", 1)}
