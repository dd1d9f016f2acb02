"""Checks this machine for the doctor: time zones, the database and its disk, the port."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import Clock
from bot.doctor.findings import Finding, mend, note, ok
from bot.doctor.network import Away, Web
from bot.settings import Settings
from storage.database import SCHEMA, open_engine, sqlite_file
from storage.errors import DatabaseAway
from storage.schema import NEWER, Standing, standing
from storage.unit import Units, open_units

LEAST_FREE = 500_000_000
"""Bytes: room for years of check-ins, and for SQLite's own working files."""


def zones() -> Finding:
    """Whether time zones are known on this machine."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return mend("Time zones: this Python knows none. Install them: pip install tzdata")
    return ok("Time zones: known.")


def database(settings: Settings, clock: Clock) -> list[Finding]:
    """Whether the database can be reached and written, and has the newest schema. Makes no file."""
    return list(_database(settings, clock))


def _database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    try:
        open_engine(settings.database_url).dispose()
    except Exception:  # noqa: BLE001  each database library refuses a bad URL in its own way, with the password in it
        yield mend("Database: WEAVER_DATABASE_URL cannot be read; check its user, host, port and name.")
        return
    if settings.database_url.startswith("sqlite"):
        file = sqlite_file(settings.database_url)
        if file is None:
            yield mend("Database: it is in memory and forgets all at a stop; name a file, such as sqlite:///weaver.db")
            return
        yield from _folder(file.parent)
        if not file.exists():
            yield note(f"Database: {file} is not there yet; the first start, load or migrate makes it.")
            return
    with closing(open_units(settings.database_url)) as units:
        yield _schema(units, clock)


def _folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK):
        yield mend(f"Disk: the folder {folder.absolute()} is not there or cannot be written to. Make it, or allow it.")
        return
    free = shutil.disk_usage(folder).free
    said = f"Disk: {free / 1e9:.1f} GB free for the database"
    yield ok(f"{said}.") if free >= LEAST_FREE else mend(f"{said}: make room for at least 0.5 GB.")


def _schema(units: Units, clock: Clock) -> Finding:
    try:
        stands, at = standing(units)
        if stands is Standing.CURRENT:
            units.run(lambda store: store.probe(clock.now())).result()
    except DatabaseAway as away:
        return mend(f"Database: {away.why}. Check WEAVER_DATABASE_URL, and that this account may write there.")
    if stands is Standing.EMPTY:
        return note("Database: reached, and still empty; the first start, load or migrate prepares it.")
    if stands is Standing.NEWER:
        return mend(f"Database: its schema is {at} and this Weaver's is {SCHEMA}. {NEWER}")
    if stands is Standing.OLDER:
        return mend(f"Database: its schema is {at} and this Weaver's is {SCHEMA}. Type python -m bot migrate.")
    return ok(f"Database: reached, writable, at schema {SCHEMA}.")


async def port(settings: Settings, web: Web) -> Finding:
    """Whether the port is free, or a Weaver answers there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            why = (error.strerror or "unknown host").lower()
            return await _weaver_itself(settings, web) or mend(
                f"Port: {settings.port} on {settings.host} cannot be opened ({why}). "
                "Stop what uses it, or set WEAVER_HOST and WEAVER_PORT to a free address."
            )
    return ok(f"Port: {settings.port} on {settings.host} is free.")


async def _weaver_itself(settings: Settings, web: Web) -> Finding | None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    try:
        answer = await web.ask("GET", f"http://{host}:{settings.port}/healthz")
    except Away:
        return None
    return ok(f"Port: Weaver is running on {settings.port}.") if answer.body.get("process") == "ok" else None
