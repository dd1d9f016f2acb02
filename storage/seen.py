"""Events that were handled, so that a redelivery has no second effect."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, delete
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import seen

_NOTE = {
    "sqlite": sqlite.insert(seen).on_conflict_do_nothing().returning(seen.c.event_id),
    "postgresql": postgresql.insert(seen).on_conflict_do_nothing().returning(seen.c.event_id),
}


class Seen:
    """The ids of handled events, as digests: an id may hold a platform's user id, which must not outlive
    its person.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, event_id: str, at: datetime) -> bool:
        """Note the event; False if it was noted before."""
        statement = _NOTE[self._connection.dialect.name]
        row = self._connection.execute(statement, {"event_id": _digest(event_id), "seen_at": at}).first()
        return row is not None

    def forget_before(self, at: datetime) -> int:
        """Forget events that no platform sends again; returns how many."""
        return self._connection.execute(delete(seen).where(seen.c.seen_at < at)).rowcount


def _digest(event_id: str) -> str:
    return hashlib.blake2b(event_id.encode(errors="surrogatepass"), digest_size=16).hexdigest()
