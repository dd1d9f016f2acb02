"""Looks after the database while the bot runs: its schema at the start, whether it answers, and what it may forget."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from bot.logs import log
from storage.errors import DatabaseAway, NotOurs
from storage.records import Account
from storage.schema import bring_up_to_date
from storage.sole import Sole
from storage.unit import Store, Units

RETRY_SECONDS = 2.0
FORGET_EVERY_SECONDS = 3600.0
SEEN_FOR = timedelta(days=2)
"""How long the ids of handled events are kept; no platform redelivers after more than an hour or two."""


class Keeper:
    """Brings the schema up to date once the database answers, and forgets old event ids every hour.

    On SQLite it first takes the right to be the only bot on the file, and holds it until the stop.
    """

    def __init__(self, url: str, units: Units, clock: Clock, retry: float = RETRY_SECONDS) -> None:
        self._url = url
        self._units = units
        self._clock = clock
        self._retry = retry
        self._sole = Sole(url)
        self._refused: str | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Prepare the database now if it answers; otherwise go on trying while the bot already listens.

        Raises NotOurs where another bot runs on the file, or the database is newer than this program.
        """
        prepared = await self._prepared()
        self._task = asyncio.create_task(self._look_after(prepared))

    async def stop(self) -> None:
        """Stop looking after it. Raises nothing."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def let_go(self) -> None:
        """Let another bot have the file: the last thing, once nothing writes any more."""
        self._sole.give_back()

    async def trouble(self) -> str | None:
        """Why the database cannot keep anything now; it is asked to write and commit a row. Raises nothing."""
        if self._refused:
            return self._refused
        try:
            await asyncio.wrap_future(self._units.run(lambda store: store.probe(self._clock.now())))
        except DatabaseAway as away:
            return away.why
        except Exception as bug:  # noqa: BLE001  whoever asks must have an answer
            log.bug("the database could not be probed", bug)
            return "the database failed: the logs say where"
        return None

    async def _look_after(self, prepared: bool) -> None:
        while True:
            await asyncio.sleep(FORGET_EVERY_SECONDS if prepared else self._retry)
            try:
                if prepared:
                    await asyncio.wrap_future(self._units.run(self._forget))
                else:
                    prepared = await self._prepared()
                    self._refused = None
            except DatabaseAway as away:
                log.error("database away", why=away.why)
            except NotOurs as refused:
                self._refused = refused.sentence
                log.error("database refused", why=refused.sentence)
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                log.bug("the database could not be looked after", bug)

    def _forget(self, store: Store) -> None:
        store.seen.forget_before(self._clock.now() - SEEN_FOR)

    async def _prepared(self) -> bool:
        try:
            self._sole.take()
            await asyncio.to_thread(bring_up_to_date, self._url, self._units)
        except DatabaseAway as away:
            log.error("database away", why=away.why)
            return False
        return True


def address_book(units: Units) -> Callable[[Account], Awaitable[str | None]]:
    """Finds the address that a platform last told for an account; None where there is none, or no database."""

    async def address_of(account: Account) -> str | None:
        try:
            return await asyncio.wrap_future(units.run(lambda store: store.addresses.of(account)))
        except DatabaseAway:
            return None

    return address_of
