"""Turns an activity whose sender is proven into neutral events. Pure: what does not fit raises Malformed."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from bot.platforms.teams.dialogs import read_values
from bot.platforms.teams.limits import Json
from handlers.kit.events import (
    Command,
    Event,
    FormOpened,
    HomeOpened,
    Joined,
    Place,
    Press,
    Profile,
    ProfileSeen,
    Submission,
)  # fmt: skip
from storage.records import Account

NAME = "teams"
FILE_CONSENT = "fileConsent/invoke"
MOST_DEEP = 60
HOME = "home"
"""Typed in the personal chat: Teams has no page of the bot's own that it could draw."""


class Malformed(Exception):
    """The request is not what Teams sends; `what` says why in words of ours, never in the sender's."""

    def __init__(self, what: str, status: int = 400) -> None:
        super().__init__(what)
        self.what = what
        self.status = status


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an activity came from: all that answering it needs."""

    activity_id: str
    type: str
    name: str
    service_url: str
    conversation: Json
    tenant: str
    channel: str
    private: bool
    sender: Json
    bot: Json
    reply_to: str

    @property
    def account(self) -> Account:
        """The sender's account."""
        return Account(NAME, self.tenant, self.sender["aadObjectId"])

    @property
    def address(self) -> str | None:
        """The personal conversation, as text that `outbound` reads; None in a shared place."""
        if not self.private:
            return None
        kept = {
            "service": self.service_url, "conversation": self.conversation["id"], "tenant": self.tenant,
            "bot": self.bot["id"], "user": self.sender["id"],
        }  # fmt: skip
        return json.dumps(kept, sort_keys=True)

    @property
    def place_address(self) -> str:
        """What posting to the shared place that this came from needs, as text that `posts` reads; "" in private."""
        if self.private:
            return ""
        is_channel = self.channel != self.conversation["id"] or self.conversation.get("conversationType") == "channel"
        kept = {
            "service": self.service_url, "tenant": self.tenant, "bot": self.bot["id"], "channel": is_channel,
        }  # fmt: skip
        return json.dumps(kept, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a file that was agreed to is put, and how Teams names it afterwards."""

    url: str
    content_url: str
    name: str
    unique_id: str
    file_type: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said to an offered file. `note`: what we wrote into the offer, or what a forger did; `base`: who and
    where, as the fields that every event has."""

    is_given: bool
    note: Json
    upload: Upload
    base: dict[str, Any]


def decode(body: bytes) -> Json:
    """The body as a JSON object with clean text. Raises Malformed for anything else, however deep or odd."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(found, dict):
        raise Malformed("not an object")
    return {_clean(str(key), 0): _clean(value, 1) for key, value in found.items()}


def _clean(value: Any, depth: int) -> Any:
    """Without what no database keeps: NUL, and halves of characters."""
    if depth > MOST_DEEP:
        raise Malformed("too deep")
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _kept(value)
    if isinstance(value, dict):
        return {_clean(key, depth + 1): _clean(inner, depth + 1) for key, inner in value.items()}
    return [_clean(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def _kept(value: str) -> str:
    return value.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_turn(body: Json, *, unauthenticated: bool = False) -> Turn:
    """Where the activity came from. Raises Malformed where a part that every activity has is missing or odd.

    The directory's ids of tenants and people are the same in capitals and small letters, so all become small here.
    """
    conversation, sender, bot = (_object(body, key) for key in ("conversation", "from", "recipient"))
    channel_data = _object(body, "channelData", optional=True)
    told = _text(conversation, "tenantId"), _text(_object(channel_data, "tenant", optional=True), "id")
    tenants = {one.lower() for one in told if one}
    if len(tenants) > 1:
        raise Malformed("two tenants", 403)
    if unauthenticated:
        tenants = tenants or {"local"}
        sender = {**sender, "aadObjectId": _text(sender, "aadObjectId") or _text(sender, "id", needed=True)}
    kind = _text(conversation, "conversationType")
    is_group = bool(conversation.get("isGroup")) or kind in ("channel", "groupChat")
    channel = _text(_object(channel_data, "channel", optional=True), "id")
    return Turn(
        _text(body, "id"), _text(body, "type", needed=True), _text(body, "name"), _text(body, "serviceUrl"),
        {**conversation, "id": _text(conversation, "id", needed=True)}, next(iter(tenants), ""),
        channel or conversation["id"].split(";")[0], kind == "personal" or (unauthenticated and not is_group),
        {**sender, "id": _text(sender, "id", needed=True), "aadObjectId": _text(sender, "aadObjectId").lower()},
        {**bot, "id": _text(bot, "id", needed=True)}, _text(body, "replyToId"),
    )  # fmt: skip


def read_events(body: Json, turn: Turn) -> list[Event]:
    """The events that the activity means, none where it means nothing to us."""
    if turn.type == "conversationUpdate":
        return _members(body, turn)
    if turn.type not in ("message", "invoke", "installationUpdate"):
        return []
    if not turn.sender["aadObjectId"]:
        raise Malformed("no account", 403)
    base = _base(body, turn)
    if turn.type == "installationUpdate":
        return [Joined(**base)] if _text(body, "action") in ("add", "add-upgrade") else []
    if not turn.activity_id:
        raise Malformed("no id")
    return [_invoked(body, turn, base) if turn.type == "invoke" else _said(body, turn, base)]


def read_consent(body: Json, turn: Turn) -> Consent:
    """What an invoke says of an offered file. Raises Malformed for what Teams would not send."""
    if not turn.private:
        raise Malformed("a file outside a personal chat", 403)
    if not turn.sender["aadObjectId"]:
        raise Malformed("no account", 403)
    if not turn.activity_id:
        raise Malformed("no id")
    value = _object(body, "value")
    action = _text(value, "action")
    if action not in ("accept", "decline"):
        raise Malformed("an odd consent")
    given = _object(value, "uploadInfo", optional=action == "decline")
    names = ("uploadUrl", "contentUrl", "name", "uniqueId", "fileType")
    upload = Upload(*(_text(given, name) for name in names))
    return Consent(action == "accept", _object(value, "context", optional=True), upload, _base(body, turn))


def _base(body: Json, turn: Turn) -> dict[str, Any]:
    profile = Profile(_text(turn.sender, "name"), _text(body, "localTimezone"))
    return {
        "id": f"{turn.conversation['id']}|{turn.activity_id}", "sender": turn.account,
        "place": Place(NAME, turn.tenant, turn.channel, turn.private, turn.place_address), "profile": profile,
        "address": turn.address,
    }  # fmt: skip


def _members(body: Json, turn: Turn) -> list[Event]:
    """Who came: the bot (then whoever added it has joined), or people; whoever left is told nothing."""
    added = body.get("membersAdded", [])
    if not isinstance(added, list) or not all(isinstance(one, dict) for one in added):
        raise Malformed("odd members")
    base = _base(body, turn)
    events: list[Event] = []
    for member in added:
        if _text(member, "id") == turn.bot["id"]:
            events += [Joined(**base)] if turn.sender["aadObjectId"] else []
        elif (user := _text(member, "aadObjectId").lower()) and user != turn.sender["aadObjectId"]:
            of_member = {"id": f"{base['id']}|{user}", "sender": Account(NAME, turn.tenant, user)}
            events.append(Joined(**{**base, **of_member, "profile": Profile(), "address": None}))
        elif turn.sender["aadObjectId"]:
            events.append(ProfileSeen(**base))
    return events


def _said(body: Json, turn: Turn, base: dict[str, Any]) -> Event:
    value = body.get("value")
    if isinstance(value, dict) and value:
        return _pressed(value, base)
    text = spoken(body, turn.bot["id"])
    if turn.private and text.casefold() == HOME:
        return HomeOpened(**base)
    return Command(**base, text=text)


def _pressed(value: Json, base: dict[str, Any]) -> Event:
    """An Action.Submit's data: a button, a button that opens a form, or a form that is sent."""
    argument = _text(value, "argument")
    if action := _text(value, "action"):
        return Press(**base, action=action, argument=argument)
    form = _text(value, "form", needed=True)
    if value.get("open") is True:
        return FormOpened(**base, form=form, argument=argument)
    return Submission(**base, form=form, argument=argument, values=read_values(value))


def _invoked(body: Json, turn: Turn, base: dict[str, Any]) -> Event:
    value = _object(body, "value")
    if turn.name == "adaptiveCard/action":
        action = _object(value, "action")
        given = _object(action, "data", optional=True)
        verb = _text(action, "verb") or _text(given, "action", needed=True)
        return Press(**base, action=verb, argument=_text(given, "argument"))
    if turn.name not in ("task/fetch", "task/submit"):
        raise Malformed("unknown invoke", 404)
    given = _object(value, "data")
    opens = turn.name == "task/fetch"
    return _pressed({**given, "open": True} if opens else given, base)


def spoken(body: Json, bot_id: str) -> str:
    """What was typed to the bot, as plain text, without the mention of the bot."""
    text = _text(body, "text")
    if _text(body, "textFormat") in ("xml", "html"):
        text = html.unescape(re.sub(r"<(?!/?at\b)[^>]*>", " ", text))
    entities = body.get("entities")
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, dict) and entity.get("type") == "mention":
            mentioned = _object(entity, "mentioned", optional=True)
            if _text(mentioned, "id") == bot_id and (shown := _text(entity, "text")):
                text = text.replace(shown, " ")
    text = re.sub(r"</?at(?:\s[^>]*)?>", "", text).replace("&nbsp;", " ").replace("\u00a0", " ")
    return text.strip()


def _text(given: Json, key: str, *, needed: bool = False) -> str:
    value = given.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Malformed(f"odd {key}")
    if needed and not value:
        raise Malformed(f"no {key}")
    return value


def _object(given: Json, key: str, *, optional: bool = False) -> Json:
    value = given.get(key)
    if value is None and optional:
        return {}
    if not isinstance(value, dict):
        raise Malformed(f"no {key}")
    return value
