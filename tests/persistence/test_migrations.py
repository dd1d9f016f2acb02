"""Migrations: up from nothing to just the schema of storage/tables.py, whole or not at all, one process at a time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from bench.house import ROOT
from bench.nursery import nursery
from bench.postgres import Database, PostgresServer
from storage.coached import NewQuestion
from storage.database import SCHEMA, open_engine
from storage.migrate import migrate
from storage.tables import metadata
from storage.unit import Store, open_units

MIGRATIONS = ROOT / "storage" / "migrations"
TABLES = {*metadata.tables, "alembic_version"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    database: Database = server.fresh()
    yield database.sqlalchemy
    server.drop(database)


def tables(url: str) -> set[str]:
    engine = open_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


# SQLite cannot say what an index over expressions holds; what this one forbids is in test_schedules.py.
@pytest.mark.filterwarnings("ignore:.*expression-based index .?uq_schedules_for")
def test_up_from_nothing_is_the_schema_of_the_tables_module(empty_url: str) -> None:
    migrate(empty_url)
    engine = open_engine(empty_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    assert tables(empty_url) == TABLES


def test_what_the_bot_asks_for_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_a_database_says_where_it_stands(empty_url: str) -> None:
    with closing(open_units(empty_url)) as units:
        assert units.run(lambda store: store.schema()).result() is None
        migrate(empty_url)
        assert units.run(lambda store: store.schema()).result() == SCHEMA


def test_up_again_changes_nothing(empty_url: str) -> None:
    migrate(empty_url)
    with closing(open_units(empty_url)) as units:
        units.run(lambda store: store.people.add("Ann")).result()
        migrate(empty_url)
        assert units.run(lambda store: store.people.by_id(1)).result() is not None


def test_a_migration_that_fails_half_way_leaves_what_was_there(empty_url: str) -> None:
    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE checkins" in statement:
            raise LookupError("half way")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(LookupError):
            migrate(empty_url)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert tables(empty_url) == set()
    migrate(empty_url)
    assert tables(empty_url) == TABLES


@pytest.mark.parametrize("point", ["create:1", "create:9", "create:20", "create:28"])
async def test_a_migration_that_is_killed_leaves_what_was_there(empty_url: str, point: str, tmp_path: Path) -> None:
    """F1: kill -9 before the first, a middle and one of the last of its statements."""
    async with nursery(tmp_path / "stderr.log") as bots:
        child = await bots.born({"WEAVER_DATABASE_URL": empty_url}, point, job="migrate")
        await child.ended.wait()
    assert await asyncio.to_thread(tables, empty_url) == set()
    await asyncio.to_thread(migrate, empty_url)
    assert await asyncio.to_thread(tables, empty_url) == TABLES


async def test_processes_that_migrate_at_once_wait_for_each_other(empty_url: str, tmp_path: Path) -> None:
    """Replicas that start together: each ends well, and the schema is made once."""
    log = tmp_path / "stderr.log"
    async with nursery(log) as bots:
        env = {"WEAVER_DATABASE_URL": empty_url}
        children = await asyncio.gather(*(bots.born(env, job="migrate") for _ in range(3)))
        await asyncio.gather(*(child.ended.wait() for child in children))
    assert log.read_text() == ""
    assert await asyncio.to_thread(tables, empty_url) == TABLES


def test_each_migration_is_told_in_one_sentence_and_numbered_in_order() -> None:
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert all(re.match(r'"""[A-Z].*\."""\n', (MIGRATIONS / "versions" / name).read_text()) for name in files)


def test_ids_of_what_was_asked_and_erased_before_the_table_changed_are_not_given_out_again(empty_url: str) -> None:
    migrate(empty_url, "0004")
    engine = open_engine(empty_url)
    row = "INSERT INTO coaching_asked (person_id, \"on\", key, text, reason) VALUES (1, '2027-01-18', 'k', 't', 'r')"
    with engine.begin() as connection:
        for statement in ("INSERT INTO people (name) VALUES ('Ann')", row, "DELETE FROM coaching_asked"):
            connection.execute(text(statement))
    engine.dispose()
    migrate(empty_url)
    with closing(open_units(empty_url)) as units:

        def ask_again(store: Store) -> int:
            store.coaching_questions.add([NewQuestion(1, None, date(2027, 1, 18), "k", "t", "r")])
            return store.coaching_questions.history(1, 1)[0].id

        assert units.run(ask_again).result() == 2
