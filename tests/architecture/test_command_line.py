"""The command line: exit 0, or 2 with one clear line for each thing that is wrong; a start pays for nothing unused."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from bench.house import ROOT
from bot.__main__ import main

OUR_SETTINGS = ("WEAVER_", "SLACK_", "MICROSOFT_", "OPENAI_")
PERSON = """
[programme]
name = "P"
time_zone = "UTC"
[[networks]]
key = "one"
name = "One"
[[people]]
name = "Ann Example"
accounts = [{ platform = "slack", workspace = "T1", user = "U1" }]
roles = [{ network = "one", role = "member" }]
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test in a folder of its own, with no settings but those that it makes."""
    for name in [name for name in os.environ if name.startswith(OUR_SETTINGS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _started(*arguments: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _done(*arguments: str, **settings: str) -> tuple[int, list[str], list[str]]:
    """The exit code, and the lines of output and of complaint."""
    process = _started(*arguments, **settings)
    said, complained = process.communicate()
    return process.returncode, said.splitlines(), complained.splitlines()


def test_without_a_command_the_help_names_every_command() -> None:
    code, said, complaints = _done()
    assert (code, complaints) == (0, [])
    commands = [path.stem for path in (ROOT / "bot" / "commands").glob("*.py") if path.stem != "__init__"]
    assert commands
    assert [name for name in commands if f"    {name} " not in "\n".join(said)] == []


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        (["fly"], "weaver: argument COMMAND: invalid choice: 'fly'"),
        (["load"], "weaver: the following arguments are required: FILE"),
        (["export"], "weaver: the following arguments are required: --person"),
        (["demo", "--port", "70000"], "weaver: argument --port: '70000' is not a port"),
        (["run", "--faster"], "weaver: unrecognized arguments: --faster"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistyped_command_is_one_line(typed: list[str], start: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(typed)
    complaints = capsys.readouterr().err.splitlines()
    assert (stopped.value.code, len(complaints)) == (2, 1)
    assert complaints[0].startswith(start)


def test_bad_settings_are_all_named_at_once_each_on_its_line_and_no_secret_is_said() -> None:
    code, said, complaints = _done(
        "run",
        SLACK_BOT_TOKEN="hush-1", SLACK_APP_TOKEN="hush-2", SLACK_API_URL="http://elsewhere.example/",
        MICROSOFT_APP_PASSWORD="hush-3", WEAVER_PORT="ninety", SLACK_MESSAGES_A_SECOND="0", WEAVER_DATABASE_URL="mysql://u:hush-4@h/d",
    )  # fmt: skip
    assert (code, said) == (2, [])
    wanted = (
        "WEAVER_DATABASE_URL", "WEAVER_PORT", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL",
        "SLACK_MESSAGES_A_SECOND",
        "MICROSOFT_APP_ID", "MICROSOFT_APP_TENANTID", "WEAVER_TEAMS_TENANTS",
    )  # fmt: skip
    assert [sum(name in line for line in complaints) for name in wanted] == [1] * len(wanted)
    assert "hush" not in "".join(complaints)


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["export", "--person", "Ann"], ["load", "p.toml"]])
def test_a_database_address_of_nonsense_is_one_line_without_its_password(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEAVER_DATABASE_URL", "postgresql://u:hush@host:port/d")
    assert main(command) == 2
    expected = "WEAVER_DATABASE_URL cannot be read: check its user, host, port and name.\n"
    assert capsys.readouterr().err == expected


def test_a_database_that_is_away_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEAVER_DATABASE_URL", "sqlite:///nowhere/weaver.db")
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err == (
        "The database cannot be used: the database file cannot be opened. "
        "Check WEAVER_DATABASE_URL, or type python -m bot doctor.\n"
    )


def test_a_file_that_is_no_database_is_one_line(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "odd.db").write_text("a text that is long enough to be looked at as a database\n" * 100)
    monkeypatch.setenv("WEAVER_DATABASE_URL", "sqlite:///odd.db")
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err.startswith("The database cannot be used: the file is not a database. ")


@pytest.mark.parametrize("command", [["migrate"], ["export", "--person", "Ann"], ["run"]], ids=lambda typed: typed[0])
def test_a_database_of_a_newer_weaver_is_left_alone_and_that_is_one_line(own_folder: Path, command: list[str]) -> None:
    main(["migrate"])
    with closing(sqlite3.connect(own_folder / "weaver.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    teams = {"MICROSOFT_APP_ID": "an id", "MICROSOFT_APP_PASSWORD": "hush", "MICROSOFT_APP_TENANTID": "a tenant"}
    assert _done(*command, **teams, WEAVER_PORT="0") == (
        2, [], ["The database belongs to a newer Weaver than this one: use that, or a backup."],
    )  # fmt: skip


def test_a_bot_with_nowhere_to_listen_to_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    assert capsys.readouterr().err.startswith("Neither Slack nor Teams is set up: ")


def test_a_port_in_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, complaints = _done("demo", "--port", port)
    assert (code, len(complaints)) == (2, 1)
    assert complaints[0].startswith(f"Cannot listen on 127.0.0.1 port {port} (address already in use): ")


def test_the_demo_answers_at_the_address_it_prints_and_leaves_nothing_behind(own_folder: Path) -> None:
    process = _started("demo", "--port", "0", TMPDIR=str(own_folder))
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[1]
        with urllib.request.urlopen(address) as page:
            assert b"Amara Quillfeather" in page.read()
    finally:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    assert list(own_folder.iterdir()) == []


def test_migrate_says_where_the_database_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["migrate"]), main(["migrate"])] == [0, 0]
    assert len(set(capsys.readouterr().out.splitlines())) == 1


def test_a_person_is_exported_by_name_or_number_for_the_eyes_of_this_account_only(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "p.toml").write_text(PERSON)
    assert main(["load", "p.toml"]) == 0
    capsys.readouterr()
    assert main(["export", "--person", "ann example"]) == 0
    assert "Name: Ann Example" in capsys.readouterr().out
    assert main(["export", "--person", "1", "--out", "ann.md"]) == 0
    assert stat.S_IMODE((own_folder / "ann.md").stat().st_mode) == 0o600
    assert "Name: Ann Example" in (own_folder / "ann.md").read_text()


@pytest.mark.parametrize("typed", ["Élodie Ångström", "ÉLODIE ÅNGSTRÖM", "e\u0301lodie a\u030angstro\u0308m"])
def test_a_person_is_found_by_name_whatever_the_letters(
    typed: str, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "p.toml").write_text(PERSON.replace("Ann Example", "Élodie Ångström"), encoding="utf-8")
    assert main(["load", "p.toml"]) == 0
    assert main(["export", "--person", typed]) == 0
    assert "Name: Élodie Ångström" in capsys.readouterr().out


def test_an_export_of_nobody_or_of_two_namesakes_writes_nothing(
    own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = PERSON + PERSON[PERSON.index("[[people]]") :].replace("U1", "U2")
    (own_folder / "p.toml").write_text(twin)
    main(["load", "p.toml"])
    capsys.readouterr()
    assert main(["export", "--person", "Ann Example", "--out", "ann.md"]) == 2
    assert main(["export", "--person", "Bo", "--out", "ann.md"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "2 people are called 'Ann Example': give one of their numbers, 1, 2.",
        "There is nobody called 'Bo': give the whole name, as it stands in settings.",
    ]
    assert not (own_folder / "ann.md").exists()


def test_the_package_for_teams_is_written(monkeypatch: pytest.MonkeyPatch, own_folder: Path) -> None:
    assert main(["manifest"]) == 2
    monkeypatch.setenv("MICROSOFT_APP_ID", "00000000-0000-4000-8000-000000000001")
    assert main(["manifest", "--out", "w.zip"]) == 0
    with ZipFile(own_folder / "w.zip") as package:
        commands = json.loads(package.read("manifest.json"))["bots"][0]["commandLists"][0]["commands"]
    assert commands[0]["title"] == "home"


def test_the_help_of_the_command_line_imports_next_to_nothing() -> None:
    code = "import sys, bot.__main__ as m; m.main([]); print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint({"aiohttp", "sqlalchemy", "pydantic", "alembic", "tree_sitter", "handlers", "storage"})
