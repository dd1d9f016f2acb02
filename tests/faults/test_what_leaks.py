"""What must not get out: words, tokens and secrets in logs; names and tenants in health and metrics."""

from __future__ import annotations

import copy
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bench.house import PACKAGES, ROOT
from bench.slack import SlackDriver
from bench.slack_service import BOT_TOKEN
from bench.slack_wire import signed
from bench.straight import Straight, fresh_sqlite
from bench.teams import TeamsDriver
from bench.teams_service import APP_PASSWORD, TENANT
from bench.web import WebDriver
from bench.world import NETWORKS, PEOPLE, World
from bot import logs
from bot.dispatch import Dispatcher
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.feature import Feature, Routes
from handlers.kit.replies import Reply

WORDS = ("Wordstypedbyann", "Wordstypedbyben", "Wordsofabug")
SECRETS = (BOT_TOKEN, "shh", APP_PASSWORD)
NAMES = (*(name for name, _ in PEOPLE.values()), *(network.name for network in NETWORKS), TENANT, "T01", "UANN")


class Everything(logging.Handler):
    """Keeps the message and the fields of every record of every logger, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.records.append(record)

    def of(self, name: str) -> str:
        """All that one logger said, with its fields."""
        said = (one for one in self.records if one.name == name)
        return "\n".join(f"{one.getMessage()} {one.__dict__.get('fields')} {one.exc_info}" for one in said)


@contextmanager
def at_debug() -> Iterator[Everything]:
    """Every logger at DEBUG, into a handler that keeps everything."""
    kept, root = Everything(), logging.getLogger()
    weaver = logging.getLogger("weaver")
    before = (root.level, weaver.level)
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    weaver.setLevel(logging.DEBUG)
    try:
        yield kept
    finally:
        root.removeHandler(kept)
        root.setLevel(before[0])
        weaver.setLevel(before[1])


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(fresh_sqlite(tmp_path), (SlackDriver(), TeamsDriver(), WebDriver()))
    await world.start()
    yield world
    await world.stop()


async def story(world: World) -> None:
    """Check-ins, a correction, an edit, a forged button, a word that is no command, on all three platforms."""
    for platform, user in (("slack", "ann"), ("teams", "ben"), ("web", "cal")):
        hands, words = world.person(user, platform), WORDS[user == "ben"]
        await hands.says(f"Please {words}")
        await hands.says("check in")
        if hands.form is None:
            await hands.presses("Check in")
        await hands.sends({"How is the network": "4", "What has moved": f"{words} dob 03/04/1961"})
        await hands.sends({"What has moved": words})
        await hands.presses("Edit")
        await hands.sends({"What has moved": f"{words} again"})
        await hands.says("history")
        await hands.says("export")
        assert await hands.saves()
    await refused(world)


async def refused(world: World) -> None:
    """What makes the bot log: a forged form, an unsigned request, garbage, a token that is none, a page that is not."""
    slack, teams, web = world.drivers
    assert isinstance(slack, SlackDriver)
    assert isinstance(teams, TeamsDriver)
    assert isinstance(web, WebDriver)
    forged = copy.deepcopy(next(sent.payload for sent in slack.sent if sent.payload.get("type") == "view_submission"))
    forged["view"] |= {"id": "VFORGED", "private_metadata": json.dumps({"argument": f"9.{WORDS[0]}"})}
    await slack.send("interactive", forged)
    await slack.send("interactive", {**forged, "type": WORDS[0]})
    raw = json.dumps(forged).encode()
    for headers in ({}, {"X-Slack-Signature": WORDS[0]}, signed(raw)):
        await slack.post(raw, headers)
    await teams.post({"text": WORDS[1]}, token=f"a.b.{SECRETS[2]}")
    await teams.post({"text": WORDS[1], "type": {WORDS[1]: 1}})
    for path in (f"/as/{WORDS[0]}", f"/{WORDS[0]}", "/as/ann/say"):
        async with web.session.post(web.url + path, data=f"text={WORDS[0]}&text=%00") as answer:
            assert 400 <= answer.status < 500


async def test_no_word_and_no_secret_is_logged_at_any_level(world: World) -> None:
    """S8: our own logger at DEBUG, fields and all."""
    with at_debug() as kept:
        await story(world)
    ours = kept.of("weaver")
    assert len(ours.splitlines()) >= 6
    assert not [one for one in (*WORDS, *SECRETS, "1961") if one in ours]


async def test_what_is_written_to_standard_error_holds_none_of_it(world: World) -> None:
    """S8: with the bot's own logging, every library's lines at DEBUG too."""
    root, weaver = logging.getLogger(), logging.getLogger("weaver")
    before = (root.handlers[:], root.level, weaver.level)
    written = io.StringIO()
    try:
        with redirect_stderr(written):
            logs.set_up("DEBUG")
        root.setLevel(logging.DEBUG)
        await story(world)
    finally:
        root.handlers[:], root.level = before[0], before[1]
        weaver.setLevel(before[2])
    lines = written.getvalue().splitlines()
    assert len(lines) >= 6
    assert max(map(len, lines)) <= logs.MAX_LINE
    assert not [one for one in (*WORDS, *SECRETS, "1961") if one in written.getvalue()]


async def test_a_bug_is_told_without_its_words(straight: Straight) -> None:
    """S8: neither the log nor the apology repeats an exception's message; both carry the event's id."""
    feature = Feature("broken")

    @feature.press("now")
    def fail(press: Press, context: Context) -> Reply:
        raise LookupError(f"{WORDS[2]} {press.argument}")

    straight.dispatch = Dispatcher(straight.units, Routes([feature]), straight.clock, straight.metrics)
    with at_debug() as kept:
        reply = await straight.presses("ann", "broken.now", WORDS[0], again="event-7")
    assert "event-7" in str(reply)
    assert "event-7" in kept.of("weaver")
    assert not [one for one in WORDS if one in f"{reply} {kept.of('weaver')}"]
    assert (await straight.tables())["seen"] == []


async def test_health_readiness_and_metrics_name_nobody(world: World) -> None:
    """S12: after a story, when all is well and when nothing is known."""
    await story(world)
    async with ClientSession() as session:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with session.get(f"http://127.0.0.1:{world.bot.port}{path}") as answer:
                page = await answer.text()
                assert answer.status == 200
            assert not [one for one in (*NAMES, *WORDS, *SECRETS, str(world.database_url)) if one in page], path


@pytest.mark.parametrize("wrong", ["SLACK_API_URL", "WEAVER_DATABASE_URL"])
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(wrong: str, tmp_path: Path) -> None:
    """S8: what stops a start says which setting, and prints no secret of it or of its neighbours."""
    env = {**os.environ, "SLACK_BOT_TOKEN": "xoxb-secret-1", "SLACK_SIGNING_SECRET": "secret-2", "WEAVER_PORT": "0"}
    env[wrong] = "ftp://me:secret-3@nowhere/x"
    run = subprocess.run([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert run.returncode == 2
    assert wrong in run.stderr
    assert "secret" not in run.stderr


def test_settings_show_no_secret_when_they_are_printed() -> None:
    """S8: a settings object that lands in a traceback or a log says nothing."""
    from bot.settings import read

    env = {"SLACK_BOT_TOKEN": "xoxb-secret-1", "SLACK_SIGNING_SECRET": "secret-2", "SLACK_APP_TOKEN": "xapp-secret-3",
           "MICROSOFT_APP_ID": "id", "MICROSOFT_APP_PASSWORD": "secret-4", "MICROSOFT_APP_TENANTID": "tenant",
           "OPENAI_API_KEY": "secret-5", "WEAVER_MODEL": "a-model",
           "WEAVER_DATABASE_URL": "postgresql://me:secret-6@host/db"}  # fmt: skip
    assert "secret" not in repr(read(env))


NOT_YET = {
    "S10, nothing is unpickled": "pickle",
    "S11, an OAuth state is used once": "slack_bolt.oauth",
}


@pytest.mark.parametrize("module", NOT_YET.values(), ids=NOT_YET.keys())
def test_what_does_not_exist_yet_cannot_fail(module: str) -> None:
    """S10, S11: whoever brings one of these in finds this test, and writes the one that it then needs."""
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    found = [
        path.name for path in sources if f"import {module}" in path.read_text() or f"from {module}" in path.read_text()
    ]
    assert found == []


async def test_each_log_line_is_json(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Structured: one object a line, with when, how grave, from whom and what."""
    await story(world)
    ours = [record for record in caplog.records if record.name == "weaver"]
    assert len(ours) >= 6
    for record in ours:
        line = json.loads(logs.JsonLines().format(record))
        assert {"at", "level", "from", "what"} <= set(line)


MARKUP = "<!channel> <@UBEN> <https://e.example|our bank> [bank](https://e.example) <at>all</at> <script>x</script>"


async def test_markup_that_was_typed_is_shown_as_it_was_typed(world: World) -> None:
    """S6: to the co-ordinator, on each platform: it calls nobody, links nowhere, and closes nothing."""
    ann = world.person("ann", "slack")
    await ann.says("check in")
    await ann.presses("Check in")
    everyone = {"Who can read your answer to “What has moved": "Everyone in the network"}
    await ann.sends({"How is the network": "4", "What has moved": MARKUP, **everyone})
    for platform in ("slack", "teams", "web"):
        bea = world.person("bea", platform)
        await bea.says("network")
        assert MARKUP in bea.messages[-1].text, platform


def test_an_audit_of_dependencies_is_strict() -> None:
    """S14: without --strict, pip-audit says that all is well of what it could not look at. None is run yet."""
    for name in ("Makefile", ".ci/run"):
        for line in (ROOT / name).read_text().splitlines():
            assert "pip-audit" not in line or "--strict" in line
