"""Measures whole check-ins a second beside the limit, in one run, and prints the ratios: `make bench BENCH=inbound`."""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.inbound import load, programme, running
from benchmarks.inbound.load import Figures

from bench.postgres import PostgresServer

CONNECTIONS = (1, 16, 64)
SQLITE_LIMIT, POSTGRES_LIMIT = "bolt + aiosqlite FULL", "bolt + asyncpg"


def main() -> None:
    """Run what was asked for, round by round, the bot and the limit in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inbound", description=__doc__)
    parser.add_argument("what", nargs="*", default=["sqlite", "postgresql", "slow", "teams", "start", "memory"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=3000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as name:
        folder = Path(name)
        for what in asked.what:
            if what in ("sqlite", "postgresql"):
                with _databases(what, folder) as urls:
                    _compare(what, urls, folder, asked.rounds, asked.requests)
            elif what == "slow":
                running.slow_down(folder)
                _compare("sqlite", programme.sqlite_copies(folder), folder, asked.rounds, asked.requests, (64,))
                running.SLOW_DISK.clear()
            elif what == "teams":
                _teams(folder, asked.rounds, asked.requests)
            elif what == "start":
                running.compare_starts(folder, asked.rounds)
            elif what == "memory":
                _memory(folder)


@contextmanager
def _databases(kind: str, folder: Path) -> Iterator[Iterator[str]]:
    """An endless row of fresh databases, each filled with the programme."""
    if kind == "sqlite":
        yield programme.sqlite_copies(folder)
        return
    server = PostgresServer(folder / "postgres", durable=True)
    try:
        yield (server.fresh(programme.fill).sqlalchemy for _ in iter(int, 1))
    finally:
        server.close()


def _compare(
    kind: str,
    urls: Iterator[str],
    folder: Path,
    rounds: int,
    requests: int,
    each: tuple[int, ...] = CONNECTIONS,
) -> None:
    limit = SQLITE_LIMIT if kind == "sqlite" else POSTGRES_LIMIT
    disk = ", every flush 3 ms slower" if running.SLOW_DISK else ""
    print(
        f"\n{kind}{disk}: check-ins a second, min/median/max of {rounds} rounds; p50 and p99 in ms; CPU ms a check-in"
    )
    for connections in each:
        count = requests if connections > 1 else requests // 3
        ours: list[Figures] = []
        bare: list[Figures] = []
        for _ in range(rounds):
            with running.weaver_on_slack(next(urls), folder) as server:
                ours.append(load.check_ins(server, connections, count))
            with running.bare_bolt(next(urls), kind, folder) as server:
                bare.append(load.check_ins(server, connections, count))
        _print(f"weaver c{connections}", ours)
        _print(f"{limit} c{connections}", bare)
        _ratios(ours, bare)


def _teams(folder: Path, rounds: int, requests: int) -> None:
    print(f"\nteams: turns with their reply a second, min/median/max of {rounds} rounds")
    urls = programme.sqlite_copies(folder)
    for connections in CONNECTIONS[1:]:
        ours: list[Figures] = []
        bare: list[Figures] = []
        for _ in range(rounds):
            with running.weaver_on_teams(next(urls), folder) as server:
                ours.append(load.turns(server, connections, requests // 2))
            with running.bare_aiohttp(folder) as server:
                bare.append(load.turns(server, connections, requests))
        _print(f"weaver c{connections}", ours)
        _print(f"bare aiohttp + reply c{connections}", bare)
        _ratios(ours, bare)


def _memory(folder: Path) -> None:
    print("\nmemory: resident MB of the bot after so many events")
    with running.weaver_on_slack(next(programme.sqlite_copies(folder)), folder) as server:
        for step in range(6):
            print(f"  {step * 20_000:>7} events: {server.resident_mb():.1f} MB", flush=True)
            load.redelivered(server, 64, 20_000)


def _print(name: str, figures: list[Figures]) -> None:
    rates = [one.rate for one in figures]
    p50, p99 = (statistics.median(getattr(one, which) for one in figures) for which in ("p50", "p99"))
    cpu = statistics.median(one.cpu for one in figures)
    spread = "/".join(f"{rate:.0f}" for rate in (min(rates), statistics.median(rates), max(rates)))
    print(f"  {name:<28} {spread:>16}  p50 {p50:6.1f}  p99 {p99:6.1f}  CPU {cpu:.2f}", flush=True)


def _ratios(ours: list[Figures], bare: list[Figures]) -> None:
    rates = sorted(one.rate / other.rate for one, other in zip(ours, bare, strict=True))
    tails = sorted(one.p99 / other.p99 for one, other in zip(ours, bare, strict=True))
    rate, tail = ("/".join(f"{each[at]:.2f}" for at in (0, len(each) // 2, -1)) for each in (rates, tails))
    print(f"  {'ratio, pair by pair':<28} {rate:>16}  p99 {tail}", flush=True)


if __name__ == "__main__":
    main()
