"""Opens the database: the engine, and what SQLite and PostgreSQL each need."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

SCHEMA = "0015"
"""The newest migration; a test holds it against storage/migrations/."""

BUSY_SECONDS = 2.0
"""How long a writer waits for a locked database: below the 3 seconds in which Slack wants its answer."""

POOL = 10
"""Connections to PostgreSQL; each unit of work has one."""


# Not now(): that is when the unit of work began, and it may have waited since.
_SERVER_TIME = text("SELECT clock_timestamp()")


def open_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for the URL; nothing is connected yet. A locked SQLite file is waited for so long.

    Raises sqlalchemy.exc.ArgumentError for a URL it can't read.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url, poolclass=NullPool, connect_args={"check_same_thread": False, "timeout": busy_seconds}
        )
        event.listen(engine, "do_connect", _private(sqlite_file(url)))
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


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None in memory, for a `file:` address, and on PostgreSQL."""
    parts = make_url(url)
    name = parts.database or ""
    if parts.get_backend_name() != "sqlite" or name in ("", ":memory:") or name.startswith("file:"):
        return None
    return Path(name).resolve()


def _private(file: Path | None) -> Callable[..., None]:
    """Makes a new database file before SQLite does, for this account only; -wal and -shm get its mode from SQLite."""

    def make(*_: Any) -> None:
        if file is not None:
            # It is there already, or cannot be made: SQLite says which.
            with suppress(OSError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))

    return make


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


def machine_time(connection: Connection) -> datetime:
    """The time that all processes on this database share: the server's on PostgreSQL, this machine's on SQLite."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    at: datetime = connection.execute(_SERVER_TIME).scalar_one()
    return at.astimezone(UTC)


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
