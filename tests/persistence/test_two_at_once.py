"""Two people who save the same thing at the same moment on PostgreSQL: one of them runs again, and sees the other."""

import threading
from datetime import UTC, datetime

from bench.postgres import PostgresServer
from handlers.kit.template import product_questions
from storage.migrate import migrate
from storage.unit import Store, open_units


def test_the_second_of_two_who_add_a_version_at_once_runs_again_and_adds_the_next(
    postgres_server: PostgresServer,
) -> None:
    units = open_units(postgres_server.fresh(migrate).sqlalchemy)
    network_id = units.run(lambda store: store.networks.add("n", "N", "", None, None)).result()
    both_have_looked = threading.Barrier(2)
    looked: list[int] = []

    def add(store: Store) -> int:
        current = store.templates.current(network_id)
        looked.append(current.version if current else 0)
        if len(looked) <= 2:
            both_have_looked.wait(5)
        return store.templates.add(network_id, product_questions(), datetime.now(UTC), None).version

    versions = [future.result() for future in [units.run(add), units.run(add)]]
    assert sorted(versions) == [1, 2]
    assert len(looked) == 3
    units.close()
