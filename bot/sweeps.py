"""What the bot does without being asked: plans, delivers, settles and forgets, in units of work that are never long."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.drafting import Drafting
from bot.outbox import Outbox
from bot.posting import Posting
from bot.ticker import Sweep, Ticker
from handlers.kit.feature import Routes
from handlers.kit.planning import plan
from storage.unit import Store, Units

T = TypeVar("T")

PLAN_SECONDS = 10.0
DELIVER_SECONDS = 1.0
POST_SECONDS = 1.0
SETTLE_SECONDS = 15.0
DRAFT_SECONDS = 2.0
FORGET_SECONDS = 3600.0
FORGET_AT_ONCE = 1000
SEEN_FOR = timedelta(days=2)
"""How long the ids of handled events are kept; no platform redelivers after more than an hour or two."""
DELIVERIES_FOR = timedelta(days=400)
"""How long it is kept what was sent to whom and when: a year, and a month to look back on it."""


class Sweeps:
    """The sweeps over one database, once `ready()`. Not `timed`: they run at `tick` alone."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        routes: Routes,
        outbox: Outbox,
        ready: Callable[[], bool] = lambda: True,
        *,
        timed: bool = True,
        posting: Posting | None = None,
        drafting: Drafting | None = None,
    ) -> None:
        self._units = units
        self._clock = clock
        self._routes = routes
        self._outbox = outbox
        self._posting = posting
        self._drafting = drafting
        self._timed = timed
        self._is_ending = False
        sweeps = [
            Sweep("plan", self.plan, PLAN_SECONDS),
            Sweep("deliver", outbox.deliver, DELIVER_SECONDS),
            Sweep("settle", outbox.settle, SETTLE_SECONDS),
            *(self._posts(posting) if posting else ()),
            Sweep("forget", self.forget, FORGET_SECONDS, ticks=False),
        ]
        if drafting:
            sweeps.insert(1, Sweep("draft", drafting.draft, DRAFT_SECONDS))
        self._ticker = Ticker(sweeps, ready)

    def start(self) -> None:
        """Let them have their turns."""
        if self._timed:
            self._ticker.start()

    async def tick(self) -> None:
        """Plan, deliver and settle what is due now, once and to the end."""
        await self._ticker.tick()

    async def stop(self) -> None:
        """Begin nothing more, and bring what is under way to its end."""
        self._is_ending = True
        parts = [part for part in (self._outbox, self._posting, self._drafting) if part]
        await asyncio.gather(*(part.stop() for part in (*parts, self._ticker)))

    @staticmethod
    def _posts(posting: Posting) -> tuple[Sweep, ...]:
        return Sweep("post", posting.deliver, POST_SECONDS), Sweep("settle posts", posting.settle, SETTLE_SECONDS)

    async def plan(self) -> None:
        """Turn every schedule that is due into deliveries. Raises DatabaseAway."""
        planned = 1
        while planned and not self._is_ending:
            planned = await self._run(lambda store: plan(store, self._clock.now(), self._routes))

    async def forget(self) -> None:
        """Forget what nobody needs any more. Raises DatabaseAway."""
        now = self._clock.now()
        await self._run(lambda store: store.seen.forget_before(now - SEEN_FOR))
        gone = 1
        while gone and not self._is_ending:
            gone = await self._run(lambda store: store.outbox.forget_before(now - DELIVERIES_FOR, FORGET_AT_ONCE))

    async def _run(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._units.run(work))
