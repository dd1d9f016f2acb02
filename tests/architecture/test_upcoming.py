"""`python -m bot upcoming`: what will go out, to how many and when, in a process of its own; nothing of it is kept."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bench.house import ROOT
from bench.postgres import PostgresServer
from bench.straight import fresh_sqlite
from bench.world import demo
from bot.app import create
from bot.commands import upcoming
from bot.settings import read
from handlers.kit.text import weekday
from storage.migrate import migrate
from storage.records import Account, Role, RoleHeld
from storage.scheduled import NewDelivery, Wanted
from storage.unit import Store, open_units

NOW = datetime.now(UTC)
ON = NOW.date() + timedelta(days=4)
"""A day that is near, and not so near that its time may have passed."""
DAY = f"{weekday(ON)} {ON.year}"


async def _upcoming(url: str, *arguments: str) -> tuple[int, list[str], list[str]]:
    """The exit code, and the lines of output and of complaint."""
    settings = {"PYTHONPATH": str(ROOT), "WEAVER_DATABASE_URL": url, "PATH": os.environ["PATH"]}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "upcoming", *arguments,
        env=settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode().splitlines(), complained.decode().splitlines()


def _fill(url: str, *more: Callable[[Store, int], None]) -> None:
    """A network with three members who work day and night, one of them on leave; `more` gets its id."""

    def fill(store: Store) -> None:
        store.networks.keep_programme("P", "Europe/London")
        network_id = store.networks.add("one", "Example Network", "", None, None)
        for number in range(3):
            person_id = store.people.add(f"Person {number}")
            store.people.add_account(person_id, Account("slack", "T1", f"U{number}"))
            store.people.add_role(person_id, RoleHeld(Role.MEMBER, network_id))
            always = {"working_days": (0, 1, 2, 3, 4, 5, 6), "hours_from": time(0), "hours_to": time(0)}
            store.people.change(person_id, always)
        store.people.change(person_id, {"leave_from": ON, "leave_to": ON + timedelta(days=30)})
        for each in more:
            each(store, network_id)

    with closing(open_units(url)) as units:
        units.run(fill).result()


def _asks(cadence: str) -> Callable[[Store, int], None]:
    """The network's own check-in prompts, at 9am in London."""
    return lambda store, network_id: _put(store, Wanted("checkins.ask", cadence, time(9), ON, network_id))


def _put(store: Store, wanted: Wanted, zone: str | None = "Europe/London") -> None:
    own = Wanted(wanted.occasion, wanted.cadence, wanted.at, wanted.from_on, wanted.network_id, wanted.person_id, zone)
    store.schedules.put(own, None, NOW)


def _of_day(said: list[str], heading: str) -> list[str]:
    """The lines below a day."""
    rest = said[said.index(heading) + 1 :]
    return rest[: next((number for number, line in enumerate(rest) if not line.startswith(" ")), len(rest))]


def _all_rows(url: str) -> list[str]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


async def test_each_day_says_what_goes_out_to_how_many_and_nothing_is_kept(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    _fill(url, _asks(f"d{ON}"))
    before = _all_rows(url)
    code, said, complaints = await _upcoming(url, "--days", "14")
    assert (code, complaints) == (0, [])
    assert _of_day(said, DAY) == [
        "  9am London time: check-in prompts, to members of Example Network: 2 people.",
        "    1 gets nothing: they are on leave.",
    ]
    assert said[-2:] == [
        "In all 2 messages at the most, to 2 people.",
        "Nobody gets more than one message a week unasked: what there is for them stands in it together.",
    ]
    assert _all_rows(url) == before


async def test_reminders_and_what_was_put_off_have_lines_of_their_own(tmp_path: Path) -> None:
    def puts_off(store: Store, network_id: int) -> None:
        (schedule,) = store.schedules.of_network(network_id)
        (occurrence_id,) = store.schedules.add_occurrences([(schedule.id, ON - timedelta(days=28), 0, False)]).values()
        at, account = datetime.combine(ON, time(15), UTC), Account("slack", "T1", "U0")
        store.deliveries.add([NewDelivery(occurrence_id, 1, at, 2, account=account, unasked=False)])

    url, later_on = fresh_sqlite(tmp_path), ON + timedelta(days=7)
    _fill(url, _asks(f"w2:{ON.weekday()}"), puts_off)
    _, said, _ = await _upcoming(url, "--days", "13")
    assert "  At a time that people chose: messages that they put off, or sent each other, to 1 person." in _of_day(
        said, DAY
    )
    assert _of_day(said, f"{weekday(later_on)} {later_on.year}") == [
        "  9am London time: one reminder of check-in prompts, to members of Example Network: "
        "2 people, if they have not answered."
    ]


async def test_who_chose_a_time_of_their_own_is_counted_and_who_is_off_that_day_comes_later(tmp_path: Path) -> None:
    def chooses(store: Store, network_id: int) -> None:
        _put(store, Wanted("checkins.ask", f"d{ON}", time(11), ON, person_id=1), zone=None)
        others = tuple(one for one in range(7) if one != ON.weekday())
        store.people.change(2, {"working_days": others})

    url = fresh_sqlite(tmp_path)
    _fill(url, _asks(f"d{ON}"), chooses)
    _, said, _ = await _upcoming(url)
    assert _of_day(said, DAY) == [
        "  9am London time: check-in prompts, to members of Example Network: 1 person.",
        "    1 of them on another day: they are away, or get a message that week anyway.",
        "    1 gets nothing: they are on leave.",
        "  11am on each person’s own clock: check-in prompts, to those who chose their own time: 1 person.",
    ]


async def test_what_was_due_before_is_said_first(tmp_path: Path) -> None:
    def was_due(store: Store, network_id: int) -> None:
        (schedule,) = store.schedules.of_network(network_id)
        (occurrence_id,) = store.schedules.add_occurrences([(schedule.id, ON - timedelta(days=5), 0, False)]).values()
        account = Account("slack", "T1", "U0")
        store.deliveries.add([NewDelivery(occurrence_id, 1, NOW - timedelta(days=1), account=account)])

    url = fresh_sqlite(tmp_path)
    _fill(url, _asks(f"d{ON}"), was_due)
    _, said, _ = await _upcoming(url)
    assert said[0] == "1 message was due before now, and can still go out."


async def test_no_days_or_too_many_are_refused_in_one_line(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    for days in ("0", "367", "-1"):
        assert await _upcoming(url, "--days", days) == (2, [], ["--days must be a number from 1 to 366."])


async def test_where_nobody_is_or_nothing_comes_it_says_so(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    said = ["There is nobody to write to yet. Load a programme first: python -m bot load FILE"]
    assert await _upcoming(url) == (0, said, [])
    _fill(url, _asks(f"d{date(2020, 1, 6)}"))
    assert await _upcoming(url, "--days", "3") == (0, ["Nothing goes out in the next 3 days."], [])
    assert await _upcoming(url, "--days", "1") == (0, ["Nothing goes out in the next day."], [])


async def test_it_looks_ahead_while_a_bot_runs_on_the_same_file(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    _fill(url, _asks(f"d{ON}"))
    bot = create(read({"WEAVER_DATABASE_URL": url, "WEAVER_PORT": "0"}), demo=demo(), timed=False)
    await bot.start()
    try:
        looking = asyncio.create_task(_upcoming(url))
        while not looking.done():
            await bot.tick()
        code, said, complaints = await looking
        assert (code, complaints) == (0, [])
        assert _of_day(said, DAY)[0] == "  9am London time: check-in prompts, to members of Example Network: 2 people."
        await bot.tick()
        assert (await _upcoming(url))[1] == said, "planned by the bot, it looks the same"
    finally:
        await bot.stop()


async def test_while_a_bot_plans_on_postgresql_it_says_so_and_guesses_nothing(postgres_server: PostgresServer) -> None:
    url = postgres_server.fresh(migrate).sqlalchemy
    _fill(url, _asks(f"d{ON}"))
    planning, is_done = threading.Event(), threading.Event()

    def plan(store: Store) -> None:
        store.schedules.due(NOW + timedelta(days=1), 1)
        planning.set()
        is_done.wait(30)

    with closing(open_units(url)) as units:
        held = units.run(plan)
        await asyncio.to_thread(planning.wait, 10)
        busy = await _upcoming(url)
        is_done.set()
        held.result()
    assert busy == (2, [], ["The bot is planning at this moment. Type it again in a few seconds."])
    assert DAY in (await _upcoming(url))[1]


@pytest.mark.parametrize("weekday_number", range(7))
def test_whatever_day_it_is_the_next_weeks_count_as_still_to_come(weekday_number: int, tmp_path: Path) -> None:
    """A week is planned before it begins: the Saturday before, and not a week after the last look."""
    monday, url = date(2027, 1, 4), fresh_sqlite(tmp_path)
    now = datetime.combine(monday + timedelta(days=weekday_number), time(10), UTC)
    wanted = Wanted("checkins.ask", "w1:0", time(9), monday, 1, window_days=1)
    _fill(url, lambda store, _: _put(store, wanted))
    with closing(open_units(url)) as units, pytest.raises(upcoming._NothingKept) as seen:
        units.run(lambda store: upcoming._look_ahead(store, now, now + timedelta(days=14))).result()
    for number in (7, 14):
        assert _of_day(seen.value.lines, f"{weekday(monday + timedelta(days=number))} 2027")[0].endswith(": 3 people.")
