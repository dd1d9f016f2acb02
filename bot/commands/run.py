"""`run`: the bot, with the settings in the environment, until it is told to stop."""

import argparse
import asyncio
import os

from bot import logs
from bot.commands import Stop, settings
from bot.settings import Settings

NOTHING_SET = (
    "Neither Slack nor Teams is set up: set SLACK_BOT_TOKEN or MICROSOFT_APP_ID (README.md says how), "
    "or try it without either: python -m bot demo"
)


def run(_arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    chosen = settings()
    if not (chosen.slack or chosen.teams):
        raise Stop(NOTHING_SET)
    from bot.app import create, serve
    from storage.errors import NotOurs

    logs.set_up()
    try:
        asyncio.run(serve(create(chosen)))
    except NotOurs as refused:
        raise Stop(refused.sentence) from None
    except OSError as error:
        raise cannot_listen(chosen, error) from None
    return 0


def cannot_listen(chosen: Settings, error: OSError) -> Stop:
    """Why the address could not be opened, with the mend."""
    why = os.strerror(error.errno).lower() if error.errno and error.errno > 0 else "unknown host"
    return Stop(
        f"Cannot listen on {chosen.host} port {chosen.port} ({why}): stop what uses it, "
        "or set WEAVER_HOST and WEAVER_PORT to a free address."
    )
