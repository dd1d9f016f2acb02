"""Measures how long the facts of a network's quarter and of all networks' quarter take beside the bare SQL."""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.digest.bare import Bare
from benchmarks.digest.programme import FIRST_ON, LAST_ON, NOW, OF_A_NETWORK, WEEKS, each, fill

from bench.postgres import PostgresServer
from bot.app import _calm_collector
from handlers import find_routes
from handlers.kit.facts import Asked
from handlers.kit.figures import closed_months, figures_for
from storage.records import Audience, Network, Programme
from storage.unit import Store, Units, open_units

# SQLite works in this process: its CPU time is what it costs, however busy the machine is.
CLOCKS: dict[str, Callable[[], float]] = {"sqlite": time.process_time, "postgresql": time.perf_counter}
PROGRAMME = Programme("Programme", "Europe/London")
MONTHS = closed_months(FIRST_ON, LAST_ON, NOW.date())


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digest", description=__doc__)
    parser.add_argument("what", nargs="*", default=["sqlite", "postgresql", "growth"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--checkins", type=int, default=1_000_000)
    asked = parser.parse_args()
    count = max(1, round(asked.checkins / OF_A_NETWORK))
    with tempfile.TemporaryDirectory(prefix="weaver-bench-") as name:
        for what in asked.what:
            if what in ("sqlite", "postgresql"):
                _compare(what, Path(name), count, WEEKS, asked.rounds)
            elif what == "growth":
                for kind in ("sqlite", "postgresql"):
                    for networks, weeks in ((5, WEEKS), (50, WEEKS // 12), (50, WEEKS)):
                        _compare(kind, Path(name), networks, weeks, asked.rounds)


def _compare(kind: str, folder: Path, count: int, weeks: int, rounds: int) -> None:
    checkins = count * each(weeks)
    print(
        f"\n{kind}: {checkins:,} check-ins of {count} networks in {weeks} weeks; ms, min/median/max of {rounds}",
        flush=True,
    )
    with _database(kind, folder, lambda url: fill(url, count, weeks)) as url, closing(open_units(url)) as units:
        bare, clock, one = Bare(url), CLOCKS[kind], count // 2 + 1
        networks = units.run(lambda store: store.networks.all()).result()
        narrow = _asked([network for network in networks if network.id == one], Audience.NETWORK)
        wide = _asked(networks, Audience.FACULTY)
        _calm_collector()
        few, many = Timing(clock, rounds, 10), Timing(clock, rounds)
        few.pair("network’s quarter", lambda: _facts(units, narrow), lambda: bare.network(one))
        few.pair("  read, not told", lambda: _read(units, narrow), lambda: bare.network(one))
        many.pair("faculty’s quarter", lambda: _facts(units, wide) + _figures(units, networks), bare.faculty)
        many.pair("  read, not told", lambda: _read(units, wide) + _figures(units, networks), bare.faculty)
        many.alone("  its facts", lambda: _facts(units, wide))
        many.alone("  its figures", lambda: _figures(units, networks))
        bare.close()


def _asked(networks: Sequence[Network], audience: Audience) -> Asked:
    return Asked(tuple(networks), FIRST_ON, LAST_ON, audience, PROGRAMME)


@contextmanager
def _database(kind: str, folder: Path, prepare: Callable[[str], None]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        if kind == "sqlite":
            url = f"sqlite:///{Path(name) / 'weaver.db'}"
            prepare(url)
            yield url
            return
        server = PostgresServer(Path(name) / "postgres", durable=True)
        try:
            url = server.fresh().sqlalchemy
            prepare(url)
            yield url
        finally:
            server.close()


def _facts(units: Units, asked: Asked) -> int:
    return units.run(lambda store: len(find_routes().facts(asked, store))).result()


def _read(units: Units, asked: Asked) -> int:
    """The rows that facts are made of, and nothing made of them."""

    def read(store: Store) -> int:
        period = (asked.network_ids, asked.since, asked.until)
        said = store.checkin_facts.shared(*period, asked.tier)
        store.templates.by_ids({one.template_id for one in said})
        moved, standing = store.goal_facts.moved(*period, asked.tier), store.goal_facts.standing(*period, asked.tier)
        return len(said) + len(moved) + len(standing) + len(store.goal_facts.reviewed(*period))

    return units.run(read).result()


def _figures(units: Units, networks: Sequence[Network]) -> int:
    return units.run(lambda store: len(figures_for(networks, MONTHS, store, NOW))).result()


@dataclass(frozen=True)
class Timing:
    """How something is timed: by which clock, in how many rounds, and how often in each."""

    clock: Callable[[], float]
    rounds: int
    times: int = 1

    def pair(self, what: str, ours: Callable[[], int], bare: Callable[[], int]) -> None:
        """Both by turns, after once to warm up; the ratio is taken inside a round."""
        made, read = ours(), bare()
        pairs = [(self._of(ours), self._of(bare)) for _ in range(self.rounds)]
        took, limit = (_spread([one[place] for one in pairs]) for place in (0, 1))
        ratios = _spread([one / other for one, other in pairs], 2)
        print(f"  {what:<17} {took}, {made:,} of them; bare {limit}, {read:,} rows; {ratios} times that", flush=True)

    def alone(self, what: str, work: Callable[[], int]) -> None:
        """By itself."""
        print(f"  {what:<17} {_spread([self._of(work) for _ in range(self.rounds)])}", flush=True)

    def _of(self, work: Callable[[], int]) -> float:
        gc.collect()
        began = self.clock()
        for _ in range(self.times):
            work()
        return (self.clock() - began) / self.times * 1e3


def _spread(values: list[float], digits: int = 1) -> str:
    return "/".join(f"{one:.{digits}f}" for one in (min(values), statistics.median(values), max(values)))


if __name__ == "__main__":
    main()
