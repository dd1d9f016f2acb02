"""Nothing that an update's readers may not read is in it, whatever was shared, narrowed, withdrawn or edited before and
after: not in the draft, its sources, what was left for length, its files, a model's request, or what the faculty read.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.straight import Straight, fresh_sqlite, words_in
from handlers.updates.drafting import request_for
from handlers.updates.rules import AUDIENCES
from storage.records import Audience
from storage.unit import Store

AUTHORS = ("ann", "ben", "dee", "cal")
KEYS = ("moved", "in_the_way", "next_step", "idea")
TIERS = st.sampled_from(list(Audience))


@dataclass(frozen=True)
class Shared:
    """What one author shares with whom, and with whom they leave it afterwards; None: it is withdrawn."""

    author: str
    first: tuple[Audience, ...]
    later: tuple[Audience, ...] | None

    def words(self, key: str) -> str:
        """What they say in answer to one question: nobody says anything like it."""
        return f"{self.author}-said-{key}-end"


TUPLES = st.tuples(*(TIERS for _ in KEYS))
SHARED = st.lists(
    st.builds(Shared, author=st.sampled_from(AUTHORS), first=TUPLES, later=st.none() | TUPLES),
    min_size=1, max_size=4, unique_by=lambda one: one.author,
)  # fmt: skip


@settings(max_examples=6, deadline=None, derandomize=True)
@given(shared=SHARED)
def test_an_update_holds_only_what_its_readers_may_read(shared: list[Shared]) -> None:
    """design.md §4, S8."""
    asyncio.run(play(shared))


async def play(shared: list[Shared]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Straight(fresh_sqlite(Path(folder)))) as inside:
        inside.fill()
        for one in shared:
            values = {"feeling": "3"} | {key: one.words(key) for key in KEYS}
            values |= {f"{key}:who": tier.name.lower() for key, tier in zip(KEYS, one.first, strict=True)}
            await inside.fills(one.author, "checkins.record", "1", values)
        for draft_id, audience in enumerate(AUDIENCES, 1):
            await inside.fills("bea", "updates.new", "1", {"period": "this_month", "audience": audience.name.lower()})
            told = await all_of_it(inside, draft_id)
            assert said_in(told, shared) == allowed(shared, audience, [one.first for one in shared])
            kept = [row for row in (await inside.tables())["draft_sentences"] if row[1] == draft_id]
            assert said_in(str(kept), shared) == set(), "no words are kept twice"
            await inside.fills("bea", "updates.edit", f"{draft_id}.0.0", {"text": edited(told, shared)})
            await inside.presses("bea", "updates.share", f"{draft_id}.1")
        await change(inside, shared)
        for draft_id, audience in enumerate(AUDIENCES, 1):
            now = allowed(shared, audience, [one.later for one in shared])
            assert said_in(await all_of_it(inside, draft_id), shared) <= now
            kept = [row for row in (await inside.tables())["draft_sentences"] if row[1] == draft_id]
            assert said_in(str(kept), shared) <= now, "what may be shown to nobody is kept no longer"
            assert said_in(words_in(await inside.presses("fay", "updates.read", str(draft_id))), shared) <= now


def edited(told: str, shared: Sequence[Shared]) -> str:
    """A section in which a person has put other people's words together on one line."""
    return f"Bea heard: {' and '.join(sorted(one for one in said_in(told, shared) if '-moved-' in one))}."


async def change(inside: Straight, shared: Sequence[Shared]) -> None:
    for number, one in enumerate(shared, 1):
        if one.later is None:
            await inside.presses(one.author, "checkins.withdraw", str(number))
        else:
            chosen = {key: tier.name.lower() for key, tier in zip(KEYS, one.later, strict=True)}
            await inside.fills(one.author, "checkins.audience", str(number), chosen)


async def all_of_it(inside: Straight, draft_id: int) -> str:
    """All that anybody who runs the network, a file or a model comes by of a draft."""
    acts = [("updates.show", ""), ("updates.changes", ""), ("updates.markdown", ""), ("updates.csv", "")]
    acts += [("updates.section", f".{place}") for place in range(7)]
    acts += [("updates.more", f".{place}.0") for place in range(7)]
    replies = [await inside.presses("bea", action, f"{draft_id}{rest}") for action, rest in acts]

    def request(store: Store) -> object:
        return request_for(store, draft_id, inside.routes, inside.clock.now())

    return "\n".join(map(words_in, [*replies, await inside.store(request)]))


def said_in(text: str, shared: Sequence[Shared]) -> set[str]:
    return {one.words(key) for one in shared for key in KEYS if one.words(key) in text}


def allowed(shared: Sequence[Shared], audience: Audience, tiers: Sequence[tuple[Audience, ...] | None]) -> set[str]:
    return {
        one.words(key)
        for one, of_one in zip(shared, tiers, strict=True)
        for key, tier in zip(KEYS, of_one or (), strict=False)
        if tier >= audience
    }
