"""`upcoming`: prints what will go out in the next days, to how many people and when; sends and keeps nothing."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from bot.commands import Stop, in_database, settings

if TYPE_CHECKING:
    from handlers.kit.feature import Routes
    from storage.records import Network
    from storage.scheduled import Carried, Delivery
    from storage.unit import Store

MOST_DAYS = 366
OLD = timedelta(days=60)
"""What was due so long ago is not looked for any more."""
NOBODY = "There is nobody to write to yet. Load a programme first: python -m bot load FILE"
BUSY = "The bot is planning at this moment. Type it again in a few seconds."
ASKED, REMINDED, PUT_OFF = range(3)


@dataclass(frozen=True, slots=True, order=True)
class _Kind:
    """What one line is about. What people chose for themselves is counted together, and so is what they put off."""

    on: date
    turn: int
    at: time = time()
    occasion: str = ""
    network_id: int = 0
    zone: str = ""
    is_own: bool = False


@dataclass(slots=True)
class _Counts:
    """How many people get it, how many of these on another day than the others, and how many do not, by why."""

    people: int = 0
    another_day: int = 0
    nothing: Counter[str] = field(default_factory=Counter)


class _NothingKept(Exception):
    """Ends the unit of work without an effect, and carries out what was found in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)


def run(arguments: argparse.Namespace) -> int:
    """Print each day with a line for each thing that goes out. Raises Stop where the database is away or busy, or the
    days are too many."""
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Stop(f"--days must be a number from 1 to {MOST_DAYS}.")
    now = datetime.now(UTC)
    try:
        in_database(settings(), lambda store: _look_ahead(store, now, now + timedelta(days=arguments.days)))
    except _NothingKept as seen:
        days = f"{arguments.days} days" if arguments.days > 1 else "day"
        print(*(seen.lines or [f"Nothing goes out in the next {days}."]), sep="\n")
    return 0


def _look_ahead(store: "Store", now: datetime, until: datetime) -> NoReturn:
    """Plan as the bot will, week by week, then take all of it back."""
    from handlers import find_routes
    from handlers.kit.planning import AHEAD, horizon, plan

    everyone, routes, at = store.people.all_ids(), find_routes(), now
    if not everyone:
        raise _NothingKept([NOBODY])
    while at < until:
        while plan(store, at, routes):
            pass
        if any(one.plan_at is not None and one.plan_at <= at for one in store.schedules.all()):
            raise Stop(BUSY)  # On PostgreSQL one process plans at a time.
        # When the bot will plan the week after: later, and its first days would look missed.
        at = datetime.combine(horizon(at) + timedelta(days=1), time(), UTC) - AHEAD
    found = store.deliveries.of_people(everyone, now - OLD, until)
    coming = [one for one in found if one.due_at >= now]
    raise _NothingKept([*_overdue(found, now), *_days(store, coming, routes), *_in_all(store, coming)])


def _overdue(found: "Iterable[Delivery]", now: datetime) -> Iterable[str]:
    from handlers.kit.text import counted
    from storage.scheduled import State

    if waiting := sum(one.state is State.PLANNED and one.due_at < now for one in found):
        yield f"{counted(waiting, 'message was', 'messages were')} due before now, and can still go out."


def _days(store: "Store", coming: "Sequence[Delivery]", routes: "Routes") -> Iterable[str]:
    from handlers.kit.text import weekday

    networks = store.networks.all()
    counted = sorted(_counted(store, coming).items(), key=lambda one: one[0])
    for on, lines in groupby(counted, key=lambda one: one[0].on):
        yield f"{weekday(on)} {on.year}"
        for kind, counts in lines:
            yield from _lines(kind, counts, routes, networks)


def _counted(store: "Store", coming: "Sequence[Delivery]") -> dict[_Kind, _Counts]:
    from handlers.kit.times import own_zone

    by_id, programme = {one.id: one for one in coming}, store.networks.programme()
    people = store.schedules.recipients_by_ids({one.person_id for one in coming})
    carried = store.deliveries.carried(by_id)
    found: dict[_Kind, _Counts] = {}
    for one in coming:
        part = next(part for part in carried[one.id] if part.delivery_id == one.id)
        root, zone = by_id.get(one.carrier_id or 0, one), own_zone(people[one.person_id].person, programme)
        on = root.due_at.astimezone(zone).date()
        kind = _kind(part, one, on)
        if _goes(one):
            counts = found.setdefault(kind, _Counts())
            counts.people += 1
            counts.another_day += kind.turn == ASKED and on != _usual_on(part, zone)
        elif one.turn == 0:
            found.setdefault(kind, _Counts()).nothing[one.why] += 1
    return found


def _goes(one: "Delivery") -> bool:
    from storage.scheduled import State

    return one.state in (State.PLANNED, State.SENDING, State.BUNDLED)


def _kind(part: "Carried", one: "Delivery", on: date) -> _Kind:
    from handlers.kit.planning import REMIND_AFTER_DAYS

    if not one.unasked:
        return _Kind(on, PUT_OFF)
    wanted, turn = part.schedule.wanted, ASKED if part.turn == 0 else REMINDED
    date_on = part.on + turn * timedelta(days=REMIND_AFTER_DAYS)
    is_own = wanted.person_id is not None
    return _Kind(date_on, turn, wanted.at, wanted.occasion, wanted.network_id or 0, wanted.zone or "", is_own)


def _usual_on(part: "Carried", own: ZoneInfo) -> date:
    """On which date of the person's own calendar it would come if nothing were in the way."""
    wanted = part.schedule.wanted
    return datetime.combine(part.on, wanted.at, ZoneInfo(wanted.zone) if wanted.zone else own).astimezone(own).date()


def _lines(kind: _Kind, counts: _Counts, routes: "Routes", networks: "Sequence[Network]") -> Iterable[str]:
    from handlers.kit.text import counted

    to = counted(counts.people, "person", "people") if counts.people else "nobody"
    if kind.turn == PUT_OFF:
        yield f"  At a time that people chose: messages that they put off, or sent each other, to {to}."
        return
    occasion = routes.occasions.get(kind.occasion)
    if occasion is None:
        return
    title = occasion.title.replace("your ", "the ")
    title = f"one reminder of {title}" if kind.turn == REMINDED else title
    condition = ", if they have not answered" if kind.turn == REMINDED else ""
    condition = condition if occasion.answerable or not counts.people else ", if something waits for them"
    yield f"  {_time_and_whom(kind, title, routes, networks)}: {to}{condition}."
    if counts.another_day:
        yield f"    {counts.another_day} of them on another day: they are away, or get a message that week anyway."
    for why, number in sorted(counts.nothing.items()):
        yield f"    {number} {'gets' if number == 1 else 'get'} nothing: {why}."


def _time_and_whom(kind: _Kind, title: str, routes: "Routes", networks: "Sequence[Network]") -> str:
    from handlers.nudges import words
    from storage.scheduled import Wanted

    wanted = Wanted(kind.occasion, "", kind.at, kind.on, kind.network_id or None, zone=kind.zone or None)
    whom = words.for_whom(wanted, routes.occasions[kind.occasion].role, networks)
    whom = "those who chose their own time" if kind.is_own else whom[:1].lower() + whom[1:]
    return f"{words.at_what_time(wanted)}: {title}, to {whom}"


def _in_all(store: "Store", coming: "Sequence[Delivery]") -> Iterable[str]:
    from handlers.kit.text import counted
    from storage.scheduled import State

    messages = [one for one in coming if one.state is State.PLANNED]
    if messages:
        people = counted(len({one.person_id for one in messages}), "person", "people")
        most = store.networks.programme().messages_a_week
        yield f"In all {counted(len(messages), 'message', 'messages')} at the most, to {people}."
        a_week = "one message" if most == 1 else f"{most} messages"
        yield f"Nobody gets more than {a_week} a week unasked: what there is for them stands in it together."
