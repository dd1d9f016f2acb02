"""Slack's app manifest says exactly what the code listens for and calls, and fits Slack's own description of it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.node import node, node_package
from bot.platforms.slack import inbound
from bot.platforms.slack.listeners import EVENTS

ROOT = Path(__file__).parents[2]
CODE = ROOT / "bot/platforms/slack"
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
    "conversations.history": {"im:history", "channels:history", "groups:history"},
    "conversations.replies": {"channels:history", "groups:history"},
    "users_info": {"users:read"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
}
"""What each event and method needs (docs.slack.dev/reference); what is not here needs none."""
NEEDS_NONE = {
    "app_home_opened", "app_uninstalled", "tokens_revoked",
    "views.open", "views.update", "views.publish", "chat.getPermalink",
    "api_call", "auth_test", "apps_connections_open",
}  # fmt: skip


def _methods() -> set[str]:
    """Every method that the code calls: by its name, or as a method of Slack's client."""
    source = "\n".join(path.read_text() for path in CODE.glob("*.py"))
    named = re.findall(r'\.(?:call|once)\(\s*"([a-zA-Z.]+)"', source)
    return set(named) | (set(re.findall(r"self\.client\.(\w+)", source)) - {"session", "token"})


LENGTHS = {
    ("display_information", "name"): (1, 35),
    ("display_information", "description"): (1, 140),
    ("display_information", "long_description"): (175, 4000),
    ("features", "slash_commands", 0, "command"): (2, 32),
    ("features", "slash_commands", 0, "description"): (1, 2000),
    ("features", "shortcuts", 0, "name"): (1, 24),
    ("features", "shortcuts", 0, "description"): (1, 150),
}
"""Characters (docs.slack.dev/reference/app-manifest)."""


def _complaints(manifest: dict[str, Any], folder: Path) -> str:
    """What the compiler says of the manifest beside the type that Slack's own client has for it."""
    types = node_package("@slack/web-api") / "dist/types/request/manifest"
    script = f"import type {{ Manifest }} from {json.dumps(str(types))};\n"
    script += f"export const manifest: Manifest = {json.dumps(manifest)};\n"
    (folder / "manifest.ts").write_text(script)
    compiler = [node(), str(node_package("typescript") / "lib/tsc.js"), "--noEmit", "--strict", "--skipLibCheck"]
    done = subprocess.run([*compiler, str(folder / "manifest.ts")], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_manifest_fits_slacks_own_type(tmp_path: Path) -> None:
    assert _complaints(MANIFEST, tmp_path) == ""


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("settings", "socket_mode_enabled"), "yes"),
        (("settings", "event_subscriptions", "bot_events"), ["not_an_event"]),
        (("oauth_config", "scopes", "bot"), ["bogus:scope"]),
        (("features", "app_home", "no_such_key"), True),
    ],
)
def test_slacks_own_type_finds_a_mistake(path: tuple[str, ...], wrong: object, tmp_path: Path) -> None:
    spoiled = json.loads(json.dumps(MANIFEST))
    place = spoiled
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    assert "manifest.ts" in _complaints(spoiled, tmp_path)


@pytest.mark.parametrize("path", LENGTHS, ids=lambda path: ".".join(map(str, path)))
def test_each_text_of_the_manifest_has_a_length_that_slack_takes(path: tuple[str | int, ...]) -> None:
    text: Any = MANIFEST
    for key in path:
        text = text[key]
    least, most = LENGTHS[path]
    assert least <= len(text) <= most


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
