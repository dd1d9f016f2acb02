"""A desk of drafts that lies in memory: what is wanted, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.drafting import Desk, Wanted
from handlers.kit.feature import Routes
from prompts.updates import Fact, Outcome, Request
from storage.unit import Store

PATIENCE = 15
"""Seconds until a test gives up on something that has to happen; no test passes or fails by how fast it is."""


def request(*texts: str, section: str = "practice") -> Request:
    """A request with a fact of each text, a day apart."""
    facts = (Fact(at, section, text, date(2027, 4, at % 28 + 1), "Ann Example") for at, text in enumerate(texts, 1))
    return Request("Harbour Network", "Care near home", date(2027, 4, 1), date(2027, 6, 30), tuple(facts))


@dataclass(frozen=True)
class Claimed:
    """A draft that was claimed."""

    draft_id: int
    token: str


@dataclass
class Shelf:
    """Drafts by id that are wanted, first come first; each is claimed once."""

    wanted: dict[int, Request | None]
    leases: list[timedelta] = field(default_factory=list)
    came: dict[int, Outcome] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        """The desk in front of it."""
        return Desk(self._claim, self._request_for, self._accept)

    async def until(self, come: Callable[[], bool]) -> None:
        """Wait until that is so."""
        async with asyncio.timeout(PATIENCE):
            while not come():
                await asyncio.sleep(0.01)

    def _claim(self, _store: Store, now: datetime, lease: timedelta) -> Wanted | None:
        assert now.tzinfo is not None
        free = next((draft_id for draft_id in self.wanted if draft_id not in self._claimed), None)
        if free is None:
            return None
        self._claimed.add(free)
        self.leases.append(lease)
        return Claimed(free, f"token {free}")

    def _request_for(self, _store: Store, draft_id: int, _routes: Routes, _now: datetime) -> Request | None:
        return self.wanted[draft_id]

    def _accept(
        self, _store: Store, draft_id: int, token: str, outcome: Outcome, _routes: Routes, _now: datetime
    ) -> None:
        assert token == f"token {draft_id}"
        self.came[draft_id] = outcome

    def __post_init__(self) -> None:
        self._claimed: set[int] = set()
