"""Moves the demonstration's clock on, quarter by quarter of an hour, so that what falls due comes at its own time."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot.clock import DemoClock
from bot.platforms.web.limits import MAX_MOVES

Tick = Callable[[], Awaitable[None]]
"""Does once whatever the clock's time asks for, and returns when it is done."""

LENGTHS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
WAYS = re.compile("|".join(LENGTHS))
QUARTER = timedelta(minutes=15)
"""Nobody is passed over: who is asked at 9am and works until 5pm is met on the way, whatever time it was before."""
_START = datetime(2000, 1, 1, tzinfo=UTC)


async def nothing() -> None:
    """Does nothing: where nobody waits for the time."""


class Mover:
    """The one that moves this clock: one move after the other, each act once."""

    def __init__(self, clock: DemoClock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        self._done: dict[str, None] = {}

    async def move(self, way: str, nonce: str, tick: Tick, stopping: Callable[[], bool]) -> None:
        """Move on by an hour, a day or a week, and tick at each quarter on the way and at the end.

        Not again for the same nonce; a stop ends it early.
        """
        async with self._turn:
            if nonce in self._done:
                return
            self._done[nonce] = None
            while len(self._done) > MAX_MOVES:
                del self._done[next(iter(self._done))]
            end = self._clock.now() + LENGTHS[way]
            while (now := self._clock.now()) < end and not stopping():
                self._clock.move_on(min(QUARTER - (now - _START) % QUARTER, end - now))
                await tick()
