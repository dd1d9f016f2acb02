"""Puts a file's bytes where Teams says, in ranges, and nowhere but with Microsoft's storage of files.

https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
"""

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import ClientError, ClientSession
from yarl import URL

from bot.platforms.teams.connector import LONGEST_WAIT, TRIES, USUAL_WAIT, seconds_in
from bot.platforms.teams.hosts import is_allowed

RANGE: Final = 3 * 320 * 1024
"""Bytes of one request: a whole number of 320 KiB, as OneDrive wants all ranges but the last."""
SECONDS: Final = 12.0
"""How long a whole file may take: Teams waits for the answer to an invoke for about 15."""
TAKEN = (200, 201, 202, 416)
"""All of it is there (200, 201), the next range is wanted (202), or this one came twice: an answer was lost (416)."""


class NotUploaded(Exception):
    """The file is not there; `why` holds no address and no words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Uploads:
    """Uploads over the one session. An upload's address is its own permission: the bot's token never goes there."""

    def __init__(self, session: Callable[[], ClientSession], hosts: tuple[str, ...]) -> None:
        self._session = session
        self._hosts = hosts

    def knows(self, url: str) -> bool:
        """True for an address on the list."""
        return is_allowed(url, self._hosts)

    async def put(self, url: str, content: bytes) -> None:
        """Put all bytes there. Raises NotUploaded, before any request where the address is not on the list."""
        if not self.knows(url):
            raise NotUploaded("that upload address is not on the list")
        status = 0
        try:
            async with asyncio.timeout(SECONDS):
                for first in range(0, len(content), RANGE):
                    status = await self._put(url, content, first)
        except TimeoutError:
            raise NotUploaded("the upload took too long") from None
        if status == 202:
            raise NotUploaded("the upload was not finished")

    async def _put(self, url: str, content: bytes, first: int) -> int:
        """Put one range, again where that may help; returns the status that it was taken with."""
        piece = content[first : first + RANGE]
        span = f"bytes {first}-{first + len(piece) - 1}/{len(content)}"
        headers = {"Content-Range": span, "Content-Type": "application/octet-stream"}
        for attempt in range(1, TRIES + 1):
            status, wait = await self._once(url, piece, headers)
            if status in TAKEN:
                return status
            may_help = status == 0 or status == 429 or status >= 500
            if not may_help or attempt == TRIES or wait > LONGEST_WAIT:
                raise NotUploaded(f"the upload was answered {status}" if status else "the upload broke off")
            await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _once(self, url: str, piece: bytes, headers: dict[str, str]) -> tuple[int, float]:
        """The status, 0 where there was none, and the seconds to wait."""
        request = self._session().put(URL(url, encoded=True), data=piece, headers=headers, allow_redirects=False)
        try:
            async with request as answer:
                wait = seconds_in(answer.headers.get("Retry-After", ""))
                return answer.status, USUAL_WAIT if wait is None else wait
        except (ClientError, OSError):
            return 0, USUAL_WAIT
