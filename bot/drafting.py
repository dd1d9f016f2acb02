"""Claims drafts that a model shall write, asks it outside any transaction, and hands over what came of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.allowance import DayAllowance
from bot.clock import Clock
from bot.logs import log
from bot.settings import ModelSettings
from bot.steady import MachineTime
from handlers.kit.feature import Routes
from prompts.updates import Drafted, Outcome, Request, Silence, Silent, split, together
from storage.unit import Store, Units

T = TypeVar("T")
MARGIN = timedelta(seconds=30)
"""By how much a claim outlasts the time that the model has."""


class Wanted(Protocol):
    """A draft that was claimed; the token proves it when the draft is brought."""

    @property
    def draft_id(self) -> int:
        """The draft's id."""

    @property
    def token(self) -> str:
        """What this claim is known by."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is to be drafted, and where it goes: each is called in a unit of work of its own.

    `claim(store, machine_now, lease)`: the next draft that nobody writes yet, claimed for so long. `request_for(store,
    draft_id, routes, now)`: what it rests on; None where there is no such draft any more. `accept(store, draft_id,
    token, outcome, routes, now)`: keeps what came of it, unless the claim has run out.
    """

    claim: Callable[[Store, datetime, timedelta], Wanted | None]
    request_for: Callable[[Store, int, Routes, datetime], Request | None]
    accept: Callable[[Store, int, str, Outcome, Routes, datetime], object]


class Asker(Protocol):
    """A model, as far as drafting knows it."""

    async def draft(self, request: Request) -> Outcome:
        """What it drafts from a request that fits its budget. Raises nothing."""

    async def close(self) -> None:
        """Close its connections."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: a model, or None where none is set up; in how many seconds; and the time that claims are held in."""

    model: Asker | None
    seconds: float
    machine_time: MachineTime


class Drafting:
    """Works off what is wanted, one draft after the other. Without a model each is answered at once."""

    def __init__(self, units: Units, clock: Clock, routes: Routes, desk: Desk, writer: Writer) -> None:
        self._units = units
        self._clock = clock
        self._routes = routes
        self._desk = desk
        self._writer = writer
        self._task: asyncio.Task[Outcome] | None = None
        self._is_ending = False

    async def draft(self) -> None:
        """Write whatever is wanted. Raises DatabaseAway."""
        lease = timedelta(seconds=self._writer.seconds) + MARGIN
        machine = self._writer.machine_time
        while not self._has_to_end():
            wanted = await self._run(lambda store: self._desk.claim(store, machine.now(store), lease))
            if wanted is None:
                return
            await self._write(wanted)

    async def stop(self) -> None:
        """Claim nothing more, and do not wait for the model; what was claimed is free again when the lease ends."""
        self._is_ending = True
        if self._task:
            self._task.cancel()
        if self._writer.model:
            await self._writer.model.close()

    async def _write(self, wanted: Wanted) -> None:
        asked = self._desk.request_for
        request = await self._run(lambda store: asked(store, wanted.draft_id, self._routes, self._clock.now()))
        if request is None or self._has_to_end():
            return
        self._task = asyncio.create_task(self._outcome(request), name="a draft")
        try:
            outcome = await self._task
        except asyncio.CancelledError:
            if self._has_to_end():
                return
            raise
        finally:
            self._task = None
        log.info("a draft", draft=wanted.draft_id, **_described(outcome))
        now = self._clock.now()
        accept = self._desk.accept
        await self._run(lambda store: accept(store, wanted.draft_id, wanted.token, outcome, self._routes, now))

    def _has_to_end(self) -> bool:
        return self._is_ending

    async def _outcome(self, request: Request) -> Outcome:
        try:
            async with asyncio.timeout(self._writer.seconds):
                return await self._asked(request)
        except TimeoutError:
            return Silent(Silence.SLOW)

    async def _asked(self, request: Request) -> Outcome:
        """What the parts of the request came to. One part without an answer, and there is none: half an update would
        look like a whole one."""
        model = self._writer.model
        if model is None:
            return Silent(Silence.OFF)
        parted = split(request)
        if not parted.parts:
            return Silent(Silence.NOTHING_TO_SAY)
        # The first goes alone: it finds out whether the server answers, and in which shape it takes a request.
        outcomes = [await model.draft(parted.parts[0])]
        if isinstance(outcomes[0], Drafted):
            outcomes += await asyncio.gather(*(model.draft(part) for part in parted.parts[1:]))
        drafted = [one for one in outcomes if isinstance(one, Drafted)]
        silent = next((one for one in outcomes if isinstance(one, Silent)), None)
        if silent:
            return silent
        answer = together((one.answer for one in drafted), parted.left_out)
        if not answer.sentences:
            return Silent(Silence.EMPTY)
        return Drafted(answer, drafted[0].model, drafted[0].version, sum(one.tokens for one in drafted))

    async def _run(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._units.run(work))


def _described(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Silent):
        return {"why": outcome.why.value}
    return {"sentences": len(outcome.answer.sentences), "tokens": outcome.tokens}


def writer(settings: ModelSettings | None, units: Units, clock: Clock, *, alone: bool) -> Writer:
    """Who writes with these settings; `alone`: no other process is on the database."""
    machine_time = MachineTime(alone=alone)
    if settings is None:
        return Writer(None, 1, machine_time)
    from bot.llm import Model

    model = Model(settings, DayAllowance(units, clock, settings.tokens_a_day))
    return Writer(model, settings.seconds, machine_time)
