"""Asks Slack in the background for the name and time zone of each person that this process meets, once."""

import asyncio
from contextlib import suppress

from bot.logs import log
from bot.platforms import Dispatch, NotKept
from bot.platforms.slack.api import Api, ApiError
from bot.platforms.slack.inbound import profile_seen
from handlers.kit.events import Command, Event, HomeOpened, ProfileSeen
from storage.records import Account

WAITING = 200
"""People waiting to be asked about; more are left for their next event."""
MET = 20_000
"""People remembered as met; then it begins again, so that memory stays flat."""


class Profiles:
    """One quiet worker. What Slack says becomes a ProfileSeen event like any other."""

    def __init__(self, api: Api, dispatch: Dispatch) -> None:
        self._api = api
        self._dispatch = dispatch
        self._met: set[Account] = set()
        self._waiting: asyncio.Queue[tuple[Account, str]] = asyncio.Queue(WAITING)
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop asking."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    def notice(self, event: Event, team: str) -> None:
        """Someone came with words or opened App Home: ask about them soon, unless they were met before.

        Buttons and forms come after one of these.
        """
        if not isinstance(event, Command | HomeOpened | ProfileSeen):
            return
        account = event.sender
        if isinstance(event, ProfileSeen):
            self._met.add(account)
        if account in self._met or self._waiting.full():
            return
        if len(self._met) >= MET:
            self._met.clear()
        self._met.add(account)
        self._waiting.put_nowait((account, team))

    async def _work(self) -> None:
        while True:
            account, team = await self._waiting.get()
            try:
                user = await self._api.user(account.user)
                event_id = f"slack:profile:{account.workspace}:{account.user}"
                await self._dispatch(profile_seen(account, user, event_id, team))
            except (ApiError, NotKept) as error:
                self._met.discard(account)
                log.info("no profile yet", why=type(error).__name__)
            except Exception as bug:  # noqa: BLE001 - the worker's one catch: it must outlive a bug
                log.bug("a profile was not read", bug)
