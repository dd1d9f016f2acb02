"""Letters on their way out: each is a delivery like any other, of a schedule that itself never comes round."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.records import Account
from storage.rows import account_columns, new_row
from storage.scheduled import NewDelivery, State
from storage.schedules import SCOPE
from storage.tables import deliveries, occurrences, schedules


def _standing(table: Any, insert_into: Any, scope: Any, same: str) -> Any:
    """Add the row, or find the one that stands; either way its id."""
    statement = insert_into(table)
    return statement.on_conflict_do_update(
        index_elements=scope, set_={same: getattr(statement.excluded, same)}
    ).returning(table.c.id)


_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_SCHEDULE = {name: _standing(schedules, one, SCOPE, "occasion") for name, one in _INSERTS.items()}
_OCCURRENCE = {name: _standing(occurrences, one, ["schedule_id", "on"], "on") for name, one in _INSERTS.items()}


class Letters:
    """Keeps at most one letter that waits for each occasion, person and day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bring(
        self,
        occasion: str,
        person_id: int,
        due_at: datetime,
        on: date,
        account: Account,
        *,
        set_by: int,
        set_at: datetime,
        at: time,
        window_days: int,
    ) -> None:
        """Let a letter of that occasion be sent to the person at `due_at`, which is on the local date `on`.

        One that waits for the same day comes then, if that is earlier. `at` and `window_days`: when and how long it
        waits where it meets quiet time.
        """
        dialect = self._connection.dialect.name
        standing = {
            "occasion": occasion, "network_id": None, "person_id": person_id, "cadence": f"d{on.isoformat()}",
            "at": at.isoformat("minutes"), "zone": None, "from_on": on, "until_on": on, "moves": True,
            "window_days": window_days, "set_by": set_by, "set_at": set_at, "planned_on": on, "plan_at": None,
        }  # fmt: skip
        schedule_id = self._connection.execute(_SCHEDULE[dialect], standing).scalar_one()
        dated = {"schedule_id": schedule_id, "on": on, "number": 0, "missed": False}
        occurrence_id = int(self._connection.execute(_OCCURRENCE[dialect], dated).scalar_one())
        of_day = (deliveries.c.occurrence_id == occurrence_id, deliveries.c.person_id == person_id)
        is_waiting = (*of_day, deliveries.c.state == State.PLANNED.value)
        waiting = self._connection.execute(select(deliveries.c.id, deliveries.c.due_at).where(*is_waiting)).first()
        if waiting is None:
            last = self._connection.execute(select(func.max(deliveries.c.turn)).where(*of_day)).scalar()
            turn = 0 if last is None else last + 1
            new = NewDelivery(occurrence_id, person_id, due_at, turn, account=account, unasked=False)
            self._connection.execute(insert(deliveries).values(new_row(new)))
        elif due_at < waiting.due_at:
            sooner = update(deliveries).where(deliveries.c.id == waiting.id, *is_waiting)
            self._connection.execute(sooner.values(due_at=due_at, **account_columns(account)))
