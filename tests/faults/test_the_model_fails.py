"""F14 of limits.md: a model that is silent, limited, garbled or refusing holds nothing up, and its budget is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bench.model import ModelServer, Way, breaks_off, facts_in, hangs, honestly, model_server, refuses, said, says
from bench.shelf import Shelf, request
from bot.app import Bot, create
from bot.settings import read
from prompts.updates import Drafted, Silence, Silent

WORDS = "We moved the hush-clinic to Tuesdays."


@asynccontextmanager
async def bot(url: str, model: ModelServer, shelf: Shelf, **others: str) -> AsyncIterator[Bot]:
    """A running bot that asks this model for what is on the shelf."""
    env = model.settings(WEAVER_DATABASE_URL=url, WEAVER_PORT="0", **others)
    running = create(read(env), timed=False, desk=shelf.desk)
    await running.start()
    try:
        yield running
    finally:
        async with asyncio.timeout(10):
            await running.stop()


async def answers(running: Bot) -> int:
    """How the bot answers whoever asks whether it is ready, which writes a row."""
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{running.port}/readyz") as response:
        return response.status


async def test_a_silent_model_holds_nobody_up_and_a_stop_does_not_wait_for_it(sqlite_url: str) -> None:
    shelf = Shelf({1: request(WORDS)})
    async with model_server(hangs) as model, bot(sqlite_url, model, shelf) as running:
        sweep = asyncio.create_task(running.tick())
        await shelf.until(lambda: bool(model.asked))
        assert await answers(running) == 200
        assert shelf.came == {}, "the model is still silent"
    await sweep
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("ways", "why"),
    [
        ((hangs,), Silence.SLOW),
        ((refuses(429, Retry_After="0"),), Silence.LIMITED),
        ((refuses(429, Retry_After="3600"),), Silence.LIMITED),
        ((refuses(500, Retry_After="0"),), Silence.FAILED),
        ((breaks_off, refuses(401)), Silence.NOT_ALLOWED),
        ((says("garbage"),), Silence.GARBLED),
        ((says('{"sections": [{"section": "practice", "sentences": [{"te'),), Silence.GARBLED),
        ((says(None, refusal="no"),), Silence.REFUSED),
        ((says(""),), Silence.EMPTY),
    ],
)
async def test_the_draft_goes_on_without_it_and_says_why(sqlite_url: str, ways: tuple[Way, ...], why: Silence) -> None:
    shelf = Shelf({1: request(WORDS)})
    async with model_server(*ways) as model, bot(sqlite_url, model, shelf, WEAVER_MODEL_SECONDS="2") as running:
        await running.tick()
        assert await answers(running) == 200
    assert shelf.came == {1: Silent(why)}
    assert len(model.asked) <= 2


async def test_the_days_budget_is_kept_and_the_rest_is_drafted_without(sqlite_url: str) -> None:
    shelf = Shelf({number: request(WORDS) for number in range(1, 5)})
    budget, costly = {"WEAVER_MODEL_TOKENS_A_DAY": "8000"}, says(said(("practice", WORDS, [1])), tokens=3000)
    async with model_server(costly) as model, bot(sqlite_url, model, shelf, **budget) as running:
        await running.tick()
        today = await asyncio.wrap_future(running.units.run(lambda store: store.outbox.machine_time().date()))
        used = await asyncio.wrap_future(running.units.run(lambda store: store.model_use.used(today)))
    assert [isinstance(shelf.came[number], Drafted) for number in (1, 2)] == [True, True]
    assert shelf.came[3] == shelf.came[4] == Silent(Silence.BUDGET)
    assert (len(model.asked), used) == (2, 6000)


async def test_a_bot_that_drafts_logs_neither_words_nor_keys(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shelf = Shelf({1: request(WORDS)})
    async with model_server(refuses(500, Retry_After="0"), honestly) as model, bot(sqlite_url, model, shelf) as running:
        await running.tick()
    assert isinstance(shelf.came[1], Drafted)
    assert [fact["text"] for fact in facts_in(model.asked[-1])] == [WORDS]
    assert "a draft" in [record.getMessage() for record in caplog.records]
    assert [one for one in caplog.records if "hush" in one.getMessage() + str(one.__dict__)] == []
