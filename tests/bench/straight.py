"""The inside of the bot alone: kit events straight to the dispatcher, on a real database, with no platform between."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from bench.clock import MovedClock
from bench.world import programme
from bot.dispatch import Dispatcher
from bot.metrics import Metrics
from handlers import find_routes
from handlers.kit.events import Command, FormOpened, HomeOpened, Place, Press, Submission, Values
from handlers.kit.replies import Ask, Reply
from handlers.people.loading import apply
from storage.migrate import migrate
from storage.records import Account, CheckIn
from storage.tables import metadata
from storage.unit import Store, open_units

T = TypeVar("T")
PLATFORM, WORKSPACE = "slack", "T01"


@cache
def _template() -> Path:
    path = Path(mkdtemp(prefix="weaver-template-"), "weaver.db")
    migrate(f"sqlite:///{path}")
    return path


def fresh_sqlite(folder: Path) -> str:
    """The URL of a new SQLite file with the newest schema, copied from one that this process migrated once."""
    path = folder / "weaver.db"
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"


def account(user: str) -> Account:
    """The account of a short name such as "ann"."""
    return Account(PLATFORM, WORKSPACE, f"U{user.upper()}")


class Straight:
    """A dispatcher and its database, with the world's people; each verb gives the bot one event and returns its reply.

    `again`: the id of an event to give once more; a new one otherwise.
    """

    def __init__(self, url: str, clock: MovedClock | None = None) -> None:
        self.clock = clock or MovedClock()
        self.units = open_units(url)
        self.routes = find_routes()
        self.metrics = Metrics()
        self.dispatch = Dispatcher(self.units, self.routes, self.clock, self.metrics)
        self._ids = count(1)

    def fill(self) -> None:
        """Put the world's networks and people in."""
        people = programme(lambda user: [account(user)])
        self.units.run(lambda store: apply(people, store, datetime(2026, 7, 1, tzinfo=UTC))).result()

    def close(self) -> None:
        """Close the database."""
        self.units.close()

    async def says(self, user: str, text: str, again: str = "") -> Reply:
        """Type in the direct message."""
        return await self.dispatch(Command(**self._about(user, again), text=text))

    async def presses(self, user: str, action: str, argument: str = "", again: str = "") -> Reply:
        """Press any button, drawn or forged."""
        return await self.dispatch(Press(**self._about(user, again), action=action, argument=argument))

    async def opens(self, user: str, form: str, argument: str = "", values: Values | None = None) -> Reply:
        """Open any form, drawn or forged."""
        opened = FormOpened(**self._about(user, ""), form=form, argument=argument, values=values or {})
        return await self.dispatch(opened)

    async def sends(self, user: str, form: str, argument: str, values: Values, again: str = "") -> Reply:
        """Send any form, drawn or forged."""
        about = self._about(user, again)
        return await self.dispatch(Submission(**about, form=form, argument=argument, values=values))

    async def fills(self, user: str, form: str, argument: str, values: Values) -> Reply:
        """Open a form, put these values where others may stand, and send the whole of it, as a person does."""
        opened = await self.opens(user, form, argument)
        assert isinstance(opened, Ask), words_in(opened)
        standing = {one.key: one.value for one in opened.form.questions if one.value is not None}
        return await self.sends(user, opened.form.name, opened.form.argument, {**standing, **values})

    async def opens_home(self, user: str) -> Reply:
        """Open the bot's own page."""
        return await self.dispatch(HomeOpened(**self._about(user, "")))

    async def store(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it."""
        return await asyncio.wrap_future(self.units.run(work))

    async def history(self, user: str) -> list[CheckIn]:
        """All of someone's check-ins as the database holds them, newest first."""

        def read(store: Store) -> list[CheckIn]:
            person = store.people.by_account(account(user))
            return store.checkins.history(person.id, 1000) if person else []

        return await self.store(read)

    async def tables(self) -> Mapping[str, list[Any]]:
        """Every row of every table, past the repositories."""
        return await self.store(everything)

    def _about(self, user: str, again: str) -> dict[str, Any]:
        sender = account(user)
        place = Place(PLATFORM, WORKSPACE, f"D{user}", private=True)
        return {"id": again or f"straight:{next(self._ids)}", "sender": sender, "place": place}


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table but the probe, in a settled order."""
    tables = (table for table in metadata.sorted_tables if table.name != "probe")
    return {
        table.name: [tuple(row) for row in store._connection.execute(table.select().order_by(*table.primary_key))]
        for table in tables
    }


def words_in(value: object) -> str:
    """All text in a reply, a record or a table, as one text."""
    return "\n".join(_words(value))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from (*_words(key), *_words(one))
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _words(one)
