"""An occasion is asked about many people at once, and reads what it needs for all of them together."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bench.straight import fresh_sqlite
from handlers import find_routes
from handlers.kit.occasions import Asked, Desk
from storage.records import Role, RoleHeld
from storage.unit import Store, open_units

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
PEOPLE = 30
FEW = 9
KNOWS_ALL = {"digests.due"}
"""Whoever is of the faculty is told, and that stands with the person already."""


@pytest.mark.parametrize("name", sorted(find_routes().occasions))
def test_so_many_people_in_as_many_networks_take_a_few_statements(name: str, tmp_path: Path) -> None:
    occasion, statements = find_routes().occasions[name], list[str]()

    def draw(store: Store) -> None:
        asked = [_asked(store, occasion.role or Role.MEMBER, number) for number in range(PEOPLE)]
        desk, connection = Desk(store, NOW, store.networks.programme(), find_routes()), store._connection
        event.listen(connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        occasion.draw(asked, desk)

    with closing(open_units(fresh_sqlite(tmp_path))) as units:
        units.run(draw).result()
    assert len(statements) <= FEW
    assert statements or name in KNOWS_ALL


def _asked(store: Store, role: Role, number: int) -> Asked:
    """Someone with that role in a network of their own, who is asked on this date."""
    network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
    person_id = store.people.add(f"Person {number}")
    store.people.add_role(person_id, RoleHeld(role, network_id))
    person = store.people.by_id(person_id)
    assert person is not None
    return Asked(person, (network_id,), NOW.date() - timedelta(days=1))
