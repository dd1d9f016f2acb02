"""What the commands share: how one stops with a clear line, and how it comes by settings and database."""

import os
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from bot.settings import BadSettings, Settings, read

if TYPE_CHECKING:
    from storage.unit import Store

T = TypeVar("T")


class Stop(Exception):
    """Ends a command with exit code 2; `lines` are for the person at the terminal."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def settings() -> Settings:
    """The settings of the environment. Raises Stop with every problem, and for a database URL that says nothing."""
    try:
        chosen = read(os.environ)
    except BadSettings as bad:
        raise Stop(*bad.problems) from None
    from storage.database import open_engine

    try:
        open_engine(chosen.database_url).dispose()
    except Exception:  # noqa: BLE001  each database library refuses a bad URL in its own way, with the password in it
        raise Stop("WEAVER_DATABASE_URL cannot be read: check its user, host, port and name.") from None
    return chosen


def in_database(chosen: Settings, work: "Callable[[Store], T]") -> T:
    """Run one unit of work on the settings' database, brought to the newest schema first.

    Raises Stop where the database is away, or newer than this program; whatever else `work` raises goes through.
    """
    from storage.errors import DatabaseAway, NotOurs
    from storage.schema import bring_up_to_date
    from storage.unit import open_units

    try:
        with closing(open_units(chosen.database_url)) as units:
            bring_up_to_date(chosen.database_url, units)
            return units.run(work).result()
    except NotOurs as refused:
        raise Stop(refused.sentence) from None
    except DatabaseAway as away:
        raise Stop(_away(away.why)) from None


def _away(why: str) -> str:
    return f"The database cannot be used: {why}. Check WEAVER_DATABASE_URL, or type python -m bot doctor."
