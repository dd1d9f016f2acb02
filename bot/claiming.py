"""Claims what is due on one platform's workspace, as much as its budget lets go, and draws the messages."""

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.clock import Clock
from bot.logs import log
from bot.marking import Marker, count, write_down
from bot.metrics import Metrics
from bot.outcomes import Mark, given_back, poisoned
from bot.platforms import Platform
from bot.steady import MachineTime, steady_seconds
from bot.verdicts import Jitter, full_jitter
from handlers.kit.content import Message
from handlers.kit.feature import Routes
from handlers.kit.occasions import Desk, Drop, Later
from handlers.nudges.bundle import draw
from storage.errors import DatabaseAway
from storage.scheduled import Claimed, State
from storage.unit import Store, Units

T = TypeVar("T")
Draw = Callable[[Sequence[Claimed], Desk, Routes], Mapping[int, Message | Drop | Later]]

MOST_AT_ONCE = 100
AHEAD_SECONDS = 1.0
"""How far before its time in the budget a message is claimed: as much as a killed process leaves uncertain."""
BLIND_AHEAD_SECONDS = 0.25
"""The same where the platform cannot be asked afterwards: there all of that is held until a person decides."""
LEASE_SECONDS = 60.0


@dataclass(slots=True)
class PostRoom:
    """What everyone shares who sends: the database, the platforms by name, the clock, and what is in hand now.

    `in_hand`: the deliveries that this process has claimed and not yet written down, by id, and since when in machine
    time; nobody here may take those for left over.
    """

    units: Units
    platforms: Mapping[str, Platform]
    clock: Clock
    routes: Routes
    metrics: Metrics
    machine: MachineTime
    marker: Marker
    draw: Draw = draw
    jitter: Jitter = full_jitter
    in_hand: dict[int, datetime] = field(default_factory=dict)

    def let_go(self, ids: Iterable[int]) -> None:
        """These are not in hand any more."""
        for one in ids:
            self.in_hand.pop(one, None)

    async def run(self, work: Callable[[Store], T]) -> T:
        """Run a unit of work."""
        return await asyncio.wrap_future(self.units.run(work))


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that may go out, at that moment of `time.monotonic()`."""

    claimed: Claimed
    message: Message
    at: float


@dataclass(frozen=True, slots=True)
class Batch:
    """What one claim gave: messages to send, moments that nothing needed, and how many deliveries were claimed.

    `began`: when, in steady seconds. `may_be_more`: as many were claimed as the budget gave, which may be none.
    `held`: for how many seconds the workspace still takes nothing.
    """

    began: float
    ready: tuple[Ready, ...]
    spare: tuple[float, ...]
    claimed: int
    may_be_more: bool
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class _Taken:
    claimed: list[Claimed]
    moments: list[float]
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    messages: list[tuple[Claimed, Message]]
    marks: list[Mark]


class Claiming:
    """Claims for one platform and workspace. Moments that one claim did not need are there for the next."""

    def __init__(self, room: PostRoom, platform: Platform, workspace: str) -> None:
        self._room = room
        self._platform = platform
        self._workspace = workspace
        self._spare: tuple[float, ...] = ()

    async def claim(self) -> Batch:
        """Claim and draw what may be sent by now. Raises DatabaseAway."""
        began, noted = steady_seconds(), set[int]()
        batch: Batch | None = None
        try:
            batch = await self._claimed(began, noted)
            self._spare = batch.spare
            return batch
        finally:
            ready = batch.ready if batch else ()
            self._room.let_go(noted.difference(one.claimed.delivery.id for one in ready))

    async def _claimed(self, began: float, noted: set[int]) -> Batch:
        try:
            taken, drawn = await self._room.run(partial(self._claim_and_draw, noted))
        except DatabaseAway:
            raise
        except Exception as bug:  # noqa: BLE001  a message that cannot be drawn must not keep the others
            log.bug("messages could not be drawn together", bug)
            return await self._claim_then_draw(began, noted)
        count(drawn.marks, self._room.metrics)
        return _batch(began, taken, drawn.messages)

    def _claim_and_draw(self, noted: set[int], store: Store) -> tuple[_Taken, _Drawn]:
        taken = self._take(noted, store)
        return taken, _drawn(self._room, taken.claimed, store)

    async def _claim_then_draw(self, began: float, noted: set[int]) -> Batch:
        """Slowly, each message in a unit of its own: only the one that cannot be drawn is kept back."""
        taken = await self._room.run(partial(self._take, noted))
        messages: list[tuple[Claimed, Message]] = []
        marks: list[Mark] = []
        for one in taken.claimed:
            try:
                drawn = await self._room.run(partial(_drawn, self._room, [one]))
                messages += drawn.messages
                count(drawn.marks, self._room.metrics)
            except DatabaseAway:
                marks.append(given_back(one))
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                log.bug("a message could not be drawn", bug, delivery=one.delivery.id)
                marks.append(poisoned(one, self._room.jitter))
        await self._room.marker.write(*marks)
        return _batch(began, taken, messages)

    def _take(self, noted: set[int], store: Store) -> _Taken:
        name, workspace, able = self._platform.name, self._workspace, self._platform.capabilities
        ahead = AHEAD_SECONDS if able.reads_back else BLIND_AHEAD_SECONDS
        machine_at, now = self._room.machine.now(store), time.monotonic()
        moments = [moment for moment in self._spare if moment > now]
        most = MOST_AT_ONCE - len(moments)
        fresh = store.budgets.take(name, workspace, machine_at, able.rate, most, ahead)
        if not fresh:
            # A hold counts for what was left over from earlier claims too.
            until = store.budgets.held_until(name, workspace, machine_at)
            held = (until - machine_at).total_seconds() if until else 0.0
            if held > 0 or not moments:
                return _Taken([], [], held)
        moments += [now + delay for delay in fresh]
        claimed = store.outbox.claim(
            name, workspace, self._room.clock.now(), machine_at, len(moments), LEASE_SECONDS, uuid.uuid4().hex
        )
        # Before the commit, so that there is no moment in which they look left over.
        noted.update(one.delivery.id for one in claimed)
        self._room.in_hand.update((one.delivery.id, machine_at) for one in claimed)
        return _Taken(claimed, moments)


def _batch(began: float, taken: _Taken, messages: Sequence[tuple[Claimed, Message]]) -> Batch:
    ready = [Ready(one, message, at) for (one, message), at in zip(messages, taken.moments, strict=False)]
    may_be_more = len(taken.claimed) == len(taken.moments) and taken.held <= 0
    spare = tuple(taken.moments[len(ready) :])
    return Batch(began, tuple(ready), spare, len(taken.claimed), may_be_more, taken.held)


def _drawn(room: PostRoom, claimed: Sequence[Claimed], store: Store) -> _Drawn:
    """The messages to send; what is not to be sent, or not now, is written down at once."""
    if not claimed:
        return _Drawn([], [])
    now = room.clock.now()
    drawn = room.draw(claimed, Desk(store, now, store.networks.programme(), room.routes), room.routes)
    messages: list[tuple[Claimed, Message]] = []
    marks: list[Mark] = []
    for one in claimed:
        result = drawn[one.delivery.id]
        if isinstance(result, Message):
            messages.append((one, result))
        elif isinstance(result, Drop):
            marks.append(Mark(one, State.MISSED if result.missed else State.DROPPED, result.why))
        else:
            marks.append(given_back(one, result.due_at))
    if marks:
        write_down(store, marks, now, room.machine.now(store))
    return _Drawn(messages, marks)
