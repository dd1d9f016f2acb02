"""Socket Mode: Slack's events over a connection that the bot opens, so that it needs no public address."""

import asyncio
import json
import random
from contextlib import suppress

import aiohttp

from bot.logs import log
from bot.platforms.slack.api import Api, ApiError
from bot.platforms.slack.listeners import Listeners
from bot.platforms.slack.render import Json

HEARTBEAT = 10.0
"""Seconds between pings; a connection that does not answer is left for a new one."""
LONGEST_PAUSE = 30.0
"""Seconds between two tries to connect, at most."""
DRAIN = 5.0
"""Seconds that a connection stays open for what came by it and is not kept yet."""
GOODBYE = 2.0
"""Seconds that Slack has to answer a close."""
LARGEST = 4 * 1024 * 1024
"""Bytes of one message: Slack's stay below 1 MB."""


class Socket:
    """Keeps one connection open. An envelope is acknowledged once its event is kept, and else comes again."""

    def __init__(self, api: Api, listeners: Listeners, first_pause: float = 0.5) -> None:
        self._api = api
        self._listeners = listeners
        self._first_pause = first_pause
        self._runner: asyncio.Task[None] | None = None
        self._old: set[asyncio.Task[None]] = set()
        self.is_open = asyncio.Event()
        self.why = "Slack's Socket Mode is not connected yet."

    async def start(self, seconds: float) -> None:
        """Connect; returns when events can come in, or after that many seconds, still trying."""
        self._runner = asyncio.create_task(self._run())
        with suppress(TimeoutError):
            await asyncio.wait_for(self.is_open.wait(), seconds)

    async def stop(self) -> None:
        """Take no more envelopes, finish those under way, close."""
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
        self.is_open.clear()
        if leaving := set(self._old):  # Each waits for what came by its connection, and closes it then.
            _, late = await asyncio.wait(leaving, timeout=DRAIN + GOODBYE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        pause = self._first_pause
        while True:
            try:
                connection = await self._connect()
            except (ApiError, aiohttp.ClientError, TimeoutError, ValueError) as error:
                code = error.code if isinstance(error, ApiError) else type(error).__name__
                self.why = f"Slack's Socket Mode cannot be reached ({code})."
                log.warning("Socket Mode did not connect", error=code)
                await asyncio.sleep(pause * random.uniform(0.7, 1.3))
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = self._first_pause
            await self._serve(connection)

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        url = await self._api.socket_url()
        assert self._api.session is not None
        return await self._api.session.ws_connect(
            url, heartbeat=HEARTBEAT, max_msg_size=LARGEST, timeout=aiohttp.ClientWSTimeout(ws_close=GOODBYE)
        )

    async def _serve(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        """Read until Slack says goodbye or the connection breaks; what is under way then finishes on the old one."""
        mine: set[asyncio.Task[None]] = set()
        try:
            async for message in connection:
                envelope = _parsed(message)
                kind = envelope.get("type")
                if kind == "hello":
                    self.is_open.set()
                elif kind == "disconnect":
                    break
                elif isinstance(envelope.get("envelope_id"), str):
                    task = asyncio.create_task(self._handle(connection, envelope))
                    mine.add(task)
                    task.add_done_callback(mine.discard)
        finally:
            self.is_open.clear()
            self.why = "Slack's Socket Mode is connecting again."
            leaving = asyncio.ensure_future(_leave(connection, mine))
            self._old.add(leaving)
            leaving.add_done_callback(self._old.discard)

    async def _handle(self, connection: aiohttp.ClientWebSocketResponse, envelope: Json) -> None:
        payload, tries = envelope.get("payload"), envelope.get("retry_attempt")
        if not isinstance(payload, dict):
            log.warning("refused a Slack request", why="an envelope without a payload")
            return
        headers = {"x-slack-retry-num": str(tries)} if tries else {}
        answered = await self._listeners.handle(payload, headers)
        if answered.status != 200:
            log.warning("an envelope was not acknowledged", status=answered.status)
            return
        ack: Json = {"envelope_id": envelope["envelope_id"]}
        if answered.body:
            ack["payload"] = json.loads(answered.body)
        with suppress(ConnectionError):
            await connection.send_json(ack)


def _parsed(message: aiohttp.WSMessage) -> Json:
    if message.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        body = json.loads(message.data)
    except (ValueError, RecursionError):
        log.warning("refused a Slack request", why="cannot be read")
        return {}
    return body if isinstance(body, dict) else {}


async def _leave(connection: aiohttp.ClientWebSocketResponse, handling: set[asyncio.Task[None]]) -> None:
    if handling:
        await asyncio.wait(set(handling), timeout=DRAIN)
    await connection.close()
