"""The frozen records of what is sent unasked: schedules, occurrences, deliveries; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from storage.records import Account, Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a schedule says: which occasion, for whom, and when.

    `occasion` names a feature's occasion ("checkins.ask"). `network_id` and `person_id` both None: for the whole
    programme; a network's own schedule counts before the programme's, a person's own before both.
    `cadence` is what `handlers.kit.recurrence` reads. `at` is a local time: in `zone`, or where that is None on each
    recipient's own clock. `moves`: what falls in quiet time moves to the next good time of the next `window_days`;
    otherwise it is dropped.
    """

    occasion: str
    cadence: str
    at: time
    from_on: date
    network_id: int | None = None
    person_id: int | None = None
    zone: str | None = None
    until_on: date | None = None
    moves: bool = True
    window_days: int = 3


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that stands. `planned_on`: the last local date that is planned. `plan_at`: when the planner must look
    at it again; None where nothing more will come. `set_by` None: nobody, it is the programme's way."""

    id: int
    wanted: Wanted
    set_by: int | None
    set_at: datetime
    planned_on: date | None
    plan_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of one occasion. `every` 2: only each second time. `halved`: that is so because two had no
    answer, and they were not asked yet whether it is right."""

    every: int = 1
    stopped_at: datetime | None = None
    halved: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone whom a schedule is for, with the networks that it is about for them, and where they can be reached:
    accounts with an address if there is one, the preferred platform first."""

    person: Person
    network_ids: tuple[int, ...]
    accounts: tuple[Account, ...]
    wish: Wish = Wish()


class State(enum.StrEnum):
    """Where a delivery stands. The last four are final; UNKNOWN waits for a look or for a person."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    BUNDLED = "bundled"
    SENT = "sent"
    GAVE_UP = "gave up"
    DROPPED = "dropped"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to add: unique on (occurrence, person, turn). `turn` 0 is the first; then reminder and snoozes.

    `carrier` names the delivery that takes this one along: BUNDLED. `unasked`: it counts for the limit of messages
    a week. `account` None: nobody to send to, which only DROPPED and GAVE_UP have.
    """

    occurrence_id: int
    person_id: int
    due_at: datetime
    turn: int = 0
    state: State = State.PLANNED
    why: str = ""
    account: Account | None = None
    carrier_id: int | None = None
    carrier_of: tuple[int, int] | tuple[int, int, int] | None = None
    """(occurrence, person, turn) of a carrier that is added in the same call; without a turn, the nearest in time."""
    unasked: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one person. `ref` is what the platform calls it once sent; `token` guards every later write."""

    id: int
    occurrence_id: int
    person_id: int
    turn: int
    due_at: datetime
    state: State
    why: str
    account: Account | None
    carrier_id: int | None
    unasked: bool
    attempts: int
    token: str
    claimed_at: datetime | None
    sent_at: datetime | None
    answered_at: datetime | None
    ref: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What one message is about: an occurrence of a schedule for this person. `delivery_id` is the row of this part,
    `number` counts the schedule's occurrences from 0."""

    delivery_id: int
    occurrence_id: int
    schedule: Schedule
    on: date
    turn: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process alone may send now, with all that it carries (itself first)."""

    delivery: Delivery
    recipient: Recipient
    carried: tuple[Carried, ...]
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended. It holds only while the delivery is still in the hands of whoever has `token`.

    `state` PLANNED: it is tried again, not before `not_before` (machine time) where that is given, and at `due_at` (the
    bot's clock) instead of before where that is; `counts` False: this was no attempt. `account` moves it to another
    account of the same person. UNKNOWN: nobody looks again before `not_before`, or `machine_at`. SENT: `sent_at`, or
    `machine_at`.
    """

    delivery_id: int
    token: str
    state: State
    why: str = ""
    ref: str = ""
    not_before: datetime | None = None
    machine_at: datetime | None = None
    counts: bool = True
    account: Account | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """What is not yet at its end: `counts` of PLANNED, SENDING and UNKNOWN; of the PLANNED so many `due`, the first of
    them at `oldest_due_at`."""

    counts: dict[State, int]
    due: int
    oldest_due_at: datetime | None
