"""Slack's app manifest says exactly what the code listens for and calls, and fits Slack's own schema."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from bot.platforms.slack import inbound
from bot.platforms.slack.listeners import EVENTS

ROOT = Path(__file__).parents[2]
CODE = ROOT / "bot/platforms/slack"
SCHEMA = ROOT / "tests/payloads/slack/manifest.schema.2.0.0.json"
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "app_manifest.yml").read_text())

SUBSCRIPTIONS = {"message": "message.im"}
SCOPES = {
    "message.im": {"im:history"},
    "app_mention": {"app_mentions:read"},
    "user_change": {"users:read"},
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.open": {"im:write"},
    "users_info": {"users:read"},
    "files_upload_v2": {"files:write"},
}
"""What each event and method needs (docs.slack.dev/reference); what is not here needs none."""
NEEDS_NONE = {
    "app_home_opened", "app_uninstalled", "tokens_revoked",
    "views.open", "views.update", "views.publish", "api_call", "auth_test", "apps_connections_open",
}  # fmt: skip


def _methods() -> set[str]:
    """Every method that the code calls: by its name, or as a method of Slack's client."""
    source = "\n".join(path.read_text() for path in CODE.glob("*.py"))
    named = re.findall(r'\.call\(\s*"([a-zA-Z.]+)"', source)
    return set(named) | (set(re.findall(r"self\.client\.(\w+)", source)) - {"session", "token"})


def test_the_manifest_fits_slacks_schema() -> None:
    jsonschema.validate(MANIFEST, json.loads(SCHEMA.read_text()))


def test_it_subscribes_to_the_events_that_the_code_listens_for() -> None:
    wanted = sorted(SUBSCRIPTIONS.get(event, event) for event in EVENTS)
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == wanted


def test_it_has_the_command_and_the_shortcuts_of_the_code() -> None:
    features = MANIFEST["features"]
    assert [one["command"] for one in features["slash_commands"]] == [inbound.COMMAND]
    assert [one["callback_id"] for one in features["shortcuts"]] == list(inbound.SHORTCUTS)


def test_it_asks_for_the_scopes_that_are_needed_and_no_other() -> None:
    used = {SUBSCRIPTIONS.get(event, event) for event in EVENTS} | _methods()
    assert used <= SCOPES.keys() | NEEDS_NONE, "say here which scope this needs"
    why: defaultdict[str, list[str]] = defaultdict(list)
    for one in used & SCOPES.keys():
        for scope in SCOPES[one]:
            why[scope].append(one)
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted([*why, "commands"])


def test_it_can_be_used_without_a_public_address() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True
    assert MANIFEST["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
