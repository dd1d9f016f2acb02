"""Two people who change the same thing at the same moment on PostgreSQL: the second sees what the first did."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from bench.postgres import PostgresServer
from bench.straight import Straight, account, words_in
from handlers.kit.replies import Reply
from storage.migrate import migrate
from storage.records import Person, Role, RoleHeld
from storage.unit import Store, open_units


def test_the_second_of_two_who_add_the_same_at_once_runs_again_and_sees_it(postgres_server: PostgresServer) -> None:
    both_have_looked = threading.Barrier(2)
    looked: list[bool] = []

    def add(store: Store) -> str:
        is_there = store.networks.by_key("same") is not None
        looked.append(is_there)
        if is_there:
            return "seen"
        both_have_looked.wait(5)
        store.networks.add("same", "Same", "", None, None)
        return "added"

    with closing(open_units(postgres_server.fresh(migrate).sqlalchemy)) as units:
        assert sorted(future.result() for future in [units.run(add), units.run(add)]) == ["added", "seen"]
    assert looked == [False, False, True]


ROUNDS = 12


@pytest.fixture(scope="module")
def inside(postgres_server: PostgresServer) -> Iterator[Straight]:
    with closing(Straight(postgres_server.fresh(migrate).sqlalchemy)) as straight:
        straight.fill()
        yield straight


async def _network_of_two(inside: Straight, users: tuple[str, str]) -> tuple[int, int, int]:
    """A new network with two co-ordinators; the ids of all three."""

    def add(store: Store) -> tuple[int, int, int]:
        network_id = store.networks.add("".join(users), "Two", "", None, None)
        people = [store.people.add(user) for user in users]
        for user, person_id in zip(users, people, strict=True):
            store.people.add_account(person_id, account(user))
            store.people.add_role(person_id, RoleHeld(Role.COORDINATOR, network_id))
        return network_id, people[0], people[1]

    return await inside.store(add)


async def _coordinators(inside: Straight, network_id: int) -> list[Person]:
    return await inside.store(lambda store: store.people.holding(Role.COORDINATOR, network_id))


async def _acts(inside: Straight, act: str, user: str, network_id: int, own: int, other: int) -> Reply:
    if act in ("remove", "leave"):
        return await inside.presses(user, "people.remove", f"{network_id}.{other if act == 'remove' else own}")
    if act == "change":
        return await inside.sends(user, "people.change", f"{network_id}.{other}", {"roles": ("member",)})
    return await inside.sends(user, "privacy.erase", "", {"confirmation": "erase"})


@pytest.mark.parametrize(
    ("one", "two"),
    [("remove", "remove"), ("change", "change"), ("remove", "change"), ("erase", "erase"), ("erase", "leave")],
)
async def test_two_coordinators_who_leave_a_network_at_once_never_leave_it_alone_unsaid(
    inside: Straight, one: str, two: str
) -> None:
    for number in range(ROUNDS):
        users = f"{one}{two}{number}a", f"{one}{two}{number}b"
        network_id, first, second = await _network_of_two(inside, users)
        replies = await asyncio.gather(
            _acts(inside, one, users[0], network_id, first, second),
            _acts(inside, two, users[1], network_id, second, first),
        )
        left = await _coordinators(inside, network_id)
        assert len(left) == 1, [words_in(reply) for reply in replies]
