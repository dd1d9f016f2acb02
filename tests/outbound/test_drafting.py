"""Drafting works off what is wanted, in parts where it is long, and holds no transaction while a model writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench.clock import MovedClock
from bench.shelf import Shelf, request
from bench.straight import fresh_sqlite
from bot.drafting import MARGIN, Drafting, Writer
from bot.steady import MachineTime
from handlers import find_routes
from prompts.updates import MOST_CHARACTERS, Answer, Drafted, Outcome, Request, Sentence, Silence, Silent
from storage.unit import Units, open_units


class Pen:
    """A model that writes each fact down, once it is let; `units` shows that the database is free meanwhile."""

    def __init__(self, units: Units, silences: Iterable[Silence] = ()) -> None:
        self._units = units
        self._silences = list(silences)
        self.asked: list[Request] = []
        self.let = asyncio.Event()
        self.let.set()
        self.is_closed = False

    async def draft(self, request: Request) -> Outcome:
        self.asked.append(request)
        await self.let.wait()
        await asyncio.wrap_future(self._units.run(lambda store: store.probe(MovedClock().now())))
        if len(self.asked) > 1 and self._silences:
            return Silent(self._silences.pop())
        said = tuple(Sentence(fact.section, fact.text[:40], (fact.number,)) for fact in request.facts)
        return Drafted(Answer(said), "a-model", "v1", 10)

    async def close(self) -> None:
        self.is_closed = True


@asynccontextmanager
async def drafting(
    tmp_path: Path, shelf: Shelf, silences: Iterable[Silence] = (), *, seconds: float = 5, has_model: bool = True
) -> AsyncIterator[tuple[Drafting, Pen]]:
    """Drafting in front of the shelf, and the model that it asks."""
    units = open_units(fresh_sqlite(tmp_path))
    pen = Pen(units, silences)
    writer = Writer(pen if has_model else None, seconds, MachineTime(alone=True))
    try:
        yield Drafting(units, MovedClock(), find_routes(), shelf.desk, writer), pen
    finally:
        await asyncio.to_thread(units.close)


async def test_all_that_is_wanted_is_written_one_after_the_other(tmp_path: Path) -> None:
    shelf = Shelf({1: request("We moved."), 2: request("We met.", "We ate."), 3: None})
    async with drafting(tmp_path, shelf) as (drafts, pen):
        await drafts.draft()
    assert [len(one.facts) for one in pen.asked] == [1, 2]
    assert list(shelf.came) == [1, 2], "the third is gone: there is nothing to write"
    assert shelf.came[1] == Drafted(Answer((Sentence("practice", "We moved.", (1,)),)), "a-model", "v1", 10)
    assert min(shelf.leases).total_seconds() == 5 + MARGIN.total_seconds()


async def test_without_a_model_each_is_answered_at_once(tmp_path: Path) -> None:
    shelf = Shelf({1: request("We moved.")})
    async with drafting(tmp_path, shelf, has_model=False) as (drafts, _):
        await drafts.draft()
    assert shelf.came == {1: Silent(Silence.OFF)}


async def test_where_there_is_nothing_to_tell_nobody_is_asked(tmp_path: Path) -> None:
    shelf = Shelf({1: request()})
    async with drafting(tmp_path, shelf) as (drafts, pen):
        await drafts.draft()
    assert (shelf.came, pen.asked) == ({1: Silent(Silence.NOTHING_TO_SAY)}, [])


LONG = request(*(f"{letter * 3} {'word ' * 580}" for letter in "abcdefghijklmnopqrst"))


async def test_what_is_long_is_written_in_parts_and_put_together(tmp_path: Path) -> None:
    shelf = Shelf({1: LONG})
    async with drafting(tmp_path, shelf) as (drafts, pen):
        await drafts.draft()
    assert len(pen.asked) == 3
    assert max(sum(len(fact.text) for fact in part.facts) for part in pen.asked) <= MOST_CHARACTERS
    assert {fact for part in pen.asked for fact in part.facts} == set(LONG.facts)
    came = shelf.came[1]
    assert isinstance(came, Drafted)
    assert (len(came.answer.sentences), came.tokens) == (8, 30)


async def test_one_part_without_an_answer_and_there_is_no_half_update(tmp_path: Path) -> None:
    shelf = Shelf({1: LONG})
    async with drafting(tmp_path, shelf, [Silence.LIMITED]) as (drafts, _):
        await drafts.draft()
    assert shelf.came == {1: Silent(Silence.LIMITED)}


async def test_all_parts_together_have_no_more_than_the_time(tmp_path: Path) -> None:
    shelf = Shelf({1: request("We moved.")})
    async with drafting(tmp_path, shelf, seconds=0.05) as (drafts, pen):
        pen.let.clear()
        await drafts.draft()
    assert shelf.came == {1: Silent(Silence.SLOW)}


async def test_a_stop_waits_for_no_model_and_leaves_the_draft_to_others(tmp_path: Path) -> None:
    shelf = Shelf({1: request("We moved."), 2: request("We met.")})
    async with drafting(tmp_path, shelf, seconds=600) as (drafts, pen):
        pen.let.clear()
        sweep = asyncio.create_task(drafts.draft())
        await shelf.until(lambda: bool(pen.asked))
        await drafts.stop()
        done, _ = await asyncio.wait([sweep], timeout=5)
    assert done, "it waits for the model"
    assert (shelf.came, len(pen.asked), pen.is_closed) == ({}, 1, True)


async def test_a_cancelled_sweep_is_cancelled(tmp_path: Path) -> None:
    shelf = Shelf({1: request("We moved.")})
    async with drafting(tmp_path, shelf) as (drafts, pen):
        pen.let.clear()
        sweep = asyncio.create_task(drafts.draft())
        await shelf.until(lambda: bool(pen.asked))
        sweep.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sweep
    assert shelf.came == {}
