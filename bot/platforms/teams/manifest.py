"""Writes the app package that an administrator uploads to Teams: the manifest and both icons in one zip file."""

import json
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.platforms.teams.limits import Json

PACKAGE = Path(__file__).parent / "package"
ICONS = ("color.png", "outline.png")
SITE = "https://weaver.example"
MOST_COMMANDS = 10
"""Words that Teams offers above the message box, for each scope."""
SCOPES = ("personal", "team", "groupChat")

Command = tuple[str, str]
"""The words that one types, and what they do in a sentence."""


def manifest(app_id: str, commands: Iterable[Command] = (), site: str = SITE) -> Json:
    """The manifest of the bot with this app id; the first ten commands are offered while one types.

    `site` is the address of the pages on the product, on privacy (`/privacy`) and on terms (`/terms`).
    """
    text = (PACKAGE / "manifest.json").read_text(encoding="utf-8")
    filled: Json = json.loads(text.replace("{app_id}", app_id).replace("{site}", site.rstrip("/")))
    offered = [{"title": words, "description": does} for words, does in commands][:MOST_COMMANDS]
    if offered:
        filled["bots"][0]["commandLists"] = [{"scopes": [scope], "commands": offered} for scope in SCOPES]
    return filled


def write_package(out: Path, app_id: str, commands: Iterable[Command] = (), site: str = SITE) -> None:
    """Write the app package; the same input makes the same bytes. Raises OSError where it cannot be written."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        text = json.dumps(manifest(app_id, commands, site), indent=2, ensure_ascii=False)
        archive.writestr(ZipInfo("manifest.json"), text, ZIP_DEFLATED)
        for name in ICONS:
            archive.writestr(ZipInfo(name), (PACKAGE / name).read_bytes())
