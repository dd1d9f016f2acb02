"""Check-ins of many people as Slack sends them, for faults under load: each delivered until it is acknowledged."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bench.slack import SlackDriver
from bench.slack_service import TEAM
from bench.slack_wire import FORM, form_body, signed
from bench.straight import everything, fresh_sqlite
from bench.world import NETWORKS, World
from handlers.people.loading import FilePerson, FileRole, ProgrammeFile, apply
from storage.records import Account, Role
from storage.unit import open_units

Json = dict[str, Any]
MEMBER = (FileRole(Role.MEMBER, "sexual-health"),)
ANSWERS = {"How is the network": "4", "What has moved": "The rota is out", "What is the one next step": "Ring the ward"}


def fill(url: str, people: int) -> None:
    """Put so many members of one network into a database that has its tables."""
    members = tuple(
        FilePerson(f"Person {number}", None, (Account("slack", TEAM, f"U{number}"),), MEMBER)
        for number in range(people)
    )
    file = ProgrammeFile("Practitioner networks 2027", "Europe/London", NETWORKS[:1], members)
    with closing(open_units(url)) as units:
        units.run(lambda store: apply(file, store, datetime(2026, 7, 1, tzinfo=UTC))).result()


def kept(url: str) -> dict[str, list[Any]]:
    """Every row of every table, read by a connection of its own."""
    with closing(open_units(url)) as units:
        return units.run(everything).result()


def assert_whole(url: str, people: set[int]) -> None:
    """Just these people have a check-in: exactly one each, with each of its answers, never changed."""
    tables = kept(url)
    accounts = {person: int(user[1:]) for _, _, user, person, *_ in tables["accounts"]}
    owners = {row[0]: accounts[row[2]] for row in tables["checkins"]}
    assert sorted(owners.values()) == sorted(people)
    answered: dict[int, list[str]] = {}
    for row in tables["answers"]:
        answered.setdefault(owners[row[0]], []).append(row[1])
    assert answered == {person: ["feeling", "moved", "next_step"] for person in people}
    assert tables["revisions"] == []
    assert len(tables["seen"]) == len(people)


async def recorded() -> Json:
    """A check-in's `view_submission` as Slack sends it, taken from a real story."""
    driver = SlackDriver()
    with TemporaryDirectory() as folder:
        world = World(fresh_sqlite(Path(folder)), (driver,))
        await world.start()
        ann = driver.person("ann")
        await ann.says("check in")
        await ann.presses("Check in")
        await ann.sends(ANSWERS)
        await world.stop()
    return driver.sent[-1].payload


@dataclass
class Load:
    """Sends check-ins. `acknowledged`: whose was answered with 200; `refusals`: how often each other status came."""

    session: ClientSession
    payload: Json
    url: str = ""
    acknowledged: set[int] = field(default_factory=set)
    refusals: dict[int, int] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    there_is_a_bot: asyncio.Event = field(default_factory=asyncio.Event)

    async def once(self, person: int, url: str = "") -> int:
        """Deliver someone's check-in once: the status, 0 where there was no answer."""
        try:
            async with self.session.post(f"{url or self.url}/slack/events", **self._request(person)) as answer:
                status, body = answer.status, await answer.text()
        except (ClientError, OSError):
            return 0
        if status == 200 and "errors" in body:
            status = 503  # A form that could not be kept says so in the form.
        if status == 200:
            self.acknowledged.add(person)
            self.news.set()
        else:
            self.refusals[status] = self.refusals.get(status, 0) + 1
        return status

    async def until_kept(self, person: int) -> None:
        """Deliver it again and again, as the platforms do, only sooner: as soon as there is a bot."""
        await self.there_is_a_bot.wait()
        while await self.once(person) != 200:
            await asyncio.sleep(0)
            await self.there_is_a_bot.wait()

    @asynccontextmanager
    async def onto(self, url: str) -> AsyncIterator[None]:
        """Meanwhile the bot is there."""
        self.url = url
        self.there_is_a_bot.set()
        try:
            yield
        finally:
            self.there_is_a_bot.clear()

    async def acknowledges(self, count: int) -> None:
        """Wait until so many check-ins are acknowledged."""
        while len(self.acknowledged) < count:
            self.news.clear()
            await self.news.wait()

    def _request(self, person: int) -> dict[str, Any]:
        payload = copy.deepcopy(self.payload)
        payload["user"] |= {"id": f"U{person}"}
        payload["view"] |= {"id": f"V{person}", "hash": f"hash.{person}"}
        raw = form_body("interactive", payload)
        return {"data": raw, "headers": {"Content-Type": FORM, **signed(raw)}}


@asynccontextmanager
async def load() -> AsyncIterator[Load]:
    """A load that is ready to be sent."""
    payload = await recorded()
    async with ClientSession(timeout=ClientTimeout(20)) as session:
        yield Load(session, payload)
