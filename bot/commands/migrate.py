"""`migrate`: brings the database to the newest schema."""

import argparse

from bot.commands import in_database, settings


def run(_arguments: argparse.Namespace) -> int:
    """Migrate, and say where the database stands."""
    stands_at = in_database(settings(), lambda store: store.schema())
    print(f"The database stands at schema {stands_at}.")
    return 0
