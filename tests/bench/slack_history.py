"""What stands in the fake Slack's conversations, and how it is read back, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
MOST = 999


@dataclass
class Posted:
    """A message in a conversation. `only_for` is the one who sees it, where it is ephemeral; `thread`: under which."""

    channel: str
    ts: str
    payload: Json
    only_for: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    turn: int = 0
    metadata: Json = field(default_factory=dict)
    thread: str = ""

    def becomes(self, payload: Json) -> None:
        """Replace what it says; metadata stays unless there is a new one."""
        self.payload = payload
        self.metadata = payload.get("metadata", self.metadata)


@dataclass
class Address:
    """Where a response_url leads."""

    channel: str
    user: str
    posted: Posted | None = None


def direct(user: str) -> str:
    """The direct conversation of that person."""
    return f"D{user[1:]}"


def page(posted: Sequence[Posted], asked: Json) -> Json:
    """What conversations.history answers: newest first, later than `oldest`, metadata only where it is asked for.

    What stands in a thread is not in it. https://docs.slack.dev/reference/methods/conversations.history
    """
    oldest = float(asked.get("oldest", "0"))
    seen = [one for one in _in(posted, asked) if not one.thread and float(one.ts) > oldest]
    return _page(seen[::-1], asked)


def replies(posted: Sequence[Posted], asked: Json) -> Json | None:
    """What conversations.replies answers: the message and its thread, oldest first; None where it is not there.

    https://docs.slack.dev/reference/methods/conversations.replies
    """
    seen = [one for one in _in(posted, asked) if asked["ts"] in (one.ts, one.thread)]
    return _page(seen, asked) if seen else None


def _in(posted: Sequence[Posted], asked: Json) -> list[Posted]:
    return [one for one in posted if one.channel == asked["channel"] and not one.only_for]


def _page(seen: list[Posted], asked: Json) -> Json:
    start, limit = int(asked.get("cursor") or 0), min(int(asked.get("limit", 100)), MOST)
    more = len(seen) > start + limit
    return {
        "messages": [_drawn(one, bool(asked.get("include_all_metadata"))) for one in seen[start : start + limit]],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _drawn(posted: Posted, with_metadata: bool) -> Json:
    drawn: Json = {"type": "message", "ts": posted.ts, "bot_id": "B01", "text": posted.payload.get("text", "")}
    return {**drawn, "metadata": posted.metadata} if with_metadata and posted.metadata else drawn


async def payload_of(request: web.Request) -> Json:
    """What a call carries, as JSON or as a form."""
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    return {key: str(value) for key, value in {**request.query, **(await request.post())}.items()}
