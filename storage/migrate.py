"""Brings the database to the newest schema; the only module besides the migrations that imports Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.database import open_engine
from storage.failures import away

_ONE_AT_A_TIME = 0x57656176
"""PostgreSQL advisory lock ("Weav"), so that replicas that start together migrate one after the other."""
WAIT_SECONDS = 30.0
"""How long a process waits on SQLite while another migrates: nobody waits for an answer then."""


def migrate(url: str, revision: str = "head") -> None:
    """Migrate the database at the URL up to `revision`, or change nothing. Raises DatabaseAway."""
    engine = open_engine(url, WAIT_SECONDS)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            command.upgrade(_config(connection), revision)
    except Exception as error:
        if failure := away(error):
            raise failure from error
        raise
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
