"""What stories about updates have in common."""

from __future__ import annotations

from bench.driver import Hands
from bench.stories import check_in, has_form
from bench.world import World
from storage.draft_records import Draft, Sentence

MOVED = "A walk-in hour on Tuesdays"
SECRET = "Only for my co-ordinator"
EVERYONE = "Everyone in the network"
FACULTY = "The network and the faculty"


def last(hands: Hands) -> str:
    """What the newest message says; one that is told in several parts counts as one."""
    return "\n".join(one.text for one in hands.messages[-5:])


async def shares(world: World, user: str, moved: str = MOVED, who: str = EVERYONE, **more: str) -> Hands:
    """A check-in whose one text goes to these readers."""
    await check_in(world, user, {"What has moved": moved, "Who can read your answer to “What has moved": who, **more})
    return world.person(user)


async def drafts(world: World, user: str = "bea", **answers: str) -> Hands:
    """Draft an update of this month, for the network unless said otherwise."""
    hands = world.person(user)
    await hands.says("update")
    if not has_form(hands):
        await hands.presses("Choose the days")
    await hands.sends({"Which days": "This month so far", **answers})
    return hands


async def kept(world: World, draft_id: int = 1) -> tuple[Draft | None, list[Sentence]]:
    """The draft as it is kept."""
    return await world.store(
        lambda store: (store.drafts.by_id(draft_id), store.drafts.sentences(draft_id, is_model=False))
    )
