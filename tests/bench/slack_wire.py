"""How Slack's requests look on the wire: signed, JSON for events, a form for the rest."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """A request as it went to the bot, for sending it again."""

    kind: str
    payload: Json


def signed(raw: bytes, secret: str = "shh", at: float | None = None) -> dict[str, str]:
    """Slack's two headers for these bytes; `at` in seconds since 1970, now by default."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def form_body(kind: str, payload: Json) -> bytes:
    """The body of a slash command or an interaction."""
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}).encode()


def escaped(text: str) -> str:
    """What Slack makes of what a person types."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
