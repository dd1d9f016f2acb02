"""Whom a schedule is for, the more specific one first, and where each of them can be reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, or_, select

from storage.many import among
from storage.people import person_in
from storage.records import Account, Person, Role
from storage.scheduled import Recipient, Schedule, Wish
from storage.tables import accounts, people, roles, schedules, wishes

T = TypeVar("T")
WITH_ADDRESS = frozenset({"teams"})
"""Platforms that can write to an account only once they have its address."""
MOST_AT_ONCE = 1000
"""Ids in one statement at the most: SQLite takes 32,766 values, PostgreSQL 65,535."""

_WITH_ROLES = select(people, roles.c.role, roles.c.network_id.label("role_network")).outerjoin(
    roles, roles.c.person_id == people.c.id
)
_ACCOUNTS = select(
    accounts.c.person_id, accounts.c.platform, accounts.c.workspace, accounts.c.user, accounts.c.address
).order_by(accounts.c.platform, accounts.c.workspace, accounts.c.user)
_BY_IDS = _WITH_ROLES.where(among(people.c.id)).order_by(people.c.id, roles.c.id)
_ACCOUNTS_BY_IDS = _ACCOUNTS.where(among(accounts.c.person_id))
_WISHES = select(wishes).where(among(wishes.c.person_id), wishes.c.occasion.in_(bindparam("names", expanding=True)))
# Not by the index of occasions: from there a database would look through every schedule of one.
_NAMED = func.coalesce(schedules.c.occasion, "").in_(bindparam("names", expanding=True))
_OF_NETWORKS = select(schedules.c.occasion, schedules.c.network_id).where(
    schedules.c.person_id.is_(None), schedules.c.network_id.is_not(None), _NAMED
)
_OF_PEOPLE = select(schedules.c.occasion, schedules.c.person_id).where(among(schedules.c.person_id), _NAMED)
# Always by their ids, some at a time: joined with roles, PostgreSQL may read all people for the few who are asked.


def chunks(ids: Iterable[T]) -> Iterator[list[T]]:
    """The ids, few enough at a time for one statement."""
    every = list(ids)
    return (every[begin : begin + MOST_AT_ONCE] for begin in range(0, len(every), MOST_AT_ONCE))


class Recipients:
    """Answers who gets what is sent unasked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, wanted: Sequence[Schedule], roles_of: Mapping[str, Role | None]) -> dict[int, list[Recipient]]:
        """By schedule's id, in the order of people's ids; `roles_of` says by occasion whom it asks.

        None: whoever has a schedule of their own for it, and a role in a network or in the programme.
        """
        known = [one for one in wanted if one.wanted.occasion in roles_of]
        if not known:
            return {one.id: [] for one in wanted}
        folk, reached, wished = self._known(self._asked(known, roles_of), {one.wanted.occasion for one in known})
        networks_of, own = self._more_specific(known, folk)
        found: dict[int, list[Recipient]] = {one.id: [] for one in wanted}
        candidates = _Candidates(folk)
        for one in known:
            occasion = one.wanted.occasion
            for person in candidates.of(one, roles_of[occasion]):
                network_ids = _network_ids(one, person, roles_of[occasion], networks_of[occasion])
                left_out = one.wanted.person_id is None and (occasion, person.id) in own
                if network_ids is not None and not left_out:
                    wish = wished.get((person.id, occasion), Wish())
                    found[one.id].append(_recipient(person, network_ids, reached.get(person.id, ()), wish))
        return found

    def _asked(self, known: Sequence[Schedule], roles_of: Mapping[str, Role | None]) -> list[int]:
        """The ids of everyone whom one of the schedules may be for, in order."""
        asked = {one.wanted.person_id for one in known if one.wanted.person_id is not None}
        holders = _holders([one for one in known if one.wanted.person_id is None], roles_of)
        if holders is not None:
            asked.update(self._connection.execute(holders).scalars())
        return sorted(asked)

    def _known(
        self, person_ids: Sequence[int], occasions: Iterable[str]
    ) -> "tuple[list[Person], dict[int, list[tuple[Account, str | None]]], dict[tuple[int, str], Wish]]":
        """These people, their accounts with addresses, and what they wish of the occasions."""
        folk: list[Person] = []
        reached: dict[int, list[tuple[Account, str | None]]] = {}
        wished: dict[tuple[int, str], Wish] = {}
        names = sorted(occasions)
        for ids in chunks(person_ids):
            folk += self._people(_BY_IDS, {"ids": ids})
            reached.update(self._accounts(_ACCOUNTS_BY_IDS, {"ids": ids}))
            for row in self._connection.execute(_WISHES, {"ids": ids, "names": names}):
                wished[row.person_id, row.occasion] = Wish(row.every, row.stopped_at, row.halved)
        return folk, reached, wished

    def by_ids(self, person_ids: Iterable[int]) -> tuple[dict[int, Recipient], dict[Account, str | None]]:
        """These people by id, with all their networks, and the address of each of their accounts."""
        found: dict[int, Recipient] = {}
        addresses: dict[Account, str | None] = {}
        for ids in chunks(sorted(set(person_ids))):
            reached = self._accounts(_ACCOUNTS_BY_IDS, {"ids": ids})
            for person in self._people(_BY_IDS, {"ids": ids}):
                found[person.id] = _recipient(person, person.network_ids, reached.get(person.id, ()), Wish())
            for of_one in reached.values():
                addresses.update(of_one)
        return found, addresses

    def _people(self, statement: Select[Any], values: Mapping[str, Any] | None = None) -> list[Person]:
        rows: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(statement, values or {}).all():
            rows.setdefault(row.id, []).append(row)
        return [person_in(of_one) for of_one in rows.values()]

    def _accounts(
        self, statement: Select[Any], values: Mapping[str, Any] | None = None
    ) -> "dict[int, list[tuple[Account, str | None]]]":
        found: dict[int, list[tuple[Account, str | None]]] = defaultdict(list)
        for person_id, platform, workspace, user, address in self._connection.execute(statement, values or {}).all():
            found[person_id].append((Account(platform, workspace, user), address))
        return found

    def _more_specific(
        self, known: Sequence[Schedule], folk: Sequence[Person]
    ) -> tuple[dict[str, set[int]], set[tuple[str, int]]]:
        """The networks by occasion that have schedules of their own, and the (occasion, person) pairs that do."""
        networks_of: dict[str, set[int]] = defaultdict(set)
        own: set[tuple[str, int]] = set()
        # Nothing counts before what people set for themselves: only the others must know of it.
        names = sorted({one.wanted.occasion for one in known if one.wanted.person_id is None})
        if names:
            for occasion, network_id in self._connection.execute(_OF_NETWORKS, {"names": names}):
                networks_of[occasion].add(network_id)
            for ids in chunks(one.id for one in folk):
                own.update(map(tuple, self._connection.execute(_OF_PEOPLE, {"ids": ids, "names": names})))
        return networks_of, own


class _Candidates:
    """The people that were read, so that each schedule looks only at those whom it may be for."""

    def __init__(self, folk: Sequence[Person]) -> None:
        self._folk = {person.id: person for person in folk}
        self._holding: dict[tuple[Role, int | None], dict[int, Person]] = defaultdict(dict)
        self._anywhere: dict[Role, dict[int, Person]] = defaultdict(dict)
        for person in folk:
            for held in person.roles:
                self._holding[held.role, held.network_id][person.id] = person
                self._anywhere[held.role][person.id] = person

    def of(self, schedule: Schedule, role: Role | None) -> Iterable[Person]:
        """Those whom the schedule is for if nothing more specific counts."""
        wanted = schedule.wanted
        if wanted.person_id is not None:
            person = self._folk.get(wanted.person_id)
            return () if person is None else (person,)
        if role is None:
            return ()
        if wanted.network_id is not None:
            return self._holding[role, wanted.network_id].values()
        return self._anywhere[role].values()


def _holders(known: Sequence[Schedule], roles_of: Mapping[str, Role | None]) -> Select[Any] | None:
    """The ids of those whom schedules of a network or of the programme may be for; None without such schedules."""
    networks_of: dict[Role, set[int]] = defaultdict(set)
    everywhere: set[str] = set()
    for one in known:
        role = roles_of[one.wanted.occasion]
        if role is None:
            continue
        if one.wanted.network_id is None:
            everywhere.add(role.value)
        else:
            networks_of[role].add(one.wanted.network_id)
    conditions: list[ColumnElement[bool]] = [roles.c.role.in_(sorted(everywhere))] if everywhere else []
    for role, network_ids in networks_of.items():
        conditions.append((roles.c.role == role.value) & roles.c.network_id.in_(sorted(network_ids)))
    return select(roles.c.person_id).distinct().where(or_(*conditions)) if conditions else None


def _network_ids(schedule: Schedule, person: Person, role: Role | None, own: set[int]) -> tuple[int, ...] | None:
    """The networks that the schedule is about for this person; None where it is not for them."""
    if role is None:
        return person.network_ids if person.roles else None
    held = [one.network_id for one in person.roles if one.role is role]
    ids = tuple(sorted(one for one in held if one is not None))
    wanted = schedule.wanted
    if wanted.person_id is None and wanted.network_id is not None:
        return (wanted.network_id,) if wanted.network_id in ids else None
    if wanted.person_id is None:
        ids = tuple(one for one in ids if one not in own)
    return ids if ids or None in held else None


def _recipient(
    person: Person, network_ids: tuple[int, ...], known: Sequence[tuple[Account, str | None]], wish: Wish
) -> Recipient:
    writable = [one for one, address in known if address or one.platform not in WITH_ADDRESS]
    writable.sort(key=lambda one: one.platform != person.preferred_platform)
    return Recipient(person, network_ids, tuple(writable), wish)
