"""One bot that only sends: the real outbox with the real Slack and Teams, as bot/app.py puts them together."""

import asyncio
import sys
from dataclasses import replace

from benchmarks.fanout.prompts import CLOCK, TENANT

from bot import logs
from bot.app import _calm_collector
from bot.dispatch import Dispatcher
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.platforms import Platform
from bot.platforms.slack import Slack
from bot.platforms.teams import Teams
from bot.settings import SlackSettings, TeamsSettings
from bot.sweeps import DELIVER_SECONDS, SETTLE_SECONDS
from bot.ticker import Sweep, Ticker
from handlers import find_routes
from storage.unit import Store, open_units

LOOK_SECONDS = 0.05
"""How often it is asked whether another process still sends, or the platform made this one wait."""


def _is_anything_open(store: Store) -> bool:
    return any(store.outbox.pending(CLOCK.now()).counts.values())


def _platforms(url: str, rate: float, dispatch: Dispatcher) -> list[Platform]:
    """Both platforms; a `rate` above 0 takes the place of their own."""
    slack = Slack(SlackSettings("xoxb-bench", "secret", api_url=f"{url}/api/"), dispatch)
    teams = Teams(
        TeamsSettings("app", "password", TENANT, tenants=(TENANT,), login_url=url, service_hosts=("127.0.0.1",)),
        dispatch,
        CLOCK,
    )
    both: list[Platform] = [slack, teams]
    if rate:
        for platform in both:
            platform.capabilities = replace(platform.capabilities, rate=rate)
    return both


async def send(database_url: str, platform_url: str, rate: float) -> None:
    """Say when ready; on a line of input send all that is due, and say when all is marked; end with the input."""
    units, metrics, routes = open_units(database_url), Metrics(), find_routes()
    platforms = _platforms(platform_url, rate, Dispatcher(units, routes, CLOCK, metrics))
    alone = database_url.startswith("sqlite")
    outbox = Outbox(units, platforms, CLOCK, routes, metrics, alone=alone)
    for platform in platforms:
        await platform.start()
    await outbox.deliver()
    ticker = Ticker([Sweep("deliver", outbox.deliver, DELIVER_SECONDS), Sweep("settle", outbox.settle, SETTLE_SECONDS)])
    _calm_collector()
    print("ready", flush=True)
    is_first = True
    while await asyncio.to_thread(sys.stdin.readline):
        if is_first:
            ticker.start()
        is_first = False
        await ticker.tick()
        while await asyncio.wrap_future(units.run(_is_anything_open)):
            await asyncio.sleep(LOOK_SECONDS)
        print("done", flush=True)
    await asyncio.gather(outbox.stop(), ticker.stop())
    for platform in platforms:
        await platform.stop()
    units.close()


if __name__ == "__main__":
    logs.set_up()
    asyncio.run(send(sys.argv[1], sys.argv[2], float(sys.argv[3])))
