"""The limit: the same rows and numbers by the bare driver in one statement each, and nothing made of them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg

from storage.database import sqlite_file

_ROWS = """
SELECT c.id, c.network_id, c.person_id, p.name, c.template_id, c.recorded_at, a.key, a.value, a.number, a.audience
FROM checkins c JOIN answers a ON a.checkin_id = c.id JOIN people p ON p.id = c.person_id
WHERE {which} c.week_on BETWEEN '2027-03-29' AND '2027-06-28' AND c.recorded_at >= '2027-03-31 23:00:00+00'
  AND c.withdrawn_at IS NULL AND a.audience >= {tier}
"""
_ENTRIES = """
SELECT e.id, g.id, g.network_id, g.audience, g.title, e.told, e.at, e.confidence, e.now, e.value, e.why, e.changes,
  p.name
FROM goals g JOIN goal_entries e ON e.goal_id = g.id LEFT JOIN people p ON p.id = e.person_id
WHERE {which} g.audience >= {tier} AND e.at >= '2027-03-31 23:00:00+00' AND e.at < '2027-06-30 23:00:00+00'
"""
_OPEN = """
SELECT g.id, g.network_id, g.audience, g.title, g.due_on, g.target, g.confidence, g.now, g.value
FROM goals g WHERE {which} g.audience >= {tier} AND g.state = 'open'
"""
# Sums, and not the middle: that no database has, and to find it ours reads every answer.
_FIGURES = """
SELECT c.network_id, {month}, a.key, min(a.number), max(a.number), count(*), count(DISTINCT c.person_id)
FROM checkins c JOIN answers a ON a.checkin_id = c.id
WHERE c.week_on BETWEEN '2027-03-29' AND '2027-06-28' AND c.recorded_at >= '2027-03-31 23:00:00+00'
  AND c.withdrawn_at IS NULL AND a.audience >= 3 AND a.number IS NOT NULL
GROUP BY 1, 2, 3
"""
MONTH = {"sqlite": "substr(c.recorded_at, 1, 7)", "postgresql": "date_trunc('month', c.recorded_at)"}


class Bare:
    """A connection of the bare driver, and the statements that it is asked."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        self.kind = "sqlite" if file else "postgresql"
        self._connection: Any = sqlite3.connect(file) if file else psycopg.connect(url.replace("+psycopg", ""))

    def network(self, network_id: int) -> int:
        """Every row of the network's quarter that everyone in it may read; how many."""
        return self._asked((_ROWS, _ENTRIES, _OPEN), 3, f"network_id = {network_id} AND")

    def faculty(self) -> int:
        """Every row of all networks' quarter that faculty may read, and each month's figures; how many."""
        return self._asked((_ROWS, _ENTRIES, _OPEN, _FIGURES), 4, "")

    def _asked(self, statements: Sequence[str], tier: int, which: str) -> int:
        texts = (one.format(tier=tier, which=which, month=MONTH[self.kind]) for one in statements)
        count = sum(len(self._connection.execute(text).fetchall()) for text in texts)
        self._connection.rollback()
        return count

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
