"""Who runs a network is told once a week what of its updates must be put right; many at once, in few statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from bench.straight import Straight, fresh_sqlite
from handlers import find_routes
from handlers.kit.occasions import Asked, Desk, Item
from storage.draft_records import NewDraft, Origin, Sentence, Source
from storage.records import Audience, Role, RoleHeld
from storage.unit import Store, open_units

NOW = datetime(2027, 1, 18, 9, tzinfo=UTC)
FEW = 12
ROUTES = find_routes()


@pytest.fixture
def straight(tmp_path: Path) -> Iterator[Straight]:
    inside = Straight(fresh_sqlite(tmp_path))
    inside.fill()
    yield inside
    inside.close()


async def told(straight: Straight) -> list[str]:
    """What the co-ordinator of the first network is told."""

    def draw(store: Store) -> list[Item]:
        (bea,) = store.people.named("Bea Co-ordinator")
        desk = Desk(store, NOW, store.networks.programme(), ROUTES)
        return list(ROUTES.occasions["updates.put_right"].draw([Asked(bea, (1,), NOW.date())], desk)[bea.id])

    return [one.text for one in await straight.store(draw)]


async def test_a_source_that_is_taken_back_after_it_went_out_is_told_and_a_figure_is_not(straight: Straight) -> None:
    given = {"feeling": "3", "moved": "A walk-in hour on Tuesdays", "moved:who": "faculty"}
    await straight.fills("ann", "checkins.record", "1", given)
    await straight.fills("bea", "updates.new", "1", {"period": "this_month", "audience": "faculty"})
    await straight.fills("bea", "updates.edit", "1.0.0", {"text": "A walk-in hour on Tuesdays, says Ann"})
    assert await told(straight) == [], "it has not gone out"
    await straight.presses("bea", "updates.share", "1.1")
    assert await told(straight) == []
    await straight.fills("ben", "checkins.record", "1", {**given, "moved": "Something else"})
    assert await told(straight) == [], "only a figure is another one now"
    await straight.presses("ann", "checkins.withdraw", "1")
    (line,) = await told(straight)
    assert line == "1 source of the update of Sexual Health Network, 1 to 12 January 2027 changed after it went out."
    kept = (await straight.tables())["draft_sentences"]
    assert "walk-in hour" not in str(kept), "words that rest on it are struck"
    await straight.presses("bea", "updates.correct", "1")
    assert await told(straight) != []
    await straight.fills("bea", "updates.add", "2.0", {"line": "We meet in May"})
    await straight.presses("bea", "updates.share", "2.1")
    assert await told(straight) == [], "the new one took its place"


def test_thirty_networks_take_a_few_statements(tmp_path: Path) -> None:
    statements: list[str] = []

    def draw(store: Store) -> int:
        asked = [_asked(store, number) for number in range(30)]
        desk = Desk(store, NOW, store.networks.programme(), ROUTES)
        event.listen(store._connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        lines = ROUTES.occasions["updates.put_right"].draw(asked, desk)
        return sum(map(len, lines.values()))

    with closing(open_units(fresh_sqlite(tmp_path))) as units:
        assert units.run(draw).result() == 30
    assert len(statements) <= FEW


def _asked(store: Store, number: int) -> Asked:
    """A co-ordinator of a network of their own, whose update rests on what is not there any more."""
    network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
    person_id = store.people.add(f"Person {number}")
    store.people.add_role(person_id, RoleHeld(Role.COORDINATOR, network_id))
    gone = Sentence("practice", Origin.PERSON, (Source("checkins:999:moved", "a"),), "Words", author_id=person_id)
    new = NewDraft(network_id, person_id, date(2027, 1, 1), date(2027, 1, 12), Audience.FACULTY)
    store.drafts.share(store.drafts.add(new, NOW, [gone]), person_id, NOW)
    person = store.people.by_id(person_id)
    assert person is not None
    return Asked(person, (network_id,), NOW.date())
