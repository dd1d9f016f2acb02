"""Settings: read in one message, changed in one form, understood as people type."""

from __future__ import annotations

from datetime import time

from bench.world import World
from storage.records import Person


async def _ann(world: World) -> Person:
    account = world.person("ann").account
    ann = await world.store(lambda store: store.people.by_account(account))
    assert ann is not None
    return ann


async def test_someone_reads_changes_and_reads_back_their_settings(world: World) -> None:
    ann = world.person("ann")
    await ann.says("settings")
    assert "London" in ann.messages[-1].text
    assert "9am to 5pm" in ann.messages[-1].text
    await ann.presses("Edit")
    assert ann.form is not None
    assert ann.form.question("Your name").value == "Ann Example"
    await ann.sends(
        {
            "Your name": "Ann Other",
            "Which days do you work?": ("Monday", "Thursday"),
            "When does your day start?": "8:30",
            "When does your day end?": "5.30pm",
            "Whose bank holidays": "Scotland",
            "First day of your next leave": "2027-02-01",
            "Last day of your next leave": "2027-02-12",
        }
    )
    said = ann.messages[-1].text
    for words in (
        "Your settings are kept.",
        "Ann Other",
        "Monday and Thursday",
        "8.30am to 5.30pm",
        "Scotland",
        "1 February 2027 to 12 February 2027",
    ):
        assert words in said
    kept = await _ann(world)
    assert (kept.name, kept.working_days, kept.hours_from, kept.nation) == (
        "Ann Other",
        (0, 3),
        time(8, 30),
        "scotland",
    )


async def test_a_place_is_understood_when_it_is_typed(world: World) -> None:
    ann = world.person("ann")
    await ann.says("settings")
    await ann.presses("Edit")
    await ann.sends({"Where do you work?": "Somewhere else", "Somewhere else": "madrid"})
    assert "Madrid" in ann.messages[-1].text
    assert (await _ann(world)).time_zone == "Europe/Madrid"


async def test_what_is_not_understood_is_asked_again_and_nothing_typed_is_lost(world: World) -> None:
    ann = world.person("ann")
    await ann.says("settings")
    await ann.presses("Edit")
    await ann.sends({"Your name": "Ann Other", "When does your day start?": "early"})
    assert ann.form is not None
    assert ann.form.errors == {
        "When does your day start?": "I can't read that as a time. Write it like 9am, 17:30 or 5.30pm."
    }
    assert ann.form.question("Your name").value == "Ann Other"
    assert (await _ann(world)).name == "Ann Example"
    await ann.sends({"When does your day start?": "8am"})
    assert (await _ann(world)).name == "Ann Other"


async def test_sending_what_stood_there_changes_nothing(world: World) -> None:
    ann = world.person("ann")
    await ann.says("settings")
    before = await _ann(world)
    await ann.presses("Edit")
    await ann.sends()
    assert "Nothing has changed." in ann.messages[-1].text
    assert await _ann(world) == before
