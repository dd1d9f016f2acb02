"""The Slack driver: people who type, press and fill in modals, against the real platform over real sockets."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession

from bench.driver import SeenForm, SeenMessage
from bench.slack_service import BOT_USER, CHANNEL, TEAM, Posted, Service
from bench.slack_sight import Modal, buttons, filled, is_empty, seen_form, seen_messages, text_of
from bench.slack_wire import FORM, Sent, escaped, form_body, signed
from storage.records import Account

Json = dict[str, Any]


class SlackDriver:
    """Plays Slack. `sent`: every request made to the bot; `statuses`: how each was answered (0: no acknowledgement)."""

    name = "slack"

    def __init__(self, socket_mode: bool = False) -> None:
        self.service = Service()
        self.sent: list[Sent] = []
        self.statuses: list[int] = []
        self.patience = 5.0
        self._socket_mode = socket_mode
        self._people: dict[str, SlackHands] = {}

    async def start(self) -> dict[str, str]:
        """Start the fake Slack; returns the settings that lead the bot to it."""
        await self.service.start()
        return self.service.settings(self._socket_mode)

    async def connect(self, bot_url: str) -> None:
        """The bot is up at this address."""
        self.url = bot_url.rstrip("/") + "/slack/events"
        self._session = ClientSession()

    def person(self, user: str) -> SlackHands:
        """That user's hands and eyes, the same each time."""
        if user not in self._people:
            self._people[user] = SlackHands(self, f"U{user.upper()}")
        return self._people[user]

    async def stop(self) -> None:
        """Stop; whatever the bot sent that Slack would not take is an error."""
        await self._session.close()
        await self.service.stop()
        self.check()

    def check(self) -> None:
        """Fail if a payload broke one of Slack's limits."""
        assert not self.service.problems, self.service.problems

    async def tells(self, kind: str, payload: Json) -> tuple[int, Json]:
        """Send a new request (`events_api`, `slash_commands` or `interactive`) and remember it."""
        self.sent.append(Sent(kind, payload))
        status, body = await self.send(kind, payload)
        self.statuses.append(status)
        self.check()
        return status, body

    async def again(self, sent: Sent | None = None, retry: int = 1) -> tuple[int, Json]:
        """Send the last request (or that one) once more, as Slack does."""
        last = sent or self.sent[-1]
        return await self.send(last.kind, last.payload, retry)

    async def send(self, kind: str, payload: Json, retry: int = 0) -> tuple[int, Json]:
        """Send a request as Slack does: the status, and the body where there is one."""
        if self._socket_mode:
            return await self._through_socket(kind, payload, retry)
        raw = json.dumps(payload).encode() if kind == "events_api" else form_body(kind, payload)
        headers = {"Content-Type": "application/json" if kind == "events_api" else FORM, **signed(raw)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
        return await self.post(raw, headers)

    async def post(self, raw: bytes, headers: Mapping[str, str]) -> tuple[int, Json]:
        """Send these bytes with these headers."""
        async with self._session.post(self.url, data=io.BytesIO(raw), headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text.startswith("{") else {}

    async def _through_socket(self, kind: str, payload: Json, retry: int) -> tuple[int, Json]:
        envelope_id = f"envelope-{self.service.next()}"
        waiting = self.service.acks[envelope_id] = asyncio.get_running_loop().create_future()
        envelope = {"type": kind, "envelope_id": envelope_id, "payload": payload, "accepts_response_payload": True}
        await self.service.sockets[-1].send_json(envelope | ({"retry_attempt": retry} if retry else {}))
        try:
            ack = await asyncio.wait_for(waiting, self.patience)
        except TimeoutError:
            return 0, {}
        return 200, ack.get("payload") or {}


PATIENCE = 50
"""Tenths of a second: the bot answers an event after two seconds, though it has not shown all by then."""


class SlackHands:
    """One person in Slack."""

    def __init__(self, driver: SlackDriver, user: str) -> None:
        self._driver = driver
        self._service = driver.service
        self.user = user
        self.account = Account("slack", TEAM, user)
        self._modal: Modal | None = None

    async def says(self, text: str) -> None:
        """Type in the direct message."""
        await self._event({"type": "message", "channel_type": "im", "channel": self._direct, "text": escaped(text)})

    async def says_in_channel(self, text: str) -> None:
        """Type in the channel, after a mention of the bot."""
        words = f"<@{BOT_USER}> {escaped(text)}"
        await self._event({"type": "app_mention", "channel": CHANNEL, "text": words})

    async def commands(self, words: str, channel: str = CHANNEL) -> None:
        """Type `/weaver WORDS` in that conversation."""
        payload = {
            "command": "/weaver", "text": words, "team_id": TEAM, "team_domain": "example", "user_id": self.user,
            "user_name": "someone", "channel_id": channel, "channel_name": "general", "api_app_id": "A01",
            "trigger_id": self._service.trigger(self.user),
            "response_url": self._service.response_url(channel, self.user),
        }  # fmt: skip
        await self._tells("slash_commands", payload)

    async def shortcut(self, callback_id: str = "check_in") -> None:
        """Use the global shortcut."""
        payload = {"type": "shortcut", "callback_id": callback_id, "action_ts": f"{self._service.next()}.0"}
        await self._interacts(payload | {"trigger_id": self._service.trigger(self.user)})

    async def opens_home(self) -> None:
        """Open App Home."""
        await self._event({"type": "app_home_opened", "tab": "home", "channel": self._direct})

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press that button in the newest message (or App Home) that has one; a busy bot's message is waited for."""
        for _ in range(PATIENCE):
            if (found := self._button(label, nth)) is not None:
                await self._press(*found)
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"no button {label!r} in {[message.buttons for message in self.messages]}")

    def _button(self, label: str, nth: int) -> tuple[str, Json, Posted | None] | None:
        places: list[tuple[int, Json, Posted | None]] = [
            (posted.turn, posted.payload, posted) for posted in self._visible()
        ]
        if self.user in self._service.homes:
            turn, view = self._service.homes[self.user]
            places.append((turn, view, None))
        for _turn, payload, posted in sorted(places, key=lambda place: place[0], reverse=True):
            found = [one for one in buttons(payload) if one[1]["text"]["text"] == label]
            if found:
                return *found[nth], posted
        return None

    async def sends(self, answers: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
        """Fill the open modal and send it; Slack itself asks for what is required."""
        for label, answer in (answers or {}).items():
            await self.fills(label, answer)
        modal = self._open
        needed = [block["block_id"] for block in modal.inputs() if not block["optional"]]
        missing = [key for key in needed if is_empty(modal.states[key])]
        if missing:
            # Slack's own words are "Please complete this required field."; the stories know one sentence for it.
            modal.errors = dict.fromkeys(missing, "Please answer this one.")
            return
        told = len(self._service.calls)
        status, body = await self._interacts({"type": "view_submission", "view": modal.state()})
        self._submitted(modal, status, body)
        if status == 200 and not body:
            await self._service.hears_more_than(told)

    async def fills(self, label: str, answer: str | tuple[str, ...]) -> None:
        """Put an answer into the field whose label begins so; the bot may redraw the modal on it."""
        modal = self._open
        block = next(block for block in modal.inputs() if block["label"]["text"].startswith(label))
        state = modal.states[block["block_id"]] = filled(block["element"], answer)
        if block.get("dispatch_action"):
            action = {**state, "block_id": block["block_id"], "action_id": block["element"]["action_id"]}
            await self._acts(
                action, {"container": {"type": "view", "view_id": modal.view["id"]}, "view": modal.state()}
            )

    async def saves(self) -> dict[str, bytes]:
        """Save the files that came last."""
        return dict(next(one.files for one in reversed(self._visible()) if one.files))

    async def closes_form(self) -> None:
        """Close the modal without sending."""
        self._closed()

    @property
    def form(self) -> SeenForm | None:
        """The modal that is open, if one is."""
        self._look()
        return seen_form(self._modal.view, self._modal.states, self._modal.errors) if self._modal else None

    @property
    def messages(self) -> list[SeenMessage]:
        """What the bot wrote that this person can see."""
        return seen_messages(self._visible(), self._direct)

    @property
    def home(self) -> str:
        """The text of App Home."""
        return text_of(self._service.homes[self.user][1]["blocks"]) if self.user in self._service.homes else ""

    @property
    def _direct(self) -> str:
        return f"D{self.user[1:]}"

    @property
    def _open(self) -> Modal:
        self._look()
        assert self._modal is not None, "no form is open"
        return self._modal

    def _look(self) -> None:
        """See what the bot did to the modal meanwhile."""
        view_id = self._service.opened.get(self.user)
        if view_id is None:
            self._modal = None
            return
        view = self._service.views[view_id]
        if self._modal is None or self._modal.view["hash"] != view["hash"]:
            before = self._modal if self._modal and self._modal.view["id"] == view_id else Modal({**view, "blocks": []})
            self._modal = before.redrawn(view)

    def _closed(self) -> None:
        self._service.views.pop(self._service.opened.pop(self.user, ""), None)
        self._modal = None

    def _visible(self) -> list[Posted]:
        mine = [one for one in self._service.posted if one.only_for in ("", self.user)]
        return [one for one in mine if one.channel in (self._direct, CHANNEL) or one.only_for]

    def _submitted(self, modal: Modal, status: int, body: Json) -> None:
        if status != 200:
            return
        action = body.get("response_action")
        if action == "errors":
            assert set(body["errors"]) <= set(modal.states), "an error at no field"
            modal.errors = body["errors"]
        elif action == "update":
            self._service.held(body["view"], "modal")
            self._service.new_view(body["view"], modal.view["id"])
        else:
            self._closed()

    async def _press(self, block_id: str, button: Json, posted: Posted | None) -> None:
        action: Json = {key: button[key] for key in ("action_id", "value", "type", "text") if key in button}
        if posted is None:
            view = {"id": "VHOME", "type": "home", "hash": "h", "state": {"values": {}}, "private_metadata": ""}
            where: Json = {"container": {"type": "view", "view_id": "VHOME"}, "view": view}
        else:
            container = {"type": "message", "message_ts": posted.ts, "channel_id": posted.channel}
            where = {
                "container": container | {"is_ephemeral": bool(posted.only_for)},
                "channel": {"id": posted.channel, "name": "directmessage"},
                "response_url": self._service.response_url(posted.channel, self.user, posted),
            }
        await self._acts({**action, "block_id": block_id}, where)

    async def _acts(self, action: Json, where: Json) -> None:
        timed = {**action, "action_ts": f"{self._service.next()}.000001"}
        trigger = self._service.trigger(self.user)
        await self._interacts({"type": "block_actions", "actions": [timed], "trigger_id": trigger, **where})

    async def _interacts(self, payload: Json) -> tuple[int, Json]:
        user = {"id": self.user, "username": "someone", "name": "someone", "team_id": TEAM}
        about = {"user": user, "team": {"id": TEAM, "domain": "example"}, "api_app_id": "A01", "token": "old"}
        return await self._tells(
            "interactive", {**about, "enterprise": None, "is_enterprise_install": False, **payload}
        )

    async def _event(self, event: Json) -> None:
        number = self._service.next()
        about = {"user": self.user, "ts": f"1700000000.{number:06}", "event_ts": f"1700000000.{number:06}"}
        payload = {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A01", "event_id": f"Ev{number}",
            "event_time": 1700000000, "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": {**about, "team": TEAM, **event},
        }  # fmt: skip
        await self._tells("events_api", payload)

    async def _tells(self, kind: str, payload: Json) -> tuple[int, Json]:
        return await self._driver.tells(kind, payload)
