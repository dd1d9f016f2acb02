"""What the fault tests share: databases of both kinds, and the inside of the bot on one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.straight import Straight, fresh_sqlite


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file with the newest schema."""
    return fresh_sqlite(tmp_path)


@pytest.fixture
def straight(sqlite_url: str) -> Iterator[Straight]:
    """The inside of the bot on SQLite, with the world's people."""
    inside = Straight(sqlite_url)
    inside.fill()
    yield inside
    inside.close()
