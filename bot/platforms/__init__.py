"""What every platform must be: an inside that speaks only the kit, and a front that speaks the platform."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiohttp import web

from handlers.kit.content import Message
from handlers.kit.events import Event
from handlers.kit.replies import Reply
from storage.records import Account, Home

Dispatch = Callable[[Event], Awaitable[Reply]]
"""Handles one event and returns the reply, its effect committed. Raises NotKept, and nothing else."""


class NotKept(Exception):
    """The database could not keep the event: nothing was stored. `sentence` is for the person.

    The platform tells the person, and answers the platform's request with an error so that it is sent again.
    """

    sentence = "Sorry, I could not keep that just now, so nothing was kept. Please try again in a minute."


@dataclass(frozen=True, slots=True)
class Sent:
    """It is shown; `ref` is what the platform calls it, `link` leads to it where the platform gives one."""

    ref: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Certainly not shown, and it may be tried again: after so many seconds, where the platform says how many.

    `holds_workspace`: nothing at all may be sent to that workspace until then, and this does not count as an attempt.
    """

    why: str
    after: float | None = None
    holds_workspace: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be shown or not: nobody may send it again before that is known."""

    why: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Certainly not shown, and never will be. `unreachable`: this account cannot be written to; another one may."""

    why: str
    unreachable: bool = False


SendResult = Sent | TryAgain | Unknown | GaveUp


@dataclass(frozen=True, slots=True)
class Partly:
    """The beginning of a post is shown, as `ref`, and the rest is not, or nobody knows: `amend` puts that right.

    `after`: not before so many seconds have passed. None: not by itself, since what is uncertain could be doubled.
    """

    ref: str
    why: str
    after: float | None = None
    link: str = ""


PostResult = SendResult | Partly


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the outbox must know of a platform. `rate`: messages a second to one workspace, for all replicas together.

    `reads_back`: it can say whether a message with a given key was shown, so that an unknown outcome can be settled.
    """

    rate: float
    reads_back: bool


class Platform(Protocol):
    """One platform: four modules (inbound, outbound, render, limits) behind this front."""

    name: str
    capabilities: Capabilities

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Send a message to a person, unasked, in one attempt without retries. Raises nothing.

        `key` names the delivery for good; a platform that reads back puts it where `find` sees it.
        """

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Whether the message with that key, sent after `since`, is shown: Sent, or TryAgain where it certainly is not.

        Unknown where the platform cannot say. Raises nothing.
        """

    def mount(self, app: web.Application) -> None:
        """Add the platform's HTTP routes."""

    async def start(self) -> None:
        """Open sessions and connections; returns when events can come in."""

    async def stop(self) -> None:
        """Finish what is under way, then close."""

    async def trouble(self) -> str | None:
        """Why the platform cannot work now, in one sentence without secrets; None when it can."""


class HomePlatform(Platform, Protocol):
    """A platform with places that a network can call home."""

    async def post(self, home: Home, address: str | None, message: Message, key: str) -> PostResult:
        """Show a message in that place, for all who read there, in one attempt without retries. Raises nothing.

        `address` is what the platform told of the place; `key` names the post for good. What one message cannot hold
        follows under it, in its thread where there are threads.
        """

    async def find_post(self, home: Home, address: str | None, key: str, since: datetime) -> PostResult:
        """Whether the post with that key, sent after `since`, is shown, as `find`. Raises nothing."""

    async def amend(self, home: Home, address: str | None, ref: str, message: Message, key: str) -> PostResult:
        """Have what is shown as `ref` say just this message, all of it. Done twice it is as done once. Raises nothing.

        Unknown: it may say the old words or the new ones. GaveUp: it says what it said, or, `unreachable`, it is not
        there any more.
        """
