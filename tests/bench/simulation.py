"""Lets months pass on a moved clock, from one due moment to the next, with the real planner, outbox and drawing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bench.clock import MovedClock
from bench.ledger import LedgerPlatform, Shown
from bot.metrics import Metrics
from bot.outbox import Outbox
from handlers.kit.feature import Routes
from handlers.kit.planning import plan
from storage.records import Account, Person
from storage.scheduled import State
from storage.unit import Store, Units

T = TypeVar("T")
Answer = Callable[[Store, Shown, datetime], None]
"""What someone does with a message as soon as it is there."""

STEP = timedelta(days=2)
"""The longest way that the clock goes at once."""
NEVER = datetime.max.replace(tzinfo=UTC)


def says_nothing(store: Store, shown: Shown, now: datetime) -> None:
    """Nobody answers."""


def newcomer(store: Store, name: str, **life: object) -> Person:
    """A new person whom the ledger reaches by their id as the account's user; `life` as in `People.change`."""
    person_id = store.people.add(name)
    store.people.change(person_id, life)
    store.people.add_account(person_id, Account("ledger", "W", f"{person_id}"))
    known = store.people.by_id(person_id)
    assert known is not None
    return known


def next_at(store: Store, now: datetime, until: datetime) -> datetime:
    """When something is due or to be planned next: later than now, and not after `until`."""
    planned = store.deliveries.of_people(store.people.all_ids(), now, until)
    due = [one.due_at for one in planned if one.state is State.PLANNED]
    looks = [one.plan_at for one in store.schedules.all() if one.plan_at is not None]
    return min((one for one in (*due, *looks) if now < one < until), default=until)


class Simulation:
    """One bot without its platforms, over a database that the test has filled.

    `plan_at_once`: how many schedules are planned in one unit of work.
    """

    def __init__(self, units: Units, routes: Routes, begin: datetime, plan_at_once: int = 50) -> None:
        self.clock = MovedClock(begin)
        self.platform = LedgerPlatform(self.clock)
        self._units = units
        self._look_at = begin
        self._is_due = True
        self._routes = routes
        self._plan_at_once = plan_at_once
        self._outbox = Outbox(units, [self.platform], self.clock, routes, Metrics())

    async def run(self, until: datetime, answer: Answer = says_nothing) -> list[tuple[int, datetime]]:
        """Let time pass; all that was sent since the start: to whom by id, and when to the minute it was."""
        while self.clock.now() < until:
            if self._is_due:
                await self._outbox.deliver()
            following = await self.do(lambda store: self._answer_and_look(store, answer))
            self.clock.move(seconds=(min(following, until) - self.clock.now()).total_seconds())
        return [(int(one.user), one.at) for one in self.platform.shown]

    async def stop(self) -> None:
        """Close what is open."""
        await self._outbox.stop()

    async def do(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or change it, in a unit of work."""
        return await asyncio.wrap_future(self._units.run(work))

    def _answer_and_look(self, store: Store, answer: Answer) -> datetime:
        """Let them answer, plan what is due to be planned; when something is to be done next."""
        now = self.clock.now()
        for shown in self.platform.take_news():
            answer(store, shown, now)
        if now >= self._look_at:
            while plan(store, now, self._routes, self._plan_at_once):
                pass
            looks = [one.plan_at for one in store.schedules.all() if one.plan_at is not None]
            self._look_at = min(looks, default=NEVER)
        horizon = min(now + STEP, self._look_at)
        coming = store.deliveries.of_people(store.people.all_ids(), now, horizon)
        due = [one.due_at for one in coming if one.state is State.PLANNED]
        self._is_due = bool(due)
        return min(due, default=horizon)
