"""Writes down what must not be lost: whatever waits together is committed together."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from bot.clock import Clock
from bot.logs import log
from storage.errors import DatabaseAway
from storage.unit import Store, Units

M = TypeVar("M")

RETRY_SECONDS = 0.5
"""A database that is away is asked again so often: what was sent must be known before its lease ends."""


class Writer(ABC, Generic[M]):
    """One writer for all that send. A mark is never dropped while the process lives; the database may be away."""

    def __init__(self, units: Units, clock: Clock, retry_seconds: float = RETRY_SECONDS) -> None:
        self._units = units
        self._clock = clock
        self._retry_seconds = retry_seconds
        self._waiting: list[tuple[Sequence[M], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    def keep(self, store: Store, marks: Sequence[M], now: datetime) -> None:
        """Write the marks, of what happened at `now` by the bot's clock; may be asked to a second time."""

    @abstractmethod
    def kept(self, marks: Sequence[M]) -> None:
        """They are committed."""

    @abstractmethod
    def name(self, mark: M) -> str:
        """What the log calls a mark's thing."""

    async def write(self, *marks: M) -> None:
        """Returns once they are committed. A mark that is a bug is logged and left to the settling."""
        committed = asyncio.get_running_loop().create_future()
        self._waiting.append((marks, committed))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work_off(), name="marks")
        await committed

    async def stop(self, seconds: float) -> None:
        """Wait so long for what is still to be written, then give up: it is settled after the next start."""
        if self._task is not None:
            _, late = await asyncio.wait({self._task}, timeout=seconds)
            for task in late:
                task.cancel()
            for _, committed in self._waiting:
                committed.cancel()

    async def _work_off(self) -> None:
        while self._waiting:
            batch = self._waiting[:]
            await self._write([mark for marks, _ in batch for mark in marks])
            del self._waiting[: len(batch)]
            for _, committed in batch:
                if not committed.done():
                    committed.set_result(None)

    async def _write(self, marks: Sequence[M]) -> None:
        is_away, now = False, self._clock.now()
        while True:
            try:
                await asyncio.wrap_future(self._units.run(lambda store: self.keep(store, marks, now)))
                self.kept(marks)
                return
            except DatabaseAway as away:
                if not is_away:
                    log.error("database away", waiting=len(marks), why=away.why)
                is_away = True
                await asyncio.sleep(self._retry_seconds)
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                if len(marks) == 1:
                    log.bug("an outcome could not be written down", bug, of=self.name(marks[0]))
                    return
                for mark in marks:
                    await self._write([mark])
                return
