"""Those who do not answer: one reminder where it is rare, half as many after two silences, and never more than the
programme lets go to one person in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bench.ledger import Shown
from bench.simulation import Answer, Simulation, newcomer, says_nothing
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Asked, Desk, Draw, Item
from handlers.nudges.views import HALVED
from storage.records import Role, RoleHeld
from storage.scheduled import Wanted
from storage.unit import Store, open_units

BEGIN = datetime(2027, 1, 2, 12, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Pacific/Kiritimati")
REMINDER = "This is a reminder, and the only one."
NAMES = ("one", "two", "three")


def _drawn(name: str) -> Draw:
    def lines(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
        return {one.person.id: [Item(f"{name} of network {each}") for each in one.network_ids] for one in asked}

    return lines


def _feature() -> Feature:
    feature = Feature("sim")
    for name in NAMES:
        feature.occasion(name, title=name, role=Role.MEMBER, cadence="d2026-01-01")(_drawn(name))
    return feature


def _put(store: Store, *schedules: Wanted) -> None:
    """A member in each zone, of as many networks as the schedules speak of."""
    store.networks.keep_programme("Silence", "Europe/London")
    for number in sorted({one.network_id or 1 for one in schedules}):
        assert store.networks.add(f"n{number}", f"Network {number}", "", None, None) == number
    for number, zone in enumerate(ZONES):
        person = newcomer(store, f"Person {number}", time_zone=zone)
        for network_id in sorted({one.network_id or 1 for one in schedules}):
            store.people.add_role(person.id, RoleHeld(Role.MEMBER, network_id))
    for wanted in schedules:
        store.schedules.put(wanted, None, BEGIN)


def _weekly(occasion: str, weekday: int, *, every: int = 1, network_id: int = 1) -> Wanted:
    return Wanted(f"sim.{occasion}", f"w{every}:{weekday}", time(9), date(2027, 1, 4), network_id)


async def _live(
    url: str,
    schedules: Iterable[Wanted],
    weeks: int,
    answer: Answer = says_nothing,
    *,
    at_once: int = 50,
    most: int = 1,
) -> list[Shown]:
    def fill(store: Store) -> None:
        _put(store, *schedules)
        store.networks.keep_messages_a_week(most)

    with closing(open_units(url)) as units:
        units.run(fill).result()
        simulation = Simulation(units, Routes([_feature()]), BEGIN, at_once)
        await simulation.run(BEGIN + timedelta(weeks=weeks), answer)
        await simulation.stop()
    return simulation.platform.shown


def _weeks(shown: Iterable[Shown], user: int) -> list[int]:
    """In which weeks someone had a message, each at 9am of a Monday on their own clock."""
    zone = ZoneInfo(ZONES[user - 1])
    local = [one.at.astimezone(zone) for one in shown if one.user == f"{user}"]
    assert {(one.weekday(), one.time()) for one in local} == {(0, time(9))}
    return [(one.date() - date(2027, 1, 4)).days // 7 for one in local]


@pytest.mark.parametrize(
    ("every", "weeks", "reminders"),
    [
        # Two without an answer, the third asks; from then on each second one, with no reminder.
        (1, [0, 1, 2, 4, 6, 8, 10, 12, 14, 16], []),
        (2, [0, 1, 2, 3, 4, 8, 12, 16], [1, 3]),
        (3, [0, 1, 3, 4, 6, 12], [1, 4]),
    ],
)
async def test_the_silent_get_one_reminder_where_it_is_rare_and_then_half_as_many(
    database_url: str, every: int, weeks: list[int], reminders: list[int]
) -> None:
    shown = await _live(database_url, [_weekly("one", 0, every=every)], 17)
    for user in range(1, len(ZONES) + 1):
        assert _weeks(shown, user) == weeks
        again = [one for one in shown if REMINDER in one.message.summary]
        assert _weeks(again, user) == reminders if reminders else not again
        assert _weeks([one for one in shown if HALVED in str(one.message)], user) == [2 * every], "asked once"


async def test_who_answers_the_reminder_is_neither_reminded_nor_halved(database_url: str) -> None:
    def answers_reminders(store: Store, shown: Shown, now: datetime) -> None:
        if REMINDER in shown.message.summary:
            store.deliveries.answered(int(shown.user), ["sim.one"], now)

    shown = await _live(database_url, [_weekly("one", 0, every=2)], 12, answers_reminders)
    for user in range(1, len(ZONES) + 1):
        assert _weeks(shown, user) == list(range(12))
    assert HALVED not in str(shown)


@pytest.mark.parametrize("at_once", [1, 50])
async def test_two_networks_ask_once_whether_half_is_right(database_url: str, at_once: int) -> None:
    both = [_weekly("one", 0), _weekly("one", 2, network_id=2)]
    shown = await _live(database_url, both, 6, at_once=at_once)
    for user in range(1, len(ZONES) + 1):
        assert _weeks(shown, user) == [0, 1, 2, 4]
        assert _weeks([one for one in shown if HALVED in str(one.message)], user) == [2]


@pytest.mark.parametrize("most", [1, 2, 3])
async def test_nobody_gets_more_messages_a_week_than_the_programme_says_and_everybody_gets_all(
    database_url: str, most: int
) -> None:
    def answers(store: Store, shown: Shown, now: datetime) -> None:
        store.deliveries.answered(int(shown.user), [f"sim.{name}" for name in NAMES], now)

    three = [_weekly(name, day) for name, day in zip(NAMES, (0, 2, 4), strict=True)]
    shown = await _live(database_url, three, 6, answers, most=most)
    for user in range(1, len(ZONES) + 1):
        weeks = Counter(
            one.at.astimezone(ZoneInfo(ZONES[user - 1])).isocalendar().week for one in shown if one.user == f"{user}"
        )
        assert list(weeks.values()) == [most] * 6
        for name in NAMES:
            assert sum(f"{name} of network 1" in str(one.message.body) for one in shown if one.user == f"{user}") == 6
