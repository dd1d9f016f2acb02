"""Calls Teams' service: one pooled session, one cached token, and only hosts that are allowed to see it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    TCPConnector,
)
from yarl import URL

from bot.clock import Clock
from bot.platforms.teams.hosts import is_allowed
from bot.platforms.teams.limits import Json
from bot.settings import TeamsSettings

SCOPE = "https://api.botframework.com/.default"
EARLY = timedelta(minutes=5)
"""How long before its end a token is replaced."""
ASK_AGAIN_AFTER = timedelta(seconds=10)
"""How long a refused or failed sign-in is not tried again."""
TIMEOUT = ClientTimeout(total=10, connect=4)
"""`connect` also covers waiting for a free connection: what ends later than that may have been written."""
REFUSALS = (400, 401, 403)
"""What Microsoft's sign-in answers to an app id, a password or a tenant that is wrong."""
TRIES = 3
LONGEST_WAIT = 2.0
"""Seconds that a turn waits for a throttled reply; Teams gives up on the whole turn after about 15."""
USUAL_WAIT = 0.5
"""Seconds that it waits where Teams does not say how long."""
THROTTLED = (412, 429)


class ServiceAway(Exception):
    """Teams' service or Microsoft's sign-in did not do what was asked; `why` holds no secret and no words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotWritten(ServiceAway):
    """Nothing reached Teams' service: what was to be sent is certainly not shown."""


class SignInRefused(NotWritten):
    """Microsoft's sign-in refuses this app: nothing can be sent to anyone until somebody mends that."""


class NotOnTheList(NotWritten):
    """The service address is not one that may see the token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Teams' service answered: its status, the seconds to wait where it says how many, the id of what it made.

    `activity_id`: where it made a conversation, that of the first message in it.
    """

    status: int
    wait: float | None
    sent_id: str
    activity_id: str = ""


class Token:
    """The bot's own access token: one for the process, fetched once at a time, replaced before it ends."""

    def __init__(self, settings: TeamsSettings, session: Callable[[], ClientSession], clock: Clock) -> None:
        tenant = settings.tenant_id if settings.app_type == "SingleTenant" else "botframework.com"
        self._url = f"{settings.login_url.rstrip('/')}/{quote(tenant, safe='')}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials", "client_id": settings.app_id,
            "client_secret": settings.app_password, "scope": SCOPE,
        }  # fmt: skip
        self._session = session
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value = ""
        self._until: datetime | None = None
        self._refused_until: datetime | None = None
        self._refusal: type[NotWritten] = NotWritten
        self._why = ""

    async def value(self) -> str:
        """A token that is good for the next minutes. Raises NotWritten, or SignInRefused."""
        if not self._is_fresh():
            async with self._lock:
                if not self._is_fresh():
                    await self._ask()
        return self._value

    def drop(self, value: str) -> None:
        """Forget that token, which Teams' service did not take; a newer one stays."""
        if value == self._value:
            self._until = None

    def _is_fresh(self) -> bool:
        return self._until is not None and self._clock.now() < self._until

    async def _ask(self) -> None:
        """Fetch, but not while a refusal is fresh: neither a probe nor a full chat may flood the sign-in."""
        now = self._clock.now()
        if self._refused_until is not None and now < self._refused_until:
            raise self._refusal(self._why)
        try:
            await self._fetch()
        except NotWritten as away:
            self._refused_until, self._refusal, self._why = now + ASK_AGAIN_AFTER, type(away), away.why
            raise

    async def _fetch(self) -> None:
        try:
            async with self._session().post(
                self._url, data=self._form, timeout=TIMEOUT, allow_redirects=False
            ) as answer:
                given = await answer.json(content_type=None) if answer.status == 200 else {}
                value, lasts = given["access_token"], timedelta(seconds=int(given["expires_in"]))
        except (ClientError, TimeoutError):
            raise NotWritten("Microsoft's sign-in could not be reached") from None
        except (ValueError, KeyError, TypeError):
            if answer.status in REFUSALS:
                raise SignInRefused(f"Microsoft's sign-in refused the app id or password ({answer.status})") from None
            raise NotWritten(f"Microsoft's sign-in gave no token ({answer.status})") from None
        self._value = value
        self._until = self._clock.now() + max(lasts - EARLY, lasts / 2)


class Connector:
    """Writes activities to conversations. (Botbuilder's own client opens a connection for each one, in a thread.)"""

    def __init__(self, settings: TeamsSettings, clock: Clock, timeout: ClientTimeout = TIMEOUT) -> None:
        self._settings = settings
        self._timeout = timeout
        self._open: ClientSession | None = None
        self.token = Token(settings, lambda: self.session, clock)

    @property
    def session(self) -> ClientSession:
        """The one session of this platform, opened at its first use."""
        if self._open is None or self._open.closed:
            self._open = ClientSession(connector=TCPConnector(limit=100, keepalive_timeout=60), timeout=self._timeout)
        return self._open

    async def close(self) -> None:
        """Close all connections."""
        if self._open is not None:
            await self._open.close()

    async def send(self, service_url: str, conversation_id: str, activity: Json) -> str:
        """Put a new activity into the conversation and return its id. Raises ServiceAway."""
        return await self._call("POST", service_url, _new_in(conversation_id), activity)

    async def update(self, service_url: str, conversation_id: str, activity_id: str, activity: Json) -> str:
        """Put an activity in the place of another of ours. Raises ServiceAway."""
        return await self._call("PUT", service_url, _at(conversation_id, activity_id), activity)

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        """Take an activity of ours away. Raises ServiceAway."""
        await self._call("DELETE", service_url, _at(conversation_id, activity_id), None)

    async def attempt(self, service_url: str, conversation_id: str, activity: Json) -> Answer:
        """Send a new activity once, and say what was answered.

        Raises NotWritten where nothing was sent, and ServiceAway where nobody knows.
        """
        return await self._once("POST", service_url, _new_in(conversation_id), activity)

    async def replace(self, service_url: str, conversation_id: str, activity_id: str, activity: Json) -> Answer:
        """Put an activity in the place of another of ours, once, and say what was answered; raises as `attempt`."""
        path = f"{_new_in(conversation_id)}/{quote(activity_id, safe='')}"
        return await self._once("PUT", service_url, path, activity)

    async def begin(self, service_url: str, described: Json) -> Answer:
        """Make a conversation with its first message, once, and say what was answered; raises as `attempt`."""
        return await self._once("POST", service_url, "", described)

    async def _call(self, method: str, service_url: str, path: str, activity: Json | None) -> str:
        for attempt in range(1, TRIES + 1):
            answer = await self._once(method, service_url, path, activity)
            if answer.status < 300:
                return answer.sent_id
            wait = USUAL_WAIT if answer.wait is None else answer.wait
            if answer.status not in THROTTLED or attempt == TRIES or wait > LONGEST_WAIT:
                raise ServiceAway(f"Teams answered {answer.status}")
            await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _once(self, method: str, service_url: str, path: str, activity: Json | None) -> Answer:
        """Sent once: a post that is repeated after a lost answer may be shown twice."""
        if not is_allowed(service_url, self._settings.service_hosts):
            raise NotOnTheList("that service address is not on the list")
        url = URL(f"{service_url.rstrip('/')}/v3/conversations/{path}".rstrip("/"), encoded=True)
        body = _body(activity)
        token = "" if self._settings.unauthenticated else await self.token.value()
        headers = {"Content-Type": "application/json; charset=utf-8"} if body else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self.session.request(method, url, data=body, headers=headers, allow_redirects=False) as answer:
                content = await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError):
            raise NotWritten("Teams could not be reached") from None
        except TimeoutError:
            raise ServiceAway("Teams did not answer in time") from None
        except ClientError:
            raise ServiceAway("the line to Teams broke off") from None
        if answer.status == 401:
            self.token.drop(token)
        made, wait = _object_in(content), seconds_in(answer.headers.get("Retry-After", ""))
        return Answer(answer.status, wait, str(made.get("id", "")), str(made.get("activityId", "")))


def _body(activity: Json | None) -> bytes | None:
    if activity is None:
        return None
    return json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _at(conversation_id: str, activity_id: str) -> str:
    return f"{_new_in(conversation_id)}/{quote(activity_id, safe='')}"


def _new_in(conversation_id: str) -> str:
    return f"{quote(conversation_id, safe='')}/activities"


def seconds_in(text: str) -> float | None:
    """The seconds that a Retry-After names, None where it names none."""
    return float(text) if text.isascii() and text.isdigit() else None


def _object_in(content: bytes) -> Json:
    try:
        found = json.loads(content) if content else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
