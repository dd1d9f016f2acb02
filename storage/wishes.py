"""What people want of each occasion: all of it, only each second time, or nothing."""

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.many import among
from storage.recipients import chunks
from storage.scheduled import Wish
from storage.tables import wishes

_OF_PEOPLE = select(wishes).where(among(wishes.c.person_id))


def _put(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    new = insert.excluded
    changed = {"every": new.every, "stopped_at": new.stopped_at, "halved": new.halved}
    return insert.on_conflict_do_update(index_elements=["person_id", "occasion"], set_=changed)


_PUT = {"sqlite": _put(sqlite.insert(wishes)), "postgresql": _put(postgresql.insert(wishes))}


class Wishes:
    """Keeps one wish for each person and occasion; where there is none, they want all of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: int) -> dict[str, Wish]:
        """The person's wishes by occasion."""
        return self.of_people([person_id]).get(person_id, {})

    def of_people(self, person_ids: Iterable[int]) -> dict[int, dict[str, Wish]]:
        """The wishes of these people by occasion; only of those who have any."""
        found: dict[int, dict[str, Wish]] = {}
        for ids in chunks(set(person_ids)):
            for row in self._connection.execute(_OF_PEOPLE, {"ids": ids}).all():
                found.setdefault(row.person_id, {})[row.occasion] = Wish(row.every, row.stopped_at, row.halved)
        return found

    def put(self, person_id: int, occasion: str, wish: Wish) -> None:
        """Keep the wish, instead of the one before."""
        values = {"every": wish.every, "stopped_at": wish.stopped_at, "halved": wish.halved}
        row = {"person_id": person_id, "occasion": occasion, **values}
        self._connection.execute(_PUT[self._connection.dialect.name], row)
