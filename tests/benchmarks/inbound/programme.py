"""The database that each round starts from: members who have not checked in yet."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from handlers.kit.template import product_questions
from storage.migrate import migrate
from storage.records import Account, Role, RoleHeld
from storage.unit import Store, open_units

NETWORKS = 3
MEMBERS = 1500
WORKSPACE, TENANT = "T01", "00000000-0000-0000-0000-000000000001"


def fill(url: str) -> None:
    """Make the schema, and 1,500 people who are members of 3 networks each."""
    migrate(url)
    units = open_units(url)
    units.run(_fill).result()
    units.close()


def _fill(store: Store) -> None:
    now = datetime.now(UTC)
    networks = [store.networks.add(f"n{number}", f"Network {number}", "", None, None) for number in range(NETWORKS)]
    for network_id in networks:
        store.templates.add(network_id, product_questions(), now, None)
    for number in range(MEMBERS):
        person_id = store.people.add(f"Member {number}")
        store.people.learn_time_zone(person_id, "Europe/London")
        store.people.add_account(person_id, Account("slack", WORKSPACE, f"U{number}"))
        store.people.add_account(person_id, Account("teams", TENANT, f"aad-{number}"))
        for network_id in networks:
            store.people.add_role(person_id, RoleHeld(Role.MEMBER, network_id))


def sqlite_copies(folder: Path) -> Iterator[str]:
    """An endless row of copies of one filled file."""
    first = folder / "filled.db"
    if not first.exists():
        fill(f"sqlite:///{first}")
    number = 0
    while True:
        number += 1
        copy = folder / f"round-{number}-{id(folder)}.db"
        shutil.copy(first, copy)
        yield f"sqlite:///{copy}"
