"""Sends what is due to one workspace, each message at its moment, several at once, and writes down what came of it."""

import asyncio
import time

from bot.claiming import Batch, Claiming, PostRoom, Ready
from bot.logs import log
from bot.outcomes import Mark, given_back, judged, rested
from bot.platforms import GaveUp, Platform, SendResult, Sent, Unknown
from bot.steady import steady_seconds
from bot.verdicts import BUG
from storage.scheduled import Claimed

SLOTS = 16
SEND_SECONDS = 25.0
BEGIN_SECONDS = 30.0
"""What was claimed longer ago is not begun: with SEND_SECONDS it would outlast its lease, and somebody else send it."""
POLL_SECONDS = 0.1
"""How often a budget that is used up is asked again."""
WAIT_SECONDS = 5.0
"""A hold that ends within these is waited for; a longer one is left to a later sweep."""
MOST_FAILING = 5
"""So many people, one after the other, to whom nothing can be sent, and it is the platform itself that fails."""
LATE_SECONDS = 0.05
"""What is later than this does not catch up: the platform would see a burst."""


class Pace:
    """Keeps messages apart by what the platform lets through, when the claims themselves were late."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._last = 0.0

    async def wait(self, at: float) -> None:
        """Wait for a message's moment of `time.monotonic()`."""
        now = time.monotonic()
        moment = max(at, self._last + self._gap)
        if moment < now - LATE_SECONDS:
            moment = now
        self._last = moment
        if moment > now:
            await asyncio.sleep(moment - now)


class Lane:
    """The way to one workspace; other workspaces have lanes of their own, and never wait for this one."""

    def __init__(self, room: PostRoom, platform: Platform, workspace: str) -> None:
        self._room = room
        self._platform = platform
        self._claiming = Claiming(room, platform, workspace)
        self._pace = Pace(platform.capabilities.rate)
        self._slots = asyncio.Semaphore(SLOTS)
        self._sending: set[asyncio.Task[None]] = set()
        self._failing: set[int] = set()
        self._fails_all = False
        self._is_held = False
        self._is_ending = False

    @property
    def _is_halted(self) -> bool:
        return self._is_held or self._is_ending

    def end(self) -> None:
        """Begin nothing more, for good, and give back what has not begun."""
        self._is_ending = True

    def cut(self) -> None:
        """Stop the sends that are still under way: what came of them is not known."""
        for task in self._sending:
            task.cancel()

    async def run(self) -> int:
        """Send until nothing is due, the workspace is held, or it is ended. Returns how many were claimed.

        Raises DatabaseAway, once what had begun is written down.
        """
        claimed, self._is_held = 0, False
        try:
            batch: Batch | None = await self._claiming.claim()
            while batch is not None:
                claimed += batch.claimed
                batch = await self._send_all(batch)
        finally:
            while self._sending:
                await asyncio.wait(self._sending)
        return claimed

    async def _send_all(self, batch: Batch) -> Batch | None:
        """Begin the batch, and fetch the next meanwhile; None where there is no next."""
        following: asyncio.Task[Batch] | None = None
        for number, ready in enumerate(batch.ready):
            if following is None and batch.may_be_more and 2 * number >= len(batch.ready) and not self._is_halted:
                following = asyncio.create_task(self._claiming.claim())
            if self._is_halted or not await self._begin(ready, batch.began):
                await self._give_back(batch.ready[number:])
                break
        if following is not None:
            return await following
        if self._is_held:
            return await self._after_marks()
        if 0 < batch.held <= WAIT_SECONDS:
            return await self._after(batch.held)
        if self._is_ending or not batch.may_be_more:
            return None
        if not batch.claimed:
            await asyncio.sleep(POLL_SECONDS)
        return await self._claiming.claim()

    async def _after_marks(self) -> Batch | None:
        """Ask anew once the hold is written down, which says how long it is."""
        if self._sending:
            await asyncio.wait(self._sending)
        self._is_held = False
        return None if self._is_ending else await self._claiming.claim()

    async def _after(self, seconds: float) -> Batch | None:
        """Wait for the end of a short hold, unless everything ends before."""
        until = time.monotonic() + seconds
        while not self._is_ending and (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, POLL_SECONDS))
        return None if self._is_ending else await self._claiming.claim()

    async def _begin(self, ready: Ready, claimed_at: float) -> bool:
        """Send it in a task of its own at its moment; False if it may not begin any more."""
        await self._pace.wait(ready.at)
        await self._slots.acquire()
        if self._is_halted or steady_seconds() - claimed_at > BEGIN_SECONDS:
            self._slots.release()
            return False
        task = asyncio.create_task(self._send(ready))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return True

    async def _give_back(self, rest: tuple[Ready, ...]) -> None:
        await self._room.marker.write(*(given_back(one.claimed) for one in rest))
        self._room.let_go(one.claimed.delivery.id for one in rest)

    async def _send(self, ready: Ready) -> None:
        """One message, from its slot to its mark; the slot is free again when the mark is committed."""
        try:
            result = await self._attempt(ready)
            self._room.metrics.attempt(self._platform.name, result)
            mark = self._mark(result, ready.claimed)
            self._is_held = self._is_held or mark.hold is not None
            await self._room.marker.write(mark)
        finally:
            self._room.let_go([ready.claimed.delivery.id])
            self._slots.release()

    def _mark(self, result: SendResult, claimed: Claimed) -> Mark:
        """What is to be written down. A platform that fails altogether rests, or all would be in doubt or given up."""
        if isinstance(result, Sent | GaveUp):
            self._failing.clear()
            self._fails_all = False
        elif isinstance(result, Unknown) or not result.holds_workspace:
            self._failing.add(claimed.delivery.person_id)
            is_enough = len(self._failing) >= MOST_FAILING
            self._fails_all = self._fails_all or is_enough
            if is_enough:
                self._failing.clear()
            if self._fails_all:
                reads_back = self._platform.capabilities.reads_back
                return rested(result, claimed, reads_back=reads_back, is_enough=is_enough)
        reads_back, names = self._platform.capabilities.reads_back, self._room.platforms.keys()
        return judged(result, claimed, reads_back=reads_back, platforms=names, jitter=self._room.jitter)

    async def _attempt(self, ready: Ready) -> SendResult:
        claimed = ready.claimed
        account = claimed.delivery.account
        assert account is not None, "only what has an account is claimed"
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._platform.send(account, claimed.address, ready.message, key_of(claimed))
        except TimeoutError:
            return Unknown("there was no answer in time")
        except asyncio.CancelledError:
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
            return Unknown("the bot stopped while it was being sent")
        except Exception as bug:  # noqa: BLE001  the one catch of this loop
            log.bug("a platform failed at sending", bug, delivery=claimed.delivery.id)
            return Unknown(BUG)


def key_of(claimed: Claimed) -> str:
    """What the platform knows the message by: the same at every attempt."""
    return f"d{claimed.delivery.id}.{claimed.delivery.turn}"
