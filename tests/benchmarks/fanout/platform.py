"""A bare Slack and Teams: they take every message and count it by its key, and refuse what they are told to refuse."""

import asyncio
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from benchmarks.fanout.prompts import WORKSPACE
from benchmarks.inbound.platform import serve, yes

IDENTITY = {"ok": True, "user_id": "UBOT", "team_id": WORKSPACE}
TOKEN = {"access_token": "token", "expires_in": 3600, "token_type": "Bearer"}
KEY = re.compile(rb'"key": ?"([^"]+)"')
WAIT_SECONDS = 1
"""What every refusal asks for in Retry-After; Slack gives whole seconds."""


@dataclass
class Ledger:
    """What came in since it was begun.

    `cap`: requests that are let in within any one second; 0: all. `lot`: the share of those that is refused all the
    same. `keeps`: the bodies too, to be posted again. `delay`: seconds until an answer.
    """

    cap: int = 0
    lot: float = 0.0
    keeps: bool = False
    delay: float = 0.0
    shown: Counter[str] = field(default_factory=Counter)
    over: int = 0
    by_lot: int = 0
    early: int = 0
    first: float = 0.0
    last: float = 0.0
    throttled: float = 0.0
    ports: set[int] = field(default_factory=set)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    _let_in: deque[float] = field(default_factory=deque)
    _held_until: float = 0.0
    _luck: random.Random = field(default_factory=lambda: random.Random(2027))

    def takes(self, now: float) -> bool:
        """Whether this request is taken; counts it where it is not."""
        self.early += now < self._held_until - WAIT_SECONDS / 2
        while self._let_in and self._let_in[0] <= now - 1:
            self._let_in.popleft()
        if self.cap and len(self._let_in) >= self.cap:
            self.over += 1
        else:
            self._let_in.append(now)
            if self._luck.random() >= self.lot:
                return True
            self.by_lot += 1
        until = now + WAIT_SECONDS
        self.throttled += until - max(now, self._held_until)
        self._held_until = until
        return False

    def show(self, key: str, now: float) -> None:
        """A message is shown."""
        self.shown[key] += 1
        self.first = self.first or now
        self.last = now

    def figures(self) -> dict[str, Any]:
        """What `running.Told` is made of."""
        doubled = sum(times - 1 for times in self.shown.values())
        seconds = self.last - self.first
        return {
            "told": len(self.shown), "doubled": doubled, "seconds": seconds, "over": self.over, "by_lot": self.by_lot,
            "early": self.early, "throttled": self.throttled, "connections": len(self.ports),
        }  # fmt: skip


class Platforms:
    """Both of them, and the way for whoever measures to begin and to read the ledger."""

    def __init__(self) -> None:
        self._ledger = Ledger()

    def application(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.router.add_get("/healthz", yes)
        app.router.add_post("/api/auth.test", _always(IDENTITY))
        app.router.add_post("/{tenant}/oauth2/v2.0/token", _always(TOKEN))
        app.router.add_post("/api/chat.postMessage", self.slack)
        app.router.add_post("/v3/conversations/{conversation}/activities", self.teams)
        app.router.add_post("/ledger", self.begin)
        app.router.add_get("/ledger", self.tell)
        return app

    async def slack(self, request: web.Request) -> web.Response:
        """Show a message in Slack, known by the key in its metadata."""
        body = await request.read()
        found = KEY.search(body)
        assert found, body
        return await self._take(request, body, found[1].decode(), b'{"ok":true,"channel":"D1","ts":"1.2"}')

    async def teams(self, request: web.Request) -> web.Response:
        """Show a message in Teams: each person has one conversation, and gets one message."""
        return await self._take(request, await request.read(), request.match_info["conversation"], b'{"id":"1"}')

    async def _take(self, request: web.Request, body: bytes, key: str, answer: bytes) -> web.Response:
        now, ledger = time.perf_counter(), self._ledger
        assert request.transport is not None
        ledger.ports.add(request.transport.get_extra_info("peername")[1])
        if not ledger.takes(now):
            return web.Response(status=429, headers={"Retry-After": str(WAIT_SECONDS)}, body=b'{"ok":false}')
        ledger.show(key, now)
        if ledger.keeps:
            ledger.bodies.append((request.path, body.decode()))
        if ledger.delay:
            await asyncio.sleep(ledger.delay)
        return web.Response(body=answer, content_type="application/json")

    async def begin(self, request: web.Request) -> web.Response:
        """A new ledger."""
        self._ledger = Ledger(**await request.json())
        return web.Response()

    async def tell(self, request: web.Request) -> web.Response:
        """The figures; the bodies are written to the file that is named."""
        if to := request.query.get("bodies"):
            Path(to).write_text(json.dumps(self._ledger.bodies))
        return web.json_response(self._ledger.figures())


def _always(content: dict[str, Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(content)

    return answer


if __name__ == "__main__":
    serve(Platforms().application())
