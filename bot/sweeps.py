"""What the ticker drives: each sweep as one plain call, in units of work that are never long."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.ticker import Sweep
from storage.unit import Store, Units

T = TypeVar("T")

FORGET_SECONDS = 3600.0
SEEN_FOR = timedelta(days=2)
"""How long the ids of handled events are kept; no platform redelivers after more than an hour or two."""


class Sweeps:
    """The sweeps over one database."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    def all(self) -> list[Sweep]:
        """Every sweep with its seconds, in the order in which a tick runs them."""
        return [Sweep("forget", self.forget, FORGET_SECONDS, ticks=False)]

    async def forget(self) -> None:
        """Forget what nobody needs any more. Raises DatabaseAway."""
        now = self._clock.now()
        await self._run(lambda store: store.seen.forget_before(now - SEEN_FOR))

    async def _run(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._units.run(work))
