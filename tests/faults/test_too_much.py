"""Garbage, floods and giants: refused in one short line, kept nowhere, and everyone else is answered meanwhile."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bench.clock import TUESDAY
from bench.driver import Hands
from bench.slack import SlackDriver
from bench.slack_wire import FORM, signed
from bench.straight import Straight, everything, fresh_sqlite, words_in
from bench.teams import TeamsDriver
from bench.web import WebDriver
from bench.world import World
from bot import logs
from handlers.kit.replies import Correct
from storage.records import Answer, Audience, Role, RoleHeld
from storage.unit import Store

SECRET = "Words-in-the-garbage"
BODIES = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00" * 99,
    "half of an object": b'{"type": "' + SECRET.encode(),
    "a list": b"[1]",
    "null": b"null",
    "a number with no end": b'{"type": ' + b"9" * 20_000 + b"}",
    "fifty thousand deep": b'{"a":' * 50_000,
    "fifty thousand lists": b"[" * 50_000,
    "an object of nothing we know": json.dumps({SECRET: SECRET}).encode(),
    "types that do not fit": b'{"type": {"a": 1}, "event": 3, "user": [], "team_id": 1, "id": 9, "value": "x"}',
    "fields upon fields": b"&".join(b"f%d=1" % number for number in range(5000)),
    "a payload that is none": b"payload=" + SECRET.encode(),
    "surrogates": b'{"type": "\\ud800", "id": "\\udfff"}',
    "over a megabyte": b"text=" + b"x" * 1_100_000,
}
KINDS = ("application/json", FORM, "text/plain", "application/json; charset=utf-99", "multipart/form-data; boundary=x")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(fresh_sqlite(tmp_path), (SlackDriver(), TeamsDriver(), WebDriver()))
    await world.start()
    yield world
    await world.stop()


def doors(world: World) -> Iterator[tuple[str, str]]:
    """Every method and path of the running bot, with Ann where a path names someone."""
    app: web.Application = world.bot._runner._app
    for route in app.router.routes():
        if route.resource is not None and route.method != "HEAD":
            path = route.resource.canonical
            for name, value in (("user", "ann"), ("name", "x"), ("message", "x"), ("number", "0")):
                path = path.replace(f"{{{name}}}", value)
            yield route.method, path


def proofs(world: World, raw: bytes) -> list[dict[str, str]]:
    """A request that proves nothing, and one that carries every proof that a sender may need."""
    teams = world.drivers[1]
    assert isinstance(teams, TeamsDriver)
    bearer = {"Authorization": f"Bearer {teams.service.token()}", "Sec-Fetch-Site": "same-origin"}
    return [{}, {**signed(raw), **bearer}]


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [logs.JsonLines().format(one) for one in caplog.records if one.name == "weaver"]


@pytest.mark.parametrize("name", BODIES)
async def test_garbage_on_every_door_is_refused_in_a_line_and_kept_nowhere(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """F11, S13: proven and unproven, under each content type."""
    raw, root = BODIES[name], f"http://127.0.0.1:{world.bot.port}"
    before = await world.store(everything)
    async with ClientSession() as session:
        for method, path in doors(world):
            if method == "GET":
                continue
            for headers in proofs(world, raw):
                for kind in KINDS:
                    caplog.clear()
                    headers["Content-Type"] = kind
                    async with session.request(method, root + path, data=BytesIO(raw), headers=headers) as answer:
                        text = await answer.text()
                    where = (path, kind, bool(headers.get("Authorization")))
                    assert 400 <= answer.status < 500, (answer.status, *where)
                    assert SECRET not in text, where
                    said = ours(caplog)
                    assert len(said) <= 1, (said, *where)
                    assert all(len(line) <= logs.MAX_LINE and SECRET not in line for line in said)
    assert await world.store(everything) == before


async def test_a_door_takes_its_own_method_only(world: World) -> None:
    """F11."""
    paths = {path for _, path in doors(world)}
    allowed = set(doors(world))
    async with ClientSession() as session:
        for path in sorted(paths):
            for method in ("PUT", "DELETE", "PATCH", "POST"):
                if (method, path) not in allowed:
                    async with session.request(method, f"http://127.0.0.1:{world.bot.port}{path}") as answer:
                        assert answer.status == 405, (method, path)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 80,
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
    ids=["TLS", "no request", "version", "long path", "long header", "negative", "two lengths", "no chunk"],
)
async def test_what_is_no_http_is_refused(world: World, raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """F11: before any of our code, and still in short lines without what was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.bot.port)
    writer.write(raw)
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    assert answer.split(b" ")[1:2] in ([b"400"], [b"401"], [b"414"], [b"431"], [b"505"]), answer[:80]
    lines = [logs.JsonLines().format(one) for one in caplog.records if one.levelno >= logging.WARNING]
    assert all(len(line) <= logs.MAX_LINE for line in lines)
    assert not [line for line in lines if "xxxxxxxxxx" in line]


async def test_forty_thousand_characters_are_answered_and_kept_nowhere(world: World) -> None:
    """F13: typed as words to each platform."""
    words = "Lorem ipsum dolor " * 2300
    for platform in ("slack", "teams", "web"):
        ann = world.person("ann", platform)
        await ann.says(words)
        assert ann.messages[-1].text == "That is too long for me. Please keep a message to 4,000 characters."
    tables = await world.store(everything)
    assert "Lorem" not in words_in(tables)


async def test_forty_thousand_characters_in_a_form_are_refused_by_a_sentence(straight: Straight) -> None:
    """F13: whatever a client lets through, at its field, and nothing is kept."""
    before = await straight.tables()
    reply = await straight.fills("ann", "checkins.record", "1", {"feeling": "4", "moved": "x" * 40_000})
    assert isinstance(reply, Correct)
    assert reply.errors == {"moved": "This is 40,000 characters long. Please shorten it to 3,000 or fewer."}
    assert await straight.tables() == before


MEMBERS = 5000


def crowd(store: Store) -> None:
    """Five thousand members, each with a check-in that all can read and that asks for help."""
    template = store.templates.current(1)
    assert template is not None
    given = [Answer("feeling", "3", Audience.NETWORK), Answer("moved", "Much. " * 400, Audience.NETWORK)]
    given += [Answer("in_the_way", "No room", Audience.NETWORK), Answer("help", "yes", Audience.NETWORK)]
    for number in range(MEMBERS):
        person_id = store.people.add(f"Member Number {number}")
        store.people.add_role(person_id, RoleHeld(Role.MEMBER, 1))
        store.checkins.record(1, person_id, template.id, date(2027, 1, 11), TUESDAY, given)


async def looks_up(bea: Hands) -> list[str]:
    """What the co-ordinator reads of the network, of its people, and of one of them."""
    read = []
    for typed in ("network", "people", "people number 4999"):
        before = len(bea.messages)
        await bea.says(typed)
        read.append("\n".join(message.text for message in bea.messages[before:]))
    return read


async def test_a_network_of_five_thousand_is_shown_and_holds_nobody_up(world: World) -> None:
    """F13: `network` and `people` fit each platform's limits, and others are answered meanwhile."""
    await world.store(crowd)
    slack = world.drivers[0]
    assert isinstance(slack, SlackDriver)
    for platform in ("slack", "teams", "web"):
        bea, ann = world.person("bea", platform), world.person("ann", platform)
        looking = asyncio.create_task(looks_up(bea))
        for _ in range(3):
            await ann.says("help")
        network, people, found = await looking
        assert "5000 people have checked in" in network or "5,000 people have checked in" in network
        assert "Member Number" in people
        assert "Member Number 4999" in found
        assert "Here is what you can do" in ann.messages[-1].text
    assert set(slack.statuses) == {200}


EVENTS = 600


async def test_memory_stays_flat_over_many_events(straight: Straight) -> None:
    """Each event carries a thousand characters of its own: whoever kept hold of events would grow by 0.6 MB and more.

    The whole of it, 100,000 events, is measured in tests/benchmarks.
    """

    async def some(first: int, count: int) -> None:
        for number in range(first, first + count):
            await straight.says("ann", f"privacy {number} " + "word " * 200)
            await straight.presses("ben", "help.everything", f"{number} " + "word " * 200)

    await some(0, 150)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        await some(1000, EVENTS // 2)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < EVENTS * 1000 / 3
