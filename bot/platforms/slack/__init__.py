"""Slack: events over HTTP or Socket Mode in, modals, messages and App Home out. The SDK is imported when it is made."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.logs import log
from bot.platforms import Capabilities, Dispatch, PostResult, SendResult
from bot.platforms.slack import limits
from bot.settings import SlackSettings
from handlers.kit.content import Message
from storage.records import Account, Home

if TYPE_CHECKING:
    from bot.platforms.slack.socket import Socket

START_SECONDS = 5.0
"""How long a start waits for Slack: without a network the bot serves all the same."""
AGAIN_SECONDS = 15.0
"""How soon Slack is asked again who the bot is, while it could not say."""


class Slack:
    """One Slack app with one bot token: Socket Mode where there is an app token, HTTP otherwise."""

    name = "slack"

    def __init__(
        self,
        settings: SlackSettings,
        dispatch: Dispatch,
        clock: Clock | None = None,
        seconds: float = limits.SEND_SECONDS,
        gap: float = limits.GAP_SECONDS,
    ) -> None:
        """`clock` only judges the age of Slack's signatures, which is real time unless a test says otherwise.

        `seconds`: how long one attempt to deliver may take. `gap`: seconds between the messages of one long post.
        """
        # Here and not above: 0.5 s and 40 MB that a bot without Slack does not pay for.
        from bot.platforms.slack.api import Api
        from bot.platforms.slack.deliver import Deliveries
        from bot.platforms.slack.levels import Levels
        from bot.platforms.slack.listeners import Listeners
        from bot.platforms.slack.posts import Posts
        from bot.platforms.slack.profiles import Profiles

        self.capabilities = Capabilities(rate=settings.messages_a_second, reads_back=True)
        self._settings = settings
        self._clock = clock or SystemClock()
        self._api = Api(settings, seconds)
        self._profiles = Profiles(self._api, dispatch)
        levels = Levels()
        self._listeners = Listeners(self._api, dispatch, self._profiles, levels)
        self._deliveries = Deliveries(self._api, levels)
        self._posts = Posts(self._api, levels, self._deliveries, gap)
        self._socket: Socket | None = None
        self._asking: asyncio.Task[None] | None = None
        self._asked = asyncio.Event()
        self._why: str | None = "Slack has not said yet who the bot is."

    def mount(self, app: web.Application) -> None:
        """Add `POST /slack/events`, unless Socket Mode brings the events."""
        if not self._settings.app_token:
            from bot.platforms.slack.front import PATH, Front

            front = Front(self._settings.signing_secret, self._listeners, self._clock)
            app.router.add_post(PATH, front.handle)

    async def start(self) -> None:
        """Open the session, ask who the bot is, and connect; without a network it goes on trying behind."""
        self._api.open()
        self._profiles.start()
        self._asking = asyncio.create_task(self._learn_identity())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), START_SECONDS)
        if self._settings.app_token:
            from bot.platforms.slack.socket import Socket

            self._socket = Socket(self._api, self._listeners)
            await self._socket.start(START_SECONDS)

    async def stop(self) -> None:
        """Finish the answers that are under way, then close."""
        if self._socket is not None:
            await self._socket.stop()
        await self._listeners.drain(5.0)
        await self._profiles.stop()
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        await self._api.close()

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Send a message to the person's direct conversation, unasked, in one attempt. Raises nothing.

        Slack needs no address. `key` travels in the message's metadata, where `find` sees it.
        """
        result = await self._deliveries.send(account, message, key)
        self._ask_if_shut()
        return result

    def _ask_if_shut(self) -> None:
        if self._deliveries.shut is not None and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._learn_identity())

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Whether the message with that key, sent after `since`, is shown: Sent, or TryAgain where it certainly is not.

        Unknown where Slack cannot say just now. Raises nothing. Not to be asked within a minute of an attempt: what is
        still on its way is not shown yet.
        """
        return await self._deliveries.find(account, key, since)

    async def post(self, home: Home, address: str | None, message: Message, key: str) -> PostResult:
        """Post to that channel, and what is long in its thread. Raises nothing; `key` travels as with `send`."""
        result = await self._posts.post(home, message, key)
        self._ask_if_shut()
        return result

    async def find_post(self, home: Home, address: str | None, key: str, since: datetime) -> PostResult:
        """Whether the post with that key is shown, as `find`; not to be asked within a minute either."""
        return await self._posts.find(home, key, since)

    async def amend(self, home: Home, address: str | None, ref: str, message: Message, key: str) -> PostResult:
        """Have what is shown say just this message. Raises nothing."""
        result = await self._posts.amend(home, ref, message, key)
        self._ask_if_shut()
        return result

    async def trouble(self) -> str | None:
        """Why Slack cannot work now; None when it can."""
        if self._why is not None:
            return self._why
        if self._deliveries.shut is not None:
            return f"{self._deliveries.shut[1]} Check SLACK_BOT_TOKEN and the app's scopes, or install it again."
        return self._socket.why if self._socket is not None and not self._socket.is_open.is_set() else None

    async def _learn_identity(self) -> None:
        """Learn the bot's own user id, trying again until Slack answers: at the start, and when Slack shut it out."""
        from bot.platforms.slack.api import ApiError

        while True:
            try:
                identity = await self._api.identity()
                self._listeners.bot_user = str(identity.get("user_id") or "")
                self._deliveries.known(identity)
                self._why = None
                self._asked.set()
                return
            except ApiError as error:
                if self._deliveries.shut is None:
                    self._why = f"Slack did not accept the bot ({error.code}). Check SLACK_BOT_TOKEN and the network."
                log.warning("Slack did not say who the bot is", error=error.code)
                self._asked.set()
                await asyncio.sleep(AGAIN_SECONDS)
