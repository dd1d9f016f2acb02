"""A network's home: chosen by a co-ordinator in its channel, greeted there, what is posted is read by its people."""

import asyncio
from pathlib import Path

import pytest

from bench.driver import Hands
from bench.slack import SlackDriver
from bench.slack_service import CHANNEL as SLACK_CHANNEL
from bench.slack_service import Fault
from bench.stories import saved, texts
from bench.straight import fresh_sqlite
from bench.teams import CHANNEL as TEAMS_CHANNEL
from bench.teams import TeamsDriver
from bench.teams_service import Fault as TeamsFault
from bench.web import WebDriver
from bench.world import World
from storage.records import Home
from storage.scheduled import State

WORDS = "make this our home"
NAME = "Sexual Health Network"
BUTTON = f"Home of {NAME}"
HELLO = f"The home of {NAME}"


async def asks(world: World) -> Hands:
    """Bea asks for it in the channel."""
    bea = world.person("bea")
    await bea.says("help")
    await bea.says_in_channel(WORDS)
    return bea


async def makes_home(world: World) -> Hands:
    """Bea asks for it, and presses the button."""
    bea = await asks(world)
    await bea.presses(BUTTON)
    return bea


async def home(world: World) -> Home | None:
    network = await world.store(lambda store: store.networks.by_key("sexual-health"))
    assert network is not None
    return network.home


def in_channel(world: World) -> list[str]:
    """What stands in the channel for all to read; the browser has none."""
    driver = world.drivers[0]
    if isinstance(driver, TeamsDriver):
        return [one.text for one in driver.channel_messages()]
    if isinstance(driver, SlackDriver):
        posted = [one for one in driver.service.posted if one.channel == SLACK_CHANNEL and not one.only_for]
        return ["\n".join(str(block.get("text", {}).get("text")) for block in one.payload["blocks"]) for one in posted]
    return []


async def test_a_co_ordinator_makes_the_channel_the_home_and_the_network_reads_what_is_posted(world: World) -> None:
    bea = await makes_home(world)
    assert f"This is the home of {NAME} now." in bea.messages[-1].text
    places = {"slack": SLACK_CHANNEL, "teams": TEAMS_CHANNEL, "web": "sexual-health"}
    found = await home(world)
    assert found is not None
    assert (found.platform, found.place) == (bea.account.platform, places[bea.account.platform])
    await comes_to(world, State.SENT)
    await bea.presses("See if it worked")
    assert "Posted on 12 January 2027 at 10am." in texts(bea)
    hellos = [text for text in in_channel(world) if HELLO in text]
    assert len(hellos) == (0 if bea.account.platform == "web" else 1)
    ann = world.person("ann")
    await ann.says("posts")
    assert HELLO.split()[0] in texts(ann)
    assert "From now on I show here what this network posts." in texts(ann)
    kit = world.person("kit")
    await kit.says("posts")
    assert "Nothing has been posted yet." in texts(kit)


async def test_whoever_does_not_co_ordinate_it_makes_no_home_and_nobody_does_in_private(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await ann.says("help")
    await ann.says_in_channel(WORDS)
    assert "Only a co-ordinator can choose their network’s home." in texts(ann)
    await bea.says("help")
    await bea.says(WORDS)
    has_pages = bea.account.platform == "web"
    assert ("Go to the channel that shall be the home" in texts(bea)) != has_pages
    assert await home(world) is None


async def test_what_the_channel_refuses_is_said_with_its_mend_and_posted_by_one_press_after_it(world: World) -> None:
    mends = {"slack": "Type /invite @Weaver there", "teams": "Add Weaver to that team", "web": ""}
    bea, driver = await asks(world), world.drivers[0]
    if isinstance(driver, SlackDriver):
        driver.service.faults[f"chat.postMessage {SLACK_CHANNEL}"] = Fault(error="not_in_channel")
    elif isinstance(driver, TeamsDriver):
        driver.service.always[TEAMS_CHANNEL] = (403, {})
    else:
        return
    await bea.presses(BUTTON)
    await comes_to(world, State.GAVE_UP)
    await bea.says("posts")
    assert "It could not be posted." in texts(bea)
    assert mends[driver.name] in texts(bea)
    (driver.service.faults if isinstance(driver, SlackDriver) else driver.service.always).clear()
    await bea.presses("Post it again")
    await comes_to(world, State.SENT)
    assert len([text for text in in_channel(world) if HELLO in text]) == 1


async def comes_to(world: World, state: State) -> None:
    """Let the bot post until the hello stands there, and no longer than a minute."""
    async with asyncio.timeout(60):
        while True:
            await world.bot.tick()
            posts = await world.store(lambda store: store.posts.wanted_by(3))
            if [one.state for one in posts] == [state]:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("press", "times"), [("It is there", 1), ("Post it again", 2)])
async def test_on_teams_what_is_uncertain_waits_for_whoever_looks(tmp_path: Path, press: str, times: int) -> None:
    world = World(fresh_sqlite(tmp_path), (TeamsDriver(),))
    await world.start()
    driver, bea = world.drivers[0], await asks(world)
    assert isinstance(driver, TeamsDriver)
    driver.service.always[TEAMS_CHANNEL] = TeamsFault.ERROR
    await bea.presses(BUTTON)
    await comes_to(world, State.UNKNOWN)
    driver.service.always.clear()
    await world.bot.tick()
    await bea.says("posts")
    assert "It may or may not be shown." in bea.messages[-1].text
    assert bea.messages[-1].buttons[:2] == ("It is there", "Post it again")
    await bea.presses(press)
    await comes_to(world, State.SENT)
    assert len([text for text in in_channel(world) if HELLO in text]) == times, "a double is somebody's choice"
    await bea.says("posts")
    assert "Posted on 12 January 2027 at 10am" in bea.messages[-1].text
    await world.stop()


async def test_what_someone_had_posted_is_in_their_copy_and_goes_on_without_their_name(world: World) -> None:
    bea = await makes_home(world)
    await world.bot.tick()
    await bea.says("export")
    assert "a post for Sexual Health Network" in await saved(bea)
    person = await world.store(lambda store: store.people.by_account(bea.account))
    assert person is not None
    await world.store(lambda store: store.people.erase(person.id))
    ann = world.person("ann")
    await ann.says("posts")
    assert "From now on I show here" in texts(ann)
    left = await world.store(lambda store: store.posts.wanted_by(person.id))
    assert left == []


async def test_in_the_browser_what_was_posted_has_a_page_of_its_own(tmp_path: Path) -> None:
    driver = WebDriver()
    world = World(fresh_sqlite(tmp_path), (driver,))
    await world.start()
    await makes_home(world)
    await comes_to(world, State.SENT)
    pages = []
    for user in ("ann", "kit"):
        async with driver.session.get(f"{driver.url}/as/{user}/posts") as answer:
            pages.append(await answer.text())
    assert [("From now on I show here" in page) for page in pages] == [True, False]
    assert "What your networks have posted" in pages[1]
    await world.stop()
