"""Where a sentence came from is shown to whoever may read it, and looked up anew at every press."""

from __future__ import annotations

import pytest

from bench.straight import Straight, words_in
from storage.records import Audience

WORDS = "Two-wards-said-yes"
PRIVATE = "Words-of-ann-alone"
READERS = {
    Audience.ONLY_ME: "ann",
    Audience.COORDINATOR: "ann bea",
    Audience.LEADERS: "ann bea cal",
    Audience.NETWORK: "ann bea cal ben dee",
    Audience.FACULTY: "ann bea cal ben dee fay",
    Audience.FUNDER: "ann bea cal ben dee fay",
}


async def shown(straight: Straight, user: str) -> str:
    return words_in(await straight.presses(user, "checkins.shown", "1"))


@pytest.mark.parametrize("audience", READERS)
async def test_a_source_opens_for_whom_it_reaches_and_for_nobody_else(straight: Straight, audience: Audience) -> None:
    values = {"feeling": "4", "moved": WORDS, "moved:who": audience.name.lower(), "idea": PRIVATE}
    await straight.fills("ann", "checkins.record", "1", {**values, "idea:who": "only_me"})
    await straight.store(lambda store: store.checkins.set_audiences(1, {"feeling": Audience.ONLY_ME}))
    for user in ("ann", "bea", "cal", "ben", "dee", "fay", "kit", "sam"):
        said = await shown(straight, user)
        assert (WORDS in said) is (user in READERS[audience].split()), user
        assert (PRIVATE in said) is (user == "ann"), user
        assert user in READERS[audience].split() or "Ann Example" not in said


async def test_a_source_that_was_withdrawn_is_closed_as_if_it_had_never_been(straight: Straight) -> None:
    await straight.fills("ann", "checkins.record", "1", {"feeling": "4", "moved": WORDS, "moved:who": "network"})
    assert WORDS in await shown(straight, "ben")
    await straight.presses("ann", "checkins.withdraw", "1")
    never = words_in(await straight.presses("ben", "checkins.shown", "999"))
    assert await shown(straight, "ben") == never
    assert WORDS not in await shown(straight, "ann")
