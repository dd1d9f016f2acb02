"""What a model was asked about may be changed or taken back before it answers: then nothing rests on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.straight import Straight
from handlers.updates.drafting import accept, request_for
from prompts.updates import Answer, Drafted, Sentence
from storage.draft_records import Wanted
from storage.draft_tables import drafts
from storage.unit import Store

LEASE = timedelta(minutes=2)
MOVED, NEXT = "Patients lead the induction of new doctors", "We ring the ward in March"


@pytest.mark.parametrize(("what", "left"), [("nothing", 2), ("edit", 1), ("withdraw", 0), ("discard", None)])
async def test_a_sentence_whose_source_changed_meanwhile_is_dropped(
    straight: Straight, what: str, left: int | None
) -> None:
    said = {"moved": MOVED, "moved:who": "network", "next_step": NEXT, "next_step:who": "network"}
    await straight.fills("ann", "checkins.record", "1", {"feeling": "3", **said})
    await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "network"})
    await straight.store(want)
    wanted = await straight.store(lambda store: store.drafts.claim_wanted(straight.clock.now(), LEASE))
    assert wanted is not None
    request = await straight.store(lambda store: request_for(store, 1, straight.routes, straight.clock.now()))
    assert request is not None
    numbers = {one.text: one.number for one in request.facts}
    sentences = tuple(Sentence("practice", f"{text}.", (numbers[text],)) for text in (MOVED, NEXT))
    if what == "edit":
        await straight.fills("ann", "checkins.edit", "1", {"moved": "Patients no longer lead the induction"})
    elif what == "withdraw":
        await straight.presses("ann", "checkins.withdraw", "1")
    elif what == "discard":
        await straight.presses("bea", "updates.discard", "1")
    answer = Drafted(Answer(sentences), "a-model", "1", 100)
    kept = await straight.store(lambda store: take(store, wanted, answer, straight))
    assert kept is (left is not None)
    if left is not None:
        version = await straight.store(lambda store: store.drafts.sentences(1, is_model=True))
        assert len(version) == left
        draft = await straight.store(lambda store: store.drafts.by_id(1))
        assert draft is not None
        assert bool(draft.writing.failed) is (left == 0)


def take(store: Store, wanted: Wanted, answer: Drafted, straight: Straight) -> bool:
    return accept(store, wanted.draft_id, wanted.token, answer, straight.routes, straight.clock.now())


def want(store: Store) -> None:
    """As if a model had been set up when the draft was made."""
    store._connection.execute(drafts.update().values(wanted_at=drafts.c.made_at))
