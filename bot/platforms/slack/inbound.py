"""Turns a verified Slack payload into one neutral event, and notes where its answer can go."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.payload import Malformed, form_argument, inputs, is_from_home, mapping, optional, text, values
from bot.platforms.slack.text import clean, typed, without_first_mention
from handlers.kit.events import Command, Event, FormOpened, HomeOpened, Place, Press, Profile, ProfileSeen, Submission
from storage.records import Account

NAME = "slack"
COMMAND = "/weaver"
SHORTCUTS = {"check_in": "check in"}
"""Global shortcuts: callback id -> the words that it stands for."""

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a payload came from, and all the ways there are to answer it; empty where there is no such way."""

    team: str
    user: str
    channel: str = ""
    private: bool = True
    thread_ts: str = ""
    message_ts: str = ""
    is_ephemeral: bool = False
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    view_hash: str = ""
    inputs: tuple[Body, ...] = ()
    is_submission: bool = False
    is_home: bool = False
    from_home: bool = False
    is_retry: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys of the inputs in the modal."""
        return tuple(optional(block, "block_id") for block in self.inputs)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One payload: the event that it says, None where it says nothing to us, and where to answer."""

    event: Event | None
    origin: Origin


def read(body: Body, *, bot_user: str = "", retry: bool = False, key: bytes = b"") -> Incoming:
    """The payload as an event. Raises Malformed where a field is missing or of a wrong type.

    `key` (a secret, at most 64 bytes) goes into the ids of forms that were sent, so that no id tells what was typed.
    """
    kind = optional(body, "type")
    if kind == "url_verification" or optional(body, "ssl_check"):
        return Incoming(None, Origin("", ""))
    reader = _READERS.get("command" if "command" in body else kind)
    if reader is None:
        raise Malformed("unknown type")
    incoming = reader(body, bot_user)
    if isinstance(sent := incoming.event, Submission):
        incoming = replace(incoming, event=replace(sent, id=f"{sent.id}:{_digest(sent, key)}"))
    if len(incoming.event.id if incoming.event else "") > limits.INCOMING_ID:
        raise Malformed("id too long")
    return replace(incoming, origin=replace(incoming.origin, is_retry=retry))


def _digest(sent: Submission, key: bytes) -> str:
    """Tells what was sent from what is sent after a correction: Slack's hash stays the same while somebody types."""
    said = json.dumps([sent.id, sorted(sent.values.items())])
    return hashlib.blake2b(said.encode(), digest_size=6, key=key).hexdigest()


def _event(body: Body, bot_user: str) -> Incoming:
    event, team = mapping(body, "event"), text(body, "team_id")
    event_id = f"{NAME}:{text(body, 'event_id')}"
    kind = text(event, "type")
    if kind in ("message", "app_mention"):
        return _said(event, team, event_id, _bot_user(body, bot_user))
    if kind == "user_change":
        return _profile(mapping(event, "user"), team, event_id)
    if kind == "app_home_opened" and optional(event, "tab") == "home":
        user = text(event, "user")
        sender = Account(NAME, team, user)
        opened = HomeOpened(id=event_id, sender=sender, place=Place(NAME, team, user, True))
        return Incoming(opened, Origin(team, user, is_home=True))
    return Incoming(None, Origin(team, ""))


def _bot_user(body: Body, known: str) -> str:
    """The bot's own user id: Slack names it in each event, so that no request has to ask for it."""
    for one in body.get("authorizations") or ():
        if isinstance(one, Mapping) and one.get("is_bot") is True:
            return optional(one, "user_id") or known
    return known


def _said(event: Body, team: str, event_id: str, bot_user: str) -> Incoming:
    user, channel = optional(event, "user"), text(event, "channel")
    is_direct = optional(event, "channel_type") == "im"
    is_mention = event["type"] == "app_mention"
    is_ours = optional(event, "subtype") not in ("", "file_share", "thread_broadcast") or "bot_id" in event
    if is_ours or not user or user == bot_user or not (is_direct or is_mention):
        return Incoming(None, Origin(team, user, channel))
    words = optional(event, "text")
    if is_mention and not bot_user:
        words = without_first_mention(words)
    home_team = optional(event, "user_team") or optional(event, "team") or team
    said = Command(
        id=event_id,
        sender=Account(NAME, home_team, user),
        place=Place(NAME, team, channel, is_direct),
        text=typed(words, bot_user),
    )
    return Incoming(said, Origin(team, user, channel, is_direct, optional(event, "thread_ts")))


def _profile(user: Body, team: str, event_id: str) -> Incoming:
    account = Account(NAME, optional(user, "team_id") or team, text(user, "id"))
    if user.get("is_bot") is True or user.get("deleted") is True:
        return Incoming(None, Origin(team, account.user))
    return Incoming(profile_seen(account, user, event_id, team), Origin(team, account.user))


def profile_seen(account: Account, user: Body, event_id: str, team: str) -> ProfileSeen:
    """What Slack says about a person (a `user` object of users.info or user_change)."""
    profile = user.get("profile")
    named = profile if isinstance(profile, Mapping) else {}
    name = optional(named, "real_name") or optional(user, "real_name") or optional(named, "display_name")
    seen = Profile(clean(name)[: limits.INCOMING_ID], optional(user, "tz")[: limits.INCOMING_ID])
    return ProfileSeen(id=event_id, sender=account, place=Place(NAME, team, account.user, True), profile=seen)


def _command(body: Body, _bot_user: str) -> Incoming:
    if text(body, "command") != COMMAND:
        raise Malformed("unknown command")
    team, user, channel = text(body, "team_id"), text(body, "user_id"), text(body, "channel_id")
    trigger = text(body, "trigger_id")
    said = Command(
        id=f"{NAME}:command:{trigger}",
        sender=Account(NAME, team, user),
        place=Place(NAME, team, channel, channel.startswith("D")),
        text=typed(optional(body, "text")),
    )
    origin = Origin(team, user, channel, False, trigger_id=trigger, response_url=optional(body, "response_url"))
    return Incoming(said, origin)


def _person(body: Body) -> tuple[str, Account]:
    """The workspace that the bot is installed in, and the sender, keyed by their own workspace (Slack Connect)."""
    user, team = mapping(body, "user"), body.get("team")
    own = optional(user, "team_id")
    installed = text(team, "id") if isinstance(team, Mapping) else own
    if not (installed or own):
        raise Malformed("no team")
    return installed or own, Account(NAME, own or installed, text(user, "id"))


def _shortcut(body: Body, _bot_user: str) -> Incoming:
    team, sender = _person(body)
    words = SHORTCUTS.get(text(body, "callback_id"))
    if words is None:
        raise Malformed("unknown shortcut")
    trigger = text(body, "trigger_id")
    place = Place(NAME, team, sender.user, True)
    said = Command(id=f"{NAME}:shortcut:{trigger}", sender=sender, place=place, text=words)
    return Incoming(said, Origin(team, sender.user, trigger_id=trigger))


def _action(body: Body, _bot_user: str) -> Incoming:
    team, sender = _person(body)
    listed = body.get("actions")
    action = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(action, Mapping):
        raise Malformed("no action")
    origin = _action_origin(body, team, sender.user)
    action_id = text(action, "action_id")
    event_id = f"{NAME}:action:{sender.workspace}:{sender.user}:{text(action, 'action_ts')}"
    place = Place(NAME, team, origin.channel or sender.user, origin.private)
    if origin.view_id and not origin.is_home:
        view = mapping(body, "view")
        origin = replace(origin, inputs=inputs(view), from_home=is_from_home(view))
        return Incoming(_changed(view, event_id, sender, place), origin)
    does, _, named = action_id.partition(":")
    route, _, _number = named.rpartition("#")
    argument = optional(action, "value")
    if not route or does not in ("open", "press"):
        raise Malformed("unknown action")
    if does == "open":
        opened = FormOpened(id=event_id, sender=sender, place=place, form=route, argument=argument)
        return Incoming(opened, origin)
    return Incoming(Press(id=event_id, sender=sender, place=place, action=route, argument=argument), origin)


def _action_origin(body: Body, team: str, user: str) -> Origin:
    container = mapping(body, "container")
    channel = body.get("channel")
    at = text(channel, "id") if isinstance(channel, Mapping) else optional(container, "channel_id")
    origin = Origin(
        team,
        user,
        at,
        not at or at.startswith("D"),
        optional(container, "thread_ts"),
        optional(container, "message_ts"),
        container.get("is_ephemeral") is True,
        optional(body, "trigger_id"),
        optional(body, "response_url"),
    )
    if not isinstance(body.get("view"), Mapping):
        return origin
    view = mapping(body, "view")
    is_home = optional(view, "type") == "home"
    return replace(origin, view_id=text(view, "id"), view_hash=optional(view, "hash"), is_home=is_home)


def _changed(view: Body, event_id: str, sender: Account, place: Place) -> FormOpened:
    form, argument = text(view, "callback_id"), form_argument(view)
    return FormOpened(id=event_id, sender=sender, place=place, form=form, argument=argument, values=values(view))


def _submission(body: Body, _bot_user: str) -> Incoming:
    team, sender = _person(body)
    view = mapping(body, "view")
    if text(view, "type") != "modal":
        raise Malformed("not a modal")
    view_id, digest = text(view, "id"), optional(view, "hash")
    sent = Submission(
        id=f"{NAME}:view:{view_id}:{digest}",
        sender=sender,
        place=Place(NAME, team, sender.user, True),
        form=text(view, "callback_id"),
        argument=form_argument(view),
        values=values(view),
    )
    origin = Origin(
        team, sender.user, view_id=view_id, view_hash=digest, inputs=inputs(view), is_submission=True,
        from_home=is_from_home(view),
    )  # fmt: skip
    return Incoming(sent, origin)


def _closed(body: Body, _bot_user: str) -> Incoming:
    team, sender = _person(body)
    text(mapping(body, "view"), "callback_id")
    return Incoming(None, Origin(team, sender.user))


_READERS: dict[str, Callable[[Body, str], Incoming]] = {
    "event_callback": _event,
    "command": _command,
    "shortcut": _shortcut,
    "block_actions": _action,
    "view_submission": _submission,
    "view_closed": _closed,
}
