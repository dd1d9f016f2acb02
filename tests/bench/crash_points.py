"""Named points at which a forked bot kills itself: SQLAlchemy's own events, so the bot under test knows of none.

Of what a platform brings: `statement:n` (before the nth statement of an event), `commit:n` (before its nth commit),
`committed:n` (after it, before anyone is told). Of a migration: `create:n` (before its nth CREATE). Of what is sent
unasked, on both sides of the nth commit that holds such a thing: `plan:n` and `planned:n` (deliveries are added),
`claim:n` and `claimed:n` (some are taken to be sent), `mark:n` and `marked:n` (it is written down what became of them),
`expire:n` and `expired:n` (what was left over is taken to be settled).
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Any

from sqlalchemy import Connection, Engine, event

OUTWARD = {
    "plan": ("INSERT INTO deliveries",),
    "claim": ("UPDATE deliveries SET", "deliveries.state = 'planned' AND"),
    "mark": ("UPDATE deliveries SET", " ref="),
    "expire": ("UPDATE deliveries SET", "deliveries.state IN ('sending', 'unknown') AND"),
}
"""What stands in the statement that the bot does each of these by."""
AFTER = {"planned": "plan", "claimed": "claim", "marked": "mark", "expired": "expire"}


def crash_at(point: str) -> None:
    """Arrange for SIGKILL at that point; without one nothing happens."""
    kind, _, number = point.partition(":")
    if kind in OUTWARD or kind in AFTER:
        _Outward(kind, int(number)).listen()
    elif point:
        _Inward(kind, int(number)).listen()


class _Inward:
    """Counted from the first event (or CREATE) on."""

    def __init__(self, kind: str, number: int) -> None:
        self._kind = kind
        self._number = number
        self._counted: Counter[str] = Counter()

    def listen(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._before_statement)
        event.listen(Engine, "commit", self._before_commit)

    def _reach(self, what: str) -> bool:
        self._counted[what] += 1
        return self._counted[what] == self._number

    def _before_statement(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        is_create = statement.lstrip().startswith("CREATE")
        if is_create and self._reach("create") and self._kind == "create":
            _die()
        of_event = "FROM accounts" in statement or self._counted["statement"]
        if of_event and self._reach("statement") and self._kind == "statement":
            _die()

    def _before_commit(self, connection: Connection) -> None:
        if not self._counted["statement"] or not self._reach("commit"):
            return
        if self._kind == "committed":
            _commit(connection)
        if self._kind in ("commit", "committed"):
            _die()


class _Outward:
    """Counts the commits that hold what the kind is about, whichever units share them."""

    def __init__(self, kind: str, number: int) -> None:
        self._kind = kind
        self._signs = OUTWARD[AFTER.get(kind, kind)]
        self._left = number
        self._holding: set[int] = set()

    def listen(self) -> None:
        event.listen(Engine, "after_cursor_execute", self._after_statement)
        event.listen(Engine, "commit", self._before_commit)

    def _after_statement(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if all(sign in statement for sign in self._signs):
            self._holding.add(id(connection))

    def _before_commit(self, connection: Connection) -> None:
        if id(connection) not in self._holding:
            return
        self._holding.discard(id(connection))
        self._left -= 1
        if self._left == 0:
            if self._kind in AFTER:
                _commit(connection)
            _die()


def _commit(connection: Connection) -> None:
    """Past SQLAlchemy, so that nobody hears of it."""
    driver = connection.connection.driver_connection
    driver.execute("COMMIT")  # type: ignore[union-attr]  # both drivers have it


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
