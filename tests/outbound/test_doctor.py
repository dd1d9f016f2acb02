"""The doctor asks what it must, says in words what is well and how to mend the rest, and never prints a secret."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from aiohttp import web

from bench.clock import TUESDAY
from bench.postgres import Database
from bench.practice import Practice, Services, running
from bot.doctor.slack import MANIFEST, manifest_scopes
from storage.migrate import migrate


@pytest.fixture
async def practice(tmp_path: Path) -> Practice:
    await asyncio.to_thread(migrate, f"sqlite:///{tmp_path / 'weaver.db'}")
    return Practice(tmp_path)


def _to_mend(lines: list[str]) -> list[str]:
    return [line.removeprefix("mend ") for line in lines if line.startswith("mend ")]


async def test_where_everything_is_well_each_line_says_so(practice: Practice) -> None:
    async with running(Services()) as services:
        lines = await practice.examine(practice.settings(services))
    assert [line.split(" ", 1)[1].split(":")[0] for line in lines] == [
        "Settings", "Language model", "Time zones", "Disk", "Database", "Port",
        "Slack", "Slack", "Slack", "Teams", "Teams", "Clock",
    ]  # fmt: skip
    assert {line.split()[0] for line in lines} == {"ok"}


ILL: dict[str, tuple[Callable[[Services], object], str]] = {
    "a bot token that is not one": (
        lambda well: setattr(well, "slack_error", "invalid_auth"),
        "Slack: it refuses the bot token (invalid_auth); copy the Bot User OAuth Token again",
    ),
    "an app that was removed": (
        lambda well: setattr(well, "slack_error", "account_inactive"),
        "Slack: it refuses the bot token (account_inactive); the app was removed",
    ),
    "an error that tells the token back": (
        lambda well: setattr(well, "slack_error", "what is xoxb-hush?"),
        "Slack: it refuses the bot token (status 200)",
    ),
    "scopes that are missing": (
        lambda well: setattr(well, "scopes", well.scopes - {"chat:write", "im:history"}),
        "Slack: the app lacks the scopes chat:write, im:history; put app_manifest.yml",
    ),
    "Socket Mode off": (
        lambda well: setattr(well, "socket_error", "not_allowed_token_type"),
        "Slack: Socket Mode is refused (not_allowed_token_type); turn it on",
    ),
    "a wrong password": (
        lambda well: setattr(well, "sign_in_code", 7000215),
        "Teams: Microsoft gives the bot no token (invalid_client); MICROSOFT_APP_PASSWORD is not right",
    ),
    "a password that has run out": (
        lambda well: setattr(well, "sign_in_code", 7000222),
        "Teams: Microsoft gives the bot no token (invalid_client); the client secret has run out",
    ),
    "an app of another tenant": (
        lambda well: setattr(well, "sign_in_code", 700016),
        "Teams: Microsoft gives the bot no token (invalid_client); MICROSOFT_APP_ID is not known",
    ),
    "another sign-in error": (
        lambda well: setattr(well, "sign_in_code", 1),
        "Teams: Microsoft gives the bot no token (invalid_client); check MICROSOFT_APP_ID",
    ),
    "another cloud's keys": (
        lambda well: setattr(well, "issuer", "https://api.botframework.us"),
        "Teams: MICROSOFT_ISSUER is not the issuer",
    ),
    "no keys": (lambda well: setattr(well, "keys", ()), "Teams: there are no signing keys"),
    "a clock that is slow": (
        lambda well: setattr(well, "now", TUESDAY + timedelta(minutes=4)),
        "Clock: 240 seconds slow. Let a time server set it",
    ),
    "a clock that is fast": (
        lambda well: setattr(well, "now", TUESDAY - timedelta(seconds=61)),
        "Clock: 61 seconds fast. Let a time server set it",
    ),
}


@pytest.mark.parametrize(("make_ill", "start"), ILL.values(), ids=ILL)
async def test_what_is_not_well_is_one_line_with_its_mend(
    practice: Practice, make_ill: Callable[[Services], object], start: str
) -> None:
    async with running(Services()) as services:
        make_ill(services)
        found = _to_mend(await practice.examine(practice.settings(services)))
    assert len(found) == 1
    assert found[0].startswith(start)


async def test_one_answer_with_an_old_date_does_not_make_the_clock_wrong(practice: Practice) -> None:
    async with running(Services(keys_late=timedelta(minutes=5))) as services:
        lines = await practice.examine(practice.settings(services))
    assert lines[-1] == "ok Clock: right, to the minute."


async def test_over_http_the_signing_secret_is_looked_for_and_socket_mode_is_not_tried(practice: Practice) -> None:
    async with running(Services(socket_error="not_allowed_token_type")) as services:
        lines = await practice.examine(practice.settings(services, SLACK_APP_TOKEN=""))
    assert _to_mend(lines) == []
    assert any(line.startswith("ok Slack: the signing secret is set") for line in lines)


async def test_without_a_network_everything_else_is_still_checked(practice: Practice) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = Services(url=f"http://127.0.0.1:{closed.getsockname()[1]}")
        lines = await practice.examine(practice.settings(nowhere))
    assert [line.split(".")[0] for line in _to_mend(lines)] == [
        "Slack: it does not answer",
        "Teams: Microsoft's sign-in does not answer",
        "Teams: the keys that its requests are signed with cannot be fetched",
    ]
    assert lines[-1] == "note Clock: no service answered to compare it with."
    assert any(line.startswith("ok Database") for line in lines)


async def test_answers_that_are_not_what_they_should_be_are_no_bug(practice: Practice) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="[" * 100_000, content_type="application/json", headers={"Date": "soon"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    strange = Services(url=f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        assert len(_to_mend(await practice.examine(practice.settings(strange)))) == 4
    finally:
        await runner.cleanup()


async def test_bad_settings_are_all_said_and_the_rest_waits(practice: Practice) -> None:
    lines = await practice.examine({"WEAVER_PORT": "x", "SLACK_BOT_TOKEN": "hush"})
    assert [line.split()[1] for line in lines] == ["WEAVER_PORT", "SLACK_BOT_TOKEN", "Set", "Time", "The"]
    assert len(_to_mend(lines)) == 3


async def test_a_bot_that_nobody_can_reach_is_to_be_mended(practice: Practice) -> None:
    lines = await practice.examine(
        {"WEAVER_DATABASE_URL": f"sqlite:///{practice.folder / 'weaver.db'}", "WEAVER_PORT": "0"}
    )
    assert _to_mend(lines)[0].startswith("Settings: neither Slack nor Teams is set up")


class TestDatabase:
    """What the doctor says of the database."""

    async def said(self, practice: Practice, url: str) -> list[str]:
        lines = await practice.examine({"WEAVER_DATABASE_URL": url, "WEAVER_PORT": "0"})
        return [line for line in lines if " Database: " in line or " Disk: " in line]

    async def test_one_that_is_not_there_yet_is_worth_a_note_and_is_not_made(self, practice: Practice) -> None:
        file = practice.folder / "new.db"
        assert (await self.said(practice, f"sqlite:///{file}"))[-1].startswith(
            f"note Database: {file} is not there yet"
        )
        assert not file.exists()

    async def test_one_without_tables_is_worth_a_note(self, practice: Practice) -> None:
        (practice.folder / "new.db").touch()
        said = await self.said(practice, f"sqlite:///{practice.folder / 'new.db'}")
        assert said[-1].startswith("note Database: reached, and still empty")

    @pytest.mark.parametrize(
        ("schema", "mended_by"), [("0000", "Type python -m bot migrate."), ("9999", "belongs to a newer Weaver")]
    )
    async def test_one_of_another_schema_is_to_be_mended(self, practice: Practice, schema: str, mended_by: str) -> None:
        connection = sqlite3.connect(practice.folder / "weaver.db")
        connection.execute("UPDATE alembic_version SET version_num = ?", [schema])
        connection.commit()
        connection.close()
        said = await self.said(practice, f"sqlite:///{practice.folder / 'weaver.db'}")
        assert said[-1].startswith(f"mend Database: its schema is {schema} and this Weaver's is ")
        assert mended_by in said[-1]

    async def test_one_that_is_no_database_is_to_be_mended(self, practice: Practice) -> None:
        (practice.folder / "odd.db").write_text("not a database at all, only a text of some length\n" * 100)
        said = await self.said(practice, f"sqlite:///{practice.folder / 'odd.db'}")
        assert said[-1].startswith("mend Database: ")

    async def test_a_folder_that_is_not_there_is_to_be_made(self, practice: Practice) -> None:
        said = await self.said(practice, f"sqlite:///{practice.folder}/none/weaver.db")
        assert said[0].startswith(f"mend Disk: the folder {practice.folder}/none is not there")

    async def test_one_in_memory_forgets(self, practice: Practice) -> None:
        assert (await self.said(practice, "sqlite:///:memory:"))[0].startswith("mend Database: it is in memory")

    async def test_a_server_that_does_not_answer_is_said_without_the_password(self, practice: Practice) -> None:
        said = await self.said(practice, "postgresql://u:password-hush@127.0.0.1:9/d")
        assert said == [
            "mend Database: the database server does not answer. "
            "Check WEAVER_DATABASE_URL, and that this account may write there."
        ]

    async def test_an_address_of_nonsense_is_said_without_the_password(self, practice: Practice) -> None:
        said = await self.said(practice, "postgresql://u:password-hush@h:port/d")
        assert said[0].startswith("mend Database: WEAVER_DATABASE_URL cannot be read")

    async def test_a_postgresql_that_is_well_is_said_to_be(
        self, practice: Practice, postgres_database: Database
    ) -> None:
        url = str(postgres_database)
        await asyncio.to_thread(migrate, url)
        said = await self.said(practice, url)
        assert [line.split(",")[0] for line in said] == ["ok Database: reached"]


async def test_a_port_in_use_is_to_be_freed_unless_weaver_itself_is_there(practice: Practice) -> None:
    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"process": "ok"})

    async with running(Services()) as other:
        port = other.url.rsplit(":", 1)[1]
        lines = await practice.examine({"WEAVER_PORT": port, "WEAVER_DATABASE_URL": "sqlite:///:memory:"})
        assert any(
            line.startswith(f"mend Port: {port} on 127.0.0.1 cannot be opened (address already") for line in lines
        )
    app = web.Application()
    app.router.add_get("/healthz", alive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = str(runner.addresses[0][1])
    lines = await practice.examine({"WEAVER_PORT": port, "WEAVER_DATABASE_URL": "sqlite:///:memory:"})
    await runner.cleanup()
    assert f"ok Port: Weaver is running on {port}." in lines


def test_the_scopes_read_from_the_manifest_are_those_that_yaml_reads() -> None:
    listed = yaml.safe_load(MANIFEST.read_text("utf-8"))["oauth_config"]["scopes"]["bot"]
    assert manifest_scopes() == frozenset(listed)
    assert manifest_scopes(Path("nowhere.yml")) == frozenset()
