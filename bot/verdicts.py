"""What a platform's answer means for whatever was to be sent: sent, again later, uncertain, or given up. Pure."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.platforms import GaveUp, SendResult, Sent, Unknown
from storage.scheduled import State

MOST_ATTEMPTS = 8
BACK_OFF_SECONDS = 5.0
"""The most that the second attempt waits; each further one may wait twice as long."""
LONGEST_SECONDS = 3600.0
HOLD_SECONDS = 60.0
"""How long a workspace is held where its platform does not say."""
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
class Verdict:
    """What is to be written down.

    `after`: seconds until it may be touched again; None: at once, or never. Not `counts`: it was no attempt.
    `hold`: nothing may go to its workspace for so many seconds.
    """

    state: State
    why: str = ""
    ref: str = ""
    link: str = ""
    after: float | None = None
    counts: bool = True
    hold: float | None = None


def of_attempt(result: SendResult, attempts: int, *, reads_back: bool, jitter: Jitter = full_jitter) -> Verdict:
    """After the last of so many attempts to send it."""
    if isinstance(result, Sent):
        return Verdict(State.SENT, ref=result.ref, link=result.link)
    why = result.why[:MOST_WHY]
    if isinstance(result, Unknown):
        return Verdict(State.UNKNOWN, why, after=LOOK_SECONDS if reads_back else None)
    if isinstance(result, GaveUp):
        return Verdict(State.GAVE_UP, why)
    if result.holds_workspace:
        hold = HOLD_SECONDS if result.after is None else result.after
        return Verdict(State.PLANNED, why, counts=False, hold=min(LONGEST_SECONDS, max(1.0, hold)))
    if attempts >= MOST_ATTEMPTS:
        return Verdict(State.GAVE_UP, GIVEN_UP)
    after = _back_off(attempts, jitter) if result.after is None else result.after
    return Verdict(State.PLANNED, why, after=min(LONGEST_SECONDS, max(0.0, after)))


def of_look(result: SendResult, attempts: int, why: str, uncertain_seconds: float) -> Verdict:
    """After it was looked for, uncertain for so long by now, because of `why`."""
    if isinstance(result, Sent):
        return Verdict(State.SENT, ref=result.ref, link=result.link)
    if isinstance(result, GaveUp):
        return Verdict(State.GAVE_UP, result.why[:MOST_WHY])
    if isinstance(result, Unknown):
        after = min(LONGEST_SECONDS, max(LOOK_AGAIN_SECONDS, uncertain_seconds))
        return Verdict(State.UNKNOWN, why or result.why[:MOST_WHY], after=after)
    if attempts >= MOST_ATTEMPTS:
        return Verdict(State.GAVE_UP, GIVEN_UP)
    return Verdict(State.PLANNED, result.why[:MOST_WHY])


def of_bug(attempts: int, jitter: Jitter = full_jitter) -> Verdict:
    """It cannot be drawn: a bug, which may be gone with the next release, but not for ever (F16)."""
    if attempts >= MOST_ATTEMPTS:
        return Verdict(State.GAVE_UP, BUG)
    return Verdict(State.PLANNED, BUG, after=_back_off(attempts, jitter))


def _back_off(attempts: int, jitter: Jitter) -> float:
    """Exponential, with full jitter."""
    return jitter(min(LONGEST_SECONDS, BACK_OFF_SECONDS * 2.0 ** (attempts - 1)))
