"""Whatever is answered, changed or taken back between them: all that the faculty ever come by, taken together, is the
same in a world in which two people who did not let them read their answers had given each other's.

WEAVER_EXAMPLES=200 tries so many programmes, other ones each time.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.programmes import FACULTY
from bench.programmes_lived import NAMES, Life
from bench.straight import Straight, fresh_sqlite, words_in
from handlers.kit.figures import FEWEST
from storage.records import Audience, Role

MANY = int(os.environ.get("WEAVER_EXAMPLES", "0"))
CAST = (((Role.COORDINATOR, 1),), ((Role.FACULTY, None),), *[((Role.MEMBER, 1),)] * 7)
MEMBERS, CO_ORDINATOR, READER = [name.lower() for name in NAMES[2:]], "ada", "bo"
SHOWN = re.compile(r"middle [\d.]+, (\d+) answers? by (\d+) (?:people|person)")
PERIOD = "20270101.20270331"


@dataclass(frozen=True)
class Given:
    """One member's answer of January."""

    number: int
    audience: Audience


@dataclass(frozen=True)
class Then:
    """What happens in February: a member changes their answer (by so much, round and round), who reads it, or takes it
    back; or the faculty ask; or an update goes out to them."""

    what: str
    who: int
    by: int
    audience: Audience


AUDIENCES = st.sampled_from([Audience.LEADERS, *[Audience.NETWORK] * 6, FACULTY])
GIVEN = st.lists(st.builds(Given, st.integers(1, 5), AUDIENCES), min_size=5, max_size=7)
WHAT = st.sampled_from(["ask", "ask", "edit", "share", "withdraw", "erase", "leave", "update"])
THEN = st.lists(st.builds(Then, WHAT, st.integers(0, 6), st.integers(1, 4), AUDIENCES), min_size=2, max_size=6)
ASK = Then("ask", 0, 1, FACULTY)


async def lived(given: list[Given], then: list[Then]) -> list[str]:
    """All that the faculty come by, in its order."""
    with tempfile.TemporaryDirectory() as folder, closing(Straight(fresh_sqlite(Path(folder)))) as inside:
        life = Life(inside, CAST)
        await life.begin()
        for user, one in zip(MEMBERS, given, strict=False):
            await inside.fills(user, "checkins.record", "1", {"feeling": str(one.number)})
            await share(inside, user, one.audience)
        inside.clock.move(days=25)
        seen, drafts = [], 0
        for step in [*then, ASK]:
            if step.what == "ask":
                seen += [words_in(await inside.says(READER, "digest last quarter"))]
                seen += [words_in(await inside.presses(READER, "digests.open", f"1.0.{PERIOD}"))]
            elif step.what == "update":
                drafts += 1
                days = {"period": "own", "first": "2027-01-01", "last": date(2027, 2, 6).isoformat()}
                await inside.fills(CO_ORDINATOR, "updates.new", "1", {**days, "audience": "faculty"})
                await inside.presses(CO_ORDINATOR, "updates.share", f"{drafts}.0")
                seen.append(words_in(await inside.presses(READER, "updates.read", str(drafts))))
            elif step.who < len(given):
                await change(inside, life, MEMBERS[step.who], step)
        return seen


async def share(inside: Straight, user: str, audience: Audience) -> None:
    for one in (await inside.history(user))[:1]:
        if one.withdrawn_at is None:
            await inside.fills(user, "checkins.audience", str(one.id), {"feeling": audience.name.lower()})


async def change(inside: Straight, life: Life, user: str, step: Then) -> None:
    """What a member does with their answer, as long as it is there."""
    standing = [one for one in await inside.history(user) if one.withdrawn_at is None]
    if not standing:
        return
    if step.what == "share":
        await share(inside, user, step.audience)
    elif step.what == "withdraw":
        await inside.presses(user, "checkins.withdraw", str(standing[0].id))
    elif step.what == "erase":
        await inside.fills(user, "privacy.erase", "", {"confirmation": "erase"})
    elif step.what == "leave":
        await inside.presses(CO_ORDINATOR, "people.remove", f"1.{life.ids[user]}")
    else:
        number = (int(str(standing[0].answers[0].value)) - 1 + step.by) % 5 + 1
        await inside.fills(user, "checkins.edit", str(standing[0].id), {"feeling": str(number)})


def suppressed(given: list[Given], then: list[Then]) -> list[int]:
    """Those whose answer is in figures and never read by the faculty, and who never change it."""
    touched = {one.who for one in then if one.what == "edit" or (one.what == "share" and one.audience >= FACULTY)}
    return [who for who, one in enumerate(given) if one.audience is Audience.NETWORK and who not in touched]


@settings(
    max_examples=MANY or 3, deadline=None, derandomize=not MANY, database=None, suppress_health_check=list(HealthCheck)
)
@given(GIVEN, THEN)
@example(
    [Given(number, Audience.NETWORK) for number in (1, 2, 3, 4, 5, 5)], [ASK, Then("withdraw", 0, 1, Audience.NETWORK)]
)
@example(
    [Given(number, Audience.NETWORK) for number in (1, 2, 3, 4, 5, 5)],
    [ASK, Then("share", 2, 1, FACULTY), Then("update", 0, 1, FACULTY), Then("share", 2, 1, Audience.LEADERS)],
)
def test_no_two_outputs_tell_what_somebody_answered(given: list[Given], then: list[Then]) -> None:
    """design.md §4, small numbers."""
    seen = asyncio.run(lived(given, then))
    pairs = [
        (one, two) for one, two in product(suppressed(given, then), repeat=2) if given[one].number < given[two].number
    ]
    shown = [people for text in seen for _, people in SHOWN.findall(text)]
    assert all(int(people) >= FEWEST for people in shown)
    for one, two in pairs[:1] if not MANY else pairs[:3]:
        other = list(given)
        other[one], other[two] = (
            replace(given[one], number=given[two].number),
            replace(given[two], number=given[one].number),
        )
        assert asyncio.run(lived(other, then)) == seen, (given[one], given[two], then)


def test_a_figure_is_seen_at_all() -> None:
    """So that the same outputs are not all empty ones."""
    given = [Given(number, Audience.NETWORK) for number in (1, 2, 3, 4, 5)]
    assert SHOWN.search("\n".join(asyncio.run(lived(given, [ASK]))))
