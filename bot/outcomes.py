"""What a platform's answer means for a delivery to a person, who may have another account. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.platforms import GaveUp, SendResult, TryAgain, Unknown
from bot.verdicts import (
    HOLD_SECONDS,
    LOOK_SECONDS,
    MOST_WHY,
    Jitter,
    Verdict,
    full_jitter,
    of_attempt,
    of_bug,
    of_look,
)
from storage.records import Account
from storage.scheduled import Claimed, State

REST_SECONDS = 600.0
"""When someone whom a platform failed as it failed everyone is tried again: once many others have had their turn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one claimed delivery, to be written down.

    `after`: seconds until it may be touched again; None: at once, or never. Not `counts`: it was no attempt.
    `account`: it goes to that one from now on. `hold`: nothing may go to its workspace for so many seconds.
    `due_at`: it is due then, by the bot's clock, and no more as it was.
    """

    claimed: Claimed
    state: State
    why: str = ""
    ref: str = ""
    after: float | None = None
    counts: bool = True
    account: Account | None = None
    hold: float | None = None
    due_at: datetime | None = None


def judged(
    result: SendResult,
    claimed: Claimed,
    *,
    reads_back: bool,
    platforms: Collection[str],
    jitter: Jitter = full_jitter,
) -> Mark:
    """What is to be written down after an attempt; `platforms` are those that this bot can send on."""
    if isinstance(result, GaveUp) and result.unreachable:
        account = _next_account(claimed, platforms)
        if account is not None:
            return Mark(claimed, State.PLANNED, result.why[:MOST_WHY], counts=False, account=account)
    return _mark(claimed, of_attempt(result, claimed.delivery.attempts, reads_back=reads_back, jitter=jitter))


def rested(result: Unknown | TryAgain, claimed: Claimed, *, reads_back: bool, is_enough: bool) -> Mark:
    """What is to be written down where the platform fails everyone: what may be sent again was no attempt.

    The platform rests: at once where something is in doubt, else where there were `is_enough` of them, so that those
    whom it would not fail have their turn.
    """
    why = result.why[:MOST_WHY]
    if isinstance(result, Unknown):
        after = LOOK_SECONDS if reads_back else None
        return Mark(claimed, State.UNKNOWN, why, after=after, hold=HOLD_SECONDS)
    hold = HOLD_SECONDS if is_enough else None
    return Mark(claimed, State.PLANNED, why, after=REST_SECONDS, counts=False, hold=hold)


def found(result: SendResult, claimed: Claimed, uncertain_seconds: float) -> Mark:
    """What is to be written down after an uncertain message was looked for, uncertain for so long by now."""
    delivery = claimed.delivery
    return _mark(claimed, of_look(result, delivery.attempts, delivery.why, uncertain_seconds))


def given_back(claimed: Claimed, due_at: datetime | None = None) -> Mark:
    """It was claimed and not begun: as if it had not been claimed, but due at another time where one is given."""
    return Mark(claimed, State.PLANNED, counts=False, due_at=due_at)


def poisoned(claimed: Claimed, jitter: Jitter = full_jitter) -> Mark:
    """Its message cannot be drawn."""
    return _mark(claimed, of_bug(claimed.delivery.attempts, jitter))


def _mark(claimed: Claimed, verdict: Verdict) -> Mark:
    return Mark(
        claimed, verdict.state, verdict.why, verdict.ref, verdict.after, verdict.counts, hold=verdict.hold
    )  # fmt: skip


def _next_account(claimed: Claimed, platforms: Collection[str]) -> Account | None:
    """The person's account after this one; those before it were tried already."""
    accounts, tried = claimed.recipient.accounts, claimed.delivery.account
    rest = accounts[accounts.index(tried) + 1 :] if tried in accounts else accounts
    return next((one for one in rest if one.platform in platforms), None)
