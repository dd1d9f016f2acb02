"""The model's client beside an independent server of the same interface: what it asks is taken, what comes is read."""

from __future__ import annotations

from datetime import date

import pytest

from bench.aimock import aimock
from bench.model import said
from bench.purse import Purse
from bot.llm import Model
from bot.settings import ModelSettings
from prompts.updates import Drafted, Fact, Outcome, Request, Sentence, Silence, Silent

WORDS = "Fourteen people came to the evening clinic."
GOOD = {WORDS: said(("practice", WORDS, [1]))}
REQUEST = Request(
    "Sexual Health Network", "Care that people would choose", date(2027, 4, 1), date(2027, 6, 30),
    (Fact(1, "practice", WORDS, date(2027, 4, 12), "Ann Example"),),
)  # fmt: skip


async def outcome_of(answers: dict[str, str], *options: str) -> Outcome:
    """What a draft comes to where aimock answers so."""
    async with aimock(answers, *options) as address:
        model = Model(ModelSettings("key", "a-model", f"{address}/v1", seconds=20), Purse(), first_wait=0.01)
        try:
            return await model.draft(REQUEST)
        finally:
            await model.close()


async def test_it_is_asked_in_a_way_that_others_understand() -> None:
    outcome = await outcome_of(GOOD)
    assert isinstance(outcome, Drafted)
    assert outcome.answer.sentences == (Sentence("practice", WORDS, (1,)),)
    assert outcome.tokens > 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--chaos-drop", "1"), Silence.FAILED),
        (("--chaos-malformed", "1"), Silence.GARBLED),
        (("--chaos-disconnect", "1"), Silence.AWAY),
        (("--chaos-ratelimit", "1"), Silence.LIMITED),
    ],
)
async def test_what_it_gets_wrong_is_told_in_a_word(options: tuple[str, ...], why: Silence) -> None:
    assert await outcome_of(GOOD, *options) == Silent(why)
