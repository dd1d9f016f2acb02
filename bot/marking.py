"""Writes down what became of deliveries: whatever waits together is committed together."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.logs import log
from bot.metrics import Metrics
from bot.outcomes import Mark
from bot.steady import MachineTime
from storage.errors import DatabaseAway
from storage.scheduled import Outcome, State
from storage.unit import Store, Units

RETRY_SECONDS = 0.5
"""A database that is away is asked again so often: what was sent must be known before its lease ends."""
_ENDS = (State.SENT, State.GAVE_UP, State.DROPPED, State.MISSED)


class Marker:
    """One writer for all lanes. A mark is never dropped while the process lives; the database may be away."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        machine: MachineTime,
        metrics: Metrics,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._units = units
        self._clock = clock
        self._machine = machine
        self._metrics = metrics
        self._retry_seconds = retry_seconds
        self._waiting: list[tuple[Sequence[Mark], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def write(self, *marks: Mark) -> None:
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

    async def _write(self, marks: Sequence[Mark]) -> None:
        is_away, now = False, self._clock.now()
        while True:
            try:
                await asyncio.wrap_future(
                    self._units.run(lambda store: write_down(store, marks, now, self._machine.now(store)))
                )
                count(marks, self._metrics)
                return
            except DatabaseAway as away:
                if not is_away:
                    log.error("database away", waiting=len(marks), why=away.why)
                is_away = True
                await asyncio.sleep(self._retry_seconds)
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                if len(marks) == 1:
                    log.bug("an outcome could not be written down", bug, delivery=marks[0].claimed.delivery.id)
                    return
                for mark in marks:
                    await self._write([mark])
                return


def write_down(store: Store, marks: Sequence[Mark], now: datetime, machine_at: datetime) -> None:
    """Write the marks, and hold the workspaces that ask for it.

    What was sent was so at `now`, by the bot's clock; waiting times count from `machine_at`, in machine time.
    """
    store.outbox.record([_outcome(mark, machine_at, now) for mark in marks])
    for mark in marks:
        account = mark.claimed.delivery.account
        if mark.hold is not None and account is not None:
            until = machine_at + timedelta(seconds=mark.hold)
            store.budgets.hold(account.platform, account.workspace, until, mark.why)


def count(marks: Sequence[Mark], metrics: Metrics) -> None:
    """Count the deliveries that have come to an end, once that is committed."""
    for mark in marks:
        if mark.state in _ENDS and (account := mark.claimed.delivery.account):
            metrics.ended(account.platform, mark.state)


def _outcome(mark: Mark, machine_at: datetime, now: datetime) -> Outcome:
    delivery = mark.claimed.delivery
    return Outcome(
        delivery.id,
        delivery.token,
        mark.state,
        why=mark.why,
        ref=mark.ref,
        not_before=None if mark.after is None else machine_at + timedelta(seconds=mark.after),
        machine_at=machine_at,
        counts=mark.counts,
        account=mark.account,
        due_at=mark.due_at,
        sent_at=now,
    )
