"""What every platform must be: an inside that speaks only the kit, and a front that speaks the platform."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from handlers.kit.events import Event
from handlers.kit.replies import Reply

Dispatch = Callable[[Event], Awaitable[Reply]]
"""Handles one event and returns the reply, its effect committed. Raises NotKept, and nothing else."""


class NotKept(Exception):
    """The database could not keep the event: nothing was stored. `sentence` is for the person.

    The platform tells the person, and answers the platform's request with an error so that it is sent again.
    """

    sentence = "Sorry, I could not keep that just now, so nothing was kept. Please try again in a minute."


class Platform(Protocol):
    """One platform: four modules (inbound, outbound, render, limits) behind this front."""

    name: str

    def mount(self, app: web.Application) -> None:
        """Add the platform's HTTP routes."""

    async def start(self) -> None:
        """Open sessions and connections; returns when events can come in."""

    async def stop(self) -> None:
        """Finish what is under way, then close."""

    async def trouble(self) -> str | None:
        """Why the platform cannot work now, in one sentence without secrets; None when it can."""
