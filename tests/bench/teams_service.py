"""Plays Microsoft over real sockets: the sign-in, the keys that sign requests, and the service that shows
messages."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from bench.teams_files import CONSENT, Drive
from bench.teams_limits import problems

Json = dict[str, Any]

TENANT = str(uuid5(NAMESPACE_URL, "tenant.weaver.test"))
APP_ID = str(uuid5(NAMESPACE_URL, "app.weaver.test"))
APP_PASSWORD = "the-app's-own-secret"
ISSUER = "https://api.botframework.com"
BOT = {"id": f"28:{APP_ID}", "name": "Weaver"}
SCOPE = "https://api.botframework.com/.default"


class Fault(Enum):
    """What can go wrong after a message is shown: the line breaks, no answer comes, or an error is answered."""

    RESET = auto()
    SILENCE = auto()
    ERROR = auto()


Planned = tuple[int, dict[str, str]] | Fault | None
"""A status and headers to answer with instead of showing what came, or what goes wrong after it is shown; or all is
well."""


@cache
def signing_key(name: str) -> RSAPrivateKey:
    """A key by its id; the same one each time in this process."""
    return generate_private_key(65537, 2048)


def user_id(user: str) -> str:
    """The directory's id of a short name such as "ann"."""
    return str(uuid5(NAMESPACE_URL, f"{user}.weaver.test"))


@dataclass
class Service:
    """The servers and their ledger. `conversations`: what is shown, by conversation, by activity id.

    `answers`: what happens to the next calls. `always`: what happens to each call to that conversation. `troubles`:
    what was wrong with what the bot sent. `sign_in`: what the sign-in answers.
    """

    conversations: dict[str, dict[str, Json]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=lambda: ["one"])
    tokens: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    answers: list[Planned] = field(default_factory=list)
    always: dict[str, Planned] = field(default_factory=dict)
    connections: set[int] = field(default_factory=set)
    has_tokens: bool = True
    app_password: str = APP_PASSWORD
    sign_in: int = 200
    drive: Drive = field(default_factory=Drive)

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=10**7)
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/teams/v3/conversations", self._begin)
        app.router.add_post("/teams/v3/conversations/{id}/activities", self._new)
        app.router.add_put("/teams/v3/conversations/{id}/activities/{activity}", self._replace)
        app.router.add_delete("/teams/v3/conversations/{id}/activities/{activity}", self._remove)
        self.drive.mount(app)
        self._ids = count(1)
        self._stopping = asyncio.Event()
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.service_url = f"{self.url}/teams/"
        self.drive.url = self.url

    async def stop(self) -> None:
        """Stop listening."""
        self._stopping.set()
        await self._runner.cleanup()

    def settings(self) -> dict[str, str]:
        """The environment that leads the bot here."""
        return {
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_PASSWORD": APP_PASSWORD,
            "MICROSOFT_APP_TENANTID": TENANT,
            "MICROSOFT_LOGIN_URL": self.url,
            "MICROSOFT_OPENID_URL": f"{self.url}/openid",
            "MICROSOFT_ISSUER": ISSUER,
            "WEAVER_TEAMS_SERVICE_HOSTS": "127.0.0.1",
            "WEAVER_TEAMS_FILE_HOSTS": "127.0.0.1",
        }

    def token(self, *, key: str = "one", kid: str | None = None, **changed: object) -> str:
        """A token as Teams signs it for the bot; `changed` claims, where None takes one away."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP_ID, "serviceurl": self.service_url, "nbf": now - 5, "exp": now + 3600}
        claims = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(claims, signing_key(key), "RS256", headers={"kid": kid or key})

    async def _openid(self, request: web.Request) -> web.Response:
        self.calls.append("openid")
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        public = [(name, RSAAlgorithm.to_jwk(signing_key(name).public_key(), as_dict=True)) for name in self.keys]
        return web.json_response({"keys": [{**key, "kid": name, "endorsements": ["msteams"]} for name, key in public]})

    async def _token(self, request: web.Request) -> web.Response:
        self.calls.append("token")
        if self.sign_in != 200:
            return web.Response(status=self.sign_in)
        given = await request.post()
        expected = ("client_credentials", APP_ID, self.app_password, SCOPE)
        names = ("grant_type", "client_id", "client_secret", "scope")
        if tuple(given.get(name) for name in names) != expected or request.match_info["tenant"] != TENANT:
            return web.json_response({"error": "invalid_client"}, status=401)
        token = f"token-{len(self.tokens) + 1}"
        self.tokens.add(token)
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    async def _new(self, request: web.Request) -> web.Response:
        activity, fault = await self._admitted(request, request.match_info["id"], await request.json())
        if isinstance(activity, web.Response):
            return activity
        activity_id = f"sent-{next(self._ids)}"
        self.conversations.setdefault(request.match_info["id"], {})[activity_id] = activity
        return await self._after(request, fault) or web.json_response({"id": activity_id}, status=201)

    async def _begin(self, request: web.Request) -> web.Response:
        """A new thread of a channel, as the ConversationResourceResponse of botbuilder's schema answers it."""
        described = await request.json()
        channel = described["channelData"]["channel"]["id"]
        if not described.get("isGroup") or described.get("bot") != {"id": BOT["id"]}:
            self.troubles.append("a conversation that is no channel's")
        activity, fault = await self._admitted(request, channel, described["activity"])
        if isinstance(activity, web.Response):
            return activity
        activity_id = f"sent-{next(self._ids)}"
        thread = f"{channel};messageid={activity_id}"
        self.conversations.setdefault(thread, {})[activity_id] = activity
        made = {"id": thread, "activityId": activity_id, "serviceUrl": self.service_url}
        return await self._after(request, fault) or web.json_response(made, status=201)

    async def _after(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        if fault is Fault.RESET and request.transport is not None:
            request.transport.abort()
        if fault is Fault.SILENCE:
            await self._stopping.wait()
        return web.Response(status=502) if fault else None

    async def _replace(self, request: web.Request) -> web.Response:
        activity, _ = await self._admitted(request, request.match_info["id"], await request.json())
        if isinstance(activity, web.Response):
            return activity
        activity_id = request.match_info["activity"]
        shown = self.conversations.get(request.match_info["id"], {})
        if activity_id not in shown:
            return web.Response(status=404)
        shown[activity_id] = activity
        return web.json_response({"id": activity_id})

    async def _remove(self, request: web.Request) -> web.Response:
        answer, _ = await self._admitted(request, request.match_info["id"], {})
        if isinstance(answer, web.Response):
            return answer
        shown = self.conversations.get(request.match_info["id"], {})
        return web.Response(status=200 if shown.pop(request.match_info["activity"], None) else 404)

    async def _admitted(
        self, request: web.Request, conversation: str, activity: Json
    ) -> tuple[Json | web.Response, Fault | None]:
        self.calls.append(request.method)
        self.connections.add(id(request.transport))
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.has_tokens != (given in self.tokens):
            self.troubles.append("a call without the bot's token, or with one where none belongs")
            return web.Response(status=401), None
        planned = self.answers.pop(0) if self.answers else self.always.get(conversation)
        if isinstance(planned, tuple):
            return web.Response(status=planned[0], headers=planned[1]), None
        if request.method == "DELETE":
            return activity, planned
        self.troubles += problems(activity)
        if not conversation.startswith("a:") and CONSENT in json.dumps(activity):
            self.troubles.append("a file offered outside a personal chat")
        return activity, planned
