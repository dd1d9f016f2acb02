"""Looks after the database while the bot runs: its schema at the start, and whether it answers."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.logs import log
from storage.errors import DatabaseAway, NotOurs
from storage.records import Account
from storage.schema import bring_up_to_date
from storage.sole import Sole
from storage.unit import Units

RETRY_SECONDS = 2.0


class Keeper:
    """Brings the schema up to date once the database answers; from then on `prepared` is true.

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
        self.prepared = False

    async def start(self) -> None:
        """Prepare the database now if it answers; otherwise go on trying while the bot already listens.

        Raises NotOurs where another bot runs on the file, or the database is newer than this program.
        """
        await self._prepare()
        if not self.prepared:
            self._task = asyncio.create_task(self._keep_trying())

    async def stop(self) -> None:
        """Stop trying. Raises nothing."""
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

    async def _keep_trying(self) -> None:
        while not self.prepared:
            await asyncio.sleep(self._retry)
            try:
                await self._prepare()
                self._refused = None
            except NotOurs as refused:
                self._refused = refused.sentence
                log.error("database refused", why=refused.sentence)
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                log.bug("the database could not be looked after", bug)

    async def _prepare(self) -> None:
        try:
            self._sole.take()
            await asyncio.to_thread(bring_up_to_date, self._url, self._units)
        except DatabaseAway as away:
            log.error("database away", why=away.why)
        else:
            self.prepared = True


def address_book(units: Units) -> Callable[[Account], Awaitable[str | None]]:
    """Finds the address that a platform last told for an account; None where there is none, or no database."""

    async def address_of(account: Account) -> str | None:
        try:
            return await asyncio.wrap_future(units.run(lambda store: store.addresses.of(account)))
        except DatabaseAway:
            return None

    return address_of
