"""Many people who are due one message on the fake Slack and the fake Teams, and what became of each of them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import insert, select, update

from bench.clock import MovedClock
from bench.nursery import Nursery
from bench.slack_service import TEAM
from bench.slack_service import Service as SlackService
from bench.teams_service import APP_ID, TENANT, user_id
from bench.teams_service import Service as TeamsService
from bot.app import Bot, create
from bot.claiming import LEASE_SECONDS
from bot.clock import Clock
from bot.settings import read
from handlers import find_routes
from handlers.kit.planning import plan
from storage.scheduled import Wanted
from storage.tables import accounts, budgets, deliveries, people, roles
from storage.unit import Store, open_units

T = TypeVar("T")
SUNDAY = datetime(2027, 1, 10, 12, tzinfo=UTC)
"""When the week is planned."""
MONDAY = datetime(2027, 1, 11, 9, 0, 1, tzinfo=UTC)
"""When everyone's message has just become due."""
EACH_MONDAY = Wanted("checkins.ask", "w1:0", time(9), MONDAY.date())
PATIENCE = 60
"""Seconds until a test gives up on something that has to happen; no test passes or fails by how fast it is."""
ALL_DAY = {"time_zone": "UTC", "working_days": "0123456", "hours_from": "00:00", "hours_to": "00:00"}
"""How people are written to at any moment, so that even the machine's own clock may be the bot's."""


@dataclass(frozen=True)
class Stands:
    """Where somebody's delivery stands. `shown`: how often they were shown something."""

    number: int
    platform: str
    state: str
    why: str
    attempts: int
    shown: int


class Fanout:
    """A database and the two platforms. People have numbers: even ones are on Slack, odd ones on Teams."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.slack = SlackService()
        self.teams = TeamsService()
        self.units = open_units(url)

    def env(self) -> dict[str, str]:
        """The environment of a bot here."""
        return {
            "WEAVER_DATABASE_URL": self.url,
            "WEAVER_PORT": "0",
            **self.slack.settings(),
            **self.teams.settings(),
        }

    async def run(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it."""
        return await asyncio.wrap_future(self.units.run(work))

    async def fill(self, numbers: Iterable[int], wanted: Wanted = EACH_MONDAY) -> None:
        """Members of one network with these numbers, which is to be asked as is wanted; nothing is planned yet."""
        await self.run(lambda store: self._fill(store, list(numbers), wanted))

    async def also(self, number: int, platform: str) -> None:
        """This person has an account on the other platform too, and the one named is the preferred one."""
        await self.run(lambda store: self._also(store, number, platform))

    async def plan(self, at: datetime = SUNDAY) -> None:
        """Plan whatever must be planned at that time."""
        routes = find_routes()
        while await self.run(lambda store: plan(store, at, routes)):
            pass

    async def due(self, numbers: Iterable[int]) -> None:
        """Fill and plan: on MONDAY all of these are due."""
        await self.fill(numbers)
        await self.plan()

    async def pass_by(self, seconds: float) -> None:
        """Let so much machine time pass for leases, budgets and waiting times: all that is written moves back."""
        await self.run(lambda store: pass_by(store, seconds))

    async def stands(self) -> list[Stands]:
        """Where each delivery stands, as the database and the platforms have it; by person."""
        columns = (people.c.name, deliveries.c.platform, deliveries.c.state, deliveries.c.why, deliveries.c.attempts)
        query = select(*columns).join(people, people.c.id == deliveries.c.person_id)
        rows = await self.run(lambda store: store._connection.execute(query).all())
        shown = self.shown()
        found = [Stands(int(row[0]), *row[1:], shown[int(row[0])]) for row in rows]
        return sorted(found, key=lambda one: one.number)

    def shown(self) -> Counter[int]:
        """How often each number was shown something."""
        on_slack = Counter(int(posted.channel.removeprefix("D")) for posted in self.slack.posted)
        return on_slack + Counter({int(name): len(some) for name, some in self.teams.conversations.items()})

    async def until(self, come: Callable[[list[Stands]], bool]) -> list[Stands]:
        """Wait until they all stand so that something has come about."""
        async with asyncio.timeout(PATIENCE):
            while not come(stands := await self.stands()):
                await asyncio.sleep(0.05)
        return stands

    async def to_the_end(self, bots: Nursery) -> list[Stands]:
        """Bots come, one after the other and a lease apart, until nothing more happens by itself. None may live now."""
        async with asyncio.timeout(2 * PATIENCE):
            while True:
                await self.pass_by(LEASE_SECONDS + 1)
                bot = await bots.born(self.env(), at=MONDAY.isoformat())
                stands = await self._at_rest()
                await bot.stop()
                if all(is_over(one) for one in stands):
                    return stands

    async def _at_rest(self) -> list[Stands]:
        """Wait until it is over, or nothing has changed for a second."""
        before, since = await self.stands(), monotonic()
        while not all(is_over(one) for one in before) and monotonic() - since < 1:
            await asyncio.sleep(0.1)
            stands = await self.stands()
            if stands != before:
                before, since = stands, monotonic()
        return before

    def _fill(self, store: Store, numbers: list[int], wanted: Wanted) -> None:
        """Many rows in few statements: some tests want thousands."""
        connection = store._connection
        network = store.networks.by_key("n")
        network_id = network.id if network else store.networks.add("n", "Network", "", None, None)
        named = insert(people).returning(people.c.id, people.c.name)
        rows = connection.execute(named, [{"name": str(number), **ALL_DAY} for number in numbers]).all()
        connection.execute(insert(accounts), [self._account(row.id, int(row.name)) for row in rows])
        held = {"network_id": network_id, "role": "member"}
        connection.execute(insert(roles), [{"person_id": row.id, **held} for row in rows])
        if network is None:
            store.schedules.put(replace(wanted, network_id=network_id), None, SUNDAY)

    def _also(self, store: Store, number: int, platform: str) -> None:
        person_id = store._connection.execute(select(people.c.id).where(people.c.name == str(number))).scalar_one()
        other = self._account(person_id, number, is_even=number % 2 == 1)
        store._connection.execute(insert(accounts), [other])
        store.people.change(person_id, {"preferred_platform": platform})

    def _account(self, person_id: int, number: int, is_even: bool | None = None) -> dict[str, Any]:
        if number % 2 == 0 if is_even is None else is_even:
            on = {"platform": "slack", "workspace": TEAM, "user": f"U{number}", "address": None}
        else:
            place = {"service": self.teams.service_url, "conversation": str(number), "tenant": TENANT}
            address = json.dumps({**place, "bot": f"28:{APP_ID}", "user": f"29:{number}"})
            on = {"platform": "teams", "workspace": TENANT, "user": user_id(str(number)), "address": address}
        return {"person_id": person_id, **on}


def is_over(one: Stands) -> bool:
    """True where nothing more happens by itself: on Teams what is uncertain is held, on Slack it is looked for."""
    return one.state not in ("planned", "sending") and (one.state, one.platform) != ("unknown", "slack")


def assert_each_once(stands: list[Stands], people: int) -> None:
    """Nothing is lost and nothing doubled: each was sent and shown once, or on Teams it is held as uncertain."""
    assert [one.number for one in stands] == list(range(people))
    assert [one for one in stands if one.shown > 1] == []
    assert [one for one in stands if one.state == "sent" and one.shown != 1] == []
    assert [one for one in stands if one.state != "sent" and (one.state, one.platform) != ("unknown", "teams")] == []


def pass_by(store: Store, seconds: float) -> None:
    """So much machine time passes: whatever is written in it moves back."""
    by = timedelta(seconds=seconds)
    written = [deliveries.c[name] for name in ("not_before", "claimed_at", "lease_until")]
    for column in (*written, budgets.c.next_at, budgets.c.held_until):
        known = select(column).where(column.is_not(None)).distinct().order_by(column)
        # The earliest first, so that none is moved twice.
        for at in store._connection.execute(known).scalars().all():
            moved = update(column.table).where(column == at)
            store._connection.execute(moved.values({column.name: at - by}))


@asynccontextmanager
async def at_work(fan: Fanout, clock: Clock | None = None, *, timed: bool = False) -> AsyncIterator[Bot]:
    """A whole bot in this process, which sends at its `tick` alone unless it is `timed`."""
    bot = create(read(fan.env()), clock or MovedClock(MONDAY), timed=timed)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()


@asynccontextmanager
async def fanout(url: str) -> AsyncIterator[Fanout]:
    """The platforms at work, and the database at the URL."""
    opened = Fanout(url)
    await opened.slack.start()
    await opened.teams.start()
    try:
        yield opened
    finally:
        await asyncio.to_thread(opened.units.close)
        await opened.slack.stop()
        await opened.teams.stop()
