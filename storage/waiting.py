"""Deliveries that are still to be sent: taking some of them away, without losing what they carry for others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, insert, or_, select, update

from storage.recipients import chunks
from storage.rows import new_row
from storage.scheduled import Carried, Delivery, NewDelivery, State
from storage.tables import deliveries, occurrences

carriers = deliveries.alias("carriers")
ON_CARRIER = and_(carriers.c.id == deliveries.c.carrier_id, deliveries.c.state == State.BUNDLED.value)
root_state = func.coalesce(carriers.c.state, deliveries.c.state)
"""Where the message stands that a row is part of."""
MAYBE_SHOWN = (State.SENDING.value, State.UNKNOWN.value, State.SENT.value)
_AT_THEIR_END = (State.SENT.value, State.GAVE_UP.value, State.DROPPED.value, State.MISSED.value)

SKIPPED = "skipped"
"""Why a message that was sent has no answer, and none is waited for."""

STILL_TO_COME = or_(
    deliveries.c.state == State.PLANNED.value,
    and_(deliveries.c.state == State.BUNDLED.value, carriers.c.state == State.PLANNED.value),
)
"""Of a row that is joined with its carrier, if it has one."""
_CAN_BE_DROPPED = or_(STILL_TO_COME, carriers.c.state == State.SENDING.value)

_OTHERS = (
    update(deliveries)
    .where(deliveries.c.carrier_id == bindparam("gone"), deliveries.c.state == State.BUNDLED.value)
    .values(carrier_id=bindparam("heir"))
)
_HEIR = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("heir"))
    .values(
        state=bindparam("takes"), why=bindparam("because"), carrier_id=None,
        sent_at=bindparam("shown_at"), ref=bindparam("called"),
    )
)  # fmt: skip


def with_carriers(*columns: Any) -> Select[Any]:
    """A select of these columns over deliveries, each joined with the one that carries it, if one does."""
    return select(*columns).select_from(deliveries.outerjoin(carriers, ON_CARRIER))


class Waiting:
    """Takes deliveries away that were not sent yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drop(self, delivery_ids: Iterable[int], why: str) -> None:
        """Let these not be sent, unless they were; what they carry goes out by itself."""
        for ids in chunks(delivery_ids):
            held = self._ids(deliveries.c.id.in_(ids) & _CAN_BE_DROPPED)
            if held:
                self.hand_on(held)
                dropped = update(deliveries).where(deliveries.c.id.in_(held))
                self._connection.execute(dropped.values(state=State.DROPPED.value, why=why, carrier_id=None))

    def hand_on(self, ids: Collection[int]) -> None:
        """Before these go: of what each carries, but for those that go too, let the first carry the others."""
        columns = (carriers.c.id, carriers.c.state, carriers.c.why, carriers.c.sent_at, carriers.c.ref)
        heirs = (
            select(*columns, func.min(deliveries.c.id).label("heir"))
            .join(carriers, ON_CARRIER)
            .where(carriers.c.id.in_(ids), deliveries.c.id.not_in(ids))
            .where(carriers.c.state.in_((State.PLANNED.value, *_AT_THEIR_END)))
            .group_by(*columns)
        )
        rows = self._connection.execute(heirs).all()
        if rows:
            self._connection.execute(_OTHERS, [{"gone": row.id, "heir": row.heir} for row in rows])
            values = [
                {"heir": row.heir, "takes": row.state, "because": row.why, "shown_at": row.sent_at, "called": row.ref}
                for row in rows
            ]
            self._connection.execute(_HEIR, values)

    def put_off(self, delivery: Delivery, parts: Sequence[Carried], due_at: datetime) -> None:
        """Send the message, which has these parts, once more at that time.

        What waits of the same occurrences becomes this one, with the first part as the one that carries the others.
        """
        coming = [self._coming(one, delivery.person_id) for one in parts]
        if standing := [one for one in coming if one is not None]:
            self.hand_on(standing)
        head: int | None = None
        for part, stands in zip(parts, coming, strict=True):
            state = State.PLANNED if head is None else State.BUNDLED
            new = NewDelivery(
                part.occurrence_id, delivery.person_id, due_at, 0, state, "", delivery.account, head, unasked=False
            )
            row = self._add_turn(new) if stands is None else self._move(stands, new)
            head = head or row

    def _coming(self, part: Carried, person_id: int) -> int | None:
        """The next turn of the part that is still to come."""
        of_part = (deliveries.c.occurrence_id == part.occurrence_id, deliveries.c.person_id == person_id)
        later = with_carriers(deliveries.c.id).where(*of_part, deliveries.c.turn > part.turn, STILL_TO_COME)
        return self._connection.execute(later.order_by(deliveries.c.turn).limit(1)).scalar()

    def _add_turn(self, new: NewDelivery) -> int:
        of_part = (deliveries.c.occurrence_id == new.occurrence_id, deliveries.c.person_id == new.person_id)
        turn = self._connection.execute(select(func.max(deliveries.c.turn)).where(*of_part)).scalar_one() + 1
        added = insert(deliveries).values(new_row(replace(new, turn=turn))).returning(deliveries.c.id)
        return int(self._connection.execute(added).scalar_one())

    def _move(self, standing: int, new: NewDelivery) -> int:
        values = {name: value for name, value in new_row(new).items() if name != "turn"}
        moved = update(deliveries).where(deliveries.c.id == standing)
        self._connection.execute(moved.values(not_before=None, attempts=0, **values))
        return standing

    def forget(self, schedule_id: int, at: datetime, since_on: date) -> None:
        """Delete what was planned for the schedule and has not begun at that time, with its occurrences from that date.

        Of an occurrence that someone may have had already, only the reminders go.
        """
        of_schedule = occurrences.c.schedule_id == schedule_id
        # Whoever claims one of these now is waited for, and what is held here nobody claims.
        self._ids(deliveries.c.occurrence_id.in_(select(occurrences.c.id).where(of_schedule)) & STILL_TO_COME)
        begun = (
            with_carriers(deliveries.c.occurrence_id)
            .join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
            .where(of_schedule)
            .where(
                or_(
                    root_state.in_(MAYBE_SHOWN),
                    STILL_TO_COME & (func.coalesce(carriers.c.due_at, deliveries.c.due_at) <= at),
                )
            )
        )
        fresh_ids = select(occurrences.c.id).where(of_schedule, occurrences.c.on >= since_on)
        fresh_ids = fresh_ids.where(occurrences.c.missed.is_(False), occurrences.c.id.not_in(begun))
        fresh = list(self._connection.execute(fresh_ids).scalars())
        reminders = and_(deliveries.c.turn > 0, deliveries.c.unasked, deliveries.c.due_at > at, STILL_TO_COME)
        doomed = with_carriers(deliveries.c.id).join(occurrences, occurrences.c.id == deliveries.c.occurrence_id)
        self._delete(doomed.where(of_schedule, or_(deliveries.c.occurrence_id.in_(fresh), reminders)))
        for ids in chunks(fresh):
            self._connection.execute(delete(occurrences).where(occurrences.c.id.in_(ids)))

    def forget_all(self, schedule_id: int) -> None:
        """Delete every delivery of the schedule."""
        of_schedule = select(occurrences.c.id).where(occurrences.c.schedule_id == schedule_id)
        self._ids(deliveries.c.occurrence_id.in_(of_schedule) & STILL_TO_COME)
        self._delete(select(deliveries.c.id).where(deliveries.c.occurrence_id.in_(of_schedule)))

    def _ids(self, condition: ColumnElement[bool]) -> list[int]:
        """The ids of these, which nobody else changes until the unit of work has ended."""
        held = with_carriers(deliveries.c.id).where(condition).with_for_update(of=deliveries)
        return list(self._connection.execute(held).scalars())

    def _delete(self, doomed: Select[Any]) -> None:
        for ids in chunks(self._connection.execute(doomed).scalars()):
            self.hand_on(ids)
            self._connection.execute(delete(deliveries).where(deliveries.c.id.in_(ids)))
