"""A clock that a test moves."""

from datetime import UTC, datetime, timedelta

TUESDAY = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)


class MovedClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = TUESDAY) -> None:
        self._at = at

    def now(self) -> datetime:
        """This instant."""
        return self._at

    def move(self, **by: float) -> None:
        """Move on (or back) by so many `weeks`, `days`, `hours`, `minutes`."""
        self._at += timedelta(**by)
