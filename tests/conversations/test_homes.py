"""A network's home: chosen by a co-ordinator in its channel, greeted there, what is posted is read by its people."""

from bench.driver import Hands
from bench.slack import SlackDriver
from bench.slack_service import CHANNEL as SLACK_CHANNEL
from bench.stories import texts
from bench.teams import CHANNEL as TEAMS_CHANNEL
from bench.teams import TeamsDriver
from bench.world import World
from storage.records import Home

WORDS = "make this our home"
NAME = "Sexual Health Network"
HELLO = f"The home of {NAME}"


async def makes_home(world: World, user: str = "bea") -> Hands:
    """That person asks for it in the channel, and presses the button."""
    hands = world.person(user)
    await hands.says("help")
    await hands.says_in_channel(WORDS)
    await hands.presses(f"Home of {NAME}")
    return hands


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
    await world.bot.tick()
    await world.bot.tick()
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
