"""`manifest`: writes the app package that an administrator uploads to Teams."""

import argparse
import os
import re
from pathlib import Path

from bot.commands import Stop

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def run(arguments: argparse.Namespace) -> int:
    """Write the package. Raises Stop without an app id; nothing else needs to be set."""
    app_id = os.environ.get("MICROSOFT_APP_ID", "")
    if not _ID.fullmatch(app_id):
        raise Stop("MICROSOFT_APP_ID must be the bot's application id, such as 00000000-0000-0000-0000-000000000000.")
    from bot.platforms.teams.manifest import write_package

    try:
        write_package(Path(arguments.out), app_id, _commands(), arguments.site)
    except OSError as error:
        raise Stop(f"{arguments.out} cannot be written ({error.strerror}).") from None
    print(f"Written to {arguments.out}. Upload it in the Teams admin centre, or in Teams under Apps, Manage your apps.")
    return 0


def _commands() -> list[tuple[str, str]]:
    """What everyone can type first, then what some can, each once in help's order."""
    from handlers import find_routes

    routes = {route.words: route for route in find_routes().commands.values()}
    ordered = sorted(routes.values(), key=lambda route: (bool(route.roles), route.order, route.words))
    return [(route.words, route.does) for route in ordered]
