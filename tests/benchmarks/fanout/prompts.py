"""The database that each round starts from: people on Slack and Teams, and the prompts that are due to them now."""

import json
from datetime import timedelta

from sqlalchemy import insert, text

from bench.clock import MovedClock
from handlers.kit.template import product_questions
from storage.database import open_engine
from storage.migrate import migrate
from storage.records import Account
from storage.scheduled import NewDelivery, Wanted
from storage.tables import accounts, people, roles
from storage.unit import Store, open_units

NETWORKS = 10
WORKSPACE, TENANT = "T01", "00000000-0000-0000-0000-000000000001"
PLATFORMS = ("slack", "teams")
CLOCK = MovedClock()
"""The bot's clock stands within everyone's hours; leases and budgets run by machine time."""


def fill(url: str, count: int, platform_url: str) -> None:
    """Make the schema, and so many members of 10 networks, each with an account on both platforms."""
    migrate(url)
    units = open_units(url)
    units.run(_networks).result()
    units.close()
    ids = range(1, count + 1)
    engine = open_engine(url)
    with engine.begin() as connection:
        person = {"time_zone": "Europe/London"}
        connection.execute(insert(people), [{"id": one, "name": f"Member {one}", **person} for one in ids])
        member = {"role": "member"}
        rows = [{"person_id": one, "network_id": one % NETWORKS + 1, **member} for one in ids]
        connection.execute(insert(roles), rows)
        connection.execute(
            insert(accounts), [_row(_account(one, name), one, platform_url) for one in ids for name in PLATFORMS]
        )
        if engine.dialect.name == "postgresql":
            # Whoever is written to has been there for long: the server knows them.
            connection.execute(text("ANALYZE"))
    engine.dispose()


def add_due(url: str, first: int, count: int, platforms: tuple[str, ...], days_ago: int = 0) -> None:
    """Prompts of the day so long ago are due now to so many people from `first` on, in turn on the platforms.

    It is to be measured right after this, while no statistics of the database know of them (limits.md F17).
    """
    units = open_units(url)
    units.run(lambda store: _add_due(store, range(first, first + count), platforms, days_ago)).result()
    units.close()


def _networks(store: Store) -> None:
    for number in range(NETWORKS):
        network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
        store.templates.add(network_id, product_questions(), CLOCK.now(), None)


def _add_due(store: Store, ids: range, platforms: tuple[str, ...], days_ago: int) -> None:
    on, at = CLOCK.now().date() - timedelta(days=days_ago), CLOCK.now() - timedelta(minutes=5)
    schedule_id = store.schedules.put(Wanted("checkins.ask", "w2:1", at.time(), on), None, at)
    store.schedules.planned([(schedule_id, on, None)])
    occurrence_id = store.schedules.add_occurrences([(schedule_id, on, 0, False)])[schedule_id, on]
    accounts = (_account(one, platforms[one % len(platforms)]) for one in ids)
    rows = [NewDelivery(occurrence_id, one, at, account=account) for one, account in zip(ids, accounts, strict=True)]
    assert store.deliveries.add(rows) == len(ids)


def _account(number: int, platform: str) -> Account:
    return (
        Account("slack", WORKSPACE, f"U{number}") if platform == "slack" else Account("teams", TENANT, f"aad-{number}")
    )


def _row(account: Account, person_id: int, platform_url: str) -> dict[str, object]:
    place = {"service": platform_url, "conversation": f"a:{person_id}", "tenant": TENANT}
    address = json.dumps({**place, "bot": "28:app", "user": f"29:{person_id}"}) if account.platform == "teams" else None
    names = {"platform": account.platform, "workspace": account.workspace, "user": account.user}
    return {**names, "person_id": person_id, "address": address, "address_at": CLOCK.now() if address else None}
