"""Calls Slack's Web API over one shared session: no silent retries, Retry-After waited for once, errors by code."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack import limits
from bot.platforms.slack.render import Json
from bot.settings import SlackSettings
from handlers.kit.content import Attachment

LONGEST_WAIT = 30
"""Seconds: a longer Retry-After is not waited for."""
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""The session's own: AsyncWebClient ignores its `timeout` once it is given a session."""


class ApiError(Exception):
    """Slack refused a call or could not be reached; `code` is Slack's word for it, or `unreachable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotReached(ApiError):
    """Nothing of the call was written to Slack."""


class InDoubt(ApiError):
    """The call was written, and Slack gave no answer that can be read: it may be done or not."""


class Limited(ApiError):
    """Too many calls: nothing was done, and Slack says when to come again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def silent_logger() -> logging.Logger:
    """A logger for Slack's libraries that says nothing: at DEBUG they write whole payloads and headers (S8)."""
    logger = logging.Logger("slack", logging.CRITICAL + 1)
    logger.disabled = True
    return logger


class Api:
    """Slack's Web API with the bot's token."""

    def __init__(self, settings: SlackSettings, seconds: float = limits.SEND_SECONDS) -> None:
        """`seconds`: how long a single attempt of `once` may take; half of them for a connection."""
        self._settings = settings
        self._once = aiohttp.ClientTimeout(total=seconds, connect=seconds / 2)
        self.client = AsyncWebClient(
            settings.bot_token, base_url=settings.api_url, retry_handlers=[], logger=silent_logger()
        )
        self.session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Open the one session; to be called on the running loop."""
        self.session = self.client.session = aiohttp.ClientSession(timeout=TIMEOUT)

    async def close(self) -> None:
        """Close the session."""
        if self.session is not None:
            await self.session.close()

    async def call(self, method: str, payload: Json) -> Json:
        """Call a method with JSON, and return its answer. Raises ApiError."""
        return await _patiently(lambda: self._post(method, payload, TIMEOUT))

    async def once(self, method: str, payload: Json) -> Json:
        """Call a method with JSON in one attempt, and return its answer.

        Raises NotReached, InDoubt or Limited where there is no answer, and a plain ApiError with Slack's refusal.
        """
        return await self._post(method, payload, self._once)

    async def identity(self) -> Json:
        """Who the bot is (auth.test). Raises ApiError."""
        return await _patiently(lambda: _by_sdk(self.client.auth_test()))

    async def user(self, user: str) -> Json:
        """The `user` object of users.info. Raises ApiError."""
        answer = await _patiently(lambda: _by_sdk(self.client.users_info(user=user)))
        found = answer.get("user")
        return found if isinstance(found, dict) else {}

    async def socket_url(self) -> str:
        """A fresh address for Socket Mode. Raises ApiError."""
        token = self._settings.app_token
        answer = await _patiently(lambda: _by_sdk(self.client.apps_connections_open(app_token=token)))
        return str(answer["url"])

    async def upload(self, channel: str, files: Sequence[Attachment]) -> None:
        """Put files into a conversation, all in one message. Raises ApiError, and then none of them is there."""
        shared: list[dict[str, str | None]] = [{"id": await self._stored(one), "title": one.name} for one in files]
        complete = self.client.files_completeUploadExternal
        await _patiently(lambda: _by_sdk(complete(files=shared, channel_id=channel)))

    async def _stored(self, file: Attachment) -> str:
        """Put one file into Slack, where nobody sees it before it is shared; returns its id. Raises ApiError."""
        words = (file.about or file.name) if file.media_type.startswith("image/") else None
        ask = self.client.files_getUploadURLExternal
        name, size = file.name, len(file.content)
        place = await _patiently(lambda: _by_sdk(ask(filename=name, length=size, alt_txt=words)))
        url = str(place.get("upload_url", ""))
        if self.session is None or not self._is_slacks(url):
            raise ApiError("foreign upload_url")
        try:
            async with self.session.post(url, data=BytesIO(file.content), allow_redirects=False) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ApiError("unreachable") from error
        if answer.status != 200:
            raise ApiError(f"status {answer.status}")
        return str(place.get("file_id", ""))

    async def respond(self, url: str, payload: Json) -> None:
        """Answer at a response_url, which must be Slack's own. Raises ApiError."""
        if self.session is None or not self._is_slacks(url):
            raise ApiError("foreign response_url")
        try:
            async with self.session.post(url, json=payload, allow_redirects=False) as answer:
                said = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ApiError("unreachable") from error
        if answer.status != 200 or '"ok":false' in said.replace(" ", ""):
            raise ApiError("invalid_blocks" if "invalid_blocks" in said else f"status {answer.status}")

    async def _post(self, method: str, payload: Json, timeout: aiohttp.ClientTimeout) -> Json:
        """Everything said goes this way: the bare session costs half of what the SDK's client does on top of it."""
        if self.session is None or self.session.closed:
            raise NotReached("unreachable")
        url, headers = self._settings.api_url + method, {"Authorization": f"Bearer {self._settings.bot_token}"}
        try:
            async with self.session.post(
                url, json=payload, headers=headers, allow_redirects=False, timeout=timeout
            ) as answer:
                data = json.loads(await answer.read()) if answer.status == 200 else None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReached("unreachable") from error
        except (aiohttp.ClientError, OSError, ValueError, RecursionError) as error:
            raise InDoubt("unreachable") from error
        return _checked(answer.status, answer.headers, data)

    def _is_slacks(self, url: str) -> bool:
        wanted, api = urlsplit(url), urlsplit(self._settings.api_url)
        if (wanted.scheme, wanted.netloc) == (api.scheme, api.netloc):
            return True
        host = wanted.hostname or ""
        return wanted.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))


async def _patiently(call: Callable[[], Awaitable[Json]]) -> Json:
    """Make a call; where Slack says to come again soon, once more then."""
    try:
        return await call()
    except Limited as limited:
        if limited.seconds > LONGEST_WAIT:
            raise
        await asyncio.sleep(limited.seconds)
    return await call()


async def _by_sdk(answering: Awaitable[Any]) -> Json:
    """A call by the SDK's client, its errors in our words."""
    try:
        answer = await answering
    except SlackApiError as error:
        refused = error.response
        return _checked(
            getattr(refused, "status_code", 0), getattr(refused, "headers", {}), getattr(refused, "data", None)
        )
    except (SlackClientError, aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise ApiError("unreachable") from error
    return answer.data if isinstance(answer.data, dict) else {}


def _checked(status: int, headers: Mapping[str, str], data: object) -> Json:
    """The answer, if Slack says that it is one. Raises ApiError, with Slack's word for what is wrong."""
    if status == 429:
        after = headers.get("Retry-After", "1")
        seconds = float(after) if after.isascii() and after.isdigit() else 1.0
        raise Limited(seconds)
    if isinstance(data, dict) and data.get("ok") is True:
        return data
    code = data.get("error") if isinstance(data, dict) else None
    is_code = isinstance(code, str) and re.fullmatch(r"[a-z0-9_.-]{1,60}", code)
    raise ApiError(str(code)) if is_code else InDoubt("unreachable")
