"""How schedules and deliveries stand in the rows of their tables."""

from datetime import time
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from storage.records import Account
from storage.scheduled import Delivery, NewDelivery, Schedule, State, Wanted

NEW_ROW = (
    "occurrence_id", "person_id", "turn", "due_at", "state", "why", "platform", "workspace", "user", "carrier_id",
    "unasked",
)  # fmt: skip
"""The columns that a delivery is added with."""
wall = lru_cache(maxsize=1440)(time.fromisoformat)
"""A wall time as it is written: thousands of people and schedules have the same few."""
_STATES = {state.value: state for state in State}


def schedule_in(row: Row[Any]) -> Schedule:
    """The schedule that a row of `schedules` holds."""
    wanted = Wanted(
        row.occasion,
        row.cadence,
        wall(row.at),
        row.from_on,
        row.network_id,
        row.person_id,
        row.zone,
        row.until_on,
        row.moves,
        row.window_days,
    )
    return Schedule(row.id, wanted, row.set_by, row.set_at, row.planned_on, row.plan_at)


def delivery_in(row: Row[Any]) -> Delivery:
    """The delivery that a row of `deliveries` holds."""
    return Delivery(
        row.id,
        row.occurrence_id,
        row.person_id,
        row.turn,
        row.due_at,
        _STATES[row.state],
        row.why,
        Account(row.platform, row.workspace, row.user) if row.platform else None,
        row.carrier_id,
        row.unasked,
        row.attempts,
        row.token,
        row.claimed_at,
        row.sent_at,
        row.answered_at,
        row.ref,
    )


def account_columns(account: Account | None) -> dict[str, str | None]:
    """The columns of a delivery that say to which account it goes."""
    if account is None:
        return {"platform": None, "workspace": None, "user": None}
    return {"platform": account.platform, "workspace": account.workspace, "user": account.user}


def new_row(new: NewDelivery) -> dict[str, Any]:
    """The columns of a delivery that is added."""
    return {
        "occurrence_id": new.occurrence_id,
        "person_id": new.person_id,
        "turn": new.turn,
        "due_at": new.due_at,
        "state": new.state.value,
        "why": new.why,
        **account_columns(new.account),
        "carrier_id": new.carrier_id,
        "unasked": new.unasked,
    }
