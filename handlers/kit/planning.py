"""Turns due schedules into occurrences and deliveries: who gets each, at which good time of their own, and who not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit import recurrence
from handlers.kit.bundling import Bundling, Part
from handlers.kit.context import zone_named
from handlers.kit.good_times import Quiet, good_time
from handlers.kit.text import week_of
from handlers.kit.times import own_zone
from storage.records import Programme
from storage.scheduled import NewDelivery, Recipient, Schedule, State, Wanted, Wish

if TYPE_CHECKING:
    from handlers.kit.feature import Routes
    from storage.unit import Store

AHEAD = timedelta(hours=36)
"""How long before its Monday (00:00 UTC) a week is planned: every wall clock on earth then still lies before it."""
SOON_DAYS, FAR_DAYS = 40, 800
"""How far a schedule's next date is looked for: most come soon, and none later than a form can ask for."""
REMIND_AFTER_DAYS = 7
"""When the one reworded reminder comes; only a schedule with at least twice that between its dates has one."""
SEEN_DAYS = 28
"""How far back a co-ordinator looks at what became of messages."""
PAST = "it was past its time"
FEWER = "they asked for fewer messages"
OTHER_SCHEDULE = "another schedule counts now"
STOPPED = "they stopped these messages"
AT_ONCE = 100
"""Schedules in one unit of work: while it runs, nobody else writes on SQLite."""


def plan(store: "Store", now: datetime, routes: "Routes", limit: int = AT_ONCE) -> int:
    """Plan what is due of at most `limit` schedules; returns how many there were: 0 means that all is planned.

    What lies so far back that its window is over is kept as missed, and nobody is written to for it.
    """
    _stand_by_default(store, now, routes)
    due = [one for one in store.schedules.due(now, limit)]
    if due:
        known = [one for one in due if one.wanted.occasion in routes.occasions]
        roles = {name: occasion.role for name, occasion in routes.occasions.items()}
        desk = _Planner(store, now, store.networks.programme(), routes, store.schedules.recipients(known, roles))
        desk.plan(known)
        store.schedules.planned([(one.id, desk.horizon_on, _next_look(one.wanted, desk.horizon_on)) for one in due])
    return len(due)


def make_way(store: "Store", routes: "Routes", wanted: Wanted) -> None:
    """A schedule was set for a network or a person: what a broader one has planned for the same people is not sent.

    Who is in a network besides, that goes by the broader one, keeps its message: it asks about that network alone.
    """
    role = routes.occasions[wanted.occasion].role
    if wanted.person_id is not None:
        people = [wanted.person_id]
        person = store.people.by_id(wanted.person_id)
        of_networks = store.schedules.of_networks(person.network_ids if person else ())
        broader = [*store.schedules.of_programme(), *of_networks]
    else:
        holding = store.people.holding(role, wanted.network_id) if role else []
        networks = {one.network_id for person in holding for one in person.roles if one.network_id is not None}
        own = [one for one in store.schedules.of_networks(networks) if one.wanted.occasion == wanted.occasion]
        covered = {one.wanted.network_id for one in own}
        people = [one.id for one in holding if {held.network_id for held in one.roles if held.role is role} <= covered]
        broader = store.schedules.of_programme()
    ids = {one.id for one in broader}
    planned = store.deliveries.to_come(people, wanted.occasion)
    store.deliveries.drop([id_ for id_, _, schedule_id in planned if schedule_id in ids], OTHER_SCHEDULE)


def _stand_by_default(store: "Store", now: datetime, routes: "Routes") -> None:
    """Every occasion for a role has a schedule of the programme, until somebody sets another."""
    standing = {one.wanted.occasion for one in store.schedules.of_programme()}
    for name, occasion in routes.occasions.items():
        if name not in standing and occasion.role is not None:
            wanted = Wanted(name, occasion.cadence, time.fromisoformat(occasion.at), week_of(now.date()))
            store.schedules.put(wanted, None, now)


def horizon(now: datetime) -> date:
    """The last date that is planned at this moment: the Sunday of the newest week that is less than 36 h away."""
    return week_of((now.astimezone(UTC) + AHEAD).date()) + timedelta(days=6)


def is_turn(number: int, had: int | None, every: int) -> bool:
    """Whether a person who wants each `every`th time gets the one with that number, having had `had` last."""
    return had is None or number - had >= every


def _next_look(wanted: Wanted, planned_on: date) -> datetime | None:
    """When the week of the first date after those that are planned must be planned; None where there is none."""
    for days in (SOON_DAYS, FAR_DAYS):
        if following := _dates(wanted, planned_on, planned_on + timedelta(days=days)):
            return datetime.combine(week_of(following[0]), time(), UTC) - AHEAD
    return None


def _dates(wanted: Wanted, after: date, to_on: date) -> tuple[date, ...]:
    last = min(to_on, wanted.until_on) if wanted.until_on else to_on
    return _dates_of(wanted.cadence, wanted.from_on, after, last)


@lru_cache(maxsize=4096)
def _dates_of(cadence: str, from_on: date, after: date, to_on: date) -> tuple[date, ...]:
    """Thousands of schedules say the same few things."""
    return tuple(recurrence.dates(_cadence(cadence), from_on, after, to_on))


@lru_cache(maxsize=1024)
def _cadence(written: str) -> recurrence.Cadence:
    return recurrence.read(written)


@dataclass
class _Planner:
    store: "Store"
    now: datetime
    programme: Programme
    routes: "Routes"
    recipients: dict[int, list[Recipient]]
    dates_of: dict[int, tuple[date, ...]] = field(default_factory=dict)
    """By schedule's id the dates to plan, once they were looked up."""

    @cached_property
    def _own(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.programme.time_zone)

    @cached_property
    def horizon_on(self) -> date:
        return horizon(self.now)

    def plan(self, schedules: Sequence[Schedule]) -> None:
        """Add the occurrences and deliveries of these schedules up to the horizon."""
        parts = [part for one in schedules for part in self._parts(one)]
        numbers = self._add_occurrences(schedules)
        kept = [part for part in parts if part.key in numbers]
        halved = self._halved(schedules)
        self._leave_out(kept, {key: number for key, (_, number) in numbers.items()}, halved)
        ids = {key: id_ for key, (id_, _) in numbers.items()}
        rows = Bundling(self.store, self.programme).rows([*kept, *self._reminders(kept, halved)], ids)
        self.store.deliveries.add([*rows, *self._missed(schedules, numbers)])

    def _parts(self, schedule: Schedule) -> Iterable[Part]:
        for on in self._new_dates(schedule):
            if not self._is_missed(schedule, on):
                for recipient in self.recipients.get(schedule.id, ()):
                    yield self._part(schedule, on, recipient)

    def _part(self, schedule: Schedule, on: date, recipient: Recipient, turn: int = 0) -> Part:
        wanted, own = schedule.wanted, own_zone(recipient.person, self.programme)
        zone = zone_named(wanted.zone or "")
        start = on + timedelta(days=turn * REMIND_AFTER_DAYS)
        due = good_time(recipient.person, own, start, wanted.at, zone, wanted.moves, wanted.window_days)
        is_past = schedule.planned_on is None and isinstance(due, datetime) and due < self.now
        why = "their time had passed when this was set up" if is_past else ""
        return Part(schedule, on, recipient, due, turn, why)

    def _new_dates(self, schedule: Schedule) -> tuple[date, ...]:
        if schedule.id not in self.dates_of:
            zone = zone_named(schedule.wanted.zone or "") or self._own
            after = schedule.planned_on or self.now.astimezone(zone).date() - timedelta(days=1)
            self.dates_of[schedule.id] = _dates(schedule.wanted, after, self.horizon_on)
        return self.dates_of[schedule.id]

    def _is_missed(self, schedule: Schedule, on: date) -> bool:
        return on + timedelta(days=schedule.wanted.window_days + 1) < self.now.date()

    def _missed(
        self, schedules: Sequence[Schedule], numbers: Mapping[tuple[int, date], tuple[int, int]]
    ) -> Iterable[NewDelivery]:
        """What would have been asked on dates that are too far back now, so that co-ordinators see that it was not."""
        for schedule in (one for one in schedules if self.routes.occasions[one.wanted.occasion].answerable):
            for on in self._new_dates(schedule):
                is_seen = on >= self.now.date() - timedelta(days=SEEN_DAYS) and self._is_missed(schedule, on)
                if not is_seen or (schedule.id, on) not in numbers:
                    continue
                occurrence_id, _ = numbers[schedule.id, on]
                due_at = datetime.combine(on, schedule.wanted.at, UTC)
                for one in self.recipients.get(schedule.id, ()):
                    if one.wish.stopped_at is None and one.wish.every == 1:
                        yield NewDelivery(occurrence_id, one.person.id, due_at, state=State.MISSED, why=PAST)

    def _add_occurrences(self, schedules: Sequence[Schedule]) -> dict[tuple[int, date], tuple[int, int]]:
        """The new occurrences' ids and numbers, by schedule and date."""
        last = self.store.schedules.last_number([one.id for one in schedules])
        rows = [
            (one.id, on, last.get(one.id, -1) + count, self._is_missed(one, on))
            for one in schedules
            for count, on in enumerate(self._new_dates(one), 1)
        ]
        numbers = {(schedule_id, on): number for schedule_id, on, number, _ in rows}
        added = self.store.schedules.add_occurrences(rows)
        return {key: (id_, numbers[key]) for key, id_ in added.items()}

    def _halved(self, schedules: Sequence[Schedule]) -> set[tuple[int, str]]:
        """Two silences in a row halve the cadence, and the next message asks whether that is right: once.

        By person and occasion those to whom that message is planned now, or still on its way.
        """
        halved: set[tuple[int, str]] = set()
        for name in {one.wanted.occasion for one in schedules if self.routes.occasions[one.wanted.occasion].answerable}:
            of_name = [one for one in schedules if one.wanted.occasion == name and self._new_dates(one)]
            wishes = {one.person.id: one.wish for each in of_name for one in self.recipients.get(each.id, ())}
            silences = self.store.deliveries.silences(name, tuple(wishes))
            asking = [person_id for person_id, wish in wishes.items() if wish.halved]
            asked = {person_id for _, person_id, _ in self.store.deliveries.to_come(asking, name)}
            for person_id, wish in wishes.items():
                if wish.halved and person_id in asked:
                    halved.add((person_id, name))
                elif wish.halved:
                    self.store.wishes.put(person_id, name, Wish(wish.every, wish.stopped_at))
                elif wish.every == 1 and silences.get(person_id, 0) >= 2 and wish.stopped_at is None:
                    self.store.wishes.put(person_id, name, Wish(2, None, halved=True))
                    halved.add((person_id, name))
        return halved

    def _leave_out(
        self, parts: Iterable[Part], numbers: Mapping[tuple[int, date], int], halved: Collection[tuple[int, str]]
    ) -> None:
        """Say of each part that its person does not want why it is not sent; the halved want what is planned now."""
        rarer = [one for one in parts if one.recipient.wish.every > 1]
        had = self.store.deliveries.last_had(
            {one.recipient.person.id for one in rarer}, {one.schedule.id for one in rarer}, also_planned=True
        )
        for part in sorted(parts, key=lambda one: one.on):
            person_id, wish, number = part.recipient.person.id, part.recipient.wish, numbers[part.key]
            every = 1 if (person_id, part.schedule.wanted.occasion) in halved else wish.every
            if part.why:
                continue
            if wish.stopped_at is not None:
                part.why = STOPPED
            elif not is_turn(number, had.get((part.schedule.id, person_id)), every):
                part.why = FEWER
            elif not isinstance(part.due, Quiet):
                had[part.schedule.id, person_id] = number

    def _reminders(self, parts: Iterable[Part], halved: Collection[tuple[int, str]]) -> Iterable[Part]:
        """The one reminder of each part that can be answered; none where someone gets less than every message."""
        for part in parts:
            wanted, recipient = part.schedule.wanted, part.recipient
            asks = self.routes.occasions[wanted.occasion].answerable and isinstance(part.due, datetime)
            is_rare = recurrence.gap_days(_cadence(wanted.cadence)) >= 2 * REMIND_AFTER_DAYS
            wants_all = recipient.wish.every == 1 and (recipient.person.id, wanted.occasion) not in halved
            if asks and is_rare and wants_all and not part.why and recipient.accounts:
                yield self._part(part.schedule, part.on, recipient, turn=1)
