"""The fixture of whatever must hold on both kinds of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.postgres import PostgresServer
from bench.straight import fresh_sqlite
from storage.migrate import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the newest schema, on each kind of server."""
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.fresh(migrate).sqlalchemy
