"""Turns due schedules into occurrences and deliveries: each person's own good time, one bundled message a week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit import recurrence
from handlers.kit.context import zone_named
from handlers.kit.good_times import Quiet, good_time
from handlers.kit.text import week_of
from storage.records import Programme
from storage.scheduled import Delivery, NewDelivery, Recipient, Schedule, State, Wanted, Wish

if TYPE_CHECKING:
    from handlers.kit.feature import Routes
    from storage.unit import Store

AHEAD = timedelta(hours=36)
"""How long before its Monday (00:00 UTC) a week is planned: every wall clock on earth then still lies before it."""
LOOK_AHEAD_DAYS = (40, 800)
"""How far a schedule's next date is looked for: most come soon, and none later than a form can ask for."""
REMIND_AFTER_DAYS = 7
"""When the one reworded reminder comes; only a schedule with at least twice that between its dates has one."""
SEEN_DAYS = 28
"""How far back a co-ordinator looks at what became of messages."""
PAST = "it was past its time"
BUNDLE = 200
"""Schedules that are planned in one unit of work."""
_ALIVE = (State.PLANNED, State.SENDING, State.UNKNOWN, State.SENT)


def plan(store: "Store", now: datetime, routes: "Routes", limit: int = BUNDLE) -> int:
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


def _next_look(wanted: Wanted, planned_on: date) -> datetime | None:
    """When the week of the first date after those that are planned must be planned; None where there is none."""
    for days in LOOK_AHEAD_DAYS:
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
class _Part:
    """One person's part of one occurrence, before it is known which message takes it."""

    schedule: Schedule
    on: date
    recipient: Recipient
    due: datetime | Quiet
    turn: int = 0
    why: str = ""

    @property
    def key(self) -> tuple[int, date]:
        return self.schedule.id, self.on


@dataclass
class _Week:
    """The messages of one person's week: those that stand, and those that are being planned."""

    standing: list[Delivery] = field(default_factory=list)
    planned: list[tuple[datetime, NewDelivery]] = field(default_factory=list)

    def carrier(self, on: date, zone: ZoneInfo, most: int) -> Delivery | NewDelivery | None:
        """The message that takes another part along: one of the same day, or any where the week is full."""
        waiting: list[Delivery | NewDelivery] = [one for one in self.standing if one.state is State.PLANNED]
        waiting += [one for _, one in self.planned]
        same_day = [one for one in waiting if one.due_at.astimezone(zone).date() == on]
        is_full = len(self.standing) + len(self.planned) >= most
        return next(iter(same_day or (waiting if is_full else [])), None)

    def is_full(self, most: int) -> bool:
        return len(self.standing) + len(self.planned) >= most


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
        numbers = self._add_occurrences(schedules, parts)
        wishes = self._wishes(schedules)
        for part in parts:
            wish = wishes.get((part.recipient.person.id, part.schedule.wanted.occasion), part.recipient.wish)
            part.why = part.why or self._why_not(wish, numbers.get(part.key, (0, 0))[1])
        kept = [part for part in parts if part.key in numbers]
        rows = self._rows([*kept, *self._reminders(kept)], {key: id_ for key, (id_, _) in numbers.items()})
        self.store.deliveries.add([*rows, *self._missed(schedules, numbers)])

    def _parts(self, schedule: Schedule) -> Iterable[_Part]:
        for on in self._new_dates(schedule):
            if not self._is_missed(schedule, on):
                for recipient in self.recipients.get(schedule.id, ()):
                    yield self._part(schedule, on, recipient)

    def _part(self, schedule: Schedule, on: date, recipient: Recipient, turn: int = 0) -> _Part:
        wanted, own = schedule.wanted, self._zone(recipient)
        zone = zone_named(wanted.zone or "")
        start = on + timedelta(days=turn * REMIND_AFTER_DAYS)
        due = good_time(recipient.person, own, start, wanted.at, zone, wanted.moves, wanted.window_days)
        is_past = schedule.planned_on is None and isinstance(due, datetime) and due < self.now
        why = "their time had passed when this was set up" if is_past else ""
        return _Part(schedule, on, recipient, due, turn, why)

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
                occurrence_id, number = numbers[schedule.id, on]
                due_at = datetime.combine(on, schedule.wanted.at, UTC)
                for one in self.recipients.get(schedule.id, ()):
                    if not self._why_not(one.wish, number):
                        yield NewDelivery(occurrence_id, one.person.id, due_at, state=State.MISSED, why=PAST)

    def _zone(self, recipient: Recipient) -> ZoneInfo:
        return zone_named(recipient.person.time_zone or "") or self._own

    def _add_occurrences(
        self, schedules: Sequence[Schedule], parts: Sequence[_Part]
    ) -> dict[tuple[int, date], tuple[int, int]]:
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

    def _wishes(self, schedules: Sequence[Schedule]) -> dict[tuple[int, str], Wish]:
        """Two silences in a row halve the cadence, and the next message asks whether that is right: once."""
        changed: dict[tuple[int, str], Wish] = {}
        for name in {one.wanted.occasion for one in schedules if self.routes.occasions[one.wanted.occasion].answerable}:
            of_name = [one for one in schedules if one.wanted.occasion == name and self._new_dates(one)]
            wishes = {one.person.id: one.wish for each in of_name for one in self.recipients.get(each.id, ())}
            silences = self.store.deliveries.silences(name, tuple(wishes))
            for person_id, wish in wishes.items():
                if wish.halved and not self._is_to_come(person_id, name):
                    self.store.wishes.put(person_id, name, Wish(wish.every, wish.stopped_at))
                elif wish.every == 1 and silences.get(person_id, 0) >= 2 and wish.stopped_at is None:
                    self.store.wishes.put(person_id, name, Wish(2, None, halved=True))
                    changed[person_id, name] = Wish(1)
        return changed

    def _is_to_come(self, person_id: int, occasion: str) -> bool:
        """Whether the message that asks if half as often is right is still on its way."""
        return any(one.turn == 0 for one in self.store.deliveries.planned_of(person_id, [occasion]))

    @staticmethod
    def _why_not(wish: Wish, number: int) -> str:
        if wish.stopped_at is not None:
            return "they stopped these messages"
        return "they asked for fewer messages" if number % wish.every else ""

    def _reminders(self, parts: Iterable[_Part]) -> Iterable[_Part]:
        for part in parts:
            wanted = part.schedule.wanted
            asks = self.routes.occasions[wanted.occasion].answerable and isinstance(part.due, datetime)
            is_rare = recurrence.gap_days(_cadence(wanted.cadence)) >= 2 * REMIND_AFTER_DAYS
            if asks and is_rare and not part.why and part.recipient.accounts:
                yield self._part(part.schedule, part.on, part.recipient, turn=1)

    def _rows(self, parts: Sequence[_Part], ids: dict[tuple[int, date], int]) -> Iterable[NewDelivery]:
        """The rows, the earliest first, so that the first message of a week takes the others along."""
        weeks = self._weeks(parts)
        for part in sorted(parts, key=lambda one: (self._at(one), one.key, one.recipient.person.id)):
            at, person_id, occurrence_id = self._at(part), part.recipient.person.id, ids[part.key]
            row = NewDelivery(occurrence_id, person_id, at, part.turn)
            if why := part.why or (part.due.why if isinstance(part.due, Quiet) else ""):
                yield replace(row, state=State.DROPPED, why=why)
            elif not part.recipient.accounts:
                yield replace(row, state=State.GAVE_UP, why="there is no account that I can write to")
            else:
                yield self._placed(row, part, weeks)

    def _placed(self, row: NewDelivery, part: _Part, weeks: "dict[tuple[int, date], _Week]") -> NewDelivery:
        zone, account = self._zone(part.recipient), part.recipient.accounts[0]
        on = row.due_at.astimezone(zone).date()
        week, most = weeks[row.person_id, week_of(on)], self.programme.messages_a_week
        carrier = week.carrier(on, zone, most)
        if isinstance(carrier, Delivery):
            return replace(row, state=State.BUNDLED, carrier_id=carrier.id, account=account)
        if carrier is not None:
            of = (carrier.occurrence_id, carrier.person_id, carrier.turn)
            return replace(row, state=State.BUNDLED, carrier_of=of, account=account)
        if week.is_full(most):
            return replace(row, state=State.DROPPED, why="they had their message of that week")
        placed = replace(row, state=State.PLANNED, account=account)
        week.planned.append((row.due_at, placed))
        return placed

    def _at(self, part: _Part) -> datetime:
        """When it is due; where it is dropped, when it would have been at the earliest."""
        return datetime.combine(part.on, part.schedule.wanted.at, UTC) if isinstance(part.due, Quiet) else part.due

    def _weeks(self, parts: Sequence[_Part]) -> "dict[tuple[int, date], _Week]":
        weeks: dict[tuple[int, date], _Week] = defaultdict(_Week)
        if parts:
            zones = {part.recipient.person.id: self._zone(part.recipient) for part in parts}
            begin = {week_of(self._at(one).astimezone(zones[one.recipient.person.id]).date()) for one in parts}
            # A day more on either side: somewhere on earth it is that week already, or still.
            since = datetime.combine(min(begin) - timedelta(days=1), time(), UTC)
            until = datetime.combine(max(begin) + timedelta(days=8), time(), UTC)
            for one in self.store.deliveries.of_people(tuple(zones), since, until):
                if one.unasked and one.state in _ALIVE:
                    on = week_of(one.due_at.astimezone(zones[one.person_id]).date())
                    weeks[one.person_id, on].standing.append(one)
        return weeks
