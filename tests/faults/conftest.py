"""What the fault tests share: databases of both kinds, and the inside of the bot on one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.postgres import PostgresServer
from bench.straight import Straight, fresh_sqlite
from storage.migrate import migrate


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file with the newest schema."""
    return fresh_sqlite(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the newest schema, on each kind of server."""
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.fresh(migrate).sqlalchemy


@pytest.fixture
def straight(sqlite_url: str) -> Iterator[Straight]:
    """The inside of the bot on SQLite, with the world's people."""
    inside = Straight(sqlite_url)
    inside.fill()
    yield inside
    inside.close()
