"""A small platform that keeps a ledger of what it was sent, and fails in the ways it is told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.clock import Clock
from bot.platforms import Capabilities, SendResult, Sent, TryAgain
from handlers.kit.content import Message
from storage.records import Account


@dataclass(frozen=True)
class Shown:
    """A message that was shown: to whom, under which key, and when by the bot's clock."""

    user: str
    key: str
    at: datetime
    message: Message


@dataclass
class LedgerPlatform:
    """Shows everything at once. `before`: what happens instead, where it returns a result for an account."""

    clock: Clock
    name: str = "ledger"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(1e6, reads_back=True))
    shown: list[Shown] = field(default_factory=list)
    before: Callable[[Account], SendResult | None] = lambda account: None
    _told: int = 0

    def mount(self, app: web.Application) -> None:
        """Nothing comes in."""

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def trouble(self) -> str | None:
        """None."""
        return None

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Show it, unless something else happens before."""
        if (instead := self.before(account)) is not None:
            return instead
        self.shown.append(Shown(account.user, key, self.clock.now(), message))
        return Sent(f"{len(self.shown)}")

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Whether it was shown."""
        return Sent("found") if any(one.key == key for one in self.shown) else TryAgain("it was not shown")

    def take_news(self) -> list[Shown]:
        """What was shown since this was last asked."""
        news, self._told = self.shown[self._told :], len(self.shown)
        return news
