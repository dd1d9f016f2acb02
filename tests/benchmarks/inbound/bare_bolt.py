"""The limit for Slack: Bolt as it comes, and one insert by the bare driver, committed before the acknowledgement."""

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
import asyncpg
from aiohttp import web
from benchmarks.inbound.platform import serve, yes
from benchmarks.inbound.running import SECRET
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

TABLE = "CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, who TEXT, said TEXT)"
Insert = Callable[[str, str, str], Awaitable[None]]


async def into_sqlite(url: str) -> Insert:
    """One connection, synchronous FULL, a commit for each insert."""
    connection = await aiosqlite.connect(url.removeprefix("sqlite:///"))
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", TABLE):
        await connection.execute(statement)
    one_at_a_time = asyncio.Lock()

    async def insert(*row: str) -> None:
        async with one_at_a_time:
            await connection.execute("INSERT OR REPLACE INTO bare VALUES (?, ?, ?)", row)
            await connection.commit()

    return insert


async def into_postgres(url: str) -> Insert:
    """A pool of ten, each insert a commit of its own."""
    pool = await asyncpg.create_pool(url.replace("+psycopg", ""), min_size=10, max_size=10)
    await pool.execute(TABLE)

    async def insert(*row: str) -> None:
        await pool.execute("INSERT INTO bare VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING", *row)

    return insert


def application(kind: str, url: str, api_url: str) -> web.Application:
    """The server: verify, insert, acknowledge."""
    client = AsyncWebClient("xoxb-bench", base_url=api_url)
    bolt = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)
    kept: list[Insert] = []

    @bolt.view(re.compile(""))
    async def submitted(ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        await kept[0](view["id"], body["user"]["id"], json.dumps(view["state"]["values"]))
        await ack()

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    async def start(_app: web.Application) -> None:
        kept.append(await (into_sqlite(url) if kind == "sqlite" else into_postgres(url)))

    app = web.Application()
    app.router.add_post("/slack/events", events)
    app.router.add_get("/healthz", yes)
    app.on_startup.append(start)
    return app


if __name__ == "__main__":
    serve(application(*sys.argv[1:4]))
