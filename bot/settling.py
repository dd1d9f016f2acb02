"""Settles what is uncertain: what another process left behind, and what may be shown or not."""

import asyncio
from datetime import datetime, timedelta

from bot.claiming import LEASE_SECONDS, PostRoom
from bot.lane import key_of
from bot.logs import log
from bot.outcomes import found
from bot.platforms import SendResult, Unknown
from bot.verdicts import BUG
from storage.scheduled import Claimed
from storage.unit import Store

MOST_AT_ONCE = 100
LOOKS_AT_ONCE = 4
LONG = timedelta(days=30)
"""Longer than any lease: what was claimed before the start is past it."""
BEFORE_CLAIM = timedelta(hours=2)
"""A message is looked for from so long before it was claimed: the clock may have been set (limits.md F10)."""


class Settling:
    """Looks for uncertain messages where the platform reads back; the others stay held until a person decides.

    `alone`: no other process works on this database, so whatever was being sent before the start is left over.
    """

    def __init__(self, room: PostRoom, *, alone: bool) -> None:
        self._room = room
        self._must_take_over = alone
        self._turn = asyncio.Lock()
        self._is_ending = False

    def end(self) -> None:
        """Look for nothing more."""
        self._is_ending = True

    async def take_over(self) -> None:
        """Before anything is claimed: whatever another process has left is uncertain now. Raises DatabaseAway.

        It is looked for a lease later: what was on its way when that process ended may not be shown yet.
        """
        async with self._turn:
            while self._must_take_over:
                some = await self._room.run(self._all_left)
                self._must_take_over = len(some) == MOST_AT_ONCE

    async def settle(self) -> None:
        """Settle what can be settled now. Raises DatabaseAway."""
        slots = asyncio.Semaphore(LOOKS_AT_ONCE)
        while not self._is_ending:
            uncertain = await self._room.run(self._left_over)
            await asyncio.gather(*(self._look(one, slots) for one in uncertain))
            if len(uncertain) < MOST_AT_ONCE:
                return

    def _left_over(self, store: Store) -> list[Claimed]:
        """What is past its lease, but for what this process has in hand: that is looked after, however late it is.

        Nothing at all while leases cannot be trusted: another process may be in the middle of what looks left over.
        """
        at = self._room.machine.now(store)
        if self._room.machine.was_put_forth(LEASE_SECONDS):
            return []
        if claimed := list(self._room.in_hand.values()):
            at = min(at, min(claimed) + timedelta(seconds=LEASE_SECONDS - 1))
        return self._expired(store, at)

    def _all_left(self, store: Store) -> list[Claimed]:
        """What was being sent, whatever its lease: it is looked for a lease from now."""
        at = self._room.machine.now(store) + LONG
        return store.outbox.expired(at, MOST_AT_ONCE, lease_seconds=LEASE_SECONDS - LONG.total_seconds())

    def _expired(self, store: Store, at: datetime) -> list[Claimed]:
        reading = [name for name, one in self._room.platforms.items() if one.capabilities.reads_back]
        return store.outbox.expired(at, MOST_AT_ONCE, reading, lease_seconds=LEASE_SECONDS)

    async def _look(self, claimed: Claimed, slots: asyncio.Semaphore) -> None:
        account, claimed_at = claimed.delivery.account, claimed.delivery.claimed_at
        platform = self._room.platforms.get(account.platform) if account else None
        if account is None or claimed_at is None or platform is None or not platform.capabilities.reads_back:
            return
        async with slots:
            if self._is_ending:
                return
            machine_at = await self._room.run(self._room.machine.now)
            try:
                since = claimed_at - BEFORE_CLAIM
                result: SendResult = await platform.find(account, claimed.address, key_of(claimed), since)
            except Exception as bug:  # noqa: BLE001  the one catch of this loop
                log.bug("a platform failed at looking", bug, delivery=claimed.delivery.id)
                result = Unknown(BUG)
            self._room.metrics.look(platform.name, result)
            mark = found(result, claimed, (machine_at - claimed_at).total_seconds())
            await self._room.marker.write(mark)
