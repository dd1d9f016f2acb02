"""A network with a home, something to post there, and a platform that keeps a ledger of what it shows in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bench.clock import MovedClock
from bench.ledger import LedgerPlatform
from bot.metrics import Metrics
from bot.platforms import Capabilities, PostResult, Sent, TryAgain
from bot.posting import Posting
from handlers.kit.content import Message, plain
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Desk, Drop
from storage.post_records import Post
from storage.records import Home, Network, Role, RoleHeld
from storage.unit import Store, Units, open_units

T = TypeVar("T")
HOME = Home("ledger", "T01", "C01")
KIND = "news.told"


@dataclass
class Answer:
    """What the platform does with one attempt: shows it or not, waits or not, and what it says of it."""

    result: PostResult | None = None
    shows: bool = True
    after: asyncio.Event | None = None


@dataclass
class Wall:
    """The far side: what stands in the place by its key, what was tried, and what happens next."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    amended: list[tuple[str, str]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class BoardPlatform(LedgerPlatform):
    """One bot's side of it."""

    wall: Wall = field(default_factory=Wall)

    async def post(self, home: Home, address: str | None, message: Message, key: str) -> PostResult:
        """Do what the wall has next, or show it."""
        answer = self.wall.answers.pop(0) if self.wall.answers else Answer()
        self.wall.begun.set()
        if answer.shows:
            self.wall.shown.append((key, message.summary))
        if answer.after:
            await answer.after.wait()
        return answer.result or Sent(f"ref-{key}", "https://example.test/1")

    async def find_post(self, home: Home, address: str | None, key: str, since: datetime) -> PostResult:
        """Whether it stands there."""
        self.wall.looked.append(key)
        return Sent(f"ref-{key}") if key in dict(self.wall.shown) else TryAgain("It was not shown.")

    async def amend(self, home: Home, address: str | None, ref: str, message: Message, key: str) -> PostResult:
        """Have it say that."""
        answer = self.wall.answers.pop(0) if self.wall.answers else Answer()
        self.wall.amended.append((ref, message.summary))
        return answer.result or Sent(ref)


class Board:
    """A database with a network, its home and its co-ordinator. `says`: what is posted by argument; None: withdrawn."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.alone = url.startswith("sqlite")
        self.clock = MovedClock()
        self.wall = Wall()
        self.says: dict[str, str | None] = {}
        self.units = open_units(url)
        self._opened: list[Units] = [self.units]
        self._postings: list[Posting] = []
        feature = Feature("news")
        feature.post("told")(self._draw)
        self.routes = Routes([feature])

    def _draw(self, argument: str, network: Network, desk: Desk) -> Message | Drop:
        words = self.says.get(argument, f"News {argument} of {network.name}.")
        if words == "bug":
            raise LookupError("this cannot be drawn")
        return plain(words) if words else Drop("What it rests on was withdrawn.")

    async def fill(self) -> None:
        """The network and Bea, who co-ordinates it."""

        def work(store: Store) -> tuple[int, int]:
            network_id = store.networks.add("sh", "Sexual Health", "", None, HOME)
            person_id = store.people.add("Bea")
            store.people.add_role(person_id, RoleHeld(Role.COORDINATOR, network_id))
            return network_id, person_id

        self.network_id, self.bea = await self.run(work)

    def posting(self, *, reads_back: bool = True, name: str = "ledger") -> Posting:
        """One bot's posting; on PostgreSQL with connections of its own."""
        if not self.alone:
            self._opened.append(open_units(self.url))
        able = Capabilities(1e6, reads_back=reads_back)
        platform = BoardPlatform(self.clock, name, able, wall=self.wall)
        posting = Posting(
            self._opened[-1], [platform], self.clock, self.routes, Metrics(), alone=self.alone,
            jitter=lambda most: 0.0, finish_seconds=0.05,
        )  # fmt: skip
        self._postings.append(posting)
        return posting

    async def want(self, argument: str = "1", home: Home = HOME) -> Post:
        """Bea has it posted."""
        at = self.clock.now()
        return await self.run(lambda store: store.posts.want(self.network_id, KIND, argument, home, self.bea, at))

    async def stands(self, argument: str = "1") -> Post:
        """How it stands with that."""
        post = await self.run(lambda store: store.posts.of(KIND, argument))
        assert post is not None
        return post

    async def run(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it."""
        return await asyncio.wrap_future(self.units.run(work))

    async def close(self) -> None:
        """Stop everything."""
        for posting in self._postings:
            await posting.stop()
        for units in self._opened:
            await asyncio.to_thread(units.close)


@asynccontextmanager
async def board(url: str) -> AsyncIterator[Board]:
    """A board on the database at the URL, closed in the end."""
    opened = Board(url)
    await opened.fill()
    try:
        yield opened
    finally:
        await opened.close()
