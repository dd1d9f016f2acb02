"""A joint session that has begun, straight on a database, for the tests of what happens in it and after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from bench.reviews import answered_by, answers, of_user
from bench.straight import Straight, words_in
from handlers.kit.replies import Ask
from storage.store import Store

WORDS_OF_CAL = "Care that works"
KNOWN, VALUE = "1.purpose-known.now", "1.mass-value.now"
GIVEN = {
    "bea": answers(3, 4, purpose_known__now="1"),
    "cal": answers(3, 5, purpose_known__now="5", purpose=WORDS_OF_CAL),
    "fay": answers(3, 4, mass_value__now="4"),
}


@asynccontextmanager
async def talking(url: str, *users: str) -> AsyncIterator[Straight]:
    """These, or Bea, Cal and Fay, have answered; the first has begun the session, or asked to."""
    inside = Straight(url)
    with closing(inside):
        inside.fill()
        await inside.store(lambda store: _answered(store, inside, users or tuple(GIVEN)))
        await inside.presses((users or tuple(GIVEN))[0], "diagnostic.joint", "1")
        yield inside


def _answered(store: Store, inside: Straight, users: tuple[str, ...]) -> None:
    answered_by(store, {of_user(store, user): GIVEN[user] for user in users}, inside.clock.now())


async def drawn(inside: Straight, user: str, argument: str, form: str = "diagnostic.agree") -> str:
    """Open a form; what it carries."""
    opened = await inside.opens(user, form, argument)
    assert isinstance(opened, Ask), words_in(opened)
    return opened.form.argument


async def ends(inside: Straight, **points: str) -> None:
    """Name a strength and something to work on, and end the review."""
    given = {"strength1": "People ring each other", "work1": "Find who is missing", "part1": "critical mass"}
    await inside.fills("bea", "diagnostic.points", "1", given | points)
    await inside.presses("bea", "diagnostic.end", "1")
