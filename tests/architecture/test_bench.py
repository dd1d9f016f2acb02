"""The bench itself: a real PostgreSQL, a real browser, and skips that CI does not forgive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from playwright.async_api import Page

from bench.chromium import chromium
from bench.node import axe_script, playground_command
from bench.postgres import Database, PostgresServer, rows

ROOT = Path(__file__).parents[2]


def _with_one_row(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE noted (word text)")
        connection.execute("INSERT INTO noted VALUES ('kept')")


def test_every_test_gets_an_empty_database(postgres_database: Database) -> None:
    assert rows(postgres_database, "SELECT * FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_prepared_database_is_copied_for_each_test(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.fresh(_with_one_row), postgres_server.fresh(_with_one_row)
    with psycopg.connect(first.libpq, autocommit=True) as connection:
        connection.execute("DELETE FROM noted")
    assert rows(second, "SELECT word FROM noted") == [("kept",)]
    postgres_server.drop(first)
    postgres_server.drop(second)


def test_a_paused_server_comes_back_with_its_data(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "own")
    database = server.fresh(_with_one_row)
    server.pause()
    with pytest.raises(psycopg.OperationalError):
        rows(database, "SELECT 1")
    server.resume()
    assert rows(database, "SELECT word FROM noted") == [("kept",)]
    server.close()


async def test_the_browser_runs_the_accessibility_checker(page: Page) -> None:
    await page.set_content("<html lang=en><title>t</title><main><h1>Hello</h1><img src=x></main>")
    await page.add_script_tag(content=axe_script())
    broken = await page.evaluate("axe.run().then(found => found.violations.map(each => each.id))")
    assert broken == ["image-alt"]


async def test_two_browsers_can_be_open_at_once() -> None:
    async with chromium() as one, chromium() as two:
        assert one.version == two.version


def test_the_playground_answers_for_its_options() -> None:
    told = subprocess.run(playground_command("--help"), capture_output=True, text=True, check=True).stdout
    assert "--app-endpoint" in told


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_skip_is_a_failure_only_in_ci(ci: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text())
    (tmp_path / "test_it.py").write_text("import pytest\ndef test_it() -> None:\n    pytest.skip('no')\n")
    options = ["-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", str(tmp_path)]
    command = [sys.executable, "-m", "pytest", *options]
    done = subprocess.run(command, cwd=ROOT, env={"CI": ci}, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
