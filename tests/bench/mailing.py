"""Deliveries that are due, platforms that keep a ledger of what they showed, and as many outboxes as a test wants."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import select

from bench.clock import MovedClock
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.platforms import Capabilities, GaveUp, SendResult, Sent, TryAgain, Unknown
from handlers.kit.content import Message, plain
from handlers.kit.feature import Routes
from handlers.kit.occasions import Desk, Drop, Later
from storage.records import Account
from storage.scheduled import Claimed, NewDelivery, Wanted
from storage.tables import deliveries, people
from storage.unit import Store, Units, open_units

T = TypeVar("T")
ON = date(2027, 1, 11)
PATIENCE = 30
"""Seconds until a test gives up on something that has to happen; no test passes or fails by how fast it is."""


@dataclass
class Answer:
    """What a platform does with one attempt: shows the message or not, waits or not, and what it says of it."""

    result: SendResult | Exception | None = None
    shows: bool = False
    after: asyncio.Event | None = None


SENT = Answer(shows=True)
LOST = Answer(Unknown("the line went dead"), shows=True)
"""Shown, but nobody hears of it."""
NOT_THERE = Answer(Unknown("the line went dead"))
AGAIN = Answer(TryAgain("busy"))
BLOCKED = Answer(GaveUp("they have blocked the bot", unreachable=True))
FORBIDDEN = Answer(GaveUp("messages are not allowed"))


@dataclass
class Ledger:
    """The far side: what was tried and what is shown, by whatever bot. `answers`: what happens to whom, in turn."""

    tried: list[Account] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    shown: list[tuple[Account, str]] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    always: Answer = field(default_factory=lambda: SENT)
    looked: list[tuple[str, datetime]] = field(default_factory=list)
    sight: SendResult | Exception | None = None
    at_once: int = 0
    most_at_once: int = 0

    def users(self) -> list[str]:
        """Whom something is shown to, each as often as it is."""
        return sorted(account.user for account, _ in self.shown)

    def doubled(self) -> list[str]:
        """Whom something is shown to more than once."""
        return [user for user, times in Counter(self.users()).items() if times > 1]


@dataclass
class FakePlatform:
    """One bot's side of a platform."""

    ledger: Ledger
    name: str = "slack"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(100_000.0, reads_back=True))

    def mount(self, app: web.Application) -> None:
        """Nothing comes in."""

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def trouble(self) -> str | None:
        """None."""
        return None

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Do what the ledger has for this user next, or always."""
        ledger, waiting = self.ledger, self.ledger.answers[account.user]
        assert address == f"at {self.name}", "each account has its own address"
        ledger.tried.append(account)
        ledger.moments.append(monotonic())
        answer = waiting.pop(0) if waiting else ledger.always
        ledger.at_once += 1
        ledger.most_at_once = max(ledger.most_at_once, ledger.at_once)
        try:
            await (answer.after.wait() if answer.after else asyncio.sleep(0))
        finally:
            ledger.at_once -= 1
        if answer.shows:
            ledger.shown.append((account, key))
        if isinstance(answer.result, Exception):
            raise answer.result
        return answer.result or Sent(f"ref-{len(ledger.shown)}")

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Whether it is shown, unless the ledger cannot be looked at."""
        self.ledger.looked.append((key, since))
        if isinstance(self.ledger.sight, Exception):
            raise self.ledger.sight
        if self.ledger.sight is not None:
            return self.ledger.sight
        return Sent("found") if any(shown == key for _, shown in self.ledger.shown) else TryAgain("it was not shown")


def draw(claimed: Sequence[Claimed], desk: Desk, routes: Routes) -> Mapping[int, Message | Drop | Later]:
    """Something to say to everyone."""
    return {one.delivery.id: plain(f"Hello, {one.recipient.person.name}.") for one in claimed}


def least(most: float) -> float:
    """No waiting at all between attempts."""
    return 0.0


class Mailing:
    """A database with people and deliveries that are due now."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.alone = url.startswith("sqlite")
        self.clock = MovedClock()
        self.ledger = Ledger()
        self.units = open_units(url)
        self._opened: list[Units] = [self.units]
        self._outboxes: list[Outbox] = []
        self._schedule = 0
        self._on = ON

    def outbox(self, *platforms: FakePlatform, metrics: Metrics | None = None, **how: Any) -> Outbox:
        """One bot's outbox, on Slack unless told otherwise; on PostgreSQL with connections of its own."""
        if not self.alone:
            self._opened.append(open_units(self.url))
        how = {"draw": draw, "jitter": least, "alone": self.alone, **how}
        platforms = platforms or (FakePlatform(self.ledger),)
        outbox = Outbox(self._opened[-1], platforms, self.clock, Routes([]), metrics or Metrics(), **how)
        self._outboxes.append(outbox)
        return outbox

    async def close(self) -> None:
        """Stop everything."""
        for outbox in self._outboxes:
            await outbox.stop()
        for units in self._opened:
            await asyncio.to_thread(units.close)

    async def run(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it."""
        return await asyncio.wrap_future(self.units.run(work))

    async def add(self, *users: str, platforms: Collection[str] = ("slack",), workspace: str = "T01") -> None:
        """Someone of each name who is due a message now, with an account on each platform, the first preferred."""
        await self.run(lambda store: self._add(store, users, tuple(platforms), workspace))

    def _add(self, store: Store, users: Sequence[str], platforms: Sequence[str], workspace: str) -> None:
        now = self.clock.now()
        self._schedule = self._schedule or store.schedules.put(Wanted("checkins.ask", "w2:0", time(9), ON), None, now)
        self._on += timedelta(days=1)
        occurrences = store.schedules.add_occurrences([(self._schedule, self._on, 0, False)])
        rows = []
        for user in users:
            person_id = store.people.add(user)
            accounts = [Account(name, workspace, user) for name in platforms]
            for account in accounts:
                store.people.add_account(person_id, account)
                store.addresses.keep(account, f"at {account.platform}", now)
            store.people.change(person_id, {"preferred_platform": platforms[0]})
            rows.append(NewDelivery(occurrences[self._schedule, self._on], person_id, now, account=accounts[0]))
        store.deliveries.add(rows)

    async def stands(self) -> dict[str, tuple[str, str]]:
        """Where each person's delivery stands, and why."""
        return {user: (row.state, row.why) for user, row in (await self.rows()).items()}

    async def states(self) -> dict[str, str]:
        """Where each person's delivery stands."""
        return {user: row.state for user, row in (await self.rows()).items()}

    async def rows(self) -> dict[str, Any]:
        """Each person's delivery as the database has it, past the repositories."""
        query = select(people.c.name, deliveries).join(people, people.c.id == deliveries.c.person_id)
        return await self.run(lambda store: {row.name: row for row in store._connection.execute(query)})


@asynccontextmanager
async def mailing(url: str) -> AsyncIterator[Mailing]:
    """A mailing on the database at the URL, closed in the end."""
    opened = Mailing(url)
    try:
        yield opened
    finally:
        await opened.close()


async def until(come: Callable[[], bool]) -> None:
    """Wait until something has come about."""
    async with asyncio.timeout(PATIENCE):
        while not come():
            await asyncio.sleep(0.005)
