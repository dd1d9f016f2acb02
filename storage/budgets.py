"""How fast each workspace may be written to, by all processes together; in machine time."""

import math
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import budgets

STRAY_SECONDS = 1.0
"""No moment that was given out lies further beyond what may be taken ahead; where one does, a clock was put back."""
FAR = timedelta(hours=2)
"""Nothing is put off by more: what lies further ahead was written before a clock was put back, and counts as none."""

_IS = (budgets.c.platform == bindparam("on"), budgets.c.workspace == bindparam("within"))
_OPEN = {
    "sqlite": sqlite.insert(budgets).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(budgets).on_conflict_do_nothing(),
}
_READ = select(budgets.c.next_at, budgets.c.held_until).where(*_IS).with_for_update()
_SPEND = update(budgets).where(*_IS).values(next_at=bindparam("following"))
_HOLD = update(budgets).where(*_IS).values(held_until=bindparam("until"), why=bindparam("reason"))
_END = update(budgets).where(budgets.c.held_until > bindparam("after")).values(held_until=None, why="")


class Budgets:
    """Gives out moments at which messages may be sent: one after the other, never two processes the same."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(
        self, platform: str, workspace: str, machine_now: datetime, rate: float, most: int, ahead_seconds: float
    ) -> list[float]:
        """Take the next moments of the workspace: in how many seconds from `machine_now` each message may be sent.

        They lie 1/`rate` seconds apart (`rate` in messages a second), are at most `most`, and none is further ahead
        than `ahead_seconds`. None while the workspace is held. What is taken is spent, used or not.
        """
        next_at, held_until = self._opened(platform, workspace)
        if _counts(held_until, machine_now) or most < 1:
            return []
        wait = (next_at - machine_now).total_seconds() if next_at and _counts(next_at, machine_now) else 0.0
        if wait > ahead_seconds + 1 / rate + STRAY_SECONDS:
            wait = 0.0
        if wait > ahead_seconds:
            return []
        delays = [wait + count / rate for count in range(min(most, math.floor((ahead_seconds - wait) * rate) + 1))]
        following = machine_now + timedelta(seconds=wait + len(delays) / rate)
        self._connection.execute(_SPEND, {"on": platform, "within": workspace, "following": following})
        return delays

    def hold(self, platform: str, workspace: str, until: datetime, why: str) -> None:
        """Let nothing be sent there until then, at most two hours ahead; a longer hold stays."""
        _, held_until = self._opened(platform, workspace)
        if not (held_until and _counts(held_until, until)):
            hold = {"until": until, "reason": why}
            self._connection.execute(_HOLD, {"on": platform, "within": workspace, **hold})

    def end_holds(self, after: datetime) -> None:
        """End whatever hold would last beyond that instant."""
        self._connection.execute(_END, {"after": after})

    def held_until(self, platform: str, workspace: str, machine_now: datetime) -> datetime | None:
        """Until when the workspace is held; None where it is not."""
        row = self._connection.execute(_READ, {"on": platform, "within": workspace}).first()
        return row.held_until if row and _counts(row.held_until, machine_now) else None

    def _opened(self, platform: str, workspace: str) -> tuple[datetime | None, datetime | None]:
        """The workspace's row, which nobody else reads for this until the unit of work has ended."""
        key = {"on": platform, "within": workspace}
        row = self._connection.execute(_READ, key).first()
        if row is None:
            new = {"platform": platform, "workspace": workspace}
            self._connection.execute(_OPEN[self._connection.dialect.name], new)
            row = self._connection.execute(_READ, key).one()
        return row.next_at, row.held_until


def _counts(at: datetime | None, machine_now: datetime) -> bool:
    return at is not None and machine_now < at <= machine_now + FAR
