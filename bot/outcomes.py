"""What a platform's answer means for a delivery: sent, again later, uncertain, or given up. Pure."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.platforms import GaveUp, SendResult, Sent, TryAgain, Unknown
from storage.records import Account
from storage.scheduled import Claimed, State

MOST_ATTEMPTS = 8
BACK_OFF_SECONDS = 5.0
"""The most that the second attempt waits; each further one may wait twice as long."""
LONGEST_SECONDS = 3600.0
HOLD_SECONDS = 60.0
"""How long a workspace is held where its platform does not say."""
REST_SECONDS = 600.0
"""When someone whom a platform failed as it failed everyone is tried again: once many others have had their turn."""
LOOK_SECONDS = 60.0
"""When an uncertain message is looked for where the platform reads back: by then it is shown, or never will be."""
LOOK_AGAIN_SECONDS = 15.0
BUG = "a bug"
GIVEN_UP = f"I tried {MOST_ATTEMPTS} times"
MOST_WHY = 200
"""Characters that the database keeps of a reason."""

Jitter = Callable[[float], float]
"""Given the most seconds to wait, how many to wait."""


def full_jitter(most: float) -> float:
    """Anything up to the most: those who failed together do not come back together."""
    return random.uniform(0, most)


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
    if isinstance(result, Sent):
        return Mark(claimed, State.SENT, ref=result.ref)
    why = result.why[:MOST_WHY]
    if isinstance(result, Unknown):
        return Mark(claimed, State.UNKNOWN, why, after=LOOK_SECONDS if reads_back else None)
    if isinstance(result, TryAgain):
        return _again(result, claimed, why, jitter)
    account = _next_account(claimed, platforms) if result.unreachable else None
    if account is not None:
        return Mark(claimed, State.PLANNED, why, counts=False, account=account)
    return Mark(claimed, State.GAVE_UP, why)


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
    if isinstance(result, Sent):
        return Mark(claimed, State.SENT, ref=result.ref)
    if isinstance(result, GaveUp):
        return Mark(claimed, State.GAVE_UP, result.why[:MOST_WHY])
    if isinstance(result, Unknown):
        after = min(LONGEST_SECONDS, max(LOOK_AGAIN_SECONDS, uncertain_seconds))
        return Mark(claimed, State.UNKNOWN, claimed.delivery.why or result.why[:MOST_WHY], after=after)
    if claimed.delivery.attempts >= MOST_ATTEMPTS:
        return Mark(claimed, State.GAVE_UP, GIVEN_UP)
    return Mark(claimed, State.PLANNED, result.why[:MOST_WHY])


def given_back(claimed: Claimed, due_at: datetime | None = None) -> Mark:
    """It was claimed and not begun: as if it had not been claimed, but due at another time where one is given."""
    return Mark(claimed, State.PLANNED, counts=False, due_at=due_at)


def poisoned(claimed: Claimed, jitter: Jitter = full_jitter) -> Mark:
    """Its message cannot be drawn: a bug, which may be gone with the next release, but not for ever (F16)."""
    if claimed.delivery.attempts >= MOST_ATTEMPTS:
        return Mark(claimed, State.GAVE_UP, BUG)
    return Mark(claimed, State.PLANNED, BUG, after=_back_off(claimed, jitter))


def _again(result: TryAgain, claimed: Claimed, why: str, jitter: Jitter) -> Mark:
    if result.holds_workspace:
        hold = HOLD_SECONDS if result.after is None else result.after
        return Mark(claimed, State.PLANNED, why, counts=False, hold=min(LONGEST_SECONDS, max(1.0, hold)))
    if claimed.delivery.attempts >= MOST_ATTEMPTS:
        return Mark(claimed, State.GAVE_UP, GIVEN_UP)
    after = _back_off(claimed, jitter) if result.after is None else result.after
    return Mark(claimed, State.PLANNED, why, after=min(LONGEST_SECONDS, max(0.0, after)))


def _back_off(claimed: Claimed, jitter: Jitter) -> float:
    """Exponential, with full jitter."""
    return jitter(min(LONGEST_SECONDS, BACK_OFF_SECONDS * 2.0 ** (claimed.delivery.attempts - 1)))


def _next_account(claimed: Claimed, platforms: Collection[str]) -> Account | None:
    """The person's account after this one; those before it were tried already."""
    accounts, tried = claimed.recipient.accounts, claimed.delivery.account
    rest = accounts[accounts.index(tried) + 1 :] if tried in accounts else accounts
    return next((one for one in rest if one.platform in platforms), None)
