"""Claims drafts that a model shall write, asks it outside any transaction, and hands over what came of it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar

from bot.logs import log
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


class Desk(Protocol):
    """What is to be drafted, and where it goes: each is called in a unit of work of its own."""

    def claim(self, store: Store, lease: timedelta) -> Wanted | None:
        """The next draft that nobody writes yet, claimed for so long; None where there is none."""

    def request_for(self, store: Store, draft_id: int) -> Request | None:
        """What the draft rests on; None where there is no such draft any more."""

    def accept(self, store: Store, wanted: Wanted, outcome: Outcome) -> None:
        """Keep what came of it, unless the claim has run out."""


class Asker(Protocol):
    """A model, as far as drafting knows it."""

    async def draft(self, request: Request) -> Outcome:
        """What it drafts from a request that fits its budget. Raises nothing."""


class Drafting:
    """Works off what is wanted, one draft after the other. Without a model each is answered at once."""

    def __init__(self, units: Units, desk: Desk, model: Asker | None, seconds: float) -> None:
        self._units = units
        self._desk = desk
        self._model = model
        self._seconds = seconds
        self._task: asyncio.Task[Outcome] | None = None
        self._is_ending = False

    async def draft(self) -> None:
        """Write whatever is wanted. Raises DatabaseAway."""
        lease = timedelta(seconds=self._seconds) + MARGIN
        while not self._is_ending:
            wanted = await self._run(lambda store: self._desk.claim(store, lease))
            if wanted is None:
                return
            await self._write(wanted)

    async def stop(self) -> None:
        """Claim nothing more, and do not wait for the model; what was claimed is free again when the lease ends."""
        self._is_ending = True
        if self._task:
            self._task.cancel()

    async def _write(self, wanted: Wanted) -> None:
        request = await self._run(lambda store: self._desk.request_for(store, wanted.draft_id))
        if request is None:
            return
        self._task = asyncio.create_task(self._outcome(request), name="a draft")
        try:
            outcome = await self._task
        except asyncio.CancelledError:
            if self._is_ending:
                return
            raise
        finally:
            self._task = None
        log.info("a draft", draft=wanted.draft_id, **_described(outcome))
        await self._run(lambda store: self._desk.accept(store, wanted, outcome))

    async def _outcome(self, request: Request) -> Outcome:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._asked(request)
        except TimeoutError:
            return Silent(Silence.SLOW)

    async def _asked(self, request: Request) -> Outcome:
        """What the parts of the request came to. One part without an answer, and there is none: half an update would
        look like a whole one."""
        if self._model is None:
            return Silent(Silence.OFF)
        parted = split(request)
        if not parted.parts:
            return Silent(Silence.NOTHING_TO_SAY)
        # The first goes alone: it finds out whether the server answers, and in which shape it takes a request.
        outcomes = [await self._model.draft(parted.parts[0])]
        if isinstance(outcomes[0], Drafted):
            outcomes += await asyncio.gather(*(self._model.draft(part) for part in parted.parts[1:]))
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
