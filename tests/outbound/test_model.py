"""The model is asked over a real socket: what it says well is read, and whatever else it does is told in a word."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from bench.model import (
    ModelServer,
    Way,
    breaks_off,
    completion,
    gives,
    hangs,
    honestly,
    model_server,
    never_ends,
    refuses,
    said,
    says,
    without,
)
from bench.purse import TODAY, Purse
from bot.llm import Model
from bot.settings import ModelSettings, read
from prompts.updates import Drafted, Fact, Outcome, Request, Sentence, Silence, Silent

WORDS = "Fourteen people came to hush-evening."
REQUEST = Request(
    "Sexual Health Network", "Care that people would choose", date(2027, 4, 1), TODAY,
    (Fact(1, "practice", WORDS, date(2027, 4, 12), "Ann Example"),),
)  # fmt: skip
GOOD = said(("practice", WORDS, [1]))


@asynccontextmanager
async def asking(*ways: Way, purse: Purse | None = None, seconds: int = 5) -> AsyncIterator[tuple[Model, ModelServer]]:
    """A model's client, and the server that it asks, which answers in these ways."""
    async with model_server(*ways) as server:
        settings = read(server.settings()).model
        assert settings is not None
        model = Model(replace(settings, seconds=seconds), purse or Purse(), first_wait=0.01)
        try:
            yield model, server
        finally:
            await model.close()


async def outcome_of(*ways: Way, purse: Purse | None = None, seconds: int = 5) -> tuple[Outcome, int]:
    """What a draft comes to where the server answers so, and how often it was asked."""
    async with asking(*ways, purse=purse, seconds=seconds) as (model, server):
        return await model.draft(REQUEST), len(server.asked)


async def test_it_answers_well_and_what_it_cost_is_counted() -> None:
    purse = Purse()
    async with asking(honestly, purse=purse) as (model, server):
        outcome = await model.draft(REQUEST)
    assert isinstance(outcome, Drafted)
    assert outcome.answer.sentences == (Sentence("practice", WORDS, (1,)),)
    assert (outcome.model, outcome.version, outcome.tokens) == ("a-model", "v1", 100)
    assert purse.left == 100_000 - 100
    assert server.keys == ["Bearer key-hush"]
    assert server.asked[0]["response_format"]["json_schema"]["strict"] is True
    assert WORDS not in server.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("ways", "why", "times"),
    [
        ((refuses(429), refuses(429), honestly), Silence.LIMITED, 2),
        ((refuses(429, Retry_After="600"), honestly), Silence.LIMITED, 1),
        ((refuses(500), refuses(503), honestly), Silence.FAILED, 2),
        ((breaks_off, breaks_off, honestly), Silence.AWAY, 2),
        ((refuses(401), honestly), Silence.NOT_ALLOWED, 1),
        ((refuses(404), honestly), Silence.NOT_TAKEN, 1),
        ((refuses(400), refuses(400), refuses(422), honestly), Silence.NOT_TAKEN, 3),
        ((says(None, refusal="I will not write about hush-evening."),), Silence.REFUSED, 1),
        ((says("half of it", finish="content_filter"),), Silence.REFUSED, 1),
        ((says(""),), Silence.EMPTY, 1),
        ((says(None),), Silence.EMPTY, 1),
        ((says("I cannot help with that."),), Silence.GARBLED, 1),
        ((says('{"wrong": "schema"}'),), Silence.GARBLED, 1),
        ((says("[" * 100_000),), Silence.GARBLED, 1),
        ((says("x" * 1_000_000),), Silence.GARBLED, 1),
        ((never_ends,), Silence.GARBLED, 1),
        ((gives(b"<html>a proxy's page</html>"),), Silence.GARBLED, 1),
        ((gives([]),), Silence.GARBLED, 1),
        ((gives({"choices": []}),), Silence.GARBLED, 1),
        ((gives({"choices": [{"message": "text"}]}),), Silence.GARBLED, 1),
    ],
)
async def test_whatever_it_does_wrong_has_a_word_and_is_tried_twice_at_the_most(
    ways: tuple[Way, ...], why: Silence, times: int
) -> None:
    assert await outcome_of(*ways) == (Silent(why), times)


@pytest.mark.parametrize(
    "first",
    [
        refuses(429, Retry_After="0"),
        refuses(429, Retry_After=format_datetime(datetime.now(UTC) - timedelta(hours=1))),
        refuses(502),
        breaks_off,
    ],
)
async def test_what_may_pass_is_tried_once_more(first: Way) -> None:
    outcome, times = await outcome_of(first, honestly)
    assert isinstance(outcome, Drafted)
    assert times == 2


async def test_a_model_that_is_silent_has_its_time_and_no_more() -> None:
    assert await outcome_of(hangs, honestly, seconds=1) == (Silent(Silence.SLOW), 1)


async def test_a_redirect_carries_nothing_to_an_address_that_nobody_has_chosen() -> None:
    async with model_server() as elsewhere:
        away = refuses(307, Location=f"{elsewhere.url}/v1/chat/completions")
        assert await outcome_of(away, honestly) == (Silent(Silence.NOT_TAKEN), 1)
    assert elsewhere.asked == []


async def test_nobody_listens() -> None:
    settings = ModelSettings("key", "a-model", "http://127.0.0.1:1/v1", seconds=5)
    model = Model(settings, Purse(), first_wait=0.01)
    assert await model.draft(REQUEST) == Silent(Silence.AWAY)
    await model.close()


@pytest.mark.parametrize(
    ("lacking", "shapes"),
    [
        (("json_schema",), ["json_schema", "json_object"]),
        (("json_schema", "json_object"), ["json_schema", "json_object", None]),
    ],
)
async def test_a_server_without_structured_output_is_asked_more_simply_and_that_is_remembered(
    lacking: tuple[str, ...], shapes: list[str | None]
) -> None:
    async with asking(without(*lacking)) as (model, server):
        assert isinstance(await model.draft(REQUEST), Drafted)
        assert isinstance(await model.draft(REQUEST), Drafted)
    assert [one.get("response_format", {}).get("type") for one in server.asked] == [*shapes, shapes[-1]]


@pytest.mark.parametrize(
    "content",
    [
        f"Here you are:\n```json\n{GOOD}\n```\nShall I go on?",
        f"<think>{said(('goals', 'A try.', [1]))}</think>{GOOD}",
        GOOD[:-2],
        [{"type": "text", "text": GOOD[:30]}, {"type": "text", "text": GOOD[30:]}],
    ],
)
async def test_what_is_sound_in_an_odd_answer_is_read(content: object) -> None:
    outcome, _ = await outcome_of(says(content))
    assert isinstance(outcome, Drafted)
    assert outcome.answer.sentences == (Sentence("practice", WORDS, (1,)),)


@pytest.mark.parametrize("told", [None, "many", -5, 10**30, True])
async def test_what_a_server_says_that_it_cost_is_not_believed_blindly(told: object) -> None:
    purse = Purse()
    outcome, _ = await outcome_of(gives(completion(GOOD, tokens=told)), purse=purse)
    assert isinstance(outcome, Drafted)
    assert 100_000 - 10 * purse.taken[0] <= purse.left < 100_000


async def test_without_tokens_it_is_not_asked() -> None:
    purse = Purse(left=1000)
    assert await outcome_of(honestly, purse=purse) == (Silent(Silence.BUDGET), 0)
    assert purse.left == 1000


async def test_what_was_refused_costs_nothing_and_what_may_have_been_done_costs_all() -> None:
    purse = Purse()
    await outcome_of(refuses(401), purse=purse)
    assert purse.left == 100_000
    await outcome_of(breaks_off, breaks_off, purse=purse)
    assert purse.left == 100_000 - sum(purse.taken[-2:])


async def test_no_word_and_no_key_is_logged_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for ways in ((honestly,), (refuses(500),), (refuses(400),), (breaks_off,), (says("hush in an answer"),)):
        await outcome_of(*ways)
    ours = [record for record in caplog.records if record.name == "weaver"]
    assert len(ours) >= 4
    shown = [record.getMessage() + str(record.__dict__) for record in caplog.records]
    assert [text for text in shown if "hush" in text] == []
