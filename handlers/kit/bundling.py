"""Puts the parts of one person's week into one message: which part takes the others along, and what has no place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit.good_times import Quiet
from handlers.kit.text import week_of
from handlers.kit.times import own_zone
from storage.records import Programme
from storage.scheduled import Delivery, NewDelivery, Recipient, Schedule, State, Wanted

if TYPE_CHECKING:
    from storage.unit import Store

_ALIVE = (State.PLANNED, State.SENDING, State.UNKNOWN, State.SENT)


@dataclass
class Part:
    """One person's part of one occurrence, before it is known which message takes it.

    `why` it is not sent; empty where nothing speaks against it.
    """

    schedule: Schedule
    on: date
    recipient: Recipient
    due: datetime | Quiet
    turn: int = 0
    why: str = ""

    @property
    def key(self) -> tuple[int, date]:
        """What names the occurrence."""
        return self.schedule.id, self.on

    @property
    def at(self) -> datetime:
        """When it is due; where it is dropped, when it would have been at the earliest."""
        return datetime.combine(self.on, self.schedule.wanted.at, UTC) if isinstance(self.due, Quiet) else self.due


@dataclass
class _Week:
    """The messages of one person's week: unasked ones that stand, or are being planned, and what was put off to it."""

    standing: list[Delivery] = field(default_factory=list)
    planned: list[NewDelivery] = field(default_factory=list)
    put_off: list[Delivery] = field(default_factory=list)

    def carrier(self, on: date, zone: ZoneInfo, most: int) -> Delivery | NewDelivery | None:
        """The message that takes another part along: one of the same day, or any where the week is full."""
        waiting: list[Delivery | NewDelivery] = [one for one in self.standing if one.state is State.PLANNED]
        waiting += self.planned
        same_day = [one for one in (*waiting, *self.put_off) if one.due_at.astimezone(zone).date() == on]
        return next(iter(same_day or (waiting if self.is_full(most) else [])), None)

    def is_full(self, most: int) -> bool:
        """Whether the person has as many messages that week as the programme allows."""
        return len(self.standing) + len(self.planned) >= most


class Bundling:
    """Places parts in messages, beside those that are in the store already."""

    def __init__(self, store: "Store", programme: Programme) -> None:
        self._store = store
        self._programme = programme

    def rows(self, parts: Sequence[Part], ids: Mapping[tuple[int, date], int]) -> Iterable[NewDelivery]:
        """A row for each part, `ids` being those of their occurrences by key.

        The first day of a week takes what comes later along. Within a day, the most specific schedule says the time.
        """
        weeks = self._weeks(parts)
        for part in sorted(parts, key=self._order):
            row = NewDelivery(ids[part.key], part.recipient.person.id, part.at, part.turn)
            if why := part.why or (part.due.why if isinstance(part.due, Quiet) else ""):
                yield replace(row, state=State.DROPPED, why=why)
            elif not part.recipient.accounts:
                yield replace(row, state=State.GAVE_UP, why="there is no account that I can write to")
            else:
                yield self._placed(row, part, weeks)

    def _order(self, part: Part) -> tuple[date, int, datetime, tuple[int, date], int]:
        on = part.at.astimezone(self._zone(part)).date()
        return on, _breadth(part.schedule.wanted), part.at, part.key, part.recipient.person.id

    def _zone(self, part: Part) -> ZoneInfo:
        return own_zone(part.recipient.person, self._programme)

    def _placed(self, row: NewDelivery, part: Part, weeks: Mapping[tuple[int, date], _Week]) -> NewDelivery:
        zone, account = self._zone(part), part.recipient.accounts[0]
        on = row.due_at.astimezone(zone).date()
        week, most = weeks[row.person_id, week_of(on)], self._programme.messages_a_week
        carrier = week.carrier(on, zone, most)
        if isinstance(carrier, Delivery):
            if on < carrier.due_at.astimezone(zone).date():
                # It was planned in a unit of work before this: the first day of a week takes what comes later along.
                self._store.deliveries.reschedule(carrier.id, row.due_at)
                week.standing[week.standing.index(carrier)] = replace(carrier, due_at=row.due_at)
            return replace(row, state=State.BUNDLED, carrier_id=carrier.id, account=account)
        if carrier is not None:
            of = (carrier.occurrence_id, carrier.person_id, carrier.turn)
            return replace(row, state=State.BUNDLED, carrier_of=of, account=account)
        if week.is_full(most):
            return replace(row, state=State.DROPPED, why="they had their message of that week")
        placed = replace(row, state=State.PLANNED, account=account)
        week.planned.append(placed)
        return placed

    def _weeks(self, parts: Sequence[Part]) -> Mapping[tuple[int, date], _Week]:
        weeks: dict[tuple[int, date], _Week] = defaultdict(_Week)
        if not parts:
            return weeks
        zones = {part.recipient.person.id: self._zone(part) for part in parts}
        begin = {week_of(one.at.astimezone(zones[one.recipient.person.id]).date()) for one in parts}
        # A day more on either side: somewhere on earth it is that week already, or still.
        since = datetime.combine(min(begin) - timedelta(days=1), time(), UTC)
        until = datetime.combine(max(begin) + timedelta(days=8), time(), UTC)
        for one in self._store.deliveries.of_people(tuple(zones), since, until):
            week = weeks[one.person_id, week_of(one.due_at.astimezone(zones[one.person_id]).date())]
            if one.unasked and one.state in _ALIVE:
                week.standing.append(one)
            elif one.state is State.PLANNED:
                week.put_off.append(one)
        return weeks


def _breadth(wanted: Wanted) -> int:
    """How many a schedule is for: a person (0), a network (1) or the programme (2)."""
    return 0 if wanted.person_id is not None else 1 if wanted.network_id is not None else 2
