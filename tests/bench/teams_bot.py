"""The Teams platform alone, on a real server, around a small dispatch that notes events and answers as told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bench.teams import TeamsDriver
from bot import settings
from bot.platforms import NotKept
from bot.platforms.teams import Teams
from bot.platforms.teams.outbound import AddressOf, no_address
from bot.settings import TeamsSettings
from handlers.kit.events import Event
from handlers.kit.replies import Nothing, Reply


@dataclass
class Noted:
    """A dispatch. `reply`: the answer, or what makes it of the event; `away`: the database keeps nothing."""

    reply: Reply | Callable[[Event], Reply] = field(default_factory=Nothing)
    events: list[Event] = field(default_factory=list)
    away: bool = False

    async def __call__(self, event: Event) -> Reply:
        """Note the event and answer."""
        self.events.append(event)
        if self.away:
            raise NotKept
        return self.reply(event) if callable(self.reply) else self.reply

    @property
    def only(self) -> Event:
        """The one event that came."""
        assert len(self.events) == 1, self.events
        return self.events[0]


@dataclass
class SetClock:
    """A clock that moves when told."""

    at: datetime = datetime(2027, 1, 11, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.at += timedelta(**time)


def read_settings(environment: dict[str, str]) -> TeamsSettings:
    """The settings of Teams that an environment holds."""
    found = settings.read(environment).teams
    assert found is not None
    return found


@asynccontextmanager
async def teams_bot(
    dispatch: Noted,
    *,
    clock: SetClock | None = None,
    address_of: AddressOf = no_address,
    change: Callable[[TeamsSettings], TeamsSettings] = lambda settings: settings,
) -> AsyncIterator[TeamsDriver]:
    """A driver, connected to the platform."""
    driver = TeamsDriver()
    platform = Teams(change(read_settings(await driver.start())), dispatch, clock or SetClock(), address_of)
    async with serving(platform) as url:
        await driver.connect(url)
        try:
            yield driver
        finally:
            await driver.stop()


@asynccontextmanager
async def serving(platform: Teams) -> AsyncIterator[str]:
    """The platform on a free port of this machine; gives its address."""
    app = web.Application(client_max_size=10**6)
    platform.mount(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await platform.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await platform.stop()
