"""Drives a few sweeps by APScheduler's clock; knows nothing of what they sweep."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.logs import log
from storage.errors import DatabaseAway

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

PATIENCE_SECONDS = 9.0
"""How long a stop waits for sweeps under way; F2 of limits.md wants the whole stop within 10."""
WATCH_SECONDS = 1.0
STEP_SECONDS = 5.0
"""A wall clock that gains or loses more than this within a look was set: then everything has its turn at once."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to do again and again, `seconds` apart. `ticks`: `Ticker.tick` runs it too, in the order given."""

    name: str
    work: Callable[[], Awaitable[object]]
    seconds: float
    ticks: bool = True


class Ticker:
    """Runs each sweep by itself, never twice at once, once `ready()` says that the database is prepared.

    A sweep that fails is logged and goes on at its next turn. While the database is away that is logged once.
    """

    def __init__(
        self,
        sweeps: Sequence[Sweep],
        ready: Callable[[], bool] = lambda: True,
        wall: Callable[[], float] = time.time,
        watch_seconds: float = WATCH_SECONDS,
    ) -> None:
        self._sweeps = tuple(sweeps)
        self._ready = ready
        self._wall = wall
        self._watch_seconds = watch_seconds
        self._watch: asyncio.Task[None] | None = None
        self._locks = {sweep.name: asyncio.Lock() for sweep in sweeps}
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler: AsyncIOScheduler | None = None
        self._away = False

    def start(self) -> None:
        """Begin; each sweep has its first turn after its seconds."""
        # Imported here: a start without sweeps does not pay for it.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # The defaults drop a turn that is a second late (platforms.md §4); a sweep must never be dropped.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        for sweep in self._sweeps:
            self._scheduler.add_job(self._turn, "interval", [sweep], seconds=sweep.seconds, id=sweep.name)
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watch_the_clock(self._scheduler), name="the clock's watch")

    async def tick(self) -> None:
        """Run the sweeps that tick, once each and in order, to the end; waits for one that is under way."""
        for sweep in self._sweeps:
            if sweep.ticks:
                await asyncio.shield(self._started(sweep))

    async def stop(self) -> None:
        """Start nothing more, and wait for what is under way; it is not cancelled unless it outlasts all patience."""
        if self._scheduler and self._watch:
            self._scheduler.pause()
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=PATIENCE_SECONDS)
            for task in late:
                task.cancel()
        if self._scheduler:
            self._scheduler.shutdown()
            self._scheduler = None
            await asyncio.sleep(0)  # APScheduler ends itself in the loop's next round.

    async def _turn(self, sweep: Sweep) -> None:
        """A timed turn: starts the sweep in a task that is ours, since APScheduler's own are cancelled at its end."""
        if not self._locks[sweep.name].locked():
            self._started(sweep)

    async def _watch_the_clock(self, scheduler: "AsyncIOScheduler") -> None:
        """APScheduler reads the wall clock: put back an hour, it would do nothing for an hour (limits.md F10)."""
        ahead = self._wall() - time.monotonic()
        while True:
            await asyncio.sleep(self._watch_seconds)
            before, ahead = ahead, self._wall() - time.monotonic()
            if abs(ahead - before) > STEP_SECONDS:
                log.warning("the clock was set", seconds=round(ahead - before))
                for job in scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))

    def _started(self, sweep: Sweep) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._run(sweep), name=f"sweep {sweep.name}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _run(self, sweep: Sweep) -> None:
        async with self._locks[sweep.name]:
            if not self._ready():
                return
            try:
                await sweep.work()
                self._away = False
            except DatabaseAway as away:
                if not self._away:
                    log.error("database away", sweep=sweep.name, why=away.why)
                self._away = True
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                log.bug("a sweep failed", bug, sweep=sweep.name)
