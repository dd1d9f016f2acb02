"""Starts what sends and what takes it in processes of their own, and measures one round: seconds, CPU, the ledger."""

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.inbound.running import Server, first_line, launch


@dataclass(frozen=True)
class Told:
    """What the platforms' ledger says: of each message whether it came, and how often requests were refused.

    `seconds`: from the first message to the last. `over`: refused as there were too many in a second; `by_lot`: all the
    same; `early`: came while everybody was asked to wait, for half of that time already. `throttled`: seconds of it.
    `connections`: that the messages came by.
    """

    told: int
    doubled: int
    seconds: float
    over: int
    by_lot: int
    early: int
    throttled: float
    connections: int


@dataclass(frozen=True)
class Figures:
    """Messages a second, CPU milliseconds of the senders a message, and of the database server."""

    rate: float
    cpu: float
    database_cpu: float
    told: Told


class Platforms:
    """The process of the bare Slack and Teams."""

    def __init__(self, server: Server) -> None:
        self.url = f"http://127.0.0.1:{server.port}"

    def begin(self, **rules: Any) -> None:
        """Begin a new ledger; `platform.Ledger` says which rules there are."""
        body = json.dumps(rules).encode()
        headers = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/ledger", body, headers), timeout=10).close()

    def told(self, bodies: Path | None = None) -> Told:
        """The ledger; the bodies go to the file."""
        query = f"?bodies={bodies}" if bodies else ""
        with urllib.request.urlopen(f"{self.url}/ledger{query}", timeout=60) as answer:
            return Told(**json.load(answer))


@contextmanager
def platforms(folder: Path) -> Iterator[Platforms]:
    """The platforms on core 1."""
    with _process(["benchmarks.fanout.platform"], folder, 1) as server:
        yield Platforms(server)


@contextmanager
def senders(database_url: str, url: str, folder: Path, rate: float, count: int = 1) -> Iterator[list[Server]]:
    """So many bots, on one core after the other."""
    arguments = ["benchmarks.fanout.sender", database_url, url, str(rate)]
    with ExitStack() as stack:
        yield [stack.enter_context(_process(arguments, folder, core)) for core in range(count)]


@contextmanager
def bare(url: str, bodies: Path, folder: Path) -> Iterator[list[Server]]:
    """The limit, on core 0."""
    with _process(["benchmarks.fanout.bare", url, str(bodies)], folder, 0) as server:
        yield [server]


def measure(sending: list[Server], to: Platforms, count: int, database: "PostgresCpu | None" = None) -> Figures:
    """Let them send all that is due, which are so many messages, and wait until the last one is done."""
    cpu = [server.cpu_seconds() for server in sending]
    database_cpu, began = database.seconds() if database else 0.0, time.perf_counter()
    begin(sending)
    for server in sending:
        first_line(server.process)
    took = time.perf_counter() - began
    used = sum(server.cpu_seconds() - before for server, before in zip(sending, cpu, strict=True))
    served = database.seconds() - database_cpu if database else 0.0
    return Figures(count / took, used * 1e3 / count, served * 1e3 / count, to.told())


def begin(sending: list[Server]) -> None:
    """Let them send all that is due."""
    for server in sending:
        assert server.process.stdin is not None
        server.process.stdin.write(b"go\n")
        server.process.stdin.flush()


def await_told(to: Platforms, count: int) -> None:
    """Wait until so many messages are shown."""
    until = time.monotonic() + 60
    while to.told().told < count:
        if time.monotonic() > until:
            raise TimeoutError("the messages did not come; see the sender's log")
        time.sleep(0.01)


class PostgresCpu:
    """What the PostgreSQL server with its data in this folder has used, in user and system mode."""

    def __init__(self, data: Path) -> None:
        self._server = int((data / "postmaster.pid").read_text().split()[0])

    def seconds(self) -> float:
        """CPU of the server, of the children it has, and of those that have ended."""
        children = Path(f"/proc/{self._server}/task/{self._server}/children").read_text().split()
        ticks = sum(self._ticks(self._server, 4)) + sum(sum(self._ticks(int(one), 2)) for one in children)
        return ticks / os.sysconf("SC_CLK_TCK")

    @staticmethod
    def _ticks(process: int, most: int) -> list[int]:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return []
        return [int(one) for one in fields[11 : 11 + most]]


@contextmanager
def _process(module: list[str], folder: Path, core: int) -> Iterator[Server]:
    with (folder / "log.txt").open("ab") as log:
        process = launch(["-m", *module], {}, core, log.fileno())
    try:
        said = first_line(process)
        yield Server(process, int(said) if said.strip().isdigit() else 0, "")
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.terminate()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
