"""`upcoming`: prints what will go out in the next days, to how many people and when; sends and keeps nothing."""

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NoReturn

from bot.commands import Stop, in_database, settings

if TYPE_CHECKING:
    from storage.scheduled import Delivery, Schedule
    from storage.unit import Store

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class _Planned:
    """One occurrence: when, of what, for whom, and what becomes of its deliveries."""

    on: date
    at: time
    title: str
    where: str
    clock: str
    states: "Counter[str]"


class _NothingKept(Exception):
    """Ends the unit of work without an effect, and carries out what was found in it."""

    def __init__(self, planned: list[_Planned]) -> None:
        self.planned = planned


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each occurrence. Raises Stop where the database is away, or the days are too many."""
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Stop(f"--days must be a number from 1 to {MOST_DAYS}.")
    until = datetime.now(UTC) + timedelta(days=arguments.days)
    try:
        in_database(settings(), lambda store: _look_ahead(store, datetime.now(UTC), until))
    except _NothingKept as seen:
        lines = [_line(one) for one in seen.planned]
    days = f"{arguments.days} days" if arguments.days > 1 else "day"
    print(*(lines or [f"Nothing goes out in the next {days}."]), sep="\n")
    return 0


def _look_ahead(store: "Store", now: datetime, until: datetime) -> NoReturn:
    """Plan as the bot will, week by week, then take all of it back."""
    from handlers import find_routes
    from handlers.kit.planning import plan

    routes = find_routes()
    at = now
    while at < until + timedelta(days=7):
        while plan(store, at, routes):
            pass
        at += timedelta(days=7)
    deliveries = [one for one in store.deliveries.of_people(store.people.all_ids(), now, until) if one.turn == 0]
    titles = {name: occasion.title for name, occasion in routes.occasions.items()}
    raise _NothingKept(list(_occurrences(store, deliveries, titles)))


def _occurrences(store: "Store", deliveries: "Iterable[Delivery]", titles: dict[str, str]) -> Iterable[_Planned]:
    by_id = {one.id: one for one in deliveries}
    carried = store.deliveries.carried(tuple(by_id))
    parts = {
        delivery_id: next(one for one in carried[delivery_id] if one.delivery_id == delivery_id)
        for delivery_id in by_id
    }
    names = {one.id: one.name for one in store.networks.all()}
    found: dict[tuple[int, date], _Planned] = {}
    for delivery_id, part in parts.items():
        wanted = part.schedule.wanted
        if wanted.occasion not in titles:
            continue
        one = found.setdefault(
            (part.schedule.id, part.on),
            _Planned(
                part.on,
                wanted.at,
                titles[wanted.occasion],
                _where(part.schedule, names),
                _clock(wanted.zone),
                Counter(),
            ),
        )
        one.states[by_id[delivery_id].why or "sent"] += 1
    return sorted(found.values(), key=lambda one: (one.on, one.at, one.title, one.where))


def _where(schedule: "Schedule", names: dict[int, str]) -> str:
    if schedule.wanted.person_id is not None:
        return "by somebody's own choice"
    return names.get(schedule.wanted.network_id or 0, "all networks")


def _clock(zone: str | None) -> str:
    return f"in {zone}" if zone else "on each person's own clock"


def _line(one: _Planned) -> str:
    from handlers.kit.text import counted, weekday
    from handlers.kit.times import time_in_words

    to = counted(one.states["sent"], "person", "people")
    left_out = "".join(f"; {count} left out: {why}" for why, count in sorted(one.states.items()) if why != "sent")
    when = f"{weekday(one.on)} {one.on.year}, {time_in_words(one.at)} {one.clock}"
    return f"{when}: {one.title}, {one.where}, to {to}{left_out}."
