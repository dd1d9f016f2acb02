"""Asks services over HTTP for the doctor, with short patience, and notes how far their clocks are from ours."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock

TIMEOUT = ClientTimeout(total=6, sock_connect=3)
MOST_BYTES = 1_000_000


class Away(Exception):
    """The service did not answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `body` is its JSON object, empty where it is none."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def error(self) -> str:
        """The service's word for what is wrong; only what looks like such a word, so never a secret sent back."""
        word = self.body.get("error")
        return word if isinstance(word, str) and re.fullmatch(r"[a-z_]{3,40}", word) else f"status {self.status}"


class Web:
    """Asks, and keeps in `drifts` by how many seconds this machine's clock is ahead at each answer with a date."""

    def __init__(self, session: ClientSession, clock: Clock) -> None:
        self.drifts: list[float] = []
        self._session = session
        self._clock = clock

    async def ask(self, method: str, url: str, *, token: str = "", form: Mapping[str, str] | None = None) -> Answer:
        """The answer to one request. Raises Away."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with self._session.request(method, url, headers=headers, data=form, allow_redirects=False) as answer:
                content = await answer.content.read(MOST_BYTES)
                self._compare(answer.headers.get("Date", ""))
                return Answer(answer.status, _object(content), answer.headers)
        except (ClientError, TimeoutError, OSError, ValueError):
            raise Away from None

    def _compare(self, date: str) -> None:
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return
        theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
        self.drifts.append((self._clock.now() - theirs).total_seconds())


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
