"""`load` puts a programme file into the database from the command line, once or twice, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.house import ROOT
from bot.__main__ import main
from storage.records import Account, Role, RoleHeld
from storage.unit import Store, open_units

FILE = """
[programme]
name = "Practitioner networks 2027"
time_zone = "Europe/London"

[[networks]]
key = "sexual-health"
name = "Sexual Health Improvement Network"
started_on = 2027-01-11

[[people]]
name = "An Example Co-ordinator"
accounts = [{ platform = "slack", workspace = "T01", user = "U01" }]
roles = [{ network = "sexual-health", role = "coordinator" }]
"""
FIRST = [
    "The programme is Practitioner networks 2027, with the time zone Europe/London.",
    "Added the network Sexual Health Improvement Network.",
    "Added An Example Co-ordinator.",
    "An Example Co-ordinator is now a co-ordinator of Sexual Health Improvement Network.",
]


class Loading:
    """A folder with a programme file and a database, and what the command says."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.file = folder / "programme.toml"
        self.url = f"sqlite:///{folder / 'weaver.db'}"
        self._capture = capture

    def load(self, text: str) -> tuple[int, list[str], list[str]]:
        """The exit code, and the lines of output and of complaint."""
        self.file.write_text(text, encoding="utf-8")
        code = main(["load", str(self.file)])
        said = self._capture.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    def roles(self) -> tuple[RoleHeld, ...]:
        """The roles of the one person in the file; none where nobody is there."""

        def read(store: Store) -> tuple[RoleHeld, ...]:
            person = store.people.by_account(Account("slack", "T01", "U01"))
            return person.roles if person else ()

        units = open_units(self.url)
        try:
            return units.run(read).result()
        finally:
            units.close()


@pytest.fixture
def loading(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Loading:
    loading = Loading(tmp_path, capsys)
    monkeypatch.setenv("WEAVER_DATABASE_URL", loading.url)
    return loading


def test_the_first_load_says_all_that_it_added_and_the_second_that_nothing_changed(loading: Loading) -> None:
    assert loading.load(FILE) == (0, FIRST, [])
    assert loading.load(FILE) == (0, ["Nothing changed."], [])
    assert loading.roles() == (RoleHeld(Role.COORDINATOR, 1),)


def test_a_changed_file_says_what_changed_and_only_that(loading: Loading) -> None:
    loading.load(FILE)
    code, said, _ = loading.load(FILE.replace("An Example", "Another").replace("Health Improvement", "Health"))
    assert (code, said) == (
        0,
        ["Updated the network Sexual Health Network.", "An Example Co-ordinator is now called Another Co-ordinator."],
    )


def test_a_file_with_mistakes_loads_nothing_and_says_each(loading: Loading) -> None:
    code, said, complaints = loading.load(FILE.replace("T01", " ").replace("Europe/London", "Mars"))
    assert (code, said) == (2, [])
    assert [line.removeprefix(f"{loading.file}:").split(":")[0] for line in complaints] == ["4", "13"]
    assert not Path(loading.url.removeprefix("sqlite:///")).exists()


def test_accounts_of_two_people_given_to_one_load_nothing(loading: Loading) -> None:
    other = '\n[[people]]\nname = "Ann"\naccounts = [{ platform = "slack", workspace = "T01", user = "U02" }]\n'
    loading.load(FILE + other)
    account = '{ platform = "slack", workspace = "T01", user = "U01" }'
    both = FILE.replace(account, account + ", " + account.replace("U01", "U02")).replace("coordinator", "leader")
    code, said, complaints = loading.load(both)
    assert (code, said, len(complaints)) == (2, [], 1)
    assert loading.roles() == (RoleHeld(Role.COORDINATOR, 1),)


def test_the_command_as_one_types_it(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(FILE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "load", "programme.toml"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, FIRST, "")
    assert (tmp_path / "weaver.db").exists()
