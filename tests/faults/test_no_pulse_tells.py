"""Nothing that anyone else comes by tells what one person answered in a pulse, nor, while it is open, who has.

In a world in which two people had given each other's answers, all others see the very same: their pages, what an update
or a digest is made of, the audit log, and every figure that is kept.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.straight import Straight, fresh_sqlite, words_in
from handlers import find_routes
from handlers.kit.facts import Asked
from handlers.pulse import rules
from storage.records import Audience
from storage.store import Store

ROUTES = find_routes()
KEYS = [one.key for one in rules.statements()]
MEMBERS = ("ann", "ben", "bea", "cal", "dee")
EVERYONE = (*MEMBERS, "kit", "fay")
ASKED = ("pulse", "digest", "home", "network", "my data")
KEPT = ("pulses", "pulse_figures")


async def others_see(straight: Straight, but: Sequence[str]) -> list[str]:
    """All that everyone but these comes by."""
    seen = []
    for user in EVERYONE:
        if user not in but:
            seen += [words_in(await straight.says(user, words)) for words in ASKED]
            seen.append(words_in(await straight.presses(user, "pulse.show", "1")))
            seen.append(words_in(await straight.presses(user, "pulse.came_to", "1")))
    tables = await straight.tables()
    deeds = [row[2:5] for row in tables["audit"] if row[3] != "refused"]
    return [*seen, *await straight.store(_facts), repr(deeds), repr([tables[name] for name in KEPT])]


def _facts(store: Store) -> list[str]:
    networks, programme = tuple(store.networks.all()), store.networks.programme()
    told = []
    for audience in Audience:
        asked = Asked(networks, date(2027, 1, 1), date(2027, 12, 31), audience, programme)
        told += [f"{one.section} {one.text} {one.audience}" for one in ROUTES.facts(asked, store)]
    return told


async def lived(levels: Sequence[int], but: Sequence[str]) -> list[str]:
    """A pulse that is begun, answered, closed, and shown to the faculty: what the others saw all the way."""
    with tempfile.TemporaryDirectory() as folder, closing(Straight(fresh_sqlite(Path(folder)))) as straight:
        straight.fill()
        await straight.presses("bea", "pulse.begin", "1")
        for user, level in zip(MEMBERS, levels, strict=False):
            values = {key: str((level + place) % 5 + 1) for place, key in enumerate(KEYS)}
            await straight.fills(user, "pulse.answer", "1", values)
        seen = await others_see(straight, but)
        straight.clock.move(weeks=4)
        seen += await others_see(straight, but)
        await straight.presses("cal", "pulse.share", "1")
        return [*seen, *await others_see(straight, but)]


@settings(max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(1, 5), min_size=4, max_size=5))
@example([1, 2, 3, 4, 5])
@example([3, 3, 3, 1, 1])
@example([3, 3, 3, 3, 1])
def test_all_others_see_the_same_if_two_people_had_given_each_others_answers(levels: list[int]) -> None:
    pairs = [(one, two) for one, two in combinations(range(len(levels)), 2) if levels[one] != levels[two]]
    for one, two in pairs[-1:]:
        other, but = list(levels), (MEMBERS[one], MEMBERS[two])
        other[one], other[two] = levels[two], levels[one]
        assert asyncio.run(lived(levels, but)) == asyncio.run(lived(other, but)), but


@pytest.mark.parametrize("levels", [[1], [1, 2, 3, 4, 5]])
async def test_while_it_is_open_nobody_sees_that_anyone_has_answered(straight: Straight, levels: list[int]) -> None:
    await straight.presses("bea", "pulse.begin", "1")
    before = await others_see(straight, MEMBERS[: len(levels)])
    for user, level in zip(MEMBERS, levels, strict=False):
        await straight.fills(user, "pulse.answer", "1", {KEYS[0]: str(level)})
    assert await others_see(straight, MEMBERS[: len(levels)]) == before


async def test_a_figure_is_seen_at_all() -> None:
    """So that the same outputs are not all empty ones."""
    seen = "\n".join(await lived([1, 2, 3, 4, 5], ()))
    assert "common purpose 3 (from 1 to 5)" in seen
    assert "health 5 people answered a pulse" in seen
    assert "The network and the faculty can see this." in seen
