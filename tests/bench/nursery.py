"""Bots in processes of their own, forked in a few hundredths of a second from one that has imported everything.

Each can be killed at any moment, or kills itself at a crash point (bench.crash_points). One whose clock stands `at` a
time has its turns at what is due again and again, without the usual seconds between them.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crash_points import crash_at

if TYPE_CHECKING:
    from bot.app import Bot

ROOT = Path(__file__).parents[2]
PRELOADED = (
    "bot.app", "bot.platforms.slack.front", "bot.platforms.slack.profiles", "storage.migrate",
    "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite",
)  # fmt: skip
"""What a child would otherwise import after its birth."""
OUTWARD = (
    "bot.platforms.slack.deliver", "bot.platforms.slack.listeners", "bot.platforms.teams.keys",
    "bot.platforms.teams.sdk", "apscheduler.schedulers.asyncio", "bench.clock",
)  # fmt: skip
"""The same for a child that sends to both platforms."""
TURN_SECONDS = 0.02


@dataclass
class Child:
    """A bot in a process of its own. `ended` is set when the process is gone, however it went."""

    pid: int = 0
    port: int = 0
    born: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it is gone."""
        if not self.ended.is_set():
            os.kill(self.pid, number)

    async def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.send_signal(signal.SIGKILL)
        await self.ended.wait()

    async def stop(self) -> None:
        """SIGTERM, and wait until it has ended in good order."""
        self.send_signal(signal.SIGTERM)
        await self.ended.wait()


class Nursery:
    """Starts children; `log` is where all of them write their standard error, `also` what they import besides."""

    def __init__(self, log: Path, also: Sequence[str] = ()) -> None:
        self.log = log
        self._also = also
        self._children: list[Child] = []

    async def open(self) -> None:
        """Start the process that forks, and listen for the children."""
        self._server = await asyncio.start_server(self._met, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        with self.log.open("ab") as errors:
            self._mother = subprocess.Popen(
                [sys.executable, "-m", "bench.nursery", *self._also],
                stdin=subprocess.PIPE, stderr=errors, env={**os.environ, "PYTHONPATH": paths}, cwd=ROOT,
            )  # fmt: skip

    async def close(self) -> None:
        """Kill what still lives."""
        for child in self._children:
            await child.kill()
        assert self._mother.stdin is not None
        self._mother.stdin.close()
        await asyncio.to_thread(self._mother.wait)
        self._server.close()
        await self._server.wait_closed()

    async def born(
        self, env: Mapping[str, str], crash_at: str = "", job: str = "run", plain: bool = False, at: str = ""
    ) -> Child:
        """A child that is ready to be asked; a `migrate` job begins at once. `plain`: a file's mode binds it."""
        child = Child()
        self._children.append(child)
        order = {"env": dict(env), "crash": crash_at, "job": job, "plain": plain, "at": at}
        order |= {"back": self._port, "number": len(self._children) - 1}
        assert self._mother.stdin is not None
        self._mother.stdin.write(json.dumps(order).encode() + b"\n")
        self._mother.stdin.flush()
        await asyncio.wait_for(child.born.wait(), 30)
        return child

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, pid = (await reader.readline()).split()
        child = self._children[int(number)]
        child.pid = int(pid)
        try:
            while line := await reader.readline():
                child.port = int(line)
                child.born.set()
        except ConnectionResetError:
            pass
        child.ended.set()
        child.born.set()
        writer.close()


@asynccontextmanager
async def nursery(log: Path, also: Sequence[str] = ()) -> AsyncIterator[Nursery]:
    """A nursery, closed at the end."""
    opened = Nursery(log, also)
    await opened.open()
    try:
        yield opened
    finally:
        await opened.close()


def _fork_as_told() -> None:
    """The mother: a child for each line."""
    for name in (*PRELOADED, *sys.argv[1:]):
        importlib.import_module(name)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            _live(json.loads(line))


def _live(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    back = socket.create_connection(("127.0.0.1", order["back"]))
    back.sendall(f"{order['number']} {os.getpid()}\n".encode())
    os.environ.update(order["env"])
    if order["plain"]:
        _drop_privileges()
    try:
        crash_at(order["crash"])
        _migrate(back) if order["job"] == "migrate" else _run(back, order["at"])
    except BaseException:  # noqa: BLE001  told, as Python would at the end that this process never reaches
        traceback.print_exc()
    finally:
        os._exit(0)


def _drop_privileges() -> None:
    """Give up every capability, so that even root may not write what is read-only (capset(2))."""
    header, nothing = struct.pack("Ii", 0x20080522, 0), bytes(24)
    if ctypes.CDLL(None).capset(header, nothing):
        raise OSError("the kernel keeps the capabilities")


def _run(back: socket.socket, at: str) -> None:
    from bench.clock import MovedClock
    from bot import logs
    from bot.app import create, serve
    from bot.settings import read

    logs.set_up()
    made = create(read(os.environ), MovedClock(datetime.fromisoformat(at)) if at else None)
    turns: list[asyncio.Task[None]] = []

    def when_ready() -> None:
        if at:
            turns.append(asyncio.create_task(_turns(made)))
        back.sendall(f"{made.port}\n".encode())

    asyncio.run(serve(made, when_ready))


async def _turns(made: Bot) -> None:
    while True:
        await made.tick()
        await asyncio.sleep(TURN_SECONDS)


def _migrate(back: socket.socket) -> None:
    from storage.migrate import migrate

    back.sendall(b"0\n")
    migrate(os.environ["WEAVER_DATABASE_URL"])


if __name__ == "__main__":
    _fork_as_told()
