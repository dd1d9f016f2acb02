"""S3: every button and form of digests and notes, forged by those who are not of the faculty, or of another network."""

from __future__ import annotations

import asyncio

import pytest

from bench.straight import Straight, account, words_in
from handlers import find_routes
from handlers.kit.events import Values
from handlers.kit.replies import Reply
from storage.records import Role, RoleHeld
from storage.store import Store

ROUTES = find_routes()
PRESSES = [name for name in ROUTES.presses if name.startswith("digests.")]
FORMS = [name for name in ROUTES.forms if name.startswith("digests.")]
SHARED, NOTE, OWN = "Shared with the faculty alone", "A note to the network", "Only Fay knows"
DAYS = "20270101.20270112"
ARGUMENTS = ("", "1", "1.0", f"0.{DAYS}", f"1.0.{DAYS}", DAYS, f"1.0.{DAYS}.1", "x", "999999999", "1.1.1.1")
VALUES: Values = {
    "text": "Stolen", "wants": "yes", "on": "2027-02-01", "first": "2027-01-01", "last": "2027-01-12",
}  # fmt: skip


@pytest.fixture
async def written(straight: Straight) -> Straight:
    """Ann shares something with the faculty; Fay writes to the first network, and wants to come back to it."""
    await straight.fills("ann", "checkins.record", "1", {"feeling": "3", "moved": SHARED, "moved:who": "faculty"})
    await straight.fills("fay", "digests.write", "1", {"text": NOTE})
    await straight.fills("fay", "digests.follow", "1", {"on": "2027-02-01", "text": OWN})
    return straight


async def forge(straight: Straight, user: str) -> list[Reply]:
    """All of someone's presses and forms, in every shape that an argument has."""
    doings = []
    for argument in ARGUMENTS:
        doings += [straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            doings += [straight.opens(user, form, argument), straight.sends(user, form, argument, VALUES)]
    return await asyncio.gather(*doings)


@pytest.mark.parametrize("user", ["ann", "cal", "kit", "sam"])
async def test_digests_notes_and_follow_ups_are_closed_to_all_others(written: Straight, user: str) -> None:
    """Ann is a member and Cal leads the network, Kit co-ordinates another one, and nobody knows Sam."""
    before = await written.tables()
    said = "\n".join(words_in(one) for one in await forge(written, user))
    for words in (SHARED, NOTE, OWN, "went wrong"):
        assert words not in said
    after = await written.tables()
    assert {name for name in after if after[name] != before[name]} <= {"audit", "seen"}


async def test_a_co_ordinator_reads_and_answers_notes_but_has_no_digest(written: Straight) -> None:
    said = "\n".join(words_in(one) for one in await forge(written, "bea"))
    assert NOTE in said
    assert SHARED not in said
    assert OWN not in said


async def test_whoever_leaves_the_faculty_has_no_digest_any_more(written: Straight) -> None:
    assert SHARED in words_in(await written.presses("fay", "digests.open", f"1.0.{DAYS}"))
    await written.store(_leaves)
    before = await written.tables()
    said = "\n".join(words_in(one) for one in await forge(written, "fay"))
    assert SHARED not in said
    assert NOTE not in said
    assert (await written.tables())["faculty_notes"] == before["faculty_notes"]


def _leaves(store: Store) -> None:
    fay = store.people.by_account(account("fay"))
    assert fay is not None
    store.people.remove_role(fay.id, RoleHeld(Role.FACULTY))
