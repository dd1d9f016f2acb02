"""The outbox: sends what is due, each workspace at its own rate, and settles what is uncertain."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from bot.claiming import LEASE_SECONDS, MOST_AT_ONCE, Draw, PostRoom
from bot.clock import Clock
from bot.lane import Lane
from bot.logs import log
from bot.marking import Marker, count, write_down
from bot.metrics import Metrics
from bot.outcomes import Mark, judged
from bot.platforms import GaveUp, Platform
from bot.settling import Settling
from bot.steady import MachineTime
from bot.verdicts import HOLD_SECONDS, Jitter, full_jitter
from handlers.kit.feature import Routes
from handlers.nudges.bundle import draw as draw_bundle
from storage.unit import Store, Units

LOOK_SECONDS = 1.0
"""How often a delivery that lasts looks for workspaces that have become due meanwhile; a held one rests so long."""
FINISH_SECONDS = 6.0
WRITE_SECONDS = 2.0
"""What a stop gives the sends under way, then their marks: with the rest of it within the 10 seconds of F2."""

NOT_SET_UP = "Weaver is not set up there"

Key = tuple[str, str]


class Outbox:
    """Everything that is sent unasked goes through here. Any number may run on one PostgreSQL.

    `alone`: no other process works on this database (SQLite).
    """

    def __init__(
        self,
        units: Units,
        platforms: Sequence[Platform],
        clock: Clock,
        routes: Routes,
        metrics: Metrics,
        draw: Draw = draw_bundle,
        *,
        alone: bool = False,
        jitter: Jitter = full_jitter,
    ) -> None:
        named = {platform.name: platform for platform in platforms}
        machine = MachineTime(alone=alone)
        marker = Marker(units, clock, machine, metrics)
        self._room = PostRoom(units, named, clock, routes, metrics, machine, marker, draw, jitter)
        self._settling = Settling(self._room, alone=alone)
        self._lanes: dict[Key, Lane] = {}
        self._running: dict[Key, asyncio.Task[int]] = {}
        self._is_new = True
        self._is_ending = False

    async def deliver(self) -> None:
        """Send until nothing is due that may be sent now. Raises DatabaseAway, once what had begun is written down."""
        rested: dict[Key, float] = {}
        failures: list[BaseException] = []
        await self._settling.take_over()
        await self._try_anew()
        try:
            while not self._is_ending:
                self._start([key for key in await self._due() if not _rests(rested.get(key))])
                if not self._running:
                    break
                await asyncio.wait(self._running.values(), timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                failures += self._gather(rested)
        finally:
            while self._running:
                await asyncio.wait(self._running.values())
                failures += self._gather(rested)
        if failures:
            raise failures[0]

    async def settle(self) -> None:
        """Find out what became of messages that may be shown or not. Raises DatabaseAway."""
        await self._settling.take_over()
        await self._settling.settle()

    async def stop(self) -> None:
        """Begin nothing more; let what is being sent end; give back what has not begun. At most 8 seconds."""
        self._is_ending = True
        self._settling.end()
        for lane in self._lanes.values():
            lane.end()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=FINISH_SECONDS)
        for lane in self._lanes.values():
            lane.cut()
        until = time.monotonic() + WRITE_SECONDS
        if self._running:
            await asyncio.wait(self._running.values(), timeout=WRITE_SECONDS)
        await self._room.marker.stop(max(0.0, until - time.monotonic()))

    async def _try_anew(self) -> None:
        """Once: who shut the bot out may take it again by now; where the bot was asked to wait, that still holds."""
        if self._is_new:
            long = timedelta(seconds=HOLD_SECONDS)
            await self._room.run(lambda store: store.budgets.end_holds(self._room.machine.now(store) + long))
            self._is_new = False

    async def _due(self) -> list[Key]:
        """The platforms and workspaces with something due that can be sent from here."""
        now = self._room.clock.now()
        while True:
            due = await self._room.run(lambda store: store.outbox.due_workspaces(now, self._room.machine.now(store)))
            nowhere = [key for key in due if key[0] not in self._room.platforms]
            turned_away = 0
            for key in nowhere:
                turned_away += await self._turn_away(*key)
            # What stays waits for another message that is on its way to the same person.
            if not turned_away:
                return [key for key in due if key not in nowhere]

    async def _turn_away(self, platform: str, workspace: str) -> int:
        """What is due on a platform that is not set up goes to the person's next account, or cannot be sent.

        Returns how many messages these were.
        """
        marks = await self._room.run(partial(self._not_set_up, platform, workspace))
        if marks:
            log.warning("messages for a platform that is not set up", platform=platform, count=len(marks))
        count(marks, self._room.metrics)
        return len(marks)

    def _not_set_up(self, platform: str, workspace: str, store: Store) -> list[Mark]:
        now, machine_at = self._room.clock.now(), self._room.machine.now(store)
        token = uuid.uuid4().hex
        claimed = store.outbox.claim(platform, workspace, now, machine_at, MOST_AT_ONCE, LEASE_SECONDS, token)
        away, names = GaveUp(NOT_SET_UP, unreachable=True), self._room.platforms.keys()
        marks = [judged(away, one, reads_back=False, platforms=names) for one in claimed]
        write_down(store, marks, now, machine_at)
        return marks

    def _start(self, due: Sequence[Key]) -> None:
        for key in due:
            if key not in self._lanes:
                self._lanes[key] = Lane(self._room, self._room.platforms[key[0]], key[1])
            if key not in self._running:
                self._running[key] = asyncio.create_task(self._lanes[key].run(), name=f"lane {key[0]}")

    def _gather(self, rested: dict[Key, float]) -> list[BaseException]:
        """Take the lanes that have ended out; one that found nothing rests. Returns what they failed of."""
        failures: list[BaseException] = []
        for key, task in list(self._running.items()):
            if task.done():
                del self._running[key]
                failure = None if task.cancelled() else task.exception()
                failures += [failure] if failure else []
                if failure or task.cancelled() or not task.result():
                    rested[key] = time.monotonic()
        return failures


def _rests(since: float | None) -> bool:
    return since is not None and time.monotonic() - since < LOOK_SECONDS
