"""The limit: the same rows by the bare driver of SQLite, each next time by zoneinfo, nothing looked up for anyone."""

import json
import sqlite3
import sys
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.sweep.programme import NOW, WARM_UP

_DUE = (
    "SELECT s.id, s.person_id, s.planned_on, p.time_zone FROM schedules s JOIN people p ON p.id = s.person_id "
    "WHERE plan_at <= ? ORDER BY plan_at, s.id LIMIT 500"
)
_OCCUR = 'INSERT INTO occurrences (id, schedule_id, "on", number) VALUES (?, ?, ?, 1)'
_DELIVER = (
    "INSERT INTO deliveries (occurrence_id, person_id, turn, due_at, state, unasked, platform, workspace, user) "
    "VALUES (?, ?, 0, ?, 'planned', 1, 'slack', 'T01', ?)"
)
_PLANNED = "UPDATE schedules SET planned_on = ?, plan_at = ? WHERE id = ?"
NEW = 10_000_000
"""Added to a schedule's id: the id of its new occurrence."""


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def plan(connection: sqlite3.Connection) -> int:
    """Plan 500 schedules in one commit; how many there were."""
    due = connection.execute(_DUE, (_instant(NOW),)).fetchall()
    occur, deliver, planned = [], [], []
    for schedule_id, person_id, planned_on, zone in due:
        on = date.fromisoformat(planned_on) + timedelta(days=1)
        at = datetime(on.year, on.month, on.day, 9, tzinfo=ZoneInfo(zone))
        occur.append((schedule_id + NEW, schedule_id, on.isoformat()))
        deliver.append((schedule_id + NEW, person_id, _instant(at), f"U{person_id}"))
        planned.append(((on + timedelta(days=6)).isoformat(), _instant(NOW + timedelta(days=6)), schedule_id))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_OCCUR, occur)
    connection.executemany(_DELIVER, deliver)
    connection.executemany(_PLANNED, planned)
    connection.execute("COMMIT")
    return len(due)


def main(file: str) -> None:
    """Say when ready; on a line of input plan everything, and print the figures as JSON."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    print("ready", flush=True)
    sys.stdin.readline()
    began, done = time.perf_counter(), 0
    while some := plan(connection):
        done += some
    print(json.dumps({"count": done - WARM_UP, "seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
