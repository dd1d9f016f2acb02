"""The time, as one thing that can be handed in."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)


class DemoClock:
    """Another clock that goes on as it does, and can be moved on; never back."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """This instant, as far ahead as it was moved."""
        return self._clock.now() + self._ahead

    def move_on(self, by: timedelta) -> None:
        """Move on by so much. Raises ValueError for a way back."""
        if by < timedelta():
            raise ValueError("a clock that is moved on cannot go back")
        self._ahead += by
