"""The app package is what Teams takes: the manifest by Microsoft's schema, the icons by their sizes."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from bench.teams_service import APP_ID
from bot.platforms.teams.manifest import manifest, write_package

SCHEMA = Path(__file__).parents[1] / "payloads/teams/manifest-1.29.schema.json"
COMMANDS = tuple((f"words {number}", "Does something useful.") for number in range(12))


def _wrong(content: dict[str, Any]) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8-sig"))
    return [error.message for error in Draft4Validator(schema).iter_errors(content)]


@pytest.fixture
def package(tmp_path: Path) -> ZipFile:
    out = tmp_path / "weaver.zip"
    write_package(out, APP_ID, COMMANDS, "https://weaver.nhs.uk/")
    return ZipFile(out)


def test_the_package_holds_the_manifest_and_both_icons_at_its_root(package: ZipFile) -> None:
    assert package.namelist() == ["manifest.json", "color.png", "outline.png"]


def test_the_manifest_is_valid_by_microsofts_schema(package: ZipFile) -> None:
    content = json.loads(package.read("manifest.json"))
    assert _wrong(content) == []
    assert content["$schema"].endswith("/v1.29/MicrosoftTeams.schema.json")
    assert content["developer"]["privacyUrl"] == "https://weaver.nhs.uk/privacy"


def test_the_schema_refuses_what_is_wrong() -> None:
    assert _wrong(manifest("not an id"))
    assert _wrong({**manifest(APP_ID), "colour": "blue"})


def test_the_bot_is_offered_everywhere_with_the_first_ten_commands() -> None:
    (bot,) = manifest(APP_ID, COMMANDS)["bots"]
    assert (bot["botId"], bot["isNotificationOnly"], bot["supportsFiles"]) == (APP_ID, False, True)
    assert [one["scopes"] for one in bot["commandLists"]] == [["personal"], ["team"], ["groupChat"]]
    assert all(len(one["commands"]) == 10 for one in bot["commandLists"])


def test_names_and_descriptions_fit_what_teams_shows() -> None:
    content = manifest(APP_ID)
    assert len(content["name"]["short"]) <= 30
    assert len(content["description"]["short"]) <= 80


@pytest.mark.parametrize(("name", "side"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_have_the_sizes_that_teams_asks_for(package: ZipFile, name: str, side: int) -> None:
    assert len(_pixels(package.read(name), side)) == side * side


def test_the_outline_is_white_on_nothing(package: ZipFile) -> None:
    pixels = set(_pixels(package.read("outline.png"), 32))
    assert pixels == {(255, 255, 255, 255), (255, 255, 255, 0)}


def test_the_colour_icon_has_no_holes(package: ZipFile) -> None:
    assert all(pixel[3] == 255 for pixel in _pixels(package.read("color.png"), 192))


def _pixels(png: bytes, side: int) -> list[tuple[int, ...]]:
    """The pixels of an unfiltered RGBA image of this size; anything else is an error."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png[16:26] == side.to_bytes(4) * 2 + bytes([8, 6])
    length = int.from_bytes(png[33:37])
    raw = zlib.decompress(png[41 : 41 + length])
    rows = [raw[at + 1 : at + 1 + side * 4] for at in range(0, len(raw), side * 4 + 1)]
    return [tuple(row[at : at + 4]) for row in rows for at in range(0, side * 4, 4)]


def test_the_same_input_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_package(tmp_path / name, APP_ID)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
