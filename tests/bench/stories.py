"""What stories about check-ins have in common."""

from bench.driver import Hands
from bench.world import World
from storage.tables import metadata

ONLY_ME, NETWORK = "Only me", "Everyone in the network"


def texts(hands: Hands) -> str:
    """All that someone can read, as one text."""
    return "\n".join(message.text for message in hands.messages)


def has_form(hands: Hands) -> bool:
    """True if a form is open."""
    return hands.form is not None


async def saved(hands: Hands) -> str:
    """What stands in the text files that came last, as one text."""
    return "\n".join([content.decode() for content in (await hands.saves()).values()])


async def opens_check_in(world: World, user: str, platform: str | None = None) -> Hands:
    """Type check in, and open the form where it does not open by itself."""
    hands = world.person(user, platform)
    await hands.says("check in")
    if hands.form is None:
        await hands.presses("Check in")
    return hands


async def check_in(world: World, user: str, answers: dict[str, str | tuple[str, ...]]) -> None:
    """A whole check-in of that person, feeling 4 unless said otherwise."""
    hands = await opens_check_in(world, user)
    await hands.sends({"How is the network": "4", **answers})


async def rows(world: World, table: str) -> int:
    """How many rows a table has, read past the repositories."""
    statement = metadata.tables[table].select()
    return await world.store(lambda store: len(store._connection.execute(statement).all()))
