"""Deliveries: what is planned for whom, what became of it, and who has answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, case, func, or_, select, union_all, update

from storage.many import Many, among
from storage.overview import counts, missing, troubled
from storage.recipients import chunks
from storage.records import Account, Role
from storage.rows import NEW_ROW, account_columns, delivery_in, new_row, schedule_in
from storage.scheduled import Carried, Delivery, NewDelivery, Schedule, State
from storage.tables import deliveries, occurrences, schedules
from storage.waiting import MAYBE_SHOWN, SKIPPED, STILL_TO_COME, Waiting, carriers, root_state, with_carriers

LATE_ANSWER = timedelta(days=60)
"""An answer counts for what was sent within so many days."""

_ADD = Many(deliveries, NEW_ROW)
_OF_PEOPLE = (
    select(deliveries)
    .where(among(deliveries.c.person_id))
    .where(deliveries.c.due_at >= bindparam("since"), deliveries.c.due_at < bindparam("until"))
    .order_by(deliveries.c.due_at, deliveries.c.id)
)
_PARTS = (
    select(
        deliveries.c.id.label("delivery_id"),
        deliveries.c.carrier_id,
        deliveries.c.occurrence_id,
        deliveries.c.turn,
        deliveries.c.state,
        occurrences.c.on.label("occurs_on"),
        occurrences.c.number,
        schedules,
    )
    .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
    .join(schedules, schedules.c.id == occurrences.c.schedule_id)
)
# Not one with OR: PostgreSQL would read the whole table.
_CARRIED = union_all(
    _PARTS.where(among(deliveries.c.id)),
    _PARTS.where(among(deliveries.c.carrier_id), deliveries.c.state == State.BUNDLED.value),
).order_by("delivery_id")
_MESSAGES = (
    with_carriers(
        deliveries.c.person_id,
        func.count(deliveries.c.answered_at).label("answers"),
        func.row_number()
        .over(
            partition_by=deliveries.c.person_id,
            order_by=func.max(func.coalesce(carriers.c.due_at, deliveries.c.due_at)).desc(),
        )
        .label("back"),
    )
    .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
    .join(schedules, schedules.c.id == occurrences.c.schedule_id)
    # Not by the index of occasions: from there SQLite would look through every schedule for each person.
    .where(func.coalesce(schedules.c.occasion, "") == bindparam("occasion"), among(deliveries.c.person_id))
    .where(deliveries.c.turn == 0, root_state == State.SENT.value)
    .group_by(deliveries.c.person_id, func.coalesce(carriers.c.id, deliveries.c.id))
    .subquery()
)
_SILENCES = (
    select(_MESSAGES.c.person_id, func.count())
    .where(_MESSAGES.c.back <= 2, _MESSAGES.c.answers == 0)
    .group_by(_MESSAGES.c.person_id)
)
_LAST_HAD = (
    with_carriers(occurrences.c.schedule_id, deliveries.c.person_id, func.max(occurrences.c.number).label("number"))
    .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
    .where(among(deliveries.c.person_id), deliveries.c.turn == 0)
    .where(occurrences.c.schedule_id.in_(bindparam("schedules", expanding=True)))
    .where(root_state.in_(bindparam("states", expanding=True)))
    .group_by(occurrences.c.schedule_id, deliveries.c.person_id)
)
_OF_OCCASIONS = (
    with_carriers(deliveries.c.id, deliveries.c.occurrence_id, occurrences.c.on.label("occurs_on"))
    .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
    .join(schedules, schedules.c.id == occurrences.c.schedule_id)
    .where(deliveries.c.person_id == bindparam("person"))
    .where(schedules.c.occasion.in_(bindparam("occasions", expanding=True)))
    .where(
        or_(
            bindparam("network", type_=Integer).is_(None),
            schedules.c.network_id.is_(None),
            schedules.c.network_id == bindparam("network"),
        )
    )
)
"""A person's, of these occasions, about one network or, where that is None, all."""
_ASKED = _OF_OCCASIONS.where(
    root_state.in_(MAYBE_SHOWN),
    or_(deliveries.c.answered_at.is_(None), deliveries.c.why == SKIPPED),
    deliveries.c.due_at >= bindparam("since"),
)
_AGAIN = _OF_OCCASIONS.where(
    deliveries.c.occurrence_id.in_(bindparam("asked", expanding=True)), deliveries.c.turn > 0, STILL_TO_COME
)
_IS_CERTAIN = deliveries.c.state.in_((State.SENT.value, State.BUNDLED.value))
_TO_COME = (
    with_carriers(deliveries.c.id, deliveries.c.person_id, occurrences.c.schedule_id)
    .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
    .join(schedules, schedules.c.id == occurrences.c.schedule_id)
    .where(among(deliveries.c.person_id), schedules.c.occasion == bindparam("occasion"))
    .where(deliveries.c.turn == 0, STILL_TO_COME)
)
_MOVE = update(deliveries).where(deliveries.c.id == bindparam("wanted"), deliveries.c.state == State.PLANNED.value)

_Key = tuple[int, int, int]
"""Occurrence, person and turn."""


class Deliveries:
    """Keeps one delivery for each occurrence, person and turn."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[NewDelivery]) -> int:
        """Add those that are not there yet; returns how many they were."""
        added = self._insert([new_row(one) for one in rows if one.carrier_of is None])
        carried = [one for one in rows if one.carrier_of is not None]
        if not carried:
            return added
        ids = self._carrier_ids(rows)
        placed = (_under(one, ids.get(key)) for one, key in _carriers_of(rows))
        return added + self._insert([new_row(one) for one in placed])

    def of_people(self, person_ids: Iterable[int], since: datetime, until: datetime) -> list[Delivery]:
        """What is or was due for them from `since` until before `until`, in whatever state, by when."""
        found: list[Delivery] = []
        for ids in chunks(person_ids):
            values = {"ids": ids, "since": since, "until": until}
            found += [delivery_in(row) for row in self._connection.execute(_OF_PEOPLE, values).all()]
        return found

    def own(self, delivery_id: int, person_id: int) -> Delivery | None:
        """The person's own delivery."""
        of_person = (deliveries.c.id == delivery_id, deliveries.c.person_id == person_id)
        return next(iter(self._many(select(deliveries).where(*of_person))), None)

    def carried(self, delivery_ids: Iterable[int]) -> dict[int, tuple[Carried, ...]]:
        """What each message is about, by its id: itself first, then what it takes along."""
        found: dict[int, list[Carried]] = {}
        known: dict[int, Schedule] = {}
        for ids in chunks(delivery_ids):
            wanted, along = set(ids), defaultdict[int, list[Carried]](list)
            for row in self._connection.execute(_CARRIED, {"ids": ids}).all():
                schedule = known.get(row.id) or known.setdefault(row.id, schedule_in(row))
                one = Carried(row.delivery_id, row.occurrence_id, schedule, row.occurs_on, row.turn, row.number)
                if row.delivery_id in wanted:
                    found[row.delivery_id] = [one]
                if row.state == State.BUNDLED.value and row.carrier_id in wanted:
                    along[row.carrier_id].append(one)
            for id_, parts in along.items():
                found[id_] += parts
        return {id_: tuple(parts) for id_, parts in found.items()}

    def silences(self, occasion: str, person_ids: Iterable[int]) -> dict[int, int]:
        """How many of each person's last two messages about the occasion have no answer: 1 or 2; none: not there."""
        found: dict[int, int] = {}
        for ids in chunks(person_ids):
            rows = self._connection.execute(_SILENCES, {"occasion": occasion, "ids": ids})
            found.update((person_id, count) for person_id, count in rows)
        return found

    def last_had(
        self, person_ids: Iterable[int], schedule_ids: Collection[int], *, also_planned: bool = False
    ) -> dict[tuple[int, int], int]:
        """The number of the last occurrence of each schedule that each person was asked about, by schedule and person.

        `also_planned`: or will be, as it is planned. Not there: none.
        """
        states = [*MAYBE_SHOWN, *([State.PLANNED.value] if also_planned else [])]
        found: dict[tuple[int, int], int] = {}
        for ids in chunks(person_ids):
            values = {"ids": ids, "schedules": list(schedule_ids), "states": states}
            rows = self._connection.execute(_LAST_HAD, values)
            found.update(((row.schedule_id, row.person_id), row.number) for row in rows)
        return found

    def answered(
        self,
        person_id: int,
        occasions: Sequence[str],
        at: datetime,
        network_id: int | None = None,
        *,
        skipped: bool = False,
    ) -> list[date]:
        """The person has answered: note it on what they were asked in the last 60 days, and drop what would ask again.

        Returns the dates that had no answer yet, newest first. `network_id`: only what asks about that network, or
        about all. `skipped`: there is no answer and none is waited for; a later one still counts.
        """
        about = {"person": person_id, "occasions": list(occasions), "network": network_id}
        rows = self._connection.execute(_ASKED, {**about, "since": at - LATE_ANSWER}).all()
        if rows:
            noted = update(deliveries).where(deliveries.c.id.in_([row.id for row in rows]))
            why = case((_IS_CERTAIN, SKIPPED if skipped else ""), else_=deliveries.c.why)
            self._connection.execute(noted.values(answered_at=at, why=why))
            again = self._connection.execute(_AGAIN, {**about, "asked": list({row.occurrence_id for row in rows})})
            self.drop([row.id for row in again], "answered")
        return sorted({row.occurs_on for row in rows}, reverse=True)

    def planned_of(self, person_id: int, occasions: Sequence[str]) -> list[Delivery]:
        """What is still to come for the person of these occasions, by itself or carried, by when."""
        coming = with_carriers(deliveries).join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
        coming = coming.join(schedules, schedules.c.id == occurrences.c.schedule_id)
        mine = (deliveries.c.person_id == person_id, schedules.c.occasion.in_(occasions))
        return self._many(coming.where(*mine, STILL_TO_COME).order_by(deliveries.c.due_at, deliveries.c.id))

    def to_come(self, person_ids: Iterable[int], occasion: str) -> list[tuple[int, int, int]]:
        """First messages about the occasion that are still to come: id, person and schedule of each."""
        found: list[tuple[int, int, int]] = []
        for ids in chunks(person_ids):
            rows = self._connection.execute(_TO_COME, {"ids": ids, "occasion": occasion})
            found += [(row.id, row.person_id, row.schedule_id) for row in rows]
        return found

    def readdress(self, person_id: int, account: Account) -> None:
        """Send what is planned for the person to that account."""
        planned = (deliveries.c.person_id == person_id, deliveries.c.state == State.PLANNED.value)
        self._connection.execute(update(deliveries).where(*planned).values(**account_columns(account)))

    def reschedule(self, delivery_id: int, due_at: datetime) -> None:
        """Move what is planned."""
        self._connection.execute(_MOVE.values(due_at=due_at), {"wanted": delivery_id})

    def drop(self, delivery_ids: Iterable[int], why: str) -> None:
        """Let these not be sent, if they are planned or carried by what is not sent yet; `why` is for people to read.

        What a dropped one carries is sent by itself, at its own time.
        """
        Waiting(self._connection).drop(delivery_ids, why)

    def snooze(self, delivery: Delivery, due_at: datetime) -> None:
        """Send the message with all that it carries once more, at that time; asked for, so it counts for no limit.

        What waits of the same occurrences already, such as the reminder, becomes this one.
        """
        Waiting(self._connection).put_off(delivery, self.carried([delivery.id])[delivery.id], due_at)

    def counts(self, network_id: int, since: datetime) -> dict[State, int]:
        """How many messages, due since then, that are about the network, stand where."""
        return counts(self._connection, network_id, since)

    def troubled(self, network_id: int, since: datetime) -> list[tuple[Delivery, str]]:
        """The messages that are uncertain or were given up, each with the person's name, newest first, at most 50."""
        return troubled(self._connection, network_id, since)

    def missing(self, network_id: int, occasion: str, role: Role, since_on: date) -> list[tuple[date, int, int]]:
        """By week (its Monday), oldest first: how many who hold the role there were asked, and how many answered."""
        return missing(self._connection, network_id, occasion, role, since_on)

    def _insert(self, values: list[dict[str, Any]]) -> int:
        return _ADD.add(self._connection, values).rowcount if values else 0

    def _carrier_ids(self, rows: Sequence[NewDelivery]) -> dict[_Key, int]:
        """The ids of the carriers that stand planned, by occurrence, person and turn."""
        key = (deliveries.c.occurrence_id, deliveries.c.person_id, deliveries.c.turn)
        found: dict[_Key, int] = {}
        for occurrence_ids in chunks({occurrence_id for _, (occurrence_id, _, _) in _carriers_of(rows)}):
            standing = select(*key, deliveries.c.id).where(deliveries.c.occurrence_id.in_(occurrence_ids))
            planned = standing.where(deliveries.c.state == State.PLANNED.value)
            found.update(((one, person, turn), id_) for one, person, turn, id_ in self._connection.execute(planned))
        return found

    def _many(self, statement: Select[Any]) -> list[Delivery]:
        return [delivery_in(row) for row in self._connection.execute(statement)]


def _carriers_of(rows: Sequence[NewDelivery]) -> Iterator[tuple[NewDelivery, _Key]]:
    """Each row that another of these takes along, and which that is."""
    turns: dict[tuple[int, int], list[NewDelivery]] = defaultdict(list)
    for one in rows:
        if one.state is State.PLANNED:
            turns[one.occurrence_id, one.person_id].append(one)
    for one in rows:
        if one.carrier_of is not None:
            occurrence_id, person_id, *turn = one.carrier_of
            near = sorted(turns[occurrence_id, person_id], key=partial(_distance, one.due_at))
            yield one, (occurrence_id, person_id, turn[0] if turn else near[0].turn if near else 0)


def _distance(due_at: datetime, other: NewDelivery) -> timedelta:
    return abs(other.due_at - due_at)


def _under(new: NewDelivery, carrier_id: int | None) -> NewDelivery:
    """Carried by that; by itself where that does not wait any more."""
    if carrier_id is None:
        return replace(new, state=State.PLANNED, carrier_of=None)
    return replace(new, carrier_id=carrier_id, carrier_of=None)
