"""Hands that begin a review and answer it part by part, straight or on a platform."""

from __future__ import annotations

from bench.driver import Hands
from bench.reviews import answers, network_id, of_user
from bench.straight import Straight
from handlers.diagnostic.rules import PARTS, Part
from handlers.kit.replies import Reply
from prompts.kinds import Axis
from prompts.review import review_bank

SECRET = "the heron keeps still"
BANK = review_bank()


async def begins(straight: Straight, *others: str) -> None:
    """Bea begins a review, and asks these people."""
    network = await straight.store(network_id)
    await straight.presses("bea", "diagnostic.begin", str(network))
    if others:
        ids = await straight.store(lambda store: tuple(str(of_user(store, one)) for one in others))
        await straight.sends("bea", "diagnostic.ask", "1", {"who": ids})


async def answers_all(straight: Straight, user: str, level: int = 3, words: str = SECRET) -> Reply:
    """Answer every part of review 1 with that level, and finish."""
    given = answers(level, purpose=words)
    for part in PARTS:
        await straight.fills(user, "diagnostic.answer", f"1.{part.number}", given)
    return await straight.presses(user, "diagnostic.finish", "1")


def part_of(part: Part, level: int = 3, purpose: str = "Care that people would choose") -> dict[str, str]:
    """What somebody fills in: the beginnings of labels, and of what is chosen there."""
    if part.number == 1:
        return {"What is this network for": purpose}
    if part.dimension is None:
        return {BANK.situation(axis).text: "Not sure" for axis in Axis}
    return {
        f"{number}. {one.text}": f"{level}. {one.levels[level - 1]}"
        for number, one in enumerate(BANK.of(part.dimension), 1)
    }


async def fills_rest(hands: Hands, level: int = 3, purpose: str = "Care that people would choose") -> None:
    """Fill the open form and all that follow it, until all is read over."""
    assert hands.form is not None, "a part is open"
    first = int(hands.form.title.split()[1])
    for part in PARTS[first - 1 :]:
        await hands.sends(part_of(part, level, purpose))
        if part is not PARTS[-1]:
            await hands.presses("Next part")
