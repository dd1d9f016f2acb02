"""The keys that sign Teams' requests, fetched without holding anything up, and kept; botbuilder asks for them by id.

Stands in for botbuilder 4.17.1's own `_OpenIdMetadata`, which fetches with a blocking call without a timeout and, on a
key that it does not know, fails for up to a day.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from bot.clock import Clock
from bot.settings import LOOPBACK

GOOD_FOR = timedelta(days=1)
ASK_AGAIN_AFTER = timedelta(minutes=1)
"""How often at most an unknown key id, which anyone can make up, leads to a new fetch."""
TIMEOUT = ClientTimeout(total=5)


class KeysAway(Exception):
    """The keys could not be fetched, so nobody's token can be judged now."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, under the names that botbuilder reads; `endorsements` are the channels that it may speak for."""

    public_key: Any
    endorsements: list[str]


class Keys:
    """All keys that Microsoft publishes at one OpenID address."""

    def __init__(self, url: str, session: Callable[[], ClientSession], clock: Clock) -> None:
        self._url = url
        self._session = session
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: dict[str, Key] = {}
        self._fetched_at: datetime | None = None
        self._asked_at: datetime | None = None

    async def get(self, key_id: object) -> Key:
        """The key with that id. Raises PermissionError where there is none, KeysAway where none could be fetched."""
        wanted = key_id if isinstance(key_id, str) else ""
        if not self._has(wanted):
            async with self._lock:
                if not self._has(wanted) and self._may_ask():
                    await self._refresh()
        if not self._keys:
            raise KeysAway
        if wanted not in self._keys:
            raise PermissionError("unknown key")
        return self._keys[wanted]

    def _has(self, key_id: str) -> bool:
        fresh = self._fetched_at is not None and self._clock.now() - self._fetched_at < GOOD_FOR
        return fresh and key_id in self._keys

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._clock.now() - self._asked_at >= ASK_AGAIN_AFTER

    async def _refresh(self) -> None:
        """Fetch again; where that fails the keys that are known stay good."""
        self._asked_at = self._clock.now()
        try:
            described = await self._fetch(self._url)
            found = (await self._fetch(described["jwks_uri"]))["keys"]
            keys = {one["kid"]: _key(one) for one in found if one.get("kty") == "RSA"}
        except (ClientError, TimeoutError, ValueError, KeyError, TypeError, AttributeError, InvalidKeyError):
            return
        if keys:
            self._keys, self._fetched_at = keys, self._clock.now()

    async def _fetch(self, url: str) -> Any:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("keys are fetched over https only")
        async with self._session().get(url, timeout=TIMEOUT, raise_for_status=True, allow_redirects=False) as answer:
            return json.loads(await answer.read())


def _key(given: dict[str, Any]) -> Key:
    return Key(RSAAlgorithm.from_jwk(json.dumps(given)), list(given.get("endorsements", [])))
