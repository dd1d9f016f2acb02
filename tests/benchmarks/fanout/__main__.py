"""Measures durable prompts a second beside bare posts, under a cap, and in memory: `python -m benchmarks.fanout`."""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.fanout import prompts, running
from benchmarks.fanout.running import Figures, Platforms, PostgresCpu

from bench.postgres import PostgresServer

WARM_UP = 200
NO_CAP = 1e6
CAP, LOT, RATE = 50, 0.05, 49.5
"""The simulated cap and the bot's rate in messages a second, and the share that is refused all the same.

The rate is one in a hundred below the cap: at the very cap, what comes a millisecond early is refused.
"""
PENDING = (1_000, 10_000, 100_000)
MEASURED_AFTER = 800
"""Messages that were sent when the memory is read."""
Databases = Iterator[tuple[str, PostgresCpu | None]]


def main() -> None:
    """Run what was asked for, round by round, the bot and the limit in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fanout", description=__doc__)
    parser.add_argument("what", nargs="*", default=["sqlite", "postgresql", "capped", "memory"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=10_000, help="of sqlite and postgresql")
    parser.add_argument("--capped", type=int, default=1_500, help="messages under the cap")
    parser.add_argument("--pending", type=int, nargs="+", default=PENDING, help="steps of memory")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as name:
        folder = Path(name)
        with running.platforms(folder) as to:
            for what in asked.what:
                if what in ("sqlite", "postgresql"):
                    with _databases(what, folder, to, asked.messages + WARM_UP) as databases:
                        for processes in (1,) if what == "sqlite" else (1, 2, 4):
                            _compare(what, databases, folder, to, processes, asked.rounds, asked.messages)
                elif what == "capped":
                    _capped(folder, to, asked.capped)
                elif what == "memory":
                    _memory(folder, to, asked.pending)


@contextmanager
def _databases(kind: str, folder: Path, to: Platforms, people: int) -> Iterator[Databases]:
    """An endless row of fresh databases, each filled with so many people."""

    def fill(url: str) -> None:
        prompts.fill(url, people, to.url)

    if kind == "sqlite":
        yield ((url, None) for url in _sqlite_copies(folder, fill))
        return
    server = PostgresServer(folder / "postgres", durable=True)
    try:
        cpu = PostgresCpu(folder / "postgres")
        yield ((server.fresh(fill).sqlalchemy, cpu) for _ in iter(int, 1))
    finally:
        server.close()


def _sqlite_copies(folder: Path, fill: Callable[[str], None]) -> Generator[str]:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        first = Path(name) / "filled.db"
        fill(f"sqlite:///{first}")
        number = 0
        while True:
            number += 1
            copy = Path(name) / f"round-{number}.db"
            shutil.copy(first, copy)
            yield f"sqlite:///{copy}"


def _compare(
    kind: str, databases: Databases, folder: Path, to: Platforms, processes: int, rounds: int, messages: int
) -> None:
    print(f"\n{kind}, {processes} process(es), {messages} messages: min/median/max of {rounds} rounds", flush=True)
    bodies = folder / f"bodies-{kind}-{processes}.json"
    ours: list[Figures] = []
    bare: list[Figures] = []
    for _ in range(rounds):
        ours.append(_durable(databases, folder, to, processes, messages, bodies))
        bare.append(_bare(folder, to, bodies, messages))
    _print("durable", ours)
    _print("bare aiohttp, one process", bare)
    ratios = sorted(one.rate / other.rate for one, other in zip(ours, bare, strict=True))
    cpu = statistics.median(one.cpu / other.cpu for one, other in zip(ours, bare, strict=True))
    print(
        f"  {'ratio, pair by pair':<28} {_spread(ratios, 2):>16}  CPU {cpu:.1f} times; none lost, none doubled",
        flush=True,
    )


def _durable(databases: Databases, folder: Path, to: Platforms, processes: int, messages: int, bodies: Path) -> Figures:
    """Everything claimed, sent and marked once; the first time what is posted is written down."""
    url, database = next(databases)
    with running.senders(url, to.url, folder, NO_CAP, processes) as sending:
        prompts.add_due(url, 1, WARM_UP, prompts.PLATFORMS, days_ago=1)
        to.begin()
        running.measure(sending, to, WARM_UP)
        prompts.add_due(url, WARM_UP + 1, messages, prompts.PLATFORMS)
        to.begin(keeps=not bodies.exists())
        figures = running.measure(sending, to, messages, database)
    if not bodies.exists():
        to.told(bodies)
    return _each_once(figures, messages)


def _bare(folder: Path, to: Platforms, bodies: Path, messages: int) -> Figures:
    with running.bare(to.url, bodies, folder) as sending:
        to.begin()
        running.measure(sending, to, messages)
        to.begin()
        return _each_once(running.measure(sending, to, messages), messages)


def _each_once(figures: Figures, messages: int) -> Figures:
    told = figures.told
    if told.told != messages or told.doubled:
        raise SystemExit(f"{messages - told.told} lost and {told.doubled} doubled of {messages}: that is a bug")
    return figures


def _capped(folder: Path, to: Platforms, messages: int) -> None:
    print(f"\none workspace that takes {CAP} requests a second, 50 ms each; {messages} messages", flush=True)
    fill = partial(prompts.fill, count=messages, platform_url=to.url)
    for name, lot in (("the cap alone", 0.0), (f"and 429 to {LOT:.0%} of them", LOT)):
        url = next(copies := _sqlite_copies(folder, fill))
        with running.senders(url, to.url, folder, RATE) as sending:
            prompts.add_due(url, 1, messages, ("slack",))
            to.begin(cap=CAP, lot=lot, delay=0.05)
            told = _each_once(running.measure(sending, to, messages), messages).told
        copies.close()
        # What is asked to wait may not send: that time is the platform's.
        share = (told.told + told.by_lot) / (CAP * (told.seconds - told.throttled) + 1)
        print(f"  {name:<28} {share:.3f} of what it allows; in {told.seconds:.1f} s, {told.throttled:.1f} s of them")
        print(f"  {'':<28} held; 429: {told.over} over the cap, {told.by_lot} by lot; {told.early} sent while held")


def _memory(folder: Path, to: Platforms, steps: tuple[int, ...]) -> None:
    print(f"\nmemory: resident MB of the sender after {MEASURED_AFTER} messages, with so many pending", flush=True)
    copies = _sqlite_copies(folder, partial(prompts.fill, count=max(steps), platform_url=to.url))
    for pending in steps:
        url = next(copies)
        with running.senders(url, to.url, folder, NO_CAP) as sending:
            prompts.add_due(url, 1, pending, prompts.PLATFORMS)
            at_rest = sending[0].resident_mb()
            to.begin()
            running.begin(sending)
            running.await_told(to, min(MEASURED_AFTER, pending))
            print(f"  {pending:>8} pending: {at_rest:.1f} at rest, {sending[0].resident_mb():.1f} MB", flush=True)


def _print(name: str, figures: list[Figures]) -> None:
    rates = [one.rate for one in figures]
    cpu, database = (statistics.median(getattr(one, which) for one in figures) for which in ("cpu", "database_cpu"))
    served = f", database {database:.2f}" if database else ""
    lines = max(one.told.connections for one in figures)
    spread = f"{_spread(rates, 0):>16}/s"
    print(f"  {name:<28} {spread}  CPU ms a message {cpu:.2f}{served}; {lines} connections", flush=True)


def _spread(values: list[float], digits: int) -> str:
    return "/".join(f"{one:.{digits}f}" for one in (min(values), statistics.median(values), max(values)))


if __name__ == "__main__":
    main()
