"""A programme file sets a network's home; it takes none away, and what a co-ordinator chose in chat counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.clock import TUESDAY
from bench.straight import Straight, account, fresh_sqlite
from handlers.people.loading import FileNetwork, ProgrammeFile, apply
from storage.records import Home
from storage.store import Store

FILED, OTHER, CHOSEN = (Home("slack", "T01", place) for place in ("C01", "C02", "C03"))


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    """The inside of the bot, with the world's people."""
    inside = Straight(fresh_sqlite(tmp_path))
    inside.fill()
    yield inside
    inside.close()


def load(store: Store, home: Home | None) -> Home | None:
    """Load a file that says so; returns the home that stands then."""
    network = FileNetwork("sexual-health", "Sexual Health Network", "Care that people would choose", None, home)
    apply(ProgrammeFile("Practitioner networks 2027", "Europe/London", (network,)), store, TUESDAY)
    found = store.networks.by_key("sexual-health")
    assert found is not None
    return found.home


async def test_the_file_sets_and_changes_a_home_and_takes_none_away(straight: Straight) -> None:
    assert await straight.store(lambda store: [load(store, home) for home in (FILED, OTHER, None)]) == [
        FILED,
        OTHER,
        OTHER,
    ]


async def test_what_a_co_ordinator_chose_in_the_channel_beats_the_file(straight: Straight) -> None:
    def ask(store: Store) -> int:
        bea = store.people.by_account(account("bea"))
        assert bea is not None
        return store.places.ask(bea.id, CHOSEN, "", TUESDAY)

    ask_id = await straight.store(ask)
    await straight.presses("bea", "posts.home", f"{ask_id}.1")
    assert await straight.store(lambda store: load(store, FILED)) == CHOSEN
