"""Bolt's listeners: each takes one verified event to the dispatcher, and acknowledges only what is kept."""

import asyncio
import hashlib
import re
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.logs import log
from bot.platforms import Dispatch, NotKept
from bot.platforms.slack import inbound, limits
from bot.platforms.slack.api import Api, silent_logger
from bot.platforms.slack.inbound import Incoming, Origin
from bot.platforms.slack.levels import Levels
from bot.platforms.slack.outbound import Answers, in_form, not_kept_in_form
from bot.platforms.slack.payload import Malformed
from bot.platforms.slack.profiles import Profiles
from bot.platforms.slack.render import Json
from handlers.kit.events import Event, HomeOpened, Press

ANSWERED = ("message", "app_mention", "app_home_opened", "user_change")
NOTED = ("app_uninstalled", "tokens_revoked")
EVENTS = (*ANSWERED, *NOTED)
_ANY = re.compile("")


class _KnownBot(AsyncAuthorize):
    """Who the bot is, from memory: Bolt's own ways ask Slack by auth.test at each request."""

    def __init__(self, token: str) -> None:
        self.user = ""
        self._token = token

    async def __call__(self, *, team_id: str | None, enterprise_id: str | None, **_others: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_user_id=self.user or None, bot_token=self._token
        )


class Listeners:
    """The Bolt app. `handle` takes a payload that is verified; what it returns says whether Slack may forget it."""

    def __init__(self, api: Api, dispatch: Dispatch, profiles: Profiles, levels: Levels | None = None) -> None:
        self._dispatch = dispatch
        self._profiles = profiles
        self._answers = Answers(api, levels or Levels())
        self._showing: set[asyncio.Task[None]] = set()
        self._bot = _KnownBot(api.client.token or "")
        self._key = hashlib.blake2b((api.client.token or "").encode(), person=b"weaver ids").digest()
        self._app = AsyncApp(
            name="slack_bolt.weaver",
            logger=silent_logger(),
            client=api.client,
            authorize=self._bot,
            process_before_response=True,
            # What Bolt would do before each listener is done in front.py and inbound.py, or is not for this bot.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,
            ignoring_self_assistant_message_events_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            raise_error_for_unhandled_request=True,
        )
        self._listen()

    @property
    def bot_user(self) -> str:
        """The bot's own user id; empty until it is known."""
        return self._bot.user

    @bot_user.setter
    def bot_user(self, user: str) -> None:
        self._bot.user = user

    async def handle(self, body: Json, headers: dict[str, str]) -> BoltResponse:
        """One verified payload: 200 once it is kept, 4xx if it is malformed, 503 if the database could not keep it."""
        try:
            incoming = inbound.read(body, bot_user=self.bot_user, retry="x-slack-retry-num" in headers, key=self._key)
            # "socket_mode" is Bolt's word for: already verified and parsed, by us.
            request = AsyncBoltRequest(
                body=body, headers={**headers}, context={"incoming": incoming}, mode="socket_mode"
            )
        except Malformed as malformed:
            log.warning("refused a Slack request", why=str(malformed))
            return BoltResponse(status=400, body="")
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            log.warning("refused a Slack request", why="fields of a wrong type")
            return BoltResponse(status=400, body="")
        try:
            return await self._app.async_dispatch(request)
        except Exception:  # noqa: BLE001 - ours are caught in `_take`: this is Bolt, stumbling over a field
            log.warning("refused a Slack request", why="Bolt cannot read it")
            return BoltResponse(status=400, body="")

    async def drain(self, seconds: float) -> None:
        """Wait for the answers that are under way; what is not shown by then is given up."""
        if self._showing:
            _, late = await asyncio.wait(self._showing, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _listen(self) -> None:
        app = self._app
        # Bolt asks its listeners one after the other, at 40 µs each: the most frequent stand first.
        app.view_submission(_ANY)(self._take)
        app.block_action(_ANY)(self._take)
        for event in ANSWERED:
            app.event(event)(self._take)
        app.command(inbound.COMMAND)(self._take)
        for callback_id in inbound.SHORTCUTS:
            app.global_shortcut(callback_id)(self._take)
        app.view_closed(_ANY)(self._ignore)
        for event in NOTED:
            app.event(event)(self._note)
        app.error(self._failed)

    async def _take(self, context: AsyncBoltContext) -> BoltResponse:
        incoming: Incoming = context["incoming"]
        event = incoming.event
        if event is None:
            return BoltResponse(status=200, body="")
        try:
            return await self._handle_event(event, incoming)
        except NotKept:
            return await self._not_kept(incoming)
        except Exception as bug:  # noqa: BLE001 - this loop's one catch
            log.bug("a Slack request failed", bug, event_id=event.id)
            return BoltResponse(status=500, body="")

    async def _handle_event(self, event: Event, incoming: Incoming) -> BoltResponse:
        reply, origin = await self._dispatch(event), incoming.origin
        self._profiles.notice(event, origin.team)
        if origin.is_submission and (body := in_form(origin, reply)) is not None:
            return BoltResponse(status=200, body=body)
        showing = self._show(self._answers.show(incoming, reply))
        if not origin.is_submission:  # A form that was sent closes on the 200; what is said then comes behind.
            await asyncio.wait({showing}, timeout=limits.ACK_SECONDS)
        if (origin.is_submission and origin.from_home) or (origin.is_home and isinstance(event, Press)):
            self._show(self._show_home(event, origin))
        return BoltResponse(status=200, body="")

    async def _show_home(self, event: Event, origin: Origin) -> None:
        """Draw App Home anew: what was done there may have changed what it says."""
        opened = HomeOpened(id=f"{event.id}:home", sender=event.sender, place=event.place)
        with suppress(NotKept):
            await self._answers.show(Incoming(opened, origin), await self._dispatch(opened))

    async def _not_kept(self, incoming: Incoming) -> BoltResponse:
        if incoming.origin.is_submission and incoming.origin.fields:
            return BoltResponse(status=200, body=not_kept_in_form(incoming.origin))
        await asyncio.wait({self._show(self._answers.tell_not_kept(incoming))}, timeout=limits.ACK_SECONDS)
        return BoltResponse(status=503, body="")

    def _show(self, showing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Show an answer; whoever waits for it waits at most so long that Slack does not think the event lost."""
        task = asyncio.create_task(showing)
        self._showing.add(task)
        task.add_done_callback(self._shown)
        return task

    def _shown(self, task: asyncio.Task[None]) -> None:
        self._showing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.bug("an answer was not shown", error)

    async def _note(self, body: Json) -> BoltResponse:
        log.error("Slack took the bot's access away", event=body["event"]["type"])
        return BoltResponse(status=200, body="")

    async def _ignore(self) -> BoltResponse:
        return BoltResponse(status=200, body="")

    async def _failed(self, error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.warning("refused a Slack request", why="nothing listens for it")
            return BoltResponse(status=404, body="")
        log.warning("refused a Slack request", why="Bolt cannot read it")
        return BoltResponse(status=400, body="")
