"""A fake Slack over real sockets: its Web API, response addresses, uploads and Socket Mode, holding all limits."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from bench.slack_faults import Fault as Fault
from bench.slack_faults import Refused, fault_of
from bench.slack_history import Address, direct, page, payload_of, replies
from bench.slack_history import Posted as Posted
from bench.slack_limits import problems

Json = dict[str, Any]
Files = tuple[tuple[str, bytes], ...]
TEAM, CHANNEL, BOT_USER, BOT_TOKEN, APP_TOKEN = "T01", "C01", "UWEAVER", "xoxb-test-token", "xapp-test-token"


@dataclass
class Service:
    """Slack's side: what was posted, which views are open, what went wrong. `time_zone`: everybody's, where set.

    `uploads_at`: another host that it says takes files.
    """

    posted: list[Posted] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, tuple[int, Json]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    time_zone: str = ""
    uploads_at: str = ""
    has_charts: bool = True
    has_tables: bool = True
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _uploads: dict[str, tuple[str, int, bytes]] = field(default_factory=dict)
    _count: count[int] = field(default_factory=lambda: count(1))

    async def start(self) -> None:
        """Listen on a loopback port."""
        app = web.Application(client_max_size=10**7)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening."""
        for socket in self.sockets:
            await socket.close()
        await self._runner.cleanup()

    def settings(self, socket_mode: bool = False) -> dict[str, str]:
        """The environment that leads a bot here."""
        settings = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": f"http://{self.address}/api/",
            "SLACK_MESSAGES_A_SECOND": "1000",
        }
        return settings | ({"SLACK_APP_TOKEN": APP_TOKEN} if socket_mode else {"SLACK_SIGNING_SECRET": "shh"})

    def next(self) -> int:
        """A number that was not used yet."""
        return next(self._count)

    def trigger(self, user: str) -> str:
        """A trigger id that opens one modal for that person."""
        trigger = f"trigger.{self.next()}"
        self.triggers[trigger] = user
        return trigger

    def response_url(self, channel: str, user: str, posted: Posted | None = None) -> str:
        """An address that answers in that place."""
        name = str(self.next())
        self.addresses[name] = Address(channel, user, posted)
        return f"http://{self.address}/response/{name}"

    async def hears_more_than(self, calls: int) -> None:
        """Wait until the bot says something more, or has certainly nothing to say (a second)."""
        until = asyncio.get_running_loop().time() + 1
        while not any(name.startswith(("chat.", "files.", "conversations.")) for name, _ in self.calls[calls:]):
            await asyncio.sleep(0.002)
            if asyncio.get_running_loop().time() > until:
                break

    def called(self, method: str) -> list[Json]:
        """What that method was called with."""
        return [payload for name, payload in self.calls if name == method]

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        payload = await payload_of(request)
        self.calls.append((method, payload))
        fault = fault_of(self.faults, method, payload)
        if fault is not None and not fault.shown and (failed := await fault.answer(request)) is not None:
            return failed
        done = await self._done(method, payload, request.headers.get("Authorization", ""))
        failed = await fault.answer(request) if fault is not None and fault.shown else None
        return failed or web.json_response(done)

    async def _done(self, method: str, payload: Json, authorization: str) -> Json:
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if authorization != f"Bearer {wanted}":
            return {"ok": False, "error": "invalid_auth"}
        try:
            return {"ok": True, **await _METHODS[method](self, payload)}
        except Refused as refused:
            return {"ok": False, "error": refused.args[0]}

    def held(self, payload: Json, surface: str) -> None:
        """Refuse what Slack would refuse, and remember it: no payload of ours may ever be refused by a limit."""
        kinds = {block.get("type") for block in payload.get("blocks", ())}
        if ("data_visualization" in kinds and not self.has_charts) or ("table" in kinds and not self.has_tables):
            raise Refused("invalid_blocks")
        if found := problems(payload, surface):
            self.problems.extend(found)
            raise Refused("invalid_blocks")

    def put(self, channel: str, payload: Json, only_for: str = "", files: Files = ()) -> Posted:
        """Put a message into a conversation; a person's id stands for their direct message."""
        channel = direct(channel) if channel.startswith("U") else channel
        number = self.next()
        ts = f"{int(time.time())}.{number:06}"
        metadata, thread = payload.get("metadata", {}), payload.get("thread_ts", "")
        posted = Posted(channel, ts, payload, only_for, files, number, metadata, thread)
        self.posted.append(posted)
        return posted

    async def _respond(self, request: web.Request) -> web.Response:
        payload = await request.json()
        self.calls.append(("response_url", payload))
        fault = fault_of(self.faults, "response_url", payload)
        if fault is not None and (failed := await fault.answer(request)) is not None:
            return failed
        address = self.addresses[request.match_info["id"]]
        try:
            self.held(payload, "message")
        except Refused as refused:
            return web.Response(status=400, text=refused.args[0])
        if payload.get("replace_original") and address.posted is not None:
            address.posted.becomes(payload)
        else:
            is_public = payload.get("response_type") == "in_channel"
            self.put(address.channel, payload, "" if is_public else address.user)
        return web.json_response({"ok": True})

    async def _upload(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        self.calls.append(("upload", {}))
        fault = fault_of(self.faults, "upload", {})
        if fault is not None and (failed := await fault.answer(request)) is not None:
            return failed
        wanted, length, _ = self._uploads[name]
        content = await request.read()
        if len(content) != length:
            return web.Response(status=400)
        self._uploads[name] = (wanted, length, content)
        return web.Response(text="OK")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                if (waiting := self.acks.get(ack.get("envelope_id", ""))) is not None and not waiting.done():
                    waiting.set_result(ack)
        self.sockets.remove(socket)
        return socket

    async def _auth(self, _payload: Json) -> Json:
        return {"user_id": BOT_USER, "bot_id": "B01", "team_id": TEAM, "url": "https://example.slack.com/"}

    async def _connections(self, _payload: Json) -> Json:
        return {"url": f"ws://{self.address}/socket"}

    async def _post(self, payload: Json) -> Json:
        self.held(payload, "message")
        posted = self.put(payload["channel"], payload)
        return {"channel": posted.channel, "ts": posted.ts}

    async def _ephemeral(self, payload: Json) -> Json:
        self.held(payload, "message")
        return {"message_ts": self.put(payload["channel"], payload, payload["user"]).ts}

    async def _update(self, payload: Json) -> Json:
        self.held(payload, "message")
        for posted in self.posted:
            if (posted.channel, posted.ts) == (payload["channel"], payload["ts"]) and not posted.only_for:
                posted.becomes(payload)
                return {"channel": posted.channel, "ts": posted.ts}
        raise Refused("message_not_found")

    async def _open(self, payload: Json) -> Json:
        user = self.triggers.pop(payload["trigger_id"], None)
        if user is None:
            raise Refused("expired_trigger_id")
        self.held(payload["view"], "modal")
        view = self.new_view(payload["view"], f"V{self.next()}")
        self.opened[user] = view["id"]
        return {"view": view}

    async def _update_view(self, payload: Json) -> Json:
        view = self.views.get(payload["view_id"])
        if view is None:
            raise Refused("not_found")
        if payload.get("hash", view["hash"]) != view["hash"]:
            raise Refused("hash_conflict")
        self.held(payload["view"], "modal")
        return {"view": self.new_view(payload["view"], view["id"])}

    def new_view(self, view: Json, view_id: str) -> Json:
        """A view as Slack keeps it, with its id and a new hash."""
        kept = {**view, "id": view_id, "hash": f"hash.{self.next()}"}
        self.views[view_id] = kept
        return kept

    async def _publish(self, payload: Json) -> Json:
        self.held(payload["view"], "home")
        self.homes[payload["user_id"]] = (self.next(), payload["view"])
        return {"view": payload["view"]}

    async def _user(self, payload: Json) -> Json:
        user = payload["user"]
        profile = {"real_name": f"Real {user}"}
        return {"user": {"id": user, "team_id": TEAM, "tz": self.time_zone, "profile": profile}}

    async def _conversation(self, payload: Json) -> Json:
        return {"channel": {"id": direct(payload["users"])}}

    async def _history(self, payload: Json) -> Json:
        return page(self.posted, payload)

    async def _replies(self, payload: Json) -> Json:
        if (found := replies(self.posted, payload)) is None:
            raise Refused("thread_not_found")
        return found

    async def _permalink(self, payload: Json) -> Json:
        number = payload["message_ts"].replace(".", "")
        return {"permalink": f"https://example.slack.com/archives/{payload['channel']}/p{number}"}

    async def _upload_url(self, payload: Json) -> Json:
        name = str(self.next())
        if not payload["filename"] or int(payload["length"]) < 1:
            raise Refused("invalid_arguments")
        self._uploads[name] = (payload["filename"], int(payload["length"]), b"")
        return {"upload_url": f"http://{self.uploads_at or self.address}/upload/{name}", "file_id": f"F{name}"}

    async def _complete(self, payload: Json) -> Json:
        files = json.loads(payload["files"])
        if payload["channel_id"].startswith("U"):
            raise Refused("channel_not_found")
        uploaded = [self._uploads.pop(one["id"][1:]) for one in files]
        if not all(content for _, _, content in uploaded):
            raise Refused("file_not_found")
        self.put(payload["channel_id"], {"text": ""}, files=tuple((name, content) for name, _, content in uploaded))
        return {"files": files}


_METHODS: dict[str, Callable[[Service, Json], Awaitable[Json]]] = {
    "auth.test": Service._auth,
    "apps.connections.open": Service._connections,
    "chat.postMessage": Service._post,
    "chat.postEphemeral": Service._ephemeral,
    "chat.update": Service._update,
    "views.open": Service._open,
    "views.update": Service._update_view,
    "views.publish": Service._publish,
    "users.info": Service._user,
    "conversations.open": Service._conversation,
    "conversations.history": Service._history,
    "conversations.replies": Service._replies,
    "chat.getPermalink": Service._permalink,
    "files.getUploadURLExternal": Service._upload_url,
    "files.completeUploadExternal": Service._complete,
}
