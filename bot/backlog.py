"""Shows in the metrics what is still to be sent."""

import asyncio
import time

from bot.clock import Clock
from bot.metrics import Metrics
from storage.errors import DatabaseAway
from storage.unit import Units

FRESH_SECONDS = 5.0
"""How long what was counted holds, so that asking often costs the database nothing."""


class Backlog:
    """Counts what is planned, due, being sent and uncertain when the metrics are asked for."""

    def __init__(self, units: Units, clock: Clock, metrics: Metrics) -> None:
        self._units = units
        self._clock = clock
        self._metrics = metrics
        self._until = 0.0

    async def refresh(self) -> None:
        """Count anew, at most every few seconds; while the database is away, what was counted last stands."""
        if time.monotonic() < self._until:
            return
        self._until = time.monotonic() + FRESH_SECONDS
        now = self._clock.now()
        try:
            pending = await asyncio.wrap_future(self._units.run(lambda store: store.outbox.pending(now)))
        except DatabaseAway:
            return
        self._metrics.open(pending, now)
