"""Payloads as Slack sends them, one of each kind that the bot listens for."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
USER = {"id": "U1", "username": "ann", "name": "ann", "team_id": "T1"}


def event(**inner: object) -> Json:
    """An event of the Events API."""
    return {
        "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1,
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}],
        "event": {"user": "U1", "ts": "1.1", "event_ts": "1.1", **inner},
    }  # fmt: skip


def direct(text: str = "check in", **inner: object) -> Json:
    """A direct message."""
    return event(type="message", channel="D1", channel_type="im", team="T1", text=text, **inner)


def mention(text: str = "<@UBOT> check in", **inner: object) -> Json:
    """A mention in a channel."""
    return event(type="app_mention", channel="C1", team="T1", text=text, **inner)


def command(text: str = "check in", **more: object) -> Json:
    """A slash command's fields."""
    return {
        "command": "/weaver", "text": text, "team_id": "T1", "team_domain": "example", "user_id": "U1",
        "user_name": "ann", "channel_id": "C1", "channel_name": "general", "trigger_id": "1.2.a",
        "response_url": "https://hooks.slack.com/commands/1/2/3", "api_app_id": "A1", **more,
    }  # fmt: skip


def interaction(kind: str, **more: object) -> Json:
    """What all interactions share."""
    team = {"id": "T1", "domain": "example"}
    return {"type": kind, "user": USER, "team": team, "api_app_id": "A1", "enterprise": None, **more}


def shortcut() -> Json:
    """The global shortcut."""
    return interaction("shortcut", callback_id="check_in", trigger_id="1.3.a", action_ts="1.4")


def press(action_id: str = "press:checkins.withdraw#1", value: str = "7", **more: object) -> Json:
    """A button in a direct message."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.5"}
    container = {"type": "message", "message_ts": "1.6", "channel_id": "D1", "is_ephemeral": False}
    where = {"container": container, "channel": {"id": "D1", "name": "directmessage"}, "trigger_id": "1.7.a"}
    return interaction("block_actions", actions=[action], **{**where, **more})


def view(**values: Json) -> Json:
    """A modal with these inputs."""
    return {
        "id": "V1", "type": "modal", "hash": "1.8", "callback_id": "checkins.answer",
        "private_metadata": '{"argument": "7"}',
        "blocks": [{"type": "section", "block_id": "intro"}, *({"type": "input", "block_id": key} for key in values)],
        "state": {"values": {key: {"answer": value} for key, value in values.items()}},
    }  # fmt: skip


TYPED: Json = {"type": "plain_text_input", "value": "Two wards"}
CHOSEN: Json = {"type": "radio_buttons", "selected_option": {"value": "yes"}}


def submission(**values: Json) -> Json:
    """A modal sent."""
    return interaction("view_submission", view=view(**(values or {"moved": TYPED, "help": CHOSEN})))


def live() -> Json:
    """A choice made in an open modal that others hang on."""
    action = {"type": "radio_buttons", "action_id": "live", "block_id": "help", "action_ts": "1.9"}
    open_view = view(moved=TYPED, help=CHOSEN)
    container = {"type": "view", "view_id": "V1"}
    return interaction("block_actions", actions=[action], container=container, view=open_view, trigger_id="1.1.b")


def all_kinds() -> dict[str, Json]:
    """One of each."""
    return {
        "message": direct(),
        "mention": mention(),
        "home": event(type="app_home_opened", tab="home", channel="D1"),
        "profile": event(type="user_change", user={"id": "U1", "team_id": "T1", "tz": "Europe/London", "profile": {}}),
        "uninstalled": event(type="app_uninstalled"),
        "command": command(),
        "shortcut": shortcut(),
        "press": press(),
        "live": live(),
        "submission": submission(),
        "closed": interaction("view_closed", view=view()),
    }
