"""S3: every button and form of coaching, forged with the ids of somebody else's talk, plan, share and question."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bench.clock import TUESDAY
from bench.straight import Straight, account, fresh_sqlite, words_in
from handlers import find_routes
from handlers.kit.replies import Reply
from storage.coached import NewQuestion
from storage.store import Store

SECRET = "the heron keeps still"
ROUTES = find_routes()
PRESSES = [one for one in ROUTES.presses if one.startswith("coaching.") and one not in ("coaching.on", "coaching.off")]
FORMS = [one for one in ROUTES.forms if one.startswith("coaching.")]
ARGUMENTS = ("1", "1.0", "1.1", "1.3", "1.4", "1.5", "1.0.0", "1.6.0", "1.0.0.patient-notices", "999", "1.2.3.4", "")
VALUES = {
    "outcome": "Stolen", "review": "Stolen", "know_how": "Stolen", "when": "stolen", "then": "steal", "who": "1.2",
    "answer": "Stolen", "text": "What is stolen?",
}  # fmt: skip


@pytest.fixture
async def secret(tmp_path: Path) -> AsyncIterator[Straight]:
    """Ann has a talk with a plan, shares the plan with Ben, and has answered a question."""
    straight = Straight(fresh_sqlite(tmp_path))
    with closing(straight):
        straight.fill()
        await straight.says("ann", "coach me")
        await straight.sends("ann", "coaching.say", "1.1", {"outcome": SECRET})
        await straight.sends("ann", "coaching.say", "1.3", {"know_how": SECRET})
        await straight.sends("ann", "coaching.say", "1.4", {"when": "it rains", "then": "ring"})
        await straight.sends("ann", "coaching.share", "1", {"who": "1.2"})
        await straight.store(_answered)
        yield straight


def _answered(store: Store) -> None:
    ann = store.people.by_account(account("ann"))
    assert ann is not None
    store.coaching_questions.add([NewQuestion(ann.id, 1, date(2027, 1, 11), "a", "What?", "because", 1)])
    (asked,) = store.coaching_questions.history(ann.id, 1)
    store.coaching_questions.answer(asked, SECRET, TUESDAY)


async def _forged(straight: Straight, user: str) -> list[Reply]:
    replies = []
    for argument in ARGUMENTS:
        replies += [await straight.presses(user, action, argument) for action in PRESSES]
        for form in FORMS:
            replies += [await straight.opens(user, form, argument), await straight.sends(user, form, argument, VALUES)]
    return replies


@pytest.mark.parametrize("user", ["ben", "bea", "cal", "dee", "kit", "fay", "sam"])
async def test_what_somebody_said_to_coaching_is_read_and_changed_by_nobody_else(secret: Straight, user: str) -> None:
    before = await secret.tables()
    replies = await _forged(secret, user)
    after = await secret.tables()
    assert [words_in(one)[:200] for one in replies if "went wrong" in words_in(one)] == []
    assert [words_in(one)[:200] for one in replies if SECRET in words_in(one)] == []
    mine = {"coaching_switched_off", "coaching_own_questions"} if user == "bea" else set()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"audit", "seen", *mine}


async def test_only_the_one_it_is_shared_with_reads_the_plan(secret: Straight) -> None:
    for user in ("ben", "bea", "cal", "dee", "kit", "fay"):
        told = words_in(await secret.presses(user, "coaching.shared"))
        assert ("it rains" in told) is (user == "ben")
        assert SECRET not in told


async def test_whoever_is_refused_is_shown_whom_to_turn_to_in_the_programmes_words(secret: Straight) -> None:
    await secret.store(lambda store: store.networks.keep_signpost("Call the duty line on 4321."))
    refused = words_in(await secret.sends("ben", "coaching.say", "1.1", {"outcome": "I want to die"}))
    assert "it is not yours" in refused
    assert "nobody is watching here" in refused
    assert "Call the duty line on 4321." in refused
    assert "999" not in refused
