"""Measures how long due schedules take to become deliveries, and how long the loop waits meanwhile."""

import argparse
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.inbound.running import first_line, launch
from benchmarks.sweep.programme import fill

from bench.postgres import PostgresServer

EXIST = (1_000, 10_000, 100_000)
"""Schedules, where the growth is measured with a thousand due at each step."""
DUE_OF_EXIST = 1_000
Figures = dict[str, Any]


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("what", nargs="*", default=["sqlite", "postgresql", "growth"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--schedules", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as name:
        folder = Path(name)
        for what in asked.what:
            if what in ("sqlite", "postgresql"):
                _compare(what, folder, asked.schedules, asked.due, asked.rounds)
            elif what == "growth":
                for kind in ("sqlite", "postgresql"):
                    for exist in EXIST:
                        _compare(kind, folder, exist, DUE_OF_EXIST, asked.rounds)


def _compare(kind: str, folder: Path, exist: int, due: int, rounds: int) -> None:
    print(f"\n{kind}: {due} due of {exist} schedules; min/median/max of {rounds} rounds", flush=True)
    ours: list[Figures] = []
    bare: list[Figures] = []
    with _databases(kind, folder, lambda url: fill(url, exist, due)) as urls:
        for _ in range(rounds):
            ours.append(_swept("benchmarks.sweep.sweeper", next(urls), folder))
            assert ours[-1]["planning"]["count"] == ours[-1]["claiming"]["count"] == due, ours[-1]
            if kind == "sqlite":
                bare.append(_swept("benchmarks.sweep.bare", next(urls).removeprefix("sqlite:///"), folder))
                assert bare[-1]["count"] == due, bare[-1]
    for part in ("planning", "claiming"):
        seconds, block = ([one[part][of] for one in ours] for of in ("seconds", "block"))
        print(f"  {part:<10} {_spread(seconds, 3)} s; the loop held up at the longest {_spread(block, 1)} ms")
    print(f"  {'idle':<10} the loop held up at the longest {_spread([one['idle']['block'] for one in ours], 1)} ms")
    if bare:
        ratios = [one["planning"]["seconds"] / other["seconds"] for one, other in zip(ours, bare, strict=True)]
        took = _spread([one["seconds"] for one in bare], 3)
        print(f"  {'bare':<10} {took} s; planning takes {_spread(ratios, 1)} times that", flush=True)


@contextmanager
def _databases(kind: str, folder: Path, prepare: Callable[[str], None]) -> Iterator[Iterator[str]]:
    """An endless row of fresh databases."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        if kind == "sqlite":
            first = Path(name) / "filled.db"
            prepare(f"sqlite:///{first}")
            yield (f"sqlite:///{shutil.copy(first, Path(name) / f'round-{number}.db')}" for number in count())
            return
        server = PostgresServer(Path(name) / "postgres", durable=True)
        try:
            yield (server.fresh(prepare).sqlalchemy for _ in iter(int, 1))
        finally:
            server.close()


def _swept(module: str, database: str, folder: Path) -> Figures:
    with (folder / "log.txt").open("ab") as log:
        process = launch(["-m", module, database], {}, 0, log.fileno())
    try:
        first_line(process)
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
        figures: Figures = json.loads(first_line(process))
        return figures
    finally:
        process.kill()
        process.communicate()


def _spread(values: list[float], digits: int) -> str:
    return "/".join(f"{one:.{digits}f}" for one in (min(values), statistics.median(values), max(values)))


if __name__ == "__main__":
    main()
