"""Plays a language model on loopback: a real server with OpenAI's interface that answers well, badly or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Way = Callable[[web.Request, Json], Awaitable[web.StreamResponse]]
"""How one request is answered; the second argument is its body."""


def facts_in(asked: Json) -> list[Json]:
    """The facts that a request holds: every line of its data but the first."""
    lines = asked["messages"][-1]["content"].split("\n")[2:-1]
    return [json.loads(line) for line in lines]


def said(*sentences: tuple[str, str, list[int]]) -> str:
    """An answer as it was asked for, of sections, texts and numbers of facts."""
    found = [{"section": each, "sentences": [{"text": text, "facts": facts}]} for each, text, facts in sentences]
    return json.dumps({"sections": found})


def completion(content: object, *, tokens: object = 100, finish: str = "stop", refusal: str | None = None) -> Json:
    """A response around that content."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    usage = {"prompt_tokens": 60, "completion_tokens": 40, "total_tokens": tokens}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "x", "choices": choices, "usage": usage}


async def honestly(_request: web.Request, asked: Json) -> web.StreamResponse:
    """A sentence for each fact, in its own words."""
    told = [(fact["section"], fact["text"], [fact["number"]]) for fact in facts_in(asked)]
    return web.json_response(completion(said(*told)))


def says(content: object, **others: Any) -> Way:
    """Always answers with that content."""

    async def way(_request: web.Request, _asked: Json) -> web.StreamResponse:
        return web.json_response(completion(content, **others))

    return way


def gives(body: object) -> Way:
    """Always responds with that body, whatever it is."""

    async def way(_request: web.Request, _asked: Json) -> web.StreamResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return web.Response(body=raw, content_type="application/json")

    return way


def refuses(status: int, **headers: str) -> Way:
    """Refuses with that status; the reason repeats the request, as real servers' do."""

    async def way(_request: web.Request, asked: Json) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"error": {"message": json.dumps(asked)}}, status=status, headers=named)

    return way


async def hangs(_request: web.Request, _asked: Json) -> web.StreamResponse:
    """Is silent for a minute."""
    await asyncio.sleep(60)
    return web.json_response(completion("late"))


async def breaks_off(request: web.Request, _asked: Json) -> web.StreamResponse:
    """Promises much, sends little, and closes the connection."""
    response = web.StreamResponse(headers={"Content-Length": "5000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport is not None
    request.transport.close()
    return response


async def never_ends(request: web.Request, _asked: Json) -> web.StreamResponse:
    """Sends and sends."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 100_000)


def without(*kinds: str) -> Way:
    """Knows none of these kinds of response_format, and is honest otherwise."""

    async def way(request: web.Request, asked: Json) -> web.StreamResponse:
        if asked.get("response_format", {}).get("type") in kinds:
            return await refuses(400)(request, asked)
        return await honestly(request, asked)

    return way


@dataclass
class ModelServer:
    """Answers each request in the next way, and in the last one from then on; keeps what it was asked."""

    ways: list[Way] = field(default_factory=lambda: [honestly])
    asked: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def settings(self, **others: str) -> dict[str, str]:
        """The environment of a bot that asks it."""
        named = {"OPENAI_API_KEY": "key-hush", "OPENAI_BASE_URL": f"{self.url}/v1", "WEAVER_MODEL": "a-model"}
        return {**named, **others}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request, in the way that is next."""
        asked = await request.json()
        self.asked.append(asked)
        self.keys.append(request.headers["Authorization"])
        way = self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]
        return await way(request, asked)


@asynccontextmanager
async def model_server(*ways: Way) -> AsyncIterator[ModelServer]:
    """A model on a port of its own while the block runs, which answers in these ways; honest where none is given."""
    model = ModelServer(list(ways) or [honestly])
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    model.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield model
    finally:
        await runner.cleanup()
