"""The HTTP front: what Slack did not sign is refused before a byte of it is parsed."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from aiohttp import web
from slack_bolt import BoltResponse
from yarl import URL

from bot.clock import Clock
from bot.logs import log
from bot.platforms.slack import limits
from bot.platforms.slack.listeners import Listeners
from bot.platforms.slack.render import Json

PATH = "/slack/events"


def is_signed(secret: str, headers: Mapping[str, str], raw: bytes, now: float) -> bool:
    """True if Slack signed these bytes within the last five minutes; `now` is in seconds since 1970.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13):
        return False
    if abs(now - int(stamp)) > limits.SIGNATURE_AGE:
        return False
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    given = headers.get("x-slack-signature", "").encode("utf-8", "replace")
    return hmac.compare_digest(b"v0=" + digest.encode(), given)


def parse(raw: bytes, content_type: str) -> Json | None:
    """The payload in a request's body: JSON, or a form that holds it; None where there is none."""
    try:
        words = raw.decode("utf-8")
        if content_type == "application/json":
            body = json.loads(words)
        else:
            fields = dict(URL.build(query_string=words, encoded=True).query)
            body = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) and body else None


class Front:
    """`POST /slack/events`."""

    def __init__(self, secret: str, listeners: Listeners, clock: Clock) -> None:
        self._secret = secret
        self._listeners = listeners
        self._clock = clock

    async def handle(self, request: web.Request) -> web.Response:
        """Verify, parse, handle; 401, 400 and 413 are for what Slack never sends."""
        try:
            raw = await request.read()
        except web.HTTPRequestEntityTooLarge:
            log.warning("refused a Slack request", why="too large")
            return web.Response(status=413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        if not is_signed(self._secret, headers, raw, self._clock.now().timestamp()):
            log.warning("refused a Slack request", why="not signed by Slack")
            return web.Response(status=401)
        body = parse(raw, request.content_type)
        if body is None:
            log.warning("refused a Slack request", why="cannot be read")
            return web.Response(status=400)
        return _answer(await self._listeners.handle(body, headers))


def _answer(answered: BoltResponse) -> web.Response:
    kind = "application/json" if answered.body.startswith("{") else "text/plain"
    return web.Response(status=answered.status, text=answered.body, content_type=kind)
