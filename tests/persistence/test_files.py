"""The files of a SQLite database: nobody else may read them, and one bot at a time runs on them."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bench.house import ROOT
from bench.nursery import nursery
from bot.__main__ import main
from storage.errors import DatabaseAway, NotOurs
from storage.sole import Sole
from storage.unit import open_units

SETTINGS = {
    "WEAVER_PORT": "0",
    "MICROSOFT_APP_ID": "an id",
    "MICROSOFT_APP_PASSWORD": "a secret",
    "MICROSOFT_APP_TENANTID": "a tenant",
}
"""Of a bot that starts without asking anyone."""


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def test_a_new_database_and_what_stands_beside_it_are_for_this_account_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/weaver.db"
    with umask(0), closing(open_units(url)) as units:
        units.run(lambda store: store._connection.exec_driver_sql("CREATE TABLE one (two)")).result()
        Sole(url).take()
        found = modes(tmp_path)
    assert found == dict.fromkeys(("weaver.db", "weaver.db-wal", "weaver.db-shm", "weaver.db-lock"), 0o600)


def test_a_database_that_is_there_keeps_the_mode_that_its_owner_gave_it(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "weaver.db").close()
    (tmp_path / "weaver.db").touch()
    (tmp_path / "weaver.db").chmod(0o640)
    with closing(open_units(f"sqlite:///{tmp_path}/weaver.db")) as units:
        units.run(lambda store: store.schema()).result()
    assert modes(tmp_path)["weaver.db"] == 0o640


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql+psycopg://u@h/d"])
def test_any_number_may_run_where_there_is_no_file(url: str) -> None:
    first, second = Sole(url), Sole(url)
    first.take()
    second.take()


def test_the_right_is_to_the_file_however_it_is_called_and_can_be_given_back(tmp_path: Path) -> None:
    (tmp_path / "other.db").symlink_to(tmp_path / "weaver.db")
    first, second = Sole(f"sqlite:///{tmp_path}/weaver.db"), Sole(f"sqlite:///{tmp_path}/other.db")
    first.take()
    first.take()
    with pytest.raises(NotOurs, match=r"^Another Weaver already runs on weaver\.db: stop it first\. "):
        second.take()
    first.give_back()
    second.take()
    second.give_back()


def test_a_folder_that_is_not_there_is_the_database_away(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAway):
        Sole(f"sqlite:///{tmp_path}/none/weaver.db").take()


async def test_a_second_bot_on_the_same_file_is_refused_in_a_line_until_the_first_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """design.md §3: two processes; kill -9 of the first gives the file free."""
    settings = {**SETTINGS, "WEAVER_DATABASE_URL": f"sqlite:///{tmp_path}/weaver.db"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    async with nursery(tmp_path / "stderr.log") as bots:
        first = await bots.born(settings)
        assert await asyncio.to_thread(run_to_the_end, settings) == (
            2, ["Another Weaver already runs on weaver.db: stop it first. "
                "Several at once need PostgreSQL in WEAVER_DATABASE_URL."],
        )  # fmt: skip
        assert await asyncio.to_thread(main, ["migrate"]) == 0
        assert await asyncio.to_thread(main, ["export", "--person", "Nobody"]) == 2
        assert capsys.readouterr().err.startswith("There is nobody called")
        await first.kill()
        second = await bots.born(settings)
        assert second.port
        assert not second.ended.is_set()


def run_to_the_end(settings: dict[str, str]) -> tuple[int, list[str]]:
    """`run` as one types it: its exit code, and what it complains of."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()
