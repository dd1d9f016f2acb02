"""What README, CONTRIBUTING and CHANGELOG say is so: settings, words, commands, links and the programme file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.house import ROOT, name_of
from bot.programme_file import read as read_programme
from bot.settings import read
from handlers import find_routes
from handlers.people.loading import apply
from storage.migrate import migrate
from storage.unit import open_units

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
BOTH_ON = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "MICROSOFT_APP_ID": "an id",
    "MICROSOFT_APP_PASSWORD": "a secret",
    "MICROSOFT_APP_TENANTID": "a tenant",
}

each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


def _section(title: str) -> str:
    return re.split(r"^## ", README.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def _rows(title: str) -> Iterator[list[str]]:
    """The cells of each row of the section's table, without its head."""
    rows = [line for line in _section(title).splitlines() if line.startswith("|")]
    return ([cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:])


def _settings_in_code() -> set[str]:
    tree = ast.parse((ROOT / "bot" / "settings.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", text)}


def _code(cell: str) -> str:
    return cell.strip("`")


def test_the_table_of_settings_holds_each_setting_once_and_no_other() -> None:
    named = [_code(row[0]) for row in _rows("Every setting")]
    assert len(_settings_in_code()) > 15
    assert sorted(named) == sorted(_settings_in_code())


@pytest.mark.parametrize(
    ("name", "default"), [(_code(row[0]), _code(row[1])) for row in _rows("Every setting") if row[1].startswith("`")]
)
def test_a_default_in_the_table_is_what_one_gets_without_the_setting(name: str, default: str) -> None:
    assert read({**BOTH_ON, name: default}) == read(BOTH_ON)


def test_the_example_of_the_environment_names_only_settings_that_there_are() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named - _settings_in_code() == {"POSTGRES_PASSWORD"}


def test_the_table_of_words_holds_all_that_one_can_type_and_nothing_else() -> None:
    told = {_code(row[0]): set(re.findall(r"`([^`]+)`", row[2])) for row in _rows("What you can type")}
    assert told == {route.words: set(route.also) for route in find_routes().commands.values()}


def test_every_command_of_the_command_line_is_in_the_readme_and_is_there() -> None:
    there = {path.stem for path in (ROOT / "bot" / "commands").glob("*.py")} - {"__init__"}
    told = set(re.findall(r"python -m bot ([a-z]+)", README)) | set(
        re.findall(r"^    make (\w+)", README, re.MULTILINE)
    )
    told |= set(re.findall(r"`(\w+)`", README)) | set(re.findall(r"^ +make (\w+)$", README, re.MULTILINE))
    assert there - told == set()
    assert set(re.findall(r"python -m bot ([a-z]+)", README)) - there == set()


@each_page
def test_every_make_target_that_is_named_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    for words in find_routes().commands:  # One can type "make this our home" to Weaver, and that is no target.
        text = text.replace(f"`{words}`", "")
    named = re.findall(r"(?:`|^ +)make ([a-z]+)", text, re.MULTILINE)
    assert set(named) - targets == set()


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)", text, re.M)
    }
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("https://")]
    assert [link for link in links if link.startswith("#") and link[1:] not in headings] == []
    assert [link for link in links if not link.startswith("#") and not (page.parent / link).is_file()] == []


@each_page
def test_every_path_of_the_house_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:bot|handlers|prompts|storage|tests)/[\w./]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in named if path != "handlers/yours/" and not (ROOT / path).exists()] == []


def test_the_pictures_are_small() -> None:
    assert [path.name for path in (ROOT / "docs").glob("*.png") if path.stat().st_size > 150_000] == []


def test_the_programme_file_of_the_readme_loads_and_loads_again(tmp_path: Path) -> None:
    example = README.split("```toml\n")[1].split("```")[0]
    (tmp_path / "programme.toml").write_text(example, encoding="utf-8")
    programme = read_programme(str(tmp_path / "programme.toml"))
    migrate(url := f"sqlite:///{tmp_path}/weaver.db")
    with closing(open_units(url)) as units:
        first = units.run(lambda store: apply(programme, store, datetime.now(UTC))).result()
        again = units.run(lambda store: apply(programme, store, datetime.now(UTC))).result()
    assert "Added the network Sexual Health Improvement Network" in first
    assert again == []
