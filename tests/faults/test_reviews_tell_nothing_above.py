"""Whatever people do in a rapid review, and whoever comes and goes: by no way of reading it does anybody come by an
answer that is not for them, nor by whose it is.

WEAVER_EXAMPLES=500 tries so many reviews, other ones each time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as some

from bench.postgres import PostgresServer
from bench.reviews_lived import KEYS, PEOPLE, ROLES, TIERS, Step, lived
from bench.straight import fresh_sqlite
from storage.migrate import migrate
from storage.records import Audience
from storage.unit import open_units

MANY = int(os.environ.get("WEAVER_EXAMPLES", "0"))
QUICK = settings(
    max_examples=MANY or 50, deadline=None, derandomize=not MANY, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
ON_POSTGRESQL = settings(QUICK, max_examples=max(4, MANY // 10))
ANSWERED, SHARED = some.integers(0, 6), some.sampled_from(TIERS)
DEEDS = (
    *("answer",) * 6, *("finish",) * 5, *("invite", "agree", "end", "share") * 2, "points", "leave", "give up", "begin",
    "role", "erase",
)  # fmt: skip
STEPS = some.lists(
    some.builds(
        Step, some.sampled_from(DEEDS), some.sampled_from(PEOPLE), some.sampled_from(KEYS), some.integers(1, 5),
        some.sampled_from(TIERS), some.sampled_from(ROLES),
    ),
    min_size=8,
    max_size=40,
)  # fmt: skip


def _play(url: str, answered: int, doings: Iterable[Step], shared: Audience | None) -> None:
    with closing(open_units(url)) as units:
        for seen in units.run(lambda store: lived(store, answered, doings, shared)).result():
            event(seen)


@QUICK
@given(ANSWERED, STEPS, SHARED)
def test_no_answer_gets_to_anybody_whom_it_is_not_for(
    answered: int, doings: list[Step], shared: Audience | None
) -> None:
    """design.md §4, S8."""
    with tempfile.TemporaryDirectory() as folder:
        _play(fresh_sqlite(Path(folder)), answered, doings, shared)


def test_nor_on_postgresql(postgres_server: PostgresServer) -> None:
    @ON_POSTGRESQL
    @given(ANSWERED, STEPS, SHARED)
    def tried(answered: int, doings: list[Step], shared: Audience | None) -> None:
        database = postgres_server.fresh(migrate)
        _play(database.sqlalchemy, answered, doings, shared)
        postgres_server.drop(database)

    tried()
