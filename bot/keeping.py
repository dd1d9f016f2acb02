"""Looks after the database while the bot runs: its schema at the start, whether it answers, and what it may forget."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from bot.logs import log
from storage.database import SCHEMA
from storage.errors import DatabaseAway
from storage.records import Account
from storage.unit import Store, Units

RETRY_SECONDS = 2.0
FORGET_EVERY_SECONDS = 3600.0
SEEN_FOR = timedelta(days=2)
"""How long the ids of handled events are kept; no platform redelivers after more than an hour or two."""


class Keeper:
    """Brings the schema up to date once the database answers, and forgets old event ids every hour."""

    def __init__(self, url: str, units: Units, clock: Clock) -> None:
        self._url = url
        self._units = units
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Prepare the database now if it answers; otherwise go on trying while the bot already listens."""
        prepared = await self._prepare()
        self._task = asyncio.create_task(self._look_after(prepared))

    async def stop(self) -> None:
        """Stop looking after it."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def trouble(self) -> str | None:
        """Why the database cannot keep anything now; it is asked to write and commit a row."""
        try:
            await asyncio.wrap_future(self._units.run(lambda store: store.probe(self._clock.now())))
        except DatabaseAway as away:
            return away.why
        return None

    async def _look_after(self, prepared: bool) -> None:
        while not prepared:
            await asyncio.sleep(RETRY_SECONDS)
            prepared = await self._prepare()
        while True:
            await asyncio.sleep(FORGET_EVERY_SECONDS)
            with contextlib.suppress(DatabaseAway):
                await asyncio.wrap_future(self._units.run(self._forget))

    def _forget(self, store: Store) -> None:
        store.seen.forget_before(self._clock.now() - SEEN_FOR)

    async def _prepare(self) -> bool:
        try:
            if await asyncio.wrap_future(self._units.run(lambda store: store.schema())) != SCHEMA:
                await asyncio.to_thread(_migrate, self._url)
        except DatabaseAway as away:
            log.error("database away", why=away.why)
            return False
        return True


def _migrate(url: str) -> None:
    # Alembic takes 0.3 s to import (limits.md 1g): only a database that must change pays for it.
    from storage.migrate import migrate

    migrate(url)


def address_book(units: Units) -> Callable[[Account], Awaitable[str | None]]:
    """Finds the address that a platform last told for an account; None where there is none, or no database."""

    async def address_of(account: Account) -> str | None:
        try:
            return await asyncio.wrap_future(units.run(lambda store: store.addresses.of(account)))
        except DatabaseAway:
            return None

    return address_of
