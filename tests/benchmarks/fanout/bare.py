"""The limit: one pooled aiohttp session posts the same content, 16 in flight; nothing is drawn and nothing kept.

As any sender must, it writes JSON, and reads whether the platform said yes.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp

IN_FLIGHT = 16
HEADERS = {"Authorization": "Bearer token"}


async def _post(session: aiohttp.ClientSession, url: str, row: Iterator[tuple[str, Any]]) -> None:
    for path, content in row:
        async with session.post(url + path, json=content, headers=HEADERS) as answer:
            said = await answer.json()
            assert answer.status == 200
            assert said.get("ok") or said.get("id")


async def send(url: str, bodies: Path) -> None:
    """Say when ready; on a line of input post all, and say when all is answered; end with the input."""
    posts = [(path, json.loads(body)) for path, body in json.loads(bodies.read_text())]
    async with aiohttp.ClientSession() as session:
        print("ready", flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            row = iter(posts)
            await asyncio.gather(*(_post(session, url, row) for _ in range(IN_FLIGHT)))
            print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], Path(sys.argv[2])))
