"""The composition root: the only place that constructs, and the life of a running bot."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from aiohttp import web

from bot import web as http
from bot.backlog import Backlog
from bot.clock import Clock, SystemClock
from bot.dispatch import Dispatcher
from bot.drafting import Desk, Drafting, writer
from bot.keeping import Keeper
from bot.logs import log
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.platforms import HomePlatform, Platform
from bot.posting import Posting
from bot.settings import Settings
from bot.sweeps import Sweeps
from handlers import find_routes
from handlers.updates.drafting import accept, request_for
from storage.unit import Units, open_units

if TYPE_CHECKING:
    from bot.platforms.web.demo import Demo


UPDATES = Desk(lambda store, now, lease: store.drafts.claim_wanted(now, lease), request_for, accept)
"""What a model may write: other versions of drafted updates."""


class Bot:
    """A bot that can be started and stopped; `port` is known once it is started."""

    def __init__(
        self,
        settings: Settings,
        units: Units,
        platforms: Sequence[Platform],
        keeper: Keeper,
        metrics: Metrics,
        sweeps: Sweeps | None = None,
        backlog: Backlog | None = None,
    ) -> None:
        self.units = units
        self.port = 0
        self._settings = settings
        self._platforms = platforms
        self._keeper = keeper
        self._sweeps = sweeps
        site = http.build(platforms, http.Readiness(keeper.trouble, platforms), metrics, backlog)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=5)

    async def start(self) -> None:
        """Prepare the database if it answers, open the platforms, and listen; what fails leaves nothing open.

        Raises OSError where the address cannot be listened on, and NotOurs where the database must be left alone.
        """
        try:
            await self._open()
        except BaseException:
            await self.stop()
            raise
        names = ",".join(platform.name for platform in self._platforms)
        log.info("ready", platforms=names, host=self._settings.host, port=self.port)

    async def _open(self) -> None:
        await self._keeper.start()
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._settings.host, self._settings.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        for platform in self._platforms:
            await platform.start()
        if self._sweeps:
            self._sweeps.start()

    async def tick(self) -> None:
        """Plan, deliver and settle what is due now, to the end: for a clock that was moved."""
        if self._sweeps:
            await self._sweeps.tick()

    async def stop(self) -> None:
        """Finish what is under way, then close everything; one part that fails keeps no other open."""
        sweeps = [self._sweeps.stop] if self._sweeps else []
        await asyncio.gather(*(_stopped(stop) for stop in (*sweeps, self._runner.cleanup)))
        stops = (platform.stop for platform in self._platforms)
        for stop in (*stops, self._keeper.stop, self._close_database):
            await _stopped(stop)

    async def _close_database(self) -> None:
        try:
            await asyncio.to_thread(self.units.close)
        finally:
            self._keeper.let_go()


async def _stopped(stop: Callable[[], Awaitable[None]]) -> None:
    try:
        await stop()
    except Exception as bug:  # noqa: BLE001  the one catch of this loop
        log.bug("a part did not stop well", bug)


def create(
    settings: Settings,
    clock: Clock | None = None,
    demo: "Demo | None" = None,
    *,
    timed: bool = True,
    desk: Desk = UPDATES,
) -> Bot:
    """A bot made of these settings; with `demo`, the browser's demonstration is on.

    Not `timed`: nothing is sent by itself, but at `Bot.tick` (for tests that move the clock). `desk`: what a model
    drafts, and where it goes.
    """

    async def tick() -> None:
        await bot.tick()

    clock, routes = clock or SystemClock(), find_routes()
    units, metrics = open_units(settings.database_url), Metrics()
    posts_on = frozenset(name for name, is_on in _set_up(settings, demo) if is_on)
    model_name = settings.model.model if settings.model else ""
    dispatch = Dispatcher(units, routes, clock, metrics, posts_on, model_name)
    platforms = _platforms(settings, dispatch, units, clock, demo, tick)
    keeper = Keeper(settings.database_url, units, clock)
    alone = settings.database_url.startswith("sqlite")
    outbox = Outbox(units, platforms, clock, routes, metrics, alone=alone)
    posting = Posting(units, platforms, clock, routes, metrics, alone=alone)
    writes = writer(settings.model, units, clock, alone=alone)
    drafting = Drafting(units, clock, routes, desk, writes)
    sweeps = Sweeps(
        units, clock, routes, outbox, lambda: keeper.prepared, timed=timed, posting=posting, drafting=drafting
    )  # fmt: skip
    bot = Bot(settings, units, platforms, keeper, metrics, sweeps, Backlog(units, clock, metrics))
    return bot


def _set_up(settings: Settings, demo: "Demo | None") -> tuple[tuple[str, bool], ...]:
    """Each platform's name, and whether it is set up."""
    return ("slack", settings.slack is not None), ("teams", settings.teams is not None), ("web", demo is not None)


def _platforms(
    settings: Settings,
    dispatch: Dispatcher,
    units: Units,
    clock: Clock,
    demo: "Demo | None",
    tick: Callable[[], Awaitable[None]],
) -> list[HomePlatform]:
    """The platforms that are set up; each SDK is imported only where its platform is."""
    platforms: list[HomePlatform] = []
    if settings.slack:
        from bot.platforms.slack import Slack

        platforms.append(Slack(settings.slack, dispatch))
    if settings.teams:
        from bot.keeping import address_book
        from bot.platforms.teams import Teams

        platforms.append(Teams(settings.teams, dispatch, clock, address_book(units)))
    if demo:
        from bot.platforms.web import Web

        platforms.append(Web(demo, dispatch, clock, tick=tick))
    return platforms


async def serve(bot: Bot, when_ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGINT or SIGTERM, then stop in good order; calls `when_ready` once the bot listens."""
    asked_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked_to_stop.set)
    await bot.start()
    _calm_collector()
    when_ready()
    await asked_to_stop.wait()
    await bot.stop()


def _calm_collector() -> None:
    """What the start made stays for good, and new rubbish is looked for less often: halves p99 at 16 connections."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
