"""The database that each round starts from: people with a schedule of their own each, some of which are due now."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from handlers import find_routes
from storage.database import open_engine
from storage.migrate import migrate
from storage.tables import accounts, deliveries, networks, occurrences, people, programme, roles, schedules

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
"""A Sunday: since the day before, the week of the 11th must be planned."""
ASKED = datetime(2027, 1, 11, 22, tzinfo=UTC)
"""By then everyone's Monday, 9am has come."""
WARM_UP = 50
"""Schedules that are due first, to be planned before the clock runs: statements are compiled, modules loaded."""
NETWORKS = 100
WORKSPACE = "T01"
LAST_ON, PLANNED_TO = date(2027, 1, 4), date(2027, 1, 10)
ZONES = ("Europe/London", "Europe/Dublin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata")
AT_ONCE = 10_000
OCCASIONS = sorted(find_routes().occasions)


def fill(url: str, count: int, due: int) -> None:
    """So many people, asked each Monday by a schedule of their own and asked last week; `due` must be planned now."""
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(programme), {"id": 1, "name": "Programme", "time_zone": "Europe/London"})
        ids = range(1, NETWORKS + 1)
        connection.execute(insert(networks), [{"id": one, "key": f"n{one}", "name": f"Network {one}"} for one in ids])
        for first in range(1, count + WARM_UP + 1, AT_ONCE):
            _add(connection, range(first, min(first + AT_ONCE, count + WARM_UP + 1)), due)
        connection.execute(insert(schedules), [_by_default(one) for one in OCCASIONS])
        if engine.dialect.name == "postgresql":
            # All of this has stood for long; what is measured adds its rows after it.
            connection.execute(text("ANALYZE"))
    engine.dispose()


def _add(connection: Connection, ids: range, due: int) -> None:
    rows: dict[Table, Iterable[dict[str, Any]]] = {
        people: ({"id": one, "name": f"Member {one}", "time_zone": ZONES[one % len(ZONES)]} for one in ids),
        accounts: ({"platform": "slack", "workspace": WORKSPACE, "user": f"U{one}", "person_id": one} for one in ids),
        roles: ({"person_id": one, "network_id": one % NETWORKS + 1, "role": "member"} for one in ids),
        schedules: (_schedule(one, due) for one in ids),
        # Their ids are given by the database, so that it goes on with the next.
        occurrences: ({"schedule_id": one, "on": LAST_ON, "number": 0} for one in ids),
        deliveries: (_sent(one) for one in ids),
    }
    for table, values in rows.items():
        connection.execute(insert(table), list(values))


def _by_default(occasion: str) -> dict[str, Any]:
    """The programme's own schedules stand, and are planned: nobody follows them."""
    return {
        "occasion": occasion, "cadence": "w1:0", "at": "09:00", "from_on": LAST_ON, "moves": True, "window_days": 3,
        "set_at": NOW, "planned_on": PLANNED_TO, "plan_at": NOW + timedelta(days=6),
    }  # fmt: skip


def _schedule(number: int, due: int) -> dict[str, Any]:
    is_due = number <= due + WARM_UP
    week = timedelta(days=0 if is_due else 7)
    first = timedelta(hours=1 if number <= WARM_UP else 0)
    return {
        "occasion": "checkins.ask", "person_id": number, "cadence": "w1:0", "at": "09:00",
        "from_on": LAST_ON, "moves": True, "window_days": 3, "set_at": NOW - timedelta(days=6),
        "planned_on": PLANNED_TO + week, "plan_at": NOW - timedelta(hours=12) - first + week,
    }  # fmt: skip


def _sent(number: int) -> dict[str, Any]:
    at = datetime(2027, 1, 4, 9, tzinfo=UTC)
    return {
        "occurrence_id": number, "person_id": number, "turn": 0, "due_at": at, "state": "sent", "unasked": True,
        "platform": "slack", "workspace": WORKSPACE, "user": f"U{number}", "sent_at": at, "attempts": 1,
    }  # fmt: skip
