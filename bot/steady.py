"""Time that nobody sets: for how long something has been in hand, whatever the wall clock is put to."""

import time
from datetime import UTC, datetime, timedelta

from storage.unit import Store


def steady_seconds() -> float:
    """Seconds on a clock that is never set, and that goes on while the machine sleeps, where there is such a one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


STEP_SECONDS = 5.0
"""What a clock may gain between two looks; more, and somebody has set it."""


class MachineTime:
    """What leases, budgets and waiting times are reckoned in: a time that all processes on the database share.

    `alone`: there is one process, so it is that one's own time, which runs on evenly from its start (limits.md F10).
    Otherwise it is the server's, which somebody may set.
    """

    def __init__(self, *, alone: bool) -> None:
        self._began = datetime.now(UTC) - timedelta(seconds=steady_seconds()) if alone else None
        self._ahead: float | None = None
        self._put_forth_at: float | None = None

    def now(self, store: Store) -> datetime:
        """This instant, aware, in UTC."""
        if self._began is None:
            at = store.outbox.machine_time()
            self._watch(at.timestamp())
            return at
        return self._began + timedelta(seconds=steady_seconds())

    def was_put_forth(self, seconds: float) -> bool:
        """Whether the server's clock was put forward within the last so many seconds: then no lease can be trusted."""
        return self._put_forth_at is not None and steady_seconds() - self._put_forth_at < seconds

    def _watch(self, at: float) -> None:
        steady = steady_seconds()
        if self._ahead is not None and at - steady > self._ahead + STEP_SECONDS:
            self._put_forth_at = steady
        self._ahead = at - steady
