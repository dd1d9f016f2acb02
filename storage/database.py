"""Opens the database: the engine, what SQLite and PostgreSQL each need, and how a failure of theirs is told."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from storage.errors import DatabaseAway

SCHEMA = "0001"
"""The newest migration; a test holds it against storage/migrations/."""

BUSY_SECONDS = 2.0
"""How long a writer waits for a locked database: below the 3 seconds in which Slack wants its answer."""

POOL = 10
"""Connections to PostgreSQL; each unit of work has one."""


def open_engine(url: str) -> Engine:
    """An engine for the URL; nothing is connected yet. Raises sqlalchemy.exc.ArgumentError for a URL it can't read."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url, poolclass=NullPool, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediately)
        return engine
    return create_engine(
        url,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        connect_args={"connect_timeout": 2, "options": "-c statement_timeout=20000 -c lock_timeout=2500"},
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: Connection) -> None:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "readonly" not in str(error.orig):
            raise
        connection.exec_driver_sql("BEGIN")  # What only reads still works (limits.md F12).


def away(error: BaseException | None) -> DatabaseAway | None:
    """The failure as the house knows it, if it is the database itself that failed and not the statement."""
    if isinstance(error, DatabaseAway):
        return error
    if isinstance(error, sqlite3.OperationalError):
        return DatabaseAway(_reason(str(error)))
    if isinstance(error, OperationalError | InterfaceError) or (isinstance(error, DBAPIError) and _is_unusable(error)):
        return DatabaseAway(_reason(str(error.orig)))
    return None


_UNUSABLE = ("read-only transaction", "not a database", "malformed")


def _is_unusable(error: DBAPIError) -> bool:
    return error.connection_invalidated or any(sign in str(error.orig) for sign in _UNUSABLE)


_REASONS = {
    "locked": "the database is locked",
    "readonly": "the database is read-only",
    "read-only": "the database is read-only",
    "full": "the disk is full",
    "no such table": "the database has no tables yet: run python -m bot migrate",
    "does not exist": "the database has no tables yet: run python -m bot migrate",
    "unable to open": "the database file cannot be opened",
    "not a database": "the file is not a database",
    "malformed": "the database file is damaged",
    "disk i/o": "the disk failed",
    "timeout": "the database does not answer in time",
    "refused": "the database server does not answer",
    "connect": "the database server does not answer",
}


def _reason(words: str) -> str:
    lowered = words.lower()
    return next((reason for sign, reason in _REASONS.items() if sign in lowered), "the database failed")


def schema_of(connection: Connection) -> str | None:
    """The migration that the database stands at; None for an empty one."""
    tables = (
        "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.dialect.name == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE tablename = 'alembic_version' AND schemaname = current_schema()"
    )
    if connection.execute(text(tables)).first() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
