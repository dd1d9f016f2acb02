"""Time that nobody sets: for how long something has been in hand, whatever the wall clock is put to."""

import time
from datetime import UTC, datetime, timedelta

from storage.unit import Store


def steady_seconds() -> float:
    """Seconds on a clock that is never set, and that goes on while the machine sleeps, where there is such a one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class MachineTime:
    """What leases, budgets and waiting times are reckoned in: a time that all processes on the database share.

    `alone`: there is one process, so it is that one's own time, which runs on evenly from its start (limits.md F10).
    """

    def __init__(self, *, alone: bool) -> None:
        self._began = datetime.now(UTC) - timedelta(seconds=steady_seconds()) if alone else None

    def now(self, store: Store) -> datetime:
        """This instant, aware, in UTC."""
        if self._began is None:
            return store.outbox.machine_time()
        return self._began + timedelta(seconds=steady_seconds())
