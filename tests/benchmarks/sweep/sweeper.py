"""Plans what is due and then claims it, as the bot's sweeps do, and prints how long that took and held the loop up."""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from benchmarks.sweep.programme import ASKED, NOW, WARM_UP, WORKSPACE

from bot.app import _calm_collector
from bot.claiming import LEASE_SECONDS, MOST_AT_ONCE
from handlers import find_routes
from handlers.kit.planning import plan
from storage.unit import Store, Units, open_units

BEAT = 0.001


async def sweep(url: str) -> None:
    """Say when warm; on a line of input sweep, and print the figures as JSON."""
    units, routes, tokens = open_units(url), find_routes(), count()
    await _run(units, lambda store: plan(store, NOW, routes, WARM_UP))
    await _run(units, lambda store: _claim(store, next(tokens)))
    _calm_collector()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    idle = await _timed(lambda: asyncio.sleep(0.5))
    planning = await _timed(lambda: _to_the_end(units, lambda store: plan(store, NOW, routes)))
    claiming = await _timed(lambda: _to_the_end(units, lambda store: _claim(store, next(tokens))))
    print(json.dumps({"idle": idle, "planning": planning, "claiming": claiming}), flush=True)
    units.close()


def _claim(store: Store, token: int) -> int:
    now = datetime.now(UTC)
    lease = (LEASE_SECONDS, str(token))
    return len(store.outbox.claim("slack", WORKSPACE, ASKED, now, MOST_AT_ONCE, *lease))


async def _to_the_end(units: Units, work: Callable[[Store], int]) -> int:
    done = 0
    while some := await _run(units, work):
        done += some
    return done


async def _run(units: Units, work: Callable[[Store], int]) -> int:
    return await asyncio.wrap_future(units.run(work))


async def _timed(work: Callable[[], Any]) -> dict[str, float]:
    """How many it did, in how many seconds, and for how many milliseconds the loop was held up the longest."""
    with _watched() as late:
        began = time.perf_counter()
        done = await work()
        took = time.perf_counter() - began
    return {"count": done or 0, "seconds": took, "block": max(late, default=0.0) * 1e3}


@contextmanager
def _watched() -> Iterator[list[float]]:
    late: list[float] = []

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            late.append(time.perf_counter() - before - BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield late
    finally:
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(sweep(sys.argv[1]))
