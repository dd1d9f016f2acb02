"""Forged buttons and forms in the browser, against the whole bot: refused, noted, and without effect (S2, S3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.web import WebDriver, WebHands
from bench.web_page import Act
from bench.world import World
from storage.records import CheckIn
from storage.unit import Store

MINE = "Two wards said yes"
NONCE = "forged-nonce-1234"
PRESSES = ("checkins.withdraw", "checkins.earlier")
FORMS = ("checkins.edit", "checkins.audience")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(f"sqlite:///{tmp_path}/weaver.db", (WebDriver(),))
    await world.start()
    await world.person("ann").says("check in")
    await world.person("ann").sends({"How is the network": "4", "What has moved": MINE})
    yield world
    await world.stop()


async def check_ins(world: World, user: str) -> list[CheckIn]:
    account = world.person(user).account

    def read(store: Store) -> list[CheckIn]:
        person = store.people.by_account(account)
        assert person is not None
        return store.checkins.history(person.id, 10)

    return await world.store(read)


async def refusals(world: World) -> list[str]:
    entries = await world.store(lambda store: store.audit.of_kind("refused"))
    return [entry.detail for entry in entries]


def forger(world: World, user: str) -> WebHands:
    hands = world.person(user)
    assert isinstance(hands, WebHands)
    return hands


@pytest.mark.parametrize("user", ["ben", "bea", "kit", "fay"])
@pytest.mark.parametrize("action", PRESSES)
async def test_nobody_presses_a_button_of_anothers_check_in(world: World, user: str, action: str) -> None:
    before = await check_ins(world, "ann")
    hands = forger(world, user)
    fields = {"nonce": NONCE, "action": action, "argument": str(before[0].id), "message": ""}
    await hands.does(Act(f"/as/{user}/press", tuple(fields.items())))
    assert MINE not in hands.messages[-1].text
    assert await check_ins(world, "ann") == before
    assert len(await refusals(world)) == 1


@pytest.mark.parametrize("user", ["ben", "bea", "kit", "fay"])
@pytest.mark.parametrize("form", FORMS)
async def test_nobody_opens_or_sends_a_form_of_anothers_check_in(world: World, user: str, form: str) -> None:
    before = await check_ins(world, "ann")
    hands, argument = forger(world, user), str(before[0].id)
    await hands.does(Act(f"/as/{user}/form?form={form}&argument={argument}", posts=False))
    assert hands.form is None
    assert MINE not in "".join(message.text for message in hands.messages)
    fields = {"nonce": NONCE, "form": form, "argument": argument, "message": "", "one.moved": "Mine now"}
    await hands.does(Act(f"/as/{user}/form", tuple(fields.items())))
    assert await check_ins(world, "ann") == before
    assert len(await refusals(world)) == 2


async def test_nobody_checks_in_for_a_network_that_is_not_theirs(world: World) -> None:
    hands = forger(world, "kit")
    theirs = str((await check_ins(world, "ann"))[0].network_id)
    fields = {"nonce": NONCE, "form": "checkins.record", "argument": theirs, "message": "", "one.feel": "1"}
    await hands.does(Act("/as/kit/form", tuple(fields.items())))
    assert await check_ins(world, "kit") == []
    assert len(await refusals(world)) == 1


@pytest.mark.parametrize("action", ["nobody.knows", "checkins.record", "storage.drop"])
async def test_a_button_that_never_was_is_refused_and_noted(world: World, action: str) -> None:
    hands = forger(world, "ann")
    fields = {"nonce": NONCE, "action": action, "argument": "1", "message": ""}
    await hands.does(Act("/as/ann/press", tuple(fields.items())))
    assert len(await refusals(world)) == 1


async def test_a_redelivered_check_in_is_kept_once(world: World) -> None:
    ann = forger(world, "ann")
    for _ in range(3):
        await ann.repeats()
    assert len(await check_ins(world, "ann")) == 1
    assert len([one for one in ann.messages if one.text.startswith("Thank you")]) == 1
