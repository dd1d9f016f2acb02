"""Starts what is measured in processes of its own: the server on core 0, the platforms and the load on core 1."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.inbound.programme import sqlite_copies

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ROOT = Path(__file__).parents[3]
EVERYTHING = (
    "import aiohttp.web, slack_bolt.async_app, botbuilder.core, botframework.connector, sqlalchemy, alembic,"
    "apscheduler.schedulers.asyncio, openai, jinja2, bot.app"
)


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: "subprocess.Popen[bytes]"
    port: int
    service_url: str

    def cpu_seconds(self) -> float:
        """CPU that the process has used, in user and system mode."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """Resident memory in MB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def weaver_on_slack(database_url: str, folder: Path) -> Iterator[Server]:
    """The real bot with a Slack that takes its answers."""
    with _platform(folder) as url:
        env = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{url}/api/"}
        with _bot(database_url, env, folder, url) as server:
            yield server


@contextmanager
def weaver_on_teams(database_url: str, folder: Path) -> Iterator[Server]:
    """The real bot with a Teams service that takes its answers; nobody is authenticated, as in limits.md 1b."""
    with (
        _platform(folder) as url,
        _bot(database_url, {"WEAVER_TEAMS_UNAUTHENTICATED": "1"}, folder, url) as server,
    ):
        yield server


@contextmanager
def bare_bolt(database_url: str, kind: str, folder: Path) -> Iterator[Server]:
    """The limit: Bolt as it comes, and one insert by the bare driver."""
    module = "benchmarks.inbound.bare_bolt"
    with _platform(folder) as url, _started([module, kind, database_url, f"{url}/api/"], {}, folder, url) as server:
        yield server


@contextmanager
def bare_aiohttp(folder: Path) -> Iterator[Server]:
    """The limit for Teams: aiohttp, and a reply over one shared session."""
    with _platform(folder) as url, _started(["benchmarks.inbound.bare_aiohttp"], {}, folder, url) as server:
        yield server


SLOW_DISK: dict[str, str] = {}
"""What makes every flush of what is started from now on three milliseconds slower; empty: nothing."""


def slow_down(folder: Path) -> None:
    """Slow the disk of everything that is started from now on. Needs a C compiler."""
    library = folder / "slow_disk.so"
    source = Path(__file__).with_name("slow_disk.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    SLOW_DISK["LD_PRELOAD"] = str(library)


def compare_starts(folder: Path, rounds: int) -> None:
    """Seconds and memory until Slack on SQLite is ready, beside an interpreter that imports everything."""
    print(f"\nstart: min/median/max of {rounds} rounds")
    ours: list[tuple[float, float]] = []
    all_in: list[tuple[float, float]] = []
    urls = sqlite_copies(folder)
    for _ in range(rounds):
        began = time.perf_counter()
        with weaver_on_slack(next(urls), folder) as server:
            ours.append((time.perf_counter() - began - _PLATFORM_SECONDS[-1], server.resident_mb()))
        all_in.append(_importing_everything())
    for name, figures in (("weaver, Slack on SQLite", ours), ("importing everything", all_in)):
        seconds, megabytes = zip(*figures, strict=True)
        spread = "/".join(f"{one:.2f}" for one in (min(seconds), statistics.median(seconds), max(seconds)))
        print(f"  {name:<28} {spread} s, {statistics.median(megabytes):.0f} MB")
    ratios = [tuple(statistics.median(each) for each in zip(*figures, strict=True)) for figures in (ours, all_in)]
    print(f"  ratio of medians             {ratios[0][0] / ratios[1][0]:.2f} s, {ratios[0][1] / ratios[1][1]:.2f} MB")


_PLATFORM_SECONDS: list[float] = []


def _importing_everything() -> tuple[float, float]:
    code = f"{EVERYTHING}\nprint('ready', flush=True)\ninput()"
    began = time.perf_counter()
    process = launch(["-c", code], {}, 0, subprocess.DEVNULL)
    first_line(process)
    took = time.perf_counter() - began
    megabytes = Server(process, 0, "").resident_mb()
    process.kill()
    process.communicate()
    return took, megabytes


@contextmanager
def _platform(folder: Path) -> Iterator[str]:
    began = time.perf_counter()
    with _started(["benchmarks.inbound.platform"], {}, folder, "", core=1) as server:
        _PLATFORM_SECONDS.append(time.perf_counter() - began)
        yield f"http://127.0.0.1:{server.port}"


@contextmanager
def _bot(database_url: str, env: dict[str, str], folder: Path, service_url: str) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"WEAVER_DATABASE_URL": database_url, "WEAVER_PORT": str(port), **env}
    with (folder / "log.txt").open("ab") as log:
        process = launch(["-m", "bot", "run"], settings, 0, log.fileno())
    try:
        _await_port(port)
        yield Server(process, port, service_url)
    finally:
        process.terminate()
        process.communicate()


def _await_port(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).close()
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError("the bot did not listen; see its log")


@contextmanager
def _started(module: list[str], env: dict[str, str], folder: Path, url: str, core: int = 0) -> Iterator[Server]:
    with (folder / "log.txt").open("ab") as log:
        process = launch(["-m", *module], env, core, log.fileno())
    try:
        port = int(first_line(process).split()[-1])
        _await_port(port)
        yield Server(process, port, url)
    finally:
        process.kill()
        process.communicate()


def launch(arguments: list[str], env: dict[str, str], core: int, stderr: int) -> "subprocess.Popen[bytes]":
    """Start Python with these arguments on that core, its input and output at our hands."""
    paths = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "PATH": os.environ["PATH"]}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**paths, **SLOW_DISK, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=ROOT,
    )
    os.sched_setaffinity(process.pid, {core % (os.cpu_count() or 1)})
    return process


def first_line(process: "subprocess.Popen[bytes]") -> str:
    """The next line that the process prints; it must print one."""
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    assert line, "the process ended before it was ready; see its log"
    return line
