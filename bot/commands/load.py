"""`load FILE`: puts a programme file into the database, and says what changed."""

import argparse
from datetime import UTC, datetime

from bot.commands import Stop, in_database, settings


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each change. Raises Stop, with nothing loaded, for any mistake in the file."""
    from bot.programme_file import BadProgrammeFile, read
    from handlers.kit.errors import Refusal
    from handlers.people.loading import apply

    chosen = settings()
    try:
        programme = read(arguments.file)
        lines = in_database(chosen, lambda store: apply(programme, store, datetime.now(UTC)))
    except BadProgrammeFile as bad:
        raise Stop(*bad.lines) from None
    except Refusal as refused:
        raise Stop(f"{arguments.file}: {refused.sentence}") from None
    print(*(f"{line}." for line in lines) if lines else ("Nothing changed.",), sep="\n")
    return 0
