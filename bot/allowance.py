"""The tokens that a model may use in a day, counted in the database, so that all replicas share one budget."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from bot.clock import Clock
from storage.unit import Store, Units

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """So many tokens of that day's budget are kept for somebody."""

    on: date
    tokens: int


class Allowance(Protocol):
    """Anything that gives out tokens."""

    async def take(self, tokens: int) -> Taken | None:
        """Keep so many for whoever asks; None where fewer are left."""

    async def settle(self, taken: Taken, used: int) -> None:
        """Of what was taken so much was used, or even more."""


class DayAllowance:
    """So many tokens for each day in UTC. Both raise DatabaseAway."""

    def __init__(self, units: Units, clock: Clock, a_day: int) -> None:
        self._units = units
        self._clock = clock
        self._a_day = a_day

    async def take(self, tokens: int) -> Taken | None:
        """Keep so many of today's tokens; None where fewer are left."""
        on = self._clock.now().date()
        kept = await self._run(lambda store: store.model_use.take(on, tokens, self._a_day))
        return Taken(on, tokens) if kept else None

    async def settle(self, taken: Taken, used: int) -> None:
        """Note on the day from which it was taken how much was used."""
        await self._run(lambda store: store.model_use.settle(taken.on, taken.tokens, used))

    async def _run(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._units.run(work))
