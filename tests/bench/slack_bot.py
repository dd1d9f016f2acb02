"""A Slack platform alone, on a loopback port, before any dispatch: for the platform's own tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bench.slack import SlackDriver
from bot.clock import Clock
from bot.platforms import Dispatch, NotKept
from bot.platforms.slack import Slack, limits
from bot.settings import read
from handlers.kit.events import Event, ProfileSeen
from handlers.kit.replies import Nothing, Reply


@dataclass
class Scripted:
    """Answers as it is told; raises NotKept while `away`. `events`: what came, but for profiles, kept in `profiles`."""

    answer: Callable[[Event], Reply] = lambda _event: Nothing()
    away: bool = False
    events: list[Event] = field(default_factory=list)
    profiles: list[ProfileSeen] = field(default_factory=list)

    async def __call__(self, event: Event) -> Reply:
        if isinstance(event, ProfileSeen):
            self.profiles.append(event)
            return Nothing()
        self.events.append(event)
        if self.away:
            raise NotKept
        return self.answer(event)


@asynccontextmanager
async def slack_bot(
    dispatch: Dispatch,
    *,
    socket_mode: bool = False,
    clock: Clock | None = None,
    driver: SlackDriver | None = None,
    seconds: float = limits.SEND_SECONDS,
    gap: float = limits.GAP_SECONDS,
) -> AsyncIterator[tuple[SlackDriver, Slack]]:
    """The platform, running, and the Slack that it talks to."""
    driver = driver or SlackDriver(socket_mode)
    settings = read(await driver.start()).slack
    assert settings is not None
    platform = Slack(settings, dispatch, clock, seconds, gap)
    app = web.Application(client_max_size=1_000_000)
    platform.mount(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await platform.start()
    await driver.connect(f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield driver, platform
    finally:
        await platform.stop()
        await runner.cleanup()
        await driver.stop()
