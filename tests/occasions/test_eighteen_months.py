"""Eighteen months of three networks and forty people in five zones: each prompt once, at the right minute, never in
quiet time; held against a calculation of its own that knows nothing of the bot's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bench.ledger import Shown
from bench.simulation import Simulation, newcomer
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Asked, Desk, Item
from storage.records import Person, Role, RoleHeld
from storage.scheduled import Wanted
from storage.unit import Store, open_units

SPANS = {
    "sqlite": (datetime(2027, 1, 3, 20, tzinfo=UTC), datetime(2028, 7, 2, 20, tzinfo=UTC)),
    "postgresql": (datetime(2027, 10, 4, 20, tzinfo=UTC), datetime(2028, 4, 9, 20, tzinfo=UTC)),
}
"""On PostgreSQL half a year, which holds a change of clocks each way, Christmas, the leap day and Easter's approach."""
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/St_Johns")
NATIONS = ("england", "wales", "scotland", "northern-ireland", None)
WEEKS = ((0, 1, 2, 3, 4), (0, 1, 2), (2, 3, 4), (0, 1, 2, 3, 4, 5, 6), (1, 3))
HOURS = ((time(9), time(17)), (time(7, 30), time(15)), (time(21), time(7)), (time(0), time(23, 59)))

# https://www.gov.uk/bank-holidays, as far as announced or fixed by law, 2027 and 2028.
ALL = "2027-01-01 2027-03-26 2027-05-03 2027-05-31 2027-12-27 2027-12-28 2028-01-03 2028-04-14 2028-05-01 2028-05-29"
OTHERS = {
    "england": "2027-03-29 2027-08-30 2028-04-17",
    "wales": "2027-03-29 2027-08-30 2028-04-17",
    "scotland": "2027-01-04 2027-08-02 2027-11-30 2028-01-04",
    "northern-ireland": "2027-03-17 2027-03-29 2027-07-12 2027-08-30 2028-03-17 2028-04-17",
}
WEEKENDS = "2027-12-25 2027-12-26 2028-01-01"
"""Holidays for which another day stands in: nobody is written to on Christmas Day either."""
HOLIDAYS = {nation: {*ALL.split(), *WEEKENDS.split(), *more.split()} for nation, more in OTHERS.items()}
HOLIDAYS["scotland"].add("2028-01-02")


def _lines(asked: Sequence[Asked], desk: Desk) -> dict[int, list[Item]]:
    return {one.person.id: [Item(f"network {each}") for each in one.network_ids] for one in asked}


feature = Feature("sim")
feature.occasion("ask", title="prompts", role=Role.MEMBER, cadence="d2026-01-01")(_lines)
# Clocks change on Sundays: at 1.30am of these somebody here is at work, in an hour that comes twice or never.
SCHEDULES = (
    ("w2:0", time(9), None),
    ("w1:6", time(1, 30), None),
    ("n1:3", time(16, 45), "Europe/London"),
)


AFTER_CHANGES = {datetime(2027, 10, 31, 2, tzinfo=UTC), datetime(2028, 3, 26, 1, tzinfo=UTC)}
"""In London, when 1.30am has come twice, and in place of one that never comes: 2am both times."""


async def test_every_prompt_once_at_the_right_minute_and_none_in_quiet_time(database_url: str) -> None:
    begin, end = SPANS[database_url.partition(":")[0].partition("+")[0]]
    with closing(open_units(database_url)) as units:
        people = units.run(lambda store: _fill(store, begin)).result()
        simulation = Simulation(units, Routes([feature]), begin)
        sent = await simulation.run(end, _answer)
        await simulation.stop()
    wanted = {(person.id, due) for person in people for due in _expected(person, begin) if begin < due < end}
    assert len(wanted) > 29 * (end - begin).days / 7
    assert sorted(sent) == sorted(set(sent)), "nothing twice"
    assert sorted(wanted - set(sent))[:5] == []
    assert sorted(set(sent) - wanted)[:5] == []
    assert {at for _, at in sent} >= AFTER_CHANGES


async def test_whoever_answers_or_not_has_one_message_a_week_at_the_most_and_none_in_quiet_time(
    database_url: str,
) -> None:
    def answers_now_and_then(store: Store, shown: Shown, now: datetime) -> None:
        if (int(shown.user) + now.toordinal()) % 3 == 0:
            _answer(store, shown, now)

    begin = SPANS["postgresql"][0]
    with closing(open_units(database_url)) as units:
        people = {person.id: person for person in units.run(lambda store: _fill(store, begin)).result()}
        simulation = Simulation(units, Routes([feature]), begin)
        sent = await simulation.run(begin + timedelta(weeks=16), answers_now_and_then)
        await simulation.stop()
    there = [(people[one], at.astimezone(ZoneInfo(people[one].time_zone or ""))) for one, at in sent]
    assert [(person, at) for person, at in there if not _is_open(person, at)] == []
    weeks = Counter((person.id, _monday(at.date())) for person, at in there)
    assert weeks.total() > 300
    assert set(weeks.values()) == {1}


def _fill(store: Store, begin: datetime) -> list[Person]:
    store.networks.keep_programme("Eighteen months", "Europe/London")
    networks = [store.networks.add(f"n{number}", f"Network {number}", "", None, None) for number in range(3)]
    for network_id, (cadence, at, zone) in zip(networks, SCHEDULES, strict=True):
        wanted = Wanted("sim.ask", cadence, at, date(2027, 1, 4), network_id, zone=zone, window_days=4)
        store.schedules.put(wanted, None, begin)
    return [_member(store, number, networks) for number in range(40)]


def _member(store: Store, number: int, networks: Sequence[int]) -> Person:
    person = newcomer(store, f"Person {number}", **_life(number))
    part = number // 2 % 3
    for network_id in networks[part:] if number % 2 else networks[: 1 + part]:
        store.people.add_role(person.id, RoleHeld(Role.MEMBER, network_id))
    known = store.people.by_id(person.id)
    assert known is not None
    return known


def _answer(store: Store, shown: Shown, now: datetime) -> None:
    store.deliveries.answered(int(shown.user), ["sim.ask"], now)


def _life(number: int) -> dict[str, object]:
    begin, end = HOURS[number % 4]
    leave = date(2027, 1 + number % 12, 1 + number % 28)
    return {
        "time_zone": ZONES[number % 5],
        "nation": NATIONS[number % 5],
        "working_days": WEEKS[(number // 4) % 5],
        "hours_from": begin,
        "hours_to": end,
        "leave_from": leave,
        "leave_to": leave + timedelta(days=number % 20),
    }


@dataclass
class _Due:
    planned_in: date
    at: datetime


def _expected(person: Person, begin: datetime) -> Iterator[datetime]:
    """One message a week: the first of what falls into it, unless what moved over from the week before stands there."""
    weeks: dict[date, list[_Due]] = defaultdict(list)
    zone = ZoneInfo(person.time_zone or "")
    for number, rule in enumerate(_rules()):
        if RoleHeld(Role.MEMBER, number + 1) in person.roles:
            for on in (one for one in rule if one >= begin.date()):
                at = _good(person, zone, on, SCHEDULES[number][1], SCHEDULES[number][2])
                if at is not None:
                    weeks[_monday(at.astimezone(zone).date())].append(_Due(_monday(on), at))
    for dues in weeks.values():
        first = min(one.planned_in for one in dues)
        yield min(one.at for one in dues if one.planned_in == first)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _rules() -> list[list[date]]:
    days = [date(2027, 1, 4) + timedelta(days=number) for number in range(560)]
    fortnightly = [one for number, one in enumerate(days) if number % 14 == 0]
    sundays = [one for one in days if one.weekday() == 6]
    first_thursdays = [one for one in days if one.weekday() == 3 and one.day <= 7]
    return [fortnightly, sundays, first_thursdays]


def _good(person: Person, zone: ZoneInfo, on: date, at: time, where: str | None) -> datetime | None:
    """The scheduled minute, or the next at which this person may be written to: see `good_times.good_time`."""
    moment = _exists(on, at, ZoneInfo(where) if where else zone).astimezone(zone)
    if _is_open(person, moment):
        return moment.astimezone(UTC)
    for later in range(6):
        day = moment.date() + timedelta(days=later)
        for begin in (at, person.hours_from) if later else (person.hours_from,):
            there = _exists(day, begin, zone)
            is_in_window = there.date() <= on + timedelta(days=4)
            if there > moment and is_in_window and _is_open(person, there):
                return there.astimezone(UTC)
    return None


def _exists(on: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall time; in an hour that clocks skip or repeat, the first minute after it."""
    moment = datetime.combine(on, at, zone)
    while moment.utcoffset() != moment.replace(fold=1).utcoffset():
        moment += timedelta(minutes=1)
    return moment


def _is_open(person: Person, moment: datetime) -> bool:
    """Within the hours of a working day; what a night shift has after midnight belongs to the day before as well."""
    begin, end, at = person.hours_from, person.hours_to, moment.time()
    if begin < end:
        return begin <= at < end and _is_day(person, moment.date())
    if at >= begin:
        return _is_day(person, moment.date())
    before = moment.date() - timedelta(days=1)
    return at < end and _is_day(person, before) and not _is_free(person, moment.date())


def _is_day(person: Person, on: date) -> bool:
    return on.weekday() in person.working_days and not _is_free(person, on)


def _is_free(person: Person, on: date) -> bool:
    away = person.leave_from is not None and person.leave_to is not None and person.leave_from <= on <= person.leave_to
    return away or on.isoformat() in HOLIDAYS.get(person.nation or "", set())


@pytest.mark.parametrize("nation", HOLIDAYS)
def test_the_table_of_bank_holidays_is_whole(nation: str) -> None:
    assert len([one for one in HOLIDAYS[nation] if one.startswith("2027")]) >= 8
