"""The HTTP server: each platform's routes, and health, readiness and metrics that reveal nobody."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.backlog import Backlog
from bot.logs import log
from bot.metrics import Metrics
from bot.platforms import Platform

MAX_BODY = 1024 * 1024
"""Bytes of a request body; more is answered 413 (limits.md F13)."""

FRESH_SECONDS = 2.0
"""How long an answer of /readyz holds, so that asking often costs the database nothing."""

Trouble = Callable[[], Awaitable[str | None]]


class Readiness:
    """Whether the bot can work now: asks the database and each platform, at most every two seconds."""

    def __init__(self, database: Trouble, platforms: Sequence[Platform]) -> None:
        self._checks: dict[str, Trouble] = {"database": database, **{one.name: one.trouble for one in platforms}}
        self._answer: dict[str, str] = {}
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def answer(self) -> dict[str, str]:
        """For the database and each platform: "ok", or why it cannot work."""
        async with self._lock:
            if time.monotonic() >= self._until:
                troubles = await asyncio.gather(*(check() for check in self._checks.values()))
                self._answer = {name: why or "ok" for name, why in zip(self._checks, troubles, strict=True)}
                self._until = time.monotonic() + FRESH_SECONDS
        return self._answer


def build(
    platforms: Sequence[Platform], readiness: Readiness, metrics: Metrics, backlog: Backlog | None = None
) -> web.Application:
    """The application with every platform mounted; `backlog` is counted when the metrics are asked for."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_calm])

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"process": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        answer = await readiness.answer()
        return web.json_response(answer, status=200 if set(answer.values()) <= {"ok"} else 503)

    async def figures(_request: web.Request) -> web.Response:
        if backlog:
            await backlog.refresh()
        return web.Response(body=metrics.page(), content_type="text/plain", charset="utf-8")

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", figures)
    for platform in platforms:
        platform.mount(app)
    return app


@web.middleware
async def _calm(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Never answer with an error's own text."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except ConnectionResetError:
        raise
    except Exception as bug:  # noqa: BLE001  the one catch of this loop
        log.bug("a request failed", bug, path=request.path[:100])
        return web.Response(status=500)
