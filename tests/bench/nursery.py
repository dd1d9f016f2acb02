"""Bots in processes of their own, forked in a few hundredths of a second from one that has imported everything.

Each can be killed at any moment, or kills itself at a crash point: `statement:n` (before the nth statement of an
event), `commit:n` (before its nth commit), `committed:n` (after it, before anyone is told), `create:n` (before a
migration's nth CREATE). The points are SQLAlchemy's own events: the bot under test knows nothing of them.
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
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRELOADED = (
    "bot.app", "bot.platforms.slack.front", "bot.platforms.slack.profiles", "storage.migrate",
    "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite",
)  # fmt: skip
"""What a child would otherwise import after its birth."""


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


class Nursery:
    """Starts children; `log` is where all of them write their standard error."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._children: list[Child] = []

    async def open(self) -> None:
        """Start the process that forks, and listen for the children."""
        self._server = await asyncio.start_server(self._met, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        with self.log.open("ab") as errors:
            self._mother = subprocess.Popen(
                [sys.executable, "-m", "bench.nursery"],
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

    async def born(self, env: Mapping[str, str], crash_at: str = "", job: str = "run", plain: bool = False) -> Child:
        """A child that is ready to be asked; a `migrate` job begins at once. `plain`: a file's mode binds it."""
        child = Child()
        self._children.append(child)
        order = {"env": dict(env), "crash": crash_at, "job": job, "plain": plain}
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
async def nursery(log: Path) -> AsyncIterator[Nursery]:
    """A nursery, closed at the end."""
    opened = Nursery(log)
    await opened.open()
    try:
        yield opened
    finally:
        await opened.close()


def _fork_as_told() -> None:
    """The mother: a child for each line."""
    for name in PRELOADED:
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
        _crash_at(order["crash"])
        _migrate(back) if order["job"] == "migrate" else _run(back)
    except BaseException:  # noqa: BLE001  told, as Python would at the end that this process never reaches
        traceback.print_exc()
    finally:
        os._exit(0)


def _drop_privileges() -> None:
    """Give up every capability, so that even root may not write what is read-only (capset(2))."""
    header, nothing = struct.pack("Ii", 0x20080522, 0), bytes(24)
    if ctypes.CDLL(None).capset(header, nothing):
        raise OSError("the kernel keeps the capabilities")


def _run(back: socket.socket) -> None:
    from bot import logs
    from bot.app import create, serve
    from bot.settings import read

    logs.set_up()
    made = create(read(os.environ))
    asyncio.run(serve(made, lambda: back.sendall(f"{made.port}\n".encode())))


def _migrate(back: socket.socket) -> None:
    from storage.migrate import migrate

    back.sendall(b"0\n")
    migrate(os.environ["WEAVER_DATABASE_URL"])


def _crash_at(point: str) -> None:
    """Arrange for SIGKILL at that point, counted from the first event (or CREATE) on."""
    if not point:
        return
    from sqlalchemy import Connection, Engine, event

    kind, _, number = point.partition(":")
    counted = {"statement": 0, "commit": 0, "create": 0}

    def reach(what: str) -> bool:
        counted[what] += 1
        return counted[what] == int(number)

    def before_statement(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        is_create = statement.lstrip().startswith("CREATE")
        if is_create and reach("create") and kind == "create":
            os.kill(os.getpid(), signal.SIGKILL)
        if ("FROM accounts" in statement or counted["statement"]) and reach("statement") and kind == "statement":
            os.kill(os.getpid(), signal.SIGKILL)

    def before_commit(connection: Connection) -> None:
        if not counted["statement"] or not reach("commit") or kind not in ("commit", "committed"):
            return
        if kind == "committed":
            driver = connection.connection.driver_connection
            driver.execute("COMMIT")  # type: ignore[union-attr]  # both drivers have it
        os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", before_statement)
    event.listen(Engine, "commit", before_commit)


if __name__ == "__main__":
    _fork_as_told()
