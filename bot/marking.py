"""Writes down what became of deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.metrics import Metrics
from bot.outcomes import Mark
from bot.steady import MachineTime
from bot.writing import RETRY_SECONDS, Writer
from storage.scheduled import Outcome, State
from storage.unit import Store, Units

_ENDS = (State.SENT, State.GAVE_UP, State.DROPPED, State.MISSED)


class Marker(Writer[Mark]):
    """One writer for all lanes."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        machine: MachineTime,
        metrics: Metrics,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        super().__init__(units, clock, retry_seconds)
        self._machine = machine
        self._metrics = metrics

    def keep(self, store: Store, marks: Sequence[Mark], now: datetime) -> None:
        """Write the marks, and hold the workspaces that ask for it."""
        write_down(store, marks, now, self._machine.now(store))

    def kept(self, marks: Sequence[Mark]) -> None:
        """Count those that have come to an end."""
        count(marks, self._metrics)

    def name(self, mark: Mark) -> str:
        """The delivery's id."""
        return f"delivery {mark.claimed.delivery.id}"


def write_down(store: Store, marks: Sequence[Mark], now: datetime, machine_at: datetime) -> None:
    """Write the marks, and hold the workspaces that ask for it.

    What was sent was so at `now`, by the bot's clock; waiting times count from `machine_at`, in machine time.
    """
    store.outbox.record([_outcome(mark, machine_at, now) for mark in marks])
    for mark in marks:
        account = mark.claimed.delivery.account
        if mark.hold is not None and account is not None:
            until = machine_at + timedelta(seconds=mark.hold)
            store.budgets.hold(account.platform, account.workspace, until, mark.why)


def count(marks: Sequence[Mark], metrics: Metrics) -> None:
    """Count the deliveries that have come to an end, once that is committed."""
    for mark in marks:
        if mark.state in _ENDS and (account := mark.claimed.delivery.account):
            metrics.ended(account.platform, mark.state)


def _outcome(mark: Mark, machine_at: datetime, now: datetime) -> Outcome:
    delivery = mark.claimed.delivery
    return Outcome(
        delivery.id,
        delivery.token,
        mark.state,
        why=mark.why,
        ref=mark.ref,
        not_before=None if mark.after is None else machine_at + timedelta(seconds=mark.after),
        machine_at=machine_at,
        counts=mark.counts,
        account=mark.account,
        due_at=mark.due_at,
        sent_at=now,
    )
