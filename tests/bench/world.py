"""A whole world for a story: a database, a bot on a real port, a platform played over sockets, and its people."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from bench.clock import MovedClock
from bench.driver import Driver, Hands
from bench.simulation import next_at
from bot.app import Bot, create
from bot.platforms.web.demo import Demo, DemoPerson
from bot.settings import read
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile, apply
from storage.records import Account, Role
from storage.unit import Store

T = TypeVar("T")

NETWORKS = (
    FileNetwork("sexual-health", "Sexual Health Network", "Care that people would choose", date(2026, 7, 6), None),
    FileNetwork("training", "Medical Training Voices", "Patients teach", date(2026, 9, 7), None),
)
PEOPLE: dict[str, tuple[str, tuple[FileRole, ...]]] = {
    "ann": ("Ann Example", (FileRole(Role.MEMBER, "sexual-health"),)),
    "ben": ("Ben Example", (FileRole(Role.MEMBER, "sexual-health"),)),
    "bea": ("Bea Co-ordinator", (FileRole(Role.COORDINATOR, "sexual-health"),)),
    "cal": ("Cal Leader", (FileRole(Role.LEADER, "sexual-health"),)),
    "dee": ("Dee Both", (FileRole(Role.MEMBER, "sexual-health"), FileRole(Role.MEMBER, "training"))),
    "kit": ("Kit Co-ordinator", (FileRole(Role.COORDINATOR, "training"),)),
    "fay": ("Fay Faculty", (FileRole(Role.FACULTY, None),)),
}
"""Who there is in every world; "sam" is a stranger."""


def programme(accounts: Callable[[str], Sequence[Account]]) -> ProgrammeFile:
    """The world's programme, with these accounts for each person."""
    people = tuple(
        FilePerson(name, None, tuple(accounts(user)), roles) for user, (name, roles) in PEOPLE.items() if accounts(user)
    )
    return ProgrammeFile("Practitioner networks 2027", "Europe/London", NETWORKS, people)


def demo() -> Demo:
    """Everyone in the browser, the stranger too."""
    names = {user: name for user, (name, _) in PEOPLE.items()} | {"sam": "Sam Stranger"}
    return Demo(tuple(DemoPerson(user, name, "someone") for user, name in names.items()))


@dataclass
class World:
    """The bot, its database and the platforms; `person` gives somebody's hands and eyes."""

    database_url: str
    drivers: tuple[Driver, ...]
    clock: MovedClock = field(default_factory=MovedClock)
    settings: Mapping[str, str] = field(default_factory=dict)
    bot: Bot = field(init=False)
    _people: dict[tuple[str, str], Hands] = field(default_factory=dict)

    async def start(self) -> None:
        """Start the platforms, then the bot; everyone has an account on each platform."""
        env = {"WEAVER_DATABASE_URL": self.database_url, "WEAVER_PORT": "0", **self.settings}
        for driver in self.drivers:
            env |= await driver.start()
        has_web = any(driver.name == "web" for driver in self.drivers)
        self.bot = create(read(env), self.clock, demo() if has_web else None)
        await self.bot.start()
        await self.store(lambda store: apply(programme(self._accounts), store, datetime(2026, 7, 1, tzinfo=UTC)))
        for driver in self.drivers:
            await driver.connect(f"http://127.0.0.1:{self.bot.port}")

    async def stop(self) -> None:
        """Stop everything."""
        await self.bot.stop()
        for driver in self.drivers:
            await driver.stop()

    def person(self, user: str, platform: str | None = None) -> Hands:
        """Their hands and eyes, on that platform or the first."""
        driver = next(one for one in self.drivers if platform in (None, one.name))
        key = (driver.name, user)
        if key not in self._people:
            self._people[key] = driver.person(user)
        return self._people[key]

    async def moves_to(self, at: datetime) -> None:
        """The clock goes on to then, and stops wherever something is due: it comes at its own time."""
        await self.bot.tick()
        while (now := self.clock.now()) < at:
            following = await self.store(partial(next_at, now=now, until=at))
            self.clock.move(seconds=(following - now).total_seconds())
            await self.bot.tick()
        await self._look()

    async def wakes_at(self, at: datetime) -> None:
        """The bot was away, and is back at that time."""
        self.clock.move(seconds=(at - self.clock.now()).total_seconds())
        await self.bot.tick()
        await self._look()

    async def _look(self) -> None:
        """A page without script shows what came once it is asked for again."""
        for hands in [one for one in self._people.values() if one.account.platform == "web"]:
            await hands.opens_home()

    async def store(self, work: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it, in a unit of work."""
        return await asyncio.wrap_future(self.bot.units.run(work))

    def _accounts(self, user: str) -> list[Account]:
        return [driver.person(user).account for driver in self.drivers]
