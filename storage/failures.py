"""Tells a failure of the database itself from a bug, and why it failed: by SQLite's result code, or by SQLSTATE."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from storage.errors import DatabaseAway

NO_TABLES = "the database has no tables yet: run python -m bot migrate"
_NOT_THERE = "the server has no database of that name: make it, or check the name"
_NOT_LET_IN = "the database server refuses this user or password"
_NO_ANSWER = "the database server does not answer"
_TOO_LATE = "the database does not answer in time"
_READ_ONLY = "the database is read-only"
_LOCKED = "the database is locked"
_FULL = "the disk is full"

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
}
"""By primary result code (sqlite.org/rescode.html); every other error of SQLite is a bug."""

_OF_POSTGRESQL = {
    "08": _NO_ANSWER,
    "25006": _READ_ONLY,
    "28": _NOT_LET_IN,
    "3D000": _NOT_THERE,
    "42501": "the database does not allow this user enough",
    "42P01": NO_TABLES,
    "53100": _FULL,
    "53300": "the database server has too many connections already",
    "55P03": _LOCKED,
    "57014": _TOO_LATE,
    "57P": _NO_ANSWER,
    "58": "the disk failed",
    "XX001": "the database is damaged",
    "XX002": "the database is damaged",
}
"""By SQLSTATE or how it begins (postgresql.org/docs/current/errcodes-appendix.html)."""

# libpq gives no SQLSTATE for a connection that never came to be, only the server's sentence.
_OF_NO_CONNECTION = {
    "password": _NOT_LET_IN,
    "pg_hba.conf": _NOT_LET_IN,
    "authentication": _NOT_LET_IN,
    'role "': _NOT_LET_IN,
    "permission denied for database": _NOT_LET_IN,
    'database "': _NOT_THERE,
    "too many": _OF_POSTGRESQL["53300"],
    "timeout": _TOO_LATE,
}


def away(error: BaseException | None) -> DatabaseAway | None:
    """The failure as the house knows it, if it is the database itself that failed and not the statement."""
    if isinstance(error, DatabaseAway):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        why = _of_sqlite(cause)
    else:
        why = _of_postgresql(error) if isinstance(error, DBAPIError) else None
    return DatabaseAway(why) if why else None


def _of_sqlite(cause: sqlite3.Error) -> str | None:
    # The low byte is the primary code. Python's own complaints, such as of a closed connection, have none.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith("no such table"):
        return NO_TABLES
    return _OF_SQLITE.get(code)


def _of_postgresql(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    is_of_server = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    if state:
        known = next((why for begin, why in _OF_POSTGRESQL.items() if state.startswith(begin)), None)
        return known or ("the database failed" if is_of_server else None)
    if not is_of_server:
        return None
    words = str(error.orig).rpartition("failed: ")[2].lower()
    return next((why for sign, why in _OF_NO_CONNECTION.items() if sign in words), _NO_ANSWER)
