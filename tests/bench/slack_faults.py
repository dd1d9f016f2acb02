"""How the fake Slack fails: by a code, a status, a delay, a closed connection, before or after it did as asked."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import Any

from aiohttp import web


class Refused(Exception):
    """Slack's answer is an error code."""


@dataclass
class Fault:
    """How a method fails: a Slack error code, an HTTP status, a delay in seconds; `times` 0 means always.

    `shown`: it is done first, and fails only then. `reset`: the connection is torn down. `garbage`: a 200 that nobody
    can read. What is only delayed is done at the end of the delay.
    """

    error: str = ""
    status: int = 200
    delay: float = 0
    times: int = 0
    retry_after: str = "0"
    shown: bool = False
    reset: bool = False
    garbage: bool = False

    async def answer(self, request: web.Request) -> web.Response | None:
        """What Slack answers; None where it goes on."""
        await asyncio.sleep(self.delay)
        if self.reset:
            _tear_down(request)
            return web.Response()
        if self.garbage:
            return web.Response(text="<html>We will be back soon", content_type="text/html")
        if self.status != 200:
            headers = {"Retry-After": self.retry_after}
            return web.json_response({"ok": False, "error": self.error}, status=self.status, headers=headers)
        return web.json_response({"ok": False, "error": self.error}) if self.error else None


def fault_of(faults: dict[str, Fault], method: str, payload: dict[str, Any]) -> Fault | None:
    """The fault that this call meets: that of its method for its channel or user (`METHOD USER`), or of its method."""
    whom = payload.get("channel") or payload.get("users") or ""
    name = f"{method} {whom}" if f"{method} {whom}" in faults else method
    fault = faults.get(name)
    if fault is None:
        return None
    if fault.times == 1:
        del faults[name]
    fault.times -= 1
    return fault


def _tear_down(request: web.Request) -> None:
    """Close the connection so that the other side sees it reset."""
    if request.transport is not None:
        request.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        request.transport.abort()
