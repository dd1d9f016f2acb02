"""`demo`: the browser's demonstration, with made-up people, on this machine only, forgotten at the end."""

import argparse
import asyncio
import os
import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import logs
from bot.commands import Stop
from bot.commands.run import cannot_listen
from bot.settings import BadSettings, ModelSettings, Settings, read_model


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. Without `--port` a busy 3978 gives way to a free port."""
    from bot.app import create, serve
    from bot.clock import DemoClock
    from bot.demo import fill
    from storage.migrate import migrate
    from storage.unit import open_units

    logs.set_up("WARNING")
    clock = DemoClock()
    with TemporaryDirectory(prefix="weaver-demo-") as folder:
        chosen = Settings(f"sqlite:///{Path(folder, 'demo.db')}", port=_port(arguments.port), model=_model())
        migrate(chosen.database_url)
        with closing(open_units(chosen.database_url)) as units:
            described = fill(units, clock)
        bot = create(chosen, clock, demo=replace(described, clock=clock))
        try:
            asyncio.run(serve(bot, lambda: print(_welcome(bot.port), flush=True)))
        except OSError as error:
            raise cannot_listen(chosen, error) from None
    return 0


def _model() -> ModelSettings | None:
    """A model may help to draft here, too; of all settings only its own are read."""
    try:
        return read_model(os.environ)
    except BadSettings as bad:
        raise Stop(*bad.problems) from None


def _port(wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    usual = Settings()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((usual.host, usual.port))
        except OSError:
            return 0
    return usual.port


def _welcome(port: int) -> str:
    return (
        f"Open http://127.0.0.1:{port}/ in your browser, and choose who to be.\n"
        "At the top you can move the time on, and see what Weaver sends by itself.\n"
        "Everyone and everything in it is made up, and is forgotten when you stop it with Ctrl-C."
    )
