"""Compares the database's schema with the one of this program, and brings an older one up to date."""

from enum import Enum

from storage.database import SCHEMA
from storage.errors import NotOurs
from storage.unit import Units

NEWER = "The database belongs to a newer Weaver than this one: use that, or a backup."


class Standing(Enum):
    """Where the database stands beside this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def standing(units: Units) -> tuple[Standing, str]:
    """Where the database stands, and its migration ("" for none). Waits for the database. Raises DatabaseAway."""
    at = units.run(lambda store: store.schema()).result() or ""
    if not at:
        return Standing.EMPTY, at
    if at == SCHEMA:
        return Standing.CURRENT, at
    return (Standing.NEWER if at > SCHEMA else Standing.OLDER), at


def bring_up_to_date(url: str, units: Units) -> None:
    """Migrate the database at the URL, which `units` works on, unless it is current. Waits for it.

    Raises DatabaseAway, and NotOurs for a database that is newer than this program.
    """
    stands, _ = standing(units)
    if stands is Standing.NEWER:
        raise NotOurs(NEWER)
    if stands is not Standing.CURRENT:
        # Alembic takes 0.3 s to import (limits.md 1g): only a database that must change pays for it.
        from storage.migrate import migrate

        migrate(url)
