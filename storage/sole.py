"""Lets one bot at a time run on a SQLite file: a lock on a file beside it, which goes with the process."""

import os
import sys

from storage.database import sqlite_file
from storage.errors import DatabaseAway, NotOurs

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Sole:
    """The right to be the only bot on the database at the URL; any number may run on PostgreSQL, or in memory."""

    def __init__(self, url: str) -> None:
        self._file = sqlite_file(url)
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take it, unless it is held already. Raises NotOurs where another has it, DatabaseAway where none can."""
        if self._file is None or self._descriptor is not None:
            return
        beside = self._file.with_name(f"{self._file.name}-lock")
        try:
            descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise DatabaseAway("the lock beside the database file cannot be made") from None
        try:
            _lock(descriptor)
        except OSError as refused:
            os.close(descriptor)
            if not isinstance(refused, BlockingIOError | PermissionError):
                raise DatabaseAway("the lock beside the database file cannot be made") from None
            raise NotOurs(
                f"Another Weaver already runs on {self._file.name}: stop it first. "
                "Several at once need PostgreSQL in WEAVER_DATABASE_URL."
            ) from None
        self._descriptor = descriptor

    def give_back(self) -> None:
        """Let another have it. The file stays: to remove it would take it from under one who has just opened it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
