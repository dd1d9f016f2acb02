"""The ticker runs its sweeps for ever, one of a kind at a time, whatever happens to clock, database or sweep."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.ticker import Sweep, Ticker
from storage.errors import DatabaseAway

PATIENCE = 15
"""Seconds until a test gives up on something that has to happen; no test passes or fails by how fast it is."""
SOON = 0.01
NEVER = 3600.0


class Work:
    """A sweep's work that counts its turns and how many of them ran at once; `held` keeps a turn from its end."""

    def __init__(self, *failures: Exception) -> None:
        self.turns = 0
        self.ended = 0
        self.at_once = 0
        self.most_at_once = 0
        self.held = asyncio.Event()
        self.held.set()
        self._failures = list(failures)

    async def __call__(self) -> None:
        """One turn."""
        self.turns += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            await self.held.wait()
            if self._failures:
                raise self._failures.pop(0)
        finally:
            self.at_once -= 1
        self.ended += 1


async def until(come: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not come():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def running(*sweeps: Sweep, **how: object) -> AsyncIterator[Ticker]:
    ticker = Ticker(sweeps, **how)  # type: ignore[arg-type]  # each test names what it means
    ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


async def test_each_sweep_has_its_turns_again_and_again() -> None:
    one, other = Work(), Work()
    async with running(Sweep("one", one, SOON), Sweep("other", other, SOON)):
        await until(lambda: one.ended > 3 and other.ended > 3)


async def test_a_turn_that_is_late_is_never_dropped() -> None:
    """APScheduler's own default drops whatever is a second late (platforms.md §4): then nothing would ever be sent."""
    work = Work()
    async with running(Sweep("one", work, SOON)):
        await until(lambda: work.ended > 0)
        time.sleep(1.2)  # The whole loop is busy, as a machine may be.
        before = work.ended
        await until(lambda: work.ended > before)


async def test_a_slow_sweep_never_overlaps_itself_and_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    """peers.md §6 E: there a tick that outlasts its timer doubled 45 of 63 prompts."""
    slow, other = Work(), Work()
    slow.held.clear()
    async with running(Sweep("slow", slow, SOON), Sweep("other", other, SOON)):
        await until(lambda: other.ended > 10)
        assert slow.turns == 1
        slow.held.set()
        await until(lambda: slow.ended > 1)
    assert slow.most_at_once == 1
    assert caplog.text == ""


async def test_two_first_ticks_at_once_both_end_and_never_overlap() -> None:
    """peers.md §6 D: there two at once hang for ever."""
    work = Work()
    ticker = Ticker([Sweep("one", work, NEVER)])
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(ticker.tick(), ticker.tick(), ticker.tick())
    assert (work.ended, work.most_at_once) == (3, 1)


async def test_a_tick_waits_for_a_timed_turn_and_then_has_its_own() -> None:
    work = Work()
    work.held.clear()
    async with running(Sweep("one", work, SOON)) as ticker:
        await until(lambda: work.turns == 1)
        tick = asyncio.create_task(ticker.tick())
        await asyncio.sleep(5 * SOON)
        assert (work.turns, tick.done()) == (1, False)
        work.held.set()
        await tick
    assert work.ended >= 2
    assert work.most_at_once == 1


async def test_a_tick_runs_what_ticks_once_in_its_order() -> None:
    order: list[str] = []

    def noted(name: str) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            await asyncio.sleep(0)
            order.append(name)

        return work

    hourly = Sweep("forget", noted("forget"), NEVER, ticks=False)
    await Ticker([*(Sweep(name, noted(name), NEVER) for name in ("plan", "deliver", "settle")), hourly]).tick()
    assert order == ["plan", "deliver", "settle"]


async def test_a_sweep_that_fails_goes_on_at_its_next_turn(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(LookupError("words"), LookupError("words"))
    async with running(Sweep("one", work, SOON)):
        await until(lambda: work.ended > 0)
    assert [record.getMessage() for record in caplog.records] == ["a sweep failed"] * 2
    assert "words" not in caplog.text


async def test_a_database_that_is_away_is_logged_once_each_time(caplog: pytest.LogCaptureFixture) -> None:
    away = DatabaseAway("the server does not answer")
    one, other = Work(*[away] * 5), Work(*[away] * 5)
    with caplog.at_level(logging.ERROR):
        async with running(Sweep("one", one, SOON), Sweep("other", other, SOON)):
            await until(lambda: one.turns > 4 and other.turns > 4)
            assert [record.getMessage() for record in caplog.records] == ["database away"]
            await until(lambda: one.ended > 0 and other.ended > 0)


async def test_nothing_is_swept_before_the_database_is_prepared() -> None:
    work, prepared = Work(), asyncio.Event()
    async with running(Sweep("one", work, SOON), ready=prepared.is_set) as ticker:
        await asyncio.sleep(5 * SOON)
        await ticker.tick()
        assert work.turns == 0
        prepared.set()
        await until(lambda: work.ended > 0)


async def test_a_stop_waits_for_what_is_under_way_and_starts_nothing_more() -> None:
    work = Work()
    work.held.clear()
    ticker = Ticker([Sweep("one", work, SOON)])
    ticker.start()
    await until(lambda: work.turns == 1)
    stop = asyncio.create_task(ticker.stop())
    await asyncio.sleep(5 * SOON)
    assert not stop.done()
    work.held.set()
    await stop
    assert (work.turns, work.ended) == (1, 1)
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


@pytest.mark.parametrize("step", [3600.0, -3600.0])
async def test_a_clock_that_is_set_back_or_forth_stops_nothing(step: float) -> None:
    """F10: APScheduler goes by the wall clock, and would wait out the hour that it was put back."""
    work, moved = Work(), [0.0]
    sweep = Sweep("one", work, NEVER)
    async with running(sweep, wall=lambda: time.time() + moved[0], watch_seconds=SOON):
        await asyncio.sleep(5 * SOON)
        assert work.turns == 0
        moved[0] = step
        await until(lambda: work.ended > 0)
