"""The audit log: who did what, when; never with anyone's words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.records import AuditEntry
from storage.tables import audit


class Audit:
    """Entries are added and read, and never changed but to forget who someone was."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, at: datetime, person_id: int | None, what: str, detail: str, event_id: str) -> None:
        """Add an entry; `detail` holds ids and names of things, cut at 255 characters."""
        values = {
            "at": at,
            "person_id": person_id,
            "what": what,
            "detail": detail[:255],
            "event_id": event_id[:255],
        }
        self._connection.execute(insert(audit), values)

    def of_person(self, person_id: int) -> list[AuditEntry]:
        """What one person did, oldest first."""
        return self._read(audit.c.person_id == person_id)

    def of_kind(self, what: str) -> list[AuditEntry]:
        """Every entry of one kind, oldest first."""
        return self._read(audit.c.what == what)

    def holds(self, what: str, details: Sequence[str]) -> bool:
        """True if there is an entry of that kind with one of these details."""
        wanted = select(audit.c.id).where(audit.c.what == what, audit.c.detail.in_(details)).limit(1)
        return self._connection.execute(wanted).first() is not None

    def forget(self, person_id: int) -> None:
        """Take the person out of the log: that something was done stays, not by whom, to whom nor in which event.

        Details that name a person begin with "person" and the id.
        """
        own = update(audit).where(audit.c.person_id == person_id)
        self._connection.execute(own.values(person_id=None, event_id=""))
        named = (audit.c.detail == f"person {person_id}") | audit.c.detail.startswith(f"person {person_id} ")
        self._connection.execute(update(audit).where(named).values(detail=""))

    def _read(self, condition: ColumnElement[bool]) -> list[AuditEntry]:
        rows = self._connection.execute(select(audit).where(condition).order_by(audit.c.id))
        return [AuditEntry(row.at, row.person_id, row.what, row.detail, row.event_id) for row in rows]
