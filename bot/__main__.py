"""The command line: `python -m bot COMMAND`; exit 0, or 2 with one clear line for each thing that is wrong."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

DESCRIPTION = "Weaver: check-ins for practitioner networks, in Slack, Microsoft Teams and the browser."


class _Parser(argparse.ArgumentParser):
    """argparse, with its complaint on one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and where help is."""
        self.exit(2, f"weaver: {message.replace(chr(10), ' ')} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the command line and return its exit code; each is a module of `bot/commands/`."""
    parser = _commands()
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return 0
    command = importlib.import_module(f"bot.commands.{chosen.command}")
    from bot.commands import Stop

    try:
        code: int = command.run(chosen)
    except Stop as stop:
        print(*stop.lines, sep="\n", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 2
    return code


def _commands() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m bot", description=DESCRIPTION)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    commands.add_parser("run", help="start the bot with the settings in the environment")
    demo = commands.add_parser("demo", help="try it in a browser, with made-up people and no tokens")
    demo.add_argument("--port", type=_port, help="the port to listen on (3978, or a free one)")
    load = commands.add_parser("load", help="load a programme file; safe to repeat")
    load.add_argument("file", metavar="FILE", help="a TOML file with networks, people and roles")
    upcoming = commands.add_parser("upcoming", help="show what will go out, to how many and when; send nothing")
    upcoming.add_argument("--days", type=int, default=14, metavar="N", help="how many days to look ahead (14)")
    commands.add_parser("doctor", help="check settings, database, tokens and clock, and say how to mend them")
    commands.add_parser("migrate", help="bring the database to the newest schema")
    export = commands.add_parser("export", help="write out everything that is kept about one person")
    export.add_argument("--person", required=True, metavar="NAME", help="the person's name, or their number")
    export.add_argument("--out", metavar="FILE", help="the Markdown file to write (otherwise it is printed)")
    manifest = commands.add_parser("manifest", help="write the app package for Microsoft Teams")
    manifest.add_argument("--out", default="weaver-teams.zip", metavar="FILE", help="the zip file (weaver-teams.zip)")
    manifest.add_argument(
        "--site", default="https://weaver.example", metavar="URL", help="your pages on it, /privacy and /terms"
    )
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")


if __name__ == "__main__":
    sys.exit(main())
