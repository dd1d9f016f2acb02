"""Adds many rows at once, in the way that is quickest on each database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, Connection, CursorResult, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter

_COUNTING: CoreExecuteOptionsParameter = {"preserve_rowcount": True}


class Many:
    """Adds rows of these columns to the table, passes over those that are there, and answers `returning` of the new."""

    def __init__(self, table: Table, names: Sequence[str], returning: Sequence[Column[Any]] = ()) -> None:
        self._names = tuple(names)
        one = sqlite.insert(table).on_conflict_do_nothing()
        self._one_by_one = one.returning(*returning) if returning else one
        # One array a column: a third of the time of a statement a row, a quarter of that of a thousand rows of values.
        arrays = (func.unnest(bindparam(name, type_=ARRAY(table.c[name].type))) for name in names)
        whole = postgresql.insert(table).from_select(self._names, select(*arrays)).on_conflict_do_nothing()
        self._together = whole.returning(*returning) if returning else whole

    def add(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Add the rows, at least one; `rowcount` is how many are new."""
        if connection.dialect.name == "sqlite":
            return connection.execute(self._one_by_one, list(rows), execution_options=_COUNTING)
        together = {name: [row[name] for row in rows] for name in self._names}
        return connection.execute(self._together, together, execution_options=_COUNTING)
