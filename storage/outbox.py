"""The way out: deliveries are claimed by one process at a time, and what becomes of them is noted by that one alone."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Row,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)  # fmt: skip

from storage.budgets import FAR
from storage.database import machine_time
from storage.deliveries import Deliveries
from storage.overview import IS_OPEN, IS_PLANNED, pending
from storage.recipients import Recipients
from storage.rows import account_columns, delivery_in
from storage.scheduled import Claimed, Outcome, Pending, State
from storage.tables import deliveries, occurrences

STOPPED = "the bot stopped while it was being sent"


def _passed(column: Any) -> Any:
    """Not in the future of the machine's clock, or so far that it was written before the clock was put back."""
    return or_(column <= bindparam("machine_now"), column > bindparam("far"))


def _claim() -> Update:
    """The first due one of each person of whom nothing is on its way, the longest due first."""
    other = deliveries.alias("other")
    is_due = and_(
        other.c.state == literal_column("'planned'"),
        other.c.due_at <= bindparam("now"),
        other.c.platform == bindparam("on_platform"),
        other.c.workspace == bindparam("in_workspace"),
        or_(other.c.not_before.is_(None), _passed(other.c.not_before)),
    )
    # As a CASE it can only be looked at row by row: the planner must find them by the person, and not by what is due.
    # With its LIMIT it is asked for each row that the index gives, and never joined with all that wait.
    rank = case((other.c.state == literal_column("'sending'"), 0), (is_due, 1))
    first = (
        select(other.c.id)
        .where(other.c.person_id == deliveries.c.person_id, rank.is_not(None))
        .order_by(rank, other.c.due_at, other.c.id)
        .limit(1)
        .scalar_subquery()
    )
    picked = (
        select(deliveries.c.id)
        .where(IS_PLANNED, deliveries.c.due_at <= bindparam("now"))
        .where(deliveries.c.platform == bindparam("on_platform"), deliveries.c.workspace == bindparam("in_workspace"))
        .where(or_(deliveries.c.not_before.is_(None), _passed(deliveries.c.not_before)), deliveries.c.id == first)
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=deliveries)
        .cte("picked")
    )
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(select(picked.c.id)))
        .values(
            state=State.SENDING.value, attempts=deliveries.c.attempts + 1, token=bindparam("new_token"),
            claimed_at=bindparam("machine_now"), lease_until=bindparam("new_lease"), not_before=None,
        )
        .returning(*deliveries.c)
    )  # fmt: skip


def _expire() -> Update:
    picked = (
        select(deliveries.c.id)
        .where(IS_OPEN, _passed(deliveries.c.lease_until))
        .where(
            or_(
                deliveries.c.state == literal_column("'sending'"),
                deliveries.c.platform.in_(bindparam("reads_back", expanding=True)),
            )
        )
        .order_by(deliveries.c.lease_until)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    is_sending = deliveries.c.state == State.SENDING.value
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(select(picked.c.id)))
        .values(
            state=State.UNKNOWN.value, why=case((is_sending, STOPPED), else_=deliveries.c.why),
            token=bindparam("new_token"), lease_until=bindparam("new_lease"),
        )
        .returning(*deliveries.c)
    )  # fmt: skip


_CLAIM, _EXPIRE = _claim(), _expire()
_IN_HAND = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("wanted"), deliveries.c.token == bindparam("held"))
    .where(IS_OPEN)
    .values(state=bindparam("becomes"), why=bindparam("because"), ref=bindparam("called"), token="")
    .values(sent_at=bindparam("shown_at"), lease_until=bindparam("look_at"))
)
# What was sent does not move: this is most of them, and spares the indexes.
_RECORD = _IN_HAND.values(
    not_before=bindparam("earliest"),
    attempts=deliveries.c.attempts - bindparam("gives_back"),
    due_at=func.coalesce(bindparam("moves_to", type_=deliveries.c.due_at.type), deliveries.c.due_at),
    platform=func.coalesce(bindparam("to_platform", type_=deliveries.c.platform.type), deliveries.c.platform),
    workspace=func.coalesce(bindparam("to_workspace", type_=deliveries.c.workspace.type), deliveries.c.workspace),
    user=func.coalesce(bindparam("to_user", type_=deliveries.c.user.type), deliveries.c.user),
)
_NEXT_WORKSPACE = (
    select(deliveries.c.platform, deliveries.c.workspace)
    .where(
        IS_PLANNED,
        tuple_(deliveries.c.platform, deliveries.c.workspace) > tuple_(bindparam("platform"), bindparam("workspace")),
    )
    .order_by(deliveries.c.platform, deliveries.c.workspace)
    .limit(1)
)
_HAS_DUE = (
    select(deliveries.c.id)
    .where(IS_PLANNED, deliveries.c.due_at <= bindparam("now"))
    .where(deliveries.c.platform == bindparam("on_platform"), deliveries.c.workspace == bindparam("in_workspace"))
    .where(or_(deliveries.c.not_before.is_(None), _passed(deliveries.c.not_before)))
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(1)
)


class Outbox:
    """Hands out what is due, and takes back what became of it. Leases and back-off are in machine time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def machine_time(self) -> datetime:
        """The time that all processes on this database share; the bot's clock may be another."""
        return machine_time(self._connection)

    def due_workspaces(self, now: datetime, machine_now: datetime) -> list[tuple[str, str]]:
        """Platform and workspace of whatever may be sent now."""
        found: list[tuple[str, str]] = []
        at = ("", "")
        # From one to the next, in steps as quick as the index: a DISTINCT would read everything that waits.
        while row := self._connection.execute(_NEXT_WORKSPACE, {"platform": at[0], "workspace": at[1]}).first():
            at = (row.platform, row.workspace)
            due = {"now": now, "on_platform": at[0], "in_workspace": at[1], **_clock(machine_now)}
            if self._connection.execute(_HAS_DUE, due).first():
                found.append(at)
        return found

    def claim(
        self,
        platform: str,
        workspace: str,
        now: datetime,
        machine_now: datetime,
        limit: int,
        lease_seconds: float,
        token: str,
    ) -> list[Claimed]:
        """Take at most `limit` of what is due there, one a person, the longest due first; nobody else gets them now.

        They are SENDING until they are recorded under `token`, or until the lease of so many seconds has passed.
        """
        values = {"now": now, "on_platform": platform, "in_workspace": workspace, "most": limit}
        return self._claimed(_CLAIM, values, machine_now, lease_seconds, token)

    def record(self, outcomes: Sequence[Outcome]) -> int:
        """Note how attempts ended, each only if it is still in these hands; returns how many were."""
        sent = [_recorded(one) for one in outcomes if one.state is State.SENT and one.counts]
        other = [_recorded(one) | _moved(one) for one in outcomes if one.state is not State.SENT or not one.counts]
        both = ((_IN_HAND, sent), (_RECORD, other))
        return sum(self._connection.execute(statement, values).rowcount for statement, values in both if values)

    def expired(
        self,
        machine_now: datetime,
        limit: int,
        reads_back: Collection[str] = (),
        *,
        lease_seconds: float,
    ) -> list[Claimed]:
        """Take what is past its lease, so that one process alone settles it: all are UNKNOWN now.

        What was SENDING; and of the platforms that can be asked, `reads_back`, what is UNKNOWN. Each has a new token.
        """
        values = {"reads_back": list(reads_back), "most": limit}
        return self._claimed(_EXPIRE, values, machine_now, lease_seconds, uuid4().hex)

    def send_again(self, delivery_id: int, at: datetime) -> bool:
        """Send what is uncertain or was given up once more, now; False where that is not so, or nobody to send to."""
        wanted = select(deliveries).where(deliveries.c.id == delivery_id).with_for_update()
        row = self._connection.execute(wanted).first()
        if row is None or row.state not in (State.UNKNOWN.value, State.GAVE_UP.value):
            return False
        known = Recipients(self._connection).by_ids([row.person_id])[0][row.person_id]
        account = delivery_in(row).account or next(iter(known.accounts), None)
        if account is None:
            return False
        values = {"state": State.PLANNED.value, "due_at": at, "why": "", "attempts": 0, "not_before": None}
        again = update(deliveries).where(deliveries.c.id == delivery_id)
        self._connection.execute(again.values(token="", lease_until=None, **values, **account_columns(account)))
        return True

    def pending(self, now: datetime) -> Pending:
        """What is not at its end yet, and what of it is due at that time."""
        return pending(self._connection, now)

    def forget_before(self, at: datetime, most: int) -> int:
        """Forget what was due before then and is at its end or uncertain, and the occurrences of which nothing is left.

        At most so many at a time; returns how many.
        """
        kept = (State.PLANNED.value, State.SENDING.value)
        carrier = deliveries.alias("carrier")
        still_carried = select(carrier.c.id).where(carrier.c.id == deliveries.c.carrier_id, carrier.c.state.in_(kept))
        old = select(deliveries.c.id).where(deliveries.c.due_at < at, deliveries.c.state.not_in(kept))
        ids = old.where(~still_carried.exists()).order_by(deliveries.c.due_at).limit(most)
        gone = self._connection.execute(delete(deliveries).where(deliveries.c.id.in_(ids))).rowcount
        left = select(deliveries.c.id).where(deliveries.c.occurrence_id == occurrences.c.id)
        empty = delete(occurrences).where(occurrences.c.on < at.date() - timedelta(days=1), ~left.exists())
        self._connection.execute(empty)
        return gone

    def _claimed(
        self, statement: Update, values: dict[str, Any], machine_now: datetime, lease_seconds: float, token: str
    ) -> list[Claimed]:
        lease = machine_now + timedelta(seconds=lease_seconds)
        values |= {"new_token": token, "new_lease": lease, **_clock(machine_now)}
        return self._filled(self._connection.execute(statement, values).all())

    def _filled(self, rows: Sequence[Row[Any]]) -> list[Claimed]:
        """The rows as deliveries with all that a sender must know, the longest due first."""
        if not rows:
            return []
        found = sorted((delivery_in(row) for row in rows), key=lambda one: (one.due_at, one.id))
        carried = Deliveries(self._connection).carried([one.id for one in found])
        known, addresses = Recipients(self._connection).by_ids([one.person_id for one in found])
        return [
            Claimed(one, known[one.person_id], carried[one.id], addresses.get(one.account) if one.account else None)
            for one in found
        ]


def _clock(machine_now: datetime) -> dict[str, datetime]:
    return {"machine_now": machine_now, "far": machine_now + FAR}


def _recorded(outcome: Outcome) -> dict[str, Any]:
    is_uncertain, is_sent = outcome.state is State.UNKNOWN, outcome.state is State.SENT
    return {
        "wanted": outcome.delivery_id,
        "held": outcome.token,
        "becomes": outcome.state.value,
        "because": outcome.why[:200],
        "called": outcome.ref[:255],
        "shown_at": (outcome.sent_at or outcome.machine_at) if is_sent else None,
        "look_at": (outcome.not_before or outcome.machine_at) if is_uncertain else None,
    }


def _moved(outcome: Outcome) -> dict[str, Any]:
    account = account_columns(outcome.account)
    return {
        "earliest": outcome.not_before if outcome.state is State.PLANNED else None,
        "gives_back": 0 if outcome.counts else 1,
        "moves_to": outcome.due_at,
        "to_platform": account["platform"],
        "to_workspace": account["workspace"],
        "to_user": account["user"],
    }
