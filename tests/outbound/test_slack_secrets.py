"""Neither words nor tokens reach a log, at any level, of any logger (S8); Slack is imported only when it is used."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bench.slack_bot import Scripted, slack_bot
from bench.slack_service import APP_TOKEN, BOT_TOKEN, Fault
from bench.small_talk import FORM
from handlers.kit.content import plain
from handlers.kit.events import Command, Event, Submission
from handlers.kit.replies import Ask, Correct, Reply, Say

WORDS = "a very private sentence"


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """All that any logger says at DEBUG, with its arguments."""
    root, said = logging.getLogger(), io.StringIO()
    handler, before = logging.StreamHandler(said), root.level
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s %(fields)s", defaults={"fields": ""}))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(before)


def _answer(event: Event) -> Reply:
    if isinstance(event, Submission):
        return Correct(FORM.filled(event.values), {"moved": WORDS}, redraw=True)
    if isinstance(event, Command) and WORDS in event.text:
        return Say(plain(WORDS))
    return Ask(FORM, plain("A form"))


@pytest.mark.parametrize("socket_mode", [False, True])
async def test_no_word_and_no_token_is_logged(socket_mode: bool, everything_logged: io.StringIO) -> None:
    dispatch = Scripted(_answer)
    async with slack_bot(dispatch, socket_mode=socket_mode) as (driver, _):
        driver.patience = 0.1
        ann = driver.person("ann")
        await ann.says(WORDS)
        await ann.says_in_channel(WORDS)
        await ann.commands(WORDS)
        await ann.commands("check in")
        await ann.sends({"How does": "4", "What moved": WORDS})
        driver.service.faults["chat.postMessage"] = Fault(WORDS)
        await ann.says(WORDS)
        dispatch.away = True
        await ann.says(WORDS)
    said = everything_logged.getvalue()
    assert "Slack did not take an answer" in said
    for secret in (BOT_TOKEN, APP_TOKEN, "shh", "How does the network feel"):
        assert secret not in said
    assert WORDS not in said


async def test_a_bug_in_a_handler_is_an_error_without_words(everything_logged: io.StringIO) -> None:
    def broken(_event: Event) -> Reply:
        raise ValueError(WORDS)

    async with slack_bot(Scripted(broken)) as (driver, _):
        await driver.person("ann").says(WORDS)
        assert driver.statuses == [500]
    assert "a Slack request failed" in everything_logged.getvalue()
    assert WORDS not in everything_logged.getvalue()


def test_the_sdk_is_imported_only_when_the_platform_is_made() -> None:
    code = (
        "import json, sys, bot.platforms.slack\n"
        "print(json.dumps([name for name in sys.modules if name.split('.')[0] in ('slack_bolt', 'slack_sdk')]))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == []
