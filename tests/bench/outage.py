"""What people and platforms go through while the database fails: told so, nothing kept, and all well again after it."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientSession

from bench.driver import Hands
from bench.slack import SlackDriver
from bench.straight import everything
from bench.teams import TeamsDriver, TeamsHands
from bench.web import WebDriver, WebHands
from bench.world import World

NOT_KEPT = "nothing was kept"
FILLED = {"How is the network": "4", "What has moved": "The rota is out"}
READY = {"database": "ok", "slack": "ok", "teams": "ok", "web": "ok"}
PATIENCE = 15
"""Seconds until a test gives up on something that has to happen; no test passes or fails by how fast it is."""


async def open_world(url: str) -> World:
    """A world where Ann, Ben and Bea each have their own platform, with a check-in form open on it."""
    world = World(url, (SlackDriver(), TeamsDriver(), WebDriver()))
    await world.start()
    for hands in (on_slack(world), on_teams(world), on_web(world)):
        await hands.says("check in")
        if hands.form is None:
            await hands.presses("Check in")
    return world


def on_slack(world: World) -> Hands:
    return world.person("ann", "slack")


def on_teams(world: World) -> TeamsHands:
    hands = world.person("ben", "teams")
    assert isinstance(hands, TeamsHands)
    return hands


def on_web(world: World) -> WebHands:
    hands = world.person("bea", "web")
    assert isinstance(hands, WebHands)
    return hands


async def counts(world: World) -> dict[str, int]:
    return {name: len(rows) for name, rows in (await world.store(everything)).items()}


async def ready(world: World) -> tuple[int, dict[str, Any]]:
    """What /readyz answers."""
    return await readiness(f"http://127.0.0.1:{world.bot.port}")


async def readiness(url: str) -> tuple[int, dict[str, Any]]:
    """What /readyz of the bot at that address answers."""
    async with ClientSession() as session, session.get(f"{url}/readyz") as answer:
        return answer.status, await answer.json()


async def is_ready(world: World) -> None:
    """Wait until /readyz says so."""
    async with asyncio.timeout(PATIENCE):
        while (await ready(world))[0] != 200:
            await asyncio.sleep(0.05)


async def everyone_tries(world: World) -> None:
    """Each sends the form that is open, and is told there that nothing was kept; and types a word, and is told so."""
    for hands in (on_slack(world), on_teams(world), on_web(world)):
        await hands.sends(FILLED)
        assert hands.form is not None, "what was typed must stay"
        assert hands.form.question("What has moved").value == "The rota is out"
    slack = world.drivers[0]
    assert isinstance(slack, SlackDriver)
    await asyncio.gather(on_slack(world).says("help"), on_teams(world).says("help"))
    assert slack.statuses[-1] == 503
    assert on_teams(world).last_status >= 500
    assert on_web(world).status == 503
    for hands in (on_slack(world), on_teams(world)):
        assert NOT_KEPT in hands.messages[-1].text


async def everyone_succeeds(world: World) -> None:
    """The same forms, still open, are sent again and kept; Slack delivers the word again, and it is answered."""
    for hands in (on_slack(world), on_teams(world), on_web(world)):
        await hands.sends()
        assert hands.form is None
    slack = world.drivers[0]
    assert isinstance(slack, SlackDriver)
    words = next(sent for sent in reversed(slack.sent) if sent.payload.get("event", {}).get("text"))
    assert (await slack.again(words))[0] == 200
    assert "Here is what you can do" in on_slack(world).messages[-1].text
    assert (await counts(world))["checkins"] == 3
