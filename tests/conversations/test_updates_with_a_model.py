"""Updates where a model is set up: the draft that needs none is there at once, and a person chooses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench.driver import Driver, Hands
from bench.model import Way, hangs, honestly, model_server, refuses, said, says
from bench.slack import SlackDriver
from bench.stories import check_in, has_form, texts
from bench.straight import fresh_sqlite
from bench.teams import TeamsDriver
from bench.web import WebDriver
from bench.world import World

MOVED = "Patients lead the induction of new doctors"
INVENTED = "Fourteen wards in Leeds closed their doors"
DRIVERS: dict[str, Callable[[], Driver]] = {"slack": SlackDriver, "teams": TeamsDriver, "web": WebDriver}


@asynccontextmanager
async def drafted(folder: Path, driver: Driver, *ways: Way, **settings: str) -> AsyncIterator[tuple[World, Hands]]:
    """A world whose model answers so, where Ann has shared something and Bea has drafted an update for the faculty."""
    async with model_server(*ways) as model:
        world = World(fresh_sqlite(folder), (driver,), settings=model.settings(**settings))
        await world.start()
        try:
            shared: dict[str, str | tuple[str, ...]] = {
                "What has moved": MOVED,
                "Who can read your answer to “What has moved": "The network and the faculty",
            }
            await check_in(world, "ann", shared)
            bea = world.person("bea")
            await bea.says("update")
            if not has_form(bea):
                await bea.presses("Choose the days")
            await bea.sends({"Which days": "This month so far", "Who shall be": "The network and the faculty"})
            yield world, bea
        finally:
            await world.stop()


async def opened(world: World, hands: Hands) -> str:
    """The draft as it stands now."""
    await world.bot.tick()
    await hands.says("updates")
    await hands.presses("Open")
    return texts(hands)[texts(hands).rindex("Draft of") :]


@pytest.mark.parametrize("platform", DRIVERS)
async def test_a_model_writes_another_version_and_a_person_chooses_it(platform: str, tmp_path: Path) -> None:
    answer = said(("practice", f"{MOVED}.", [1]), ("practice", f"{INVENTED}.", [1]), ("practice", "No source.", []))
    async with drafted(tmp_path, DRIVERS[platform](), says(answer)) as (world, bea):
        assert "A model is writing another version. This one needs no model and is ready now." in texts(bea)
        assert f"“{MOVED}” Ann Example, 12 Jan." in texts(bea)
        told = await opened(world, bea)
        assert "A model has written another version." in told
        assert f"“{MOVED}” Ann Example" in told
        await bea.presses("Show the model’s version")
        told = texts(bea)[texts(bea).rindex("Draft of") :]
        assert f"– {MOVED}." in told
        assert "a-model, with instructions 1." in told.replace("v1", "1")
        assert "2 sentences were dropped as unsure." in told
        assert INVENTED not in texts(bea)
        await bea.presses("Sources", 0)
        assert "A model wrote this line from these sources." in texts(bea)
        await bea.presses("Back to the draft")
        await bea.presses("Share with faculty")
        fay = world.person("fay")
        await fay.says("updates")
        await fay.presses("Open")
        assert "A model wrote sentences from the same facts: a-model" in texts(fay)
        log = await world.store(lambda store: store.audit.of_kind("shared an update with the faculty"))
        assert "model a-model prompt" in log[0].detail
        await world.person("ann").presses("Withdraw")
        await fay.says("updates")
        await fay.presses("Open")
        assert MOVED not in texts(fay)[texts(fay).rindex("Update of") :]


@pytest.mark.parametrize("way", [refuses(500), says("rubbish {"), says('{"sections": [{"section": "pra'), hangs])
async def test_where_the_model_fails_the_plain_draft_stays_and_says_so(way: Way, tmp_path: Path) -> None:
    seconds = {"WEAVER_MODEL_SECONDS": "1"} if way is hangs else {}
    async with drafted(tmp_path, WebDriver(), way, **seconds) as (world, bea):
        told = await opened(world, bea)
        assert "The model " in told
        assert "This version needs no model." in told
        assert f"“{MOVED}” Ann Example, 12 Jan." in told
        assert "Show the model’s version" not in bea.messages[-1].buttons


async def test_what_is_taken_back_while_the_model_writes_is_in_neither_version(tmp_path: Path) -> None:
    async with drafted(tmp_path, WebDriver(), honestly) as (world, bea):
        await world.person("ann").presses("Withdraw")
        told = await opened(world, bea)
        assert MOVED not in told
        rows = await world.store(lambda store: store.drafts.sentences(1, is_model=True))
        assert MOVED not in str(rows)
