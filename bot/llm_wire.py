"""What goes over the wire to a model, and what comes back: pure, and as wary of an answer as of a stranger."""

import enum
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from prompts.updates import MOST_ANSWER_TOKENS, SCHEMA, Messages

MOST_BYTES = 4_000_000
"""Bytes of a response that are taken in; an answer has ten thousand."""


class Shape(enum.IntEnum):
    """How an answer in JSON is asked for; servers that lack the first take the second or the third."""

    SCHEMA = 0
    OBJECT = 1
    PLAIN = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """The text that came, what it cost in tokens, and whether the model declined to answer."""

    text: str
    tokens: int
    is_refusal: bool = False


def asked_as(asked: Messages, model: str, shape: Shape) -> dict[str, Any]:
    """The parameters of the request in that shape."""
    spoken = [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]
    plain = {"model": model, "messages": spoken}
    # Newer models refuse max_tokens, and older servers know nothing else.
    if shape is Shape.SCHEMA:
        wanted = {"name": "update", "strict": True, "schema": SCHEMA}
        schema = {"type": "json_schema", "json_schema": wanted}
        return {**plain, "max_completion_tokens": MOST_ANSWER_TOKENS, "response_format": schema}
    if shape is Shape.OBJECT:
        return {**plain, "max_tokens": MOST_ANSWER_TOKENS, "response_format": {"type": "json_object"}}
    return {**plain, "max_tokens": MOST_ANSWER_TOKENS}


def read_reply(body: bytes, estimate: int) -> Reply | None:
    """The reply in a response; None where there is none in it. `estimate`: what the request cost, in tokens.

    Where the server does not tell what it cost, that is estimated from the text.
    """
    try:
        response = json.loads(body)
    except (ValueError, RecursionError):
        return None
    choice = _first(response.get("choices")) if isinstance(response, dict) else None
    message = choice.get("message") if choice else None
    if not choice or not isinstance(message, dict):
        return None
    text = _text(message.get("content"))
    usage = response.get("usage")
    told = usage.get("total_tokens") if isinstance(usage, dict) else None
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        told = estimate + len(text) // 3
    refused = bool(message.get("refusal")) or choice.get("finish_reason") == "content_filter"
    return Reply(text, told, refused)


def retry_seconds(headers: dict[str, str], otherwise: float) -> float:
    """How long the server wants us to wait before the next attempt."""
    named = {name.lower(): value.strip() for name, value in headers.items()}
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            told = float(named.get(name, "")) / unit
        except ValueError:
            continue
        if math.isfinite(told) and told >= 0:
            return told
    try:
        at = parsedate_to_datetime(named.get("retry-after", ""))
        return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return otherwise


def _first(choices: object) -> dict[str, Any] | None:
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else None


def _text(content: object) -> str:
    """The text of a message; some servers send it in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(one["text"] for one in parts if isinstance(one, dict) and isinstance(one.get("text"), str))
