"""Remembers a few things for a while, then forgets them: how many and how long are both bounded."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.clock import Clock

K = TypeVar("K")
V = TypeVar("V")

MOST = 1_000


class Memory(Generic[K, V]):
    """Values by key, each for `lasts` after it was put; the oldest go first where there are too many."""

    def __init__(self, clock: Clock, lasts: timedelta, most: int = MOST) -> None:
        self._clock = clock
        self._lasts = lasts
        self._most = most
        self._kept: OrderedDict[K, tuple[V, datetime]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, if it was put not too long ago."""
        self._forget_the_old()
        found = self._kept.get(key)
        return found[0] if found else None

    def put(self, key: K, value: V) -> None:
        """Remember it from now on."""
        self._kept[key] = value, self._clock.now()
        self._kept.move_to_end(key)
        self._forget_the_old()

    def drop(self, key: K) -> None:
        """Forget it now, if it is there."""
        self._kept.pop(key, None)

    def _forget_the_old(self) -> None:
        now = self._clock.now()
        while self._kept:
            _, since = next(iter(self._kept.values()))
            if now - since < self._lasts and len(self._kept) <= self._most:
                return
            self._kept.popitem(last=False)
