"""`migrate`: brings the database to the newest schema."""

import argparse

from bot.commands import migrate, settings


def run(_arguments: argparse.Namespace) -> int:
    """Migrate, and say where the database stands."""
    from storage.database import SCHEMA

    migrate(settings())
    print(f"The database stands at schema {SCHEMA}.")
    return 0
