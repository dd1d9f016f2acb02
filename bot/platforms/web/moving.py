"""Moves the demonstration's clock on, an hour at a time, so that whatever falls due comes at its own hour."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import DemoClock
from bot.platforms.web.limits import MAX_MOVES

Tick = Callable[[], Awaitable[None]]
"""Does once whatever the clock's time asks for, and returns when it is done."""

HOUR = timedelta(hours=1)
HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
"""How many hours each way to move on is; somebody who is asked at 9am and works until 5pm is met on the way."""
WAYS = re.compile("|".join(HOURS))


async def nothing() -> None:
    """Does nothing: where nobody waits for the time."""


class Mover:
    """The one that moves this clock: one move after the other, each act once."""

    def __init__(self, clock: DemoClock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        self._done: dict[str, None] = {}

    async def move(self, way: str, nonce: str, tick: Tick, stopping: Callable[[], bool]) -> None:
        """Move on by an hour, a day or a week, and tick after each hour; not again for the same nonce."""
        async with self._turn:
            if nonce in self._done:
                return
            self._done[nonce] = None
            while len(self._done) > MAX_MOVES:
                del self._done[next(iter(self._done))]
            for _ in range(HOURS[way]):
                if stopping():
                    return
                self._clock.move_on(HOUR)
                await tick()
