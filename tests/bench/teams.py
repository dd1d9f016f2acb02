"""The Teams driver: people who type, press and fill in dialogs, against the real platform over real
sockets."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import ClientSession

from bench.driver import SeenForm, SeenMessage
from bench.teams_cards import buttons, fields, fill, hidden, is_form, seen_form, text_of
from bench.teams_files import CONSENT, INFO
from bench.teams_limits import CARD, card_problems, dialog_problems
from bench.teams_service import BOT, TENANT, Service, user_id
from storage.records import Account

Json = dict[str, Any]
CHANNEL = "19:channel@thread.tacv2"


class TeamsDriver:
    """Plays Teams. `sent`: every request made to the bot, for sending it again."""

    name = "teams"

    def __init__(self) -> None:
        self.service = Service()
        self.sent: list[Json] = []
        self._ids = count(1)
        self._people: dict[str, TeamsHands] = {}

    async def start(self) -> dict[str, str]:
        """Start the fake Microsoft; returns the settings that lead the bot to it."""
        await self.service.start()
        return self.service.settings()

    async def connect(self, bot_url: str) -> None:
        """The bot is up at this address."""
        self.url = bot_url.rstrip("/") + "/api/messages"
        self._session = ClientSession()

    def person(self, user: str) -> TeamsHands:
        """That user's hands and eyes, the same each time."""
        if user not in self._people:
            self._people[user] = TeamsHands(self, user)
        return self._people[user]

    async def stop(self) -> None:
        """Stop; whatever the bot sent that Teams would not take is an error."""
        await self._session.close()
        await self.service.stop()
        troubles = self.service.troubles + self.service.drive.troubles
        assert not troubles, troubles

    async def post(self, activity: Json, *, token: str | None = None) -> tuple[int, Json | None]:
        """Send a request as Teams does: the status, and the body where there is one."""
        headers = {"Authorization": f"Bearer {token or self.service.token()}"}
        async with self._session.post(self.url, json=activity, headers=headers) as answer:
            has_body = answer.status == 200 and answer.content_type == "application/json"
            return answer.status, await answer.json() if has_body else None

    async def tells(self, activity: Json) -> tuple[int, Json | None]:
        """Send a new request and remember it."""
        new = {"id": f"activity-{next(self._ids)}", "channelId": "msteams", "recipient": BOT, **activity}
        new |= {"serviceUrl": self.service.service_url, "timestamp": "2027-01-11T09:00:00Z"}
        self.sent.append(new)
        return await self.post(new)

    def channel_messages(self) -> list[SeenMessage]:
        """What the bot wrote into the shared channel, for all to read."""
        places = (shown for place, shown in self.service.conversations.items() if place.split(";")[0] == CHANNEL)
        return [seen(one, {}, private=False) for shown in places for one in shown.values()]


@dataclass
class Dialog:
    """An open dialog; `missing`: what the client itself finds unanswered."""

    title: str
    card: Json
    conversation: Json
    missing: dict[str, str] = field(default_factory=dict)


def seen(activity: Json, files: Mapping[str, bytes], *, private: bool = True) -> SeenMessage:
    """A message as a person sees it; `files` are those that can be had, by their address."""
    cards = cards_in(activity)
    offers = [(one["name"], one["content"]["description"]) for one in of_kind(CONSENT, activity)]
    there = {one["name"]: files[one["contentUrl"]] for one in of_kind(INFO, activity)}
    words = [activity.get("text", ""), *map(text_of, cards), *map("\n".join, offers), *there]
    labels = [action["title"] for card in cards for action in buttons(card)]
    return SeenMessage("\n".join(words).strip(), (*labels, *(("Allow", "Decline") if offers else ())), private, there)


def of_kind(kind: str, activity: Json) -> list[Json]:
    """The attachments of that content type."""
    return [one for one in activity.get("attachments", []) if one["contentType"] == kind]


def cards_in(activity: Json) -> list[Json]:
    """The Adaptive Cards of a message."""
    return [one["content"] for one in of_kind(CARD, activity)]


class TeamsHands:
    """One person in Teams."""

    def __init__(self, driver: TeamsDriver, user: str) -> None:
        self.account = Account("teams", TENANT, user_id(user))
        self.last_status = 0
        self._driver = driver
        self._from = {"id": f"29:{user}", "name": user.title(), "aadObjectId": self.account.user}
        self.conversation = f"a:{user}"
        self._dialog: Dialog | None = None
        self._told: list[tuple[int, Json]] = []
        self._home = ""

    async def says(self, text: str) -> None:
        """Type to the bot in the private conversation."""
        await self._tell({"type": "message", "text": text, "textFormat": "plain"}, self._place(private=True))

    async def says_in_channel(self, text: str) -> None:
        """Type in the channel after a mention."""
        at = f"<at>{BOT['name']}</at>"
        mention = {"type": "mention", "mentioned": BOT, "text": at}
        said = {"type": "message", "text": f"{at} {text}\n", "textFormat": "plain", "entities": [mention]}
        await self._tell(said, self._place(private=False))

    async def opens_home(self) -> None:
        """Teams has no such page: the word is typed."""
        await self.says("home")
        self._home = self.messages[-1].text

    async def tell(self, activity: Json, *, private: bool = True) -> Json | None:
        """Send any activity as this person; returns the answer's body."""
        return await self._tell(activity, self._place(private=private))

    async def joins(self) -> None:
        """Install the app for oneself, as Teams tells it: twice."""
        added = {"type": "conversationUpdate", "membersAdded": [BOT]}
        await self._tell(added, self._place(private=True))
        await self._tell({"type": "installationUpdate", "action": "add"}, self._place(private=True))

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press a button in the dialog that is open, or in the newest message that has one of this label."""
        if self._dialog and (here := [one for one in buttons(self._dialog.card) if one["title"] == label]):
            await self._act(here[nth], self._dialog.card, self._dialog.conversation, "")
            return
        for activity_id, activity, place in reversed(self._shown()):
            for card in cards_in(activity):
                if found := [one for one in buttons(card) if one["title"] == label]:
                    await self._act(found[nth], card, place, activity_id)
                    return
        raise AssertionError(f"no button {label!r} in {[one.buttons for one in self.messages]}")

    async def sends(self, answers: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
        """Fill the open dialog and send it, unless the client itself finds something unanswered."""
        dialog = self._dialog
        assert dialog is not None, "no form is open"
        for label, answer in (answers or {}).items():
            found = next(one for one in fields(dialog.card) if one["label"].startswith(label))
            found["value"] = fill(found, answer)
        required = [one for one in fields(dialog.card) if one.get("isRequired") and not one.get("value")]
        dialog.missing = {one["id"]: one["errorMessage"] for one in required}
        if not required:
            send = next(one for one in buttons(dialog.card) if "form" in one.get("data", {}))
            await self._act(send, dialog.card, dialog.conversation, "")

    @property
    def offers(self) -> list[tuple[str, Json]]:
        """The files that wait for an answer: the message's id, and the offer."""
        private = self._driver.service.conversations.get(self.conversation, {})
        return [(id_, one) for id_, activity in private.items() for one in of_kind(CONSENT, activity)]

    async def saves(self) -> dict[str, bytes]:
        """Allow all files that wait, and save what comes of it."""
        for activity_id, offer in self.offers:
            await self.agrees(activity_id, offer)

        return {name: content for one in self.messages for name, content in one.files.items()}

    async def agrees(self, activity_id: str, offer: Json, **changed: Any) -> None:
        """Press Allow; `changed` parts of what Teams then sends, as a forger would."""
        upload = self._driver.service.drive.begin(offer["name"])
        value = {"type": "fileUpload", "action": "accept", "context": offer["content"]["acceptContext"]}
        await self._invoke(
            "fileConsent/invoke", {**value, "uploadInfo": upload, **changed}, self._place(private=True), activity_id
        )

    async def declines(self, activity_id: str, offer: Json) -> None:
        """Press Decline."""
        value = {"type": "fileUpload", "action": "decline", "context": offer["content"]["declineContext"]}
        await self._invoke("fileConsent/invoke", value, self._place(private=True), activity_id)

    async def closes_form(self) -> None:
        """Close the dialog without sending."""
        self._dialog = None

    @property
    def form(self) -> SeenForm | None:
        """The form that is open."""
        if self._dialog is None or not is_form(self._dialog.card):
            return None
        return seen_form(self._dialog.title, self._dialog.card, self._dialog.missing)

    @property
    def messages(self) -> list[SeenMessage]:
        """The private conversation's messages, and what dialogs said, in the order they came."""
        private = self._driver.service.conversations.get(self.conversation, {})
        merged = [
            (int(id_.removeprefix("sent-")), seen(one, self._driver.service.drive.files))
            for id_, one in private.items()
        ]
        told = [(at, seen({"attachments": [{"contentType": CARD, "content": card}]}, {})) for at, card in self._told]
        return [message for _, message in sorted([*merged, *told], key=lambda pair: pair[0])]

    @property
    def home(self) -> str:
        """The text of what is nearest to the bot's own page."""
        return self._home

    def _place(self, *, private: bool) -> Json:
        kind = "personal" if private else "channel"
        return {"id": self.conversation if private else CHANNEL, "conversationType": kind, "tenantId": TENANT}

    def _shown(self) -> list[tuple[str, Json, Json]]:
        """All messages this person can press in: id, activity, place; the private ones newest."""
        places = [self._place(private=False), self._place(private=True)]
        return [
            (activity_id, activity, place)
            for place in places
            for activity_id, activity in self._driver.service.conversations.get(place["id"], {}).items()
        ]

    async def _tell(self, activity: Json, place: Json) -> Json | None:
        channel = {} if place["conversationType"] == "personal" else {"channel": {"id": CHANNEL}}
        whole = {
            **activity,
            "from": self._from,
            "conversation": place,
            "localTimezone": "Europe/London",
            "channelData": {"tenant": {"id": TENANT}, **channel},
        }
        self.last_status, answer = await self._driver.tells(whole)
        return answer

    async def _act(self, action: Json, card: Json, place: Json, activity_id: str) -> None:
        kind, data = action["type"], dict(action.get("data", {}))
        if kind == "Action.ToggleVisibility":
            asked = hidden(card, action["targetElements"][0])
            await self._act(buttons({**asked, "isVisible": True})[0], card, place, activity_id)
        elif kind == "Action.Execute":
            value = {"action": {"type": kind, "verb": action["verb"], "data": data}, "trigger": "manual"}
            answer = await self._invoke("adaptiveCard/action", value, place, activity_id)
            self._replaced(answer, place, activity_id)
        elif data.get("msteams", {}).get("type") == "task/fetch":
            answer = await self._invoke(
                "task/fetch", {"data": data, "context": {"theme": "default"}}, place, activity_id
            )
            self._opened(answer, place)
        elif self._dialog is not None and card is self._dialog.card:
            typed = {one["id"]: one.get("value", "") for one in fields(card)}
            value = {"data": {**typed, **data}, "context": {"theme": "default"}}
            answer = await self._invoke("task/submit", value, place, "")
            if self.last_status == 200:
                self._opened(answer, place)
        else:
            await self._tell({"type": "message", "value": data, "replyToId": activity_id}, place)

    async def _invoke(self, name: str, value: Json, place: Json, activity_id: str) -> Json | None:
        return await self._tell({"type": "invoke", "name": name, "value": value, "replyToId": activity_id}, place)

    def _opened(self, answer: Json | None, place: Json) -> None:
        self._dialog = None
        if not answer:
            return
        self._driver.service.troubles += dialog_problems(answer)
        value = copy.deepcopy(answer["task"]["value"])
        self._dialog = Dialog(value["title"], value["card"]["content"], place)
        if not is_form(self._dialog.card):
            everything = self._driver.service.conversations.values()
            newest = max((int(id_[5:]) for shown in everything for id_ in shown), default=0)
            self._told.append((newest, self._dialog.card))

    def _replaced(self, answer: Json | None, place: Json, activity_id: str) -> None:
        if answer and answer["type"] == "application/vnd.microsoft.card.adaptive":
            self._driver.service.troubles += card_problems(answer["value"])
            shown = self._driver.service.conversations[place["id"]][activity_id]
            shown["attachments"] = [{"contentType": answer["type"], "content": answer["value"]}]
