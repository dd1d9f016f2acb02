"""People, their accounts and their roles."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import time
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)  # fmt: skip

from storage.networks import UNNAMED
from storage.records import Account, Person, Programme, Role, RoleHeld
from storage.rows import wall
from storage.tables import accounts, people, programme, roles

_WITH_ROLES = (
    select(people, roles.c.role, roles.c.network_id.label("role_network"))
    .outerjoin(roles, roles.c.person_id == people.c.id)
    .order_by(people.c.name, people.c.id, roles.c.id)
)
# No ORDER BY here: SQLite would read every role there is to have them in their order.
_ACTING = (
    select(
        people,
        roles.c.role,
        roles.c.network_id.label("role_network"),
        programme.c.name.label("programme_name"),
        programme.c.time_zone.label("programme_zone"),
        programme.c.messages_a_week,
    )
    .select_from(accounts)
    .join(people, people.c.id == accounts.c.person_id)
    .outerjoin(roles, roles.c.person_id == people.c.id)
    .outerjoin(programme, true())
    .where(accounts.c.platform == bindparam("platform"))
    .where(accounts.c.workspace == bindparam("workspace"))
    .where(accounts.c.user == bindparam("user"))
)
_HOLD = select(people.c.id).where(people.c.id == bindparam("wanted")).with_for_update(key_share=True)


class People:
    """Answers who someone is, and keeps what they are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def acting(self, account: Account) -> tuple[Person, Programme] | None:
        """The person behind an account, with all their roles, and the programme: in one statement, for every event."""
        rows = self._connection.execute(_ACTING, _columns(account)).all()
        if not rows:
            return None
        first = rows[0]
        if not first.programme_name:
            return person_in(rows), UNNAMED
        return person_in(rows), Programme(first.programme_name, first.programme_zone, first.messages_a_week)

    def hold(self, person_id: int) -> None:
        """Wait for whoever holds the person, then let others wait until this unit of work has ended.

        For what is read in order to be replaced: two edits of one check-in that come from Slack and Teams at once would
        otherwise each replace what the other no longer sees. On SQLite all units wait for each other anyway.
        """
        self._connection.execute(_HOLD, {"wanted": person_id})

    def by_account(self, account: Account) -> Person | None:
        """The person behind an account, with all their roles; nobody waits for it."""
        return self._one(_WITH_ROLES.join(accounts, accounts.c.person_id == people.c.id).where(*_is(account)))

    def by_id(self, person_id: int) -> Person | None:
        """The person, with all their roles."""
        return self._one(_WITH_ROLES.where(people.c.id == person_id))

    def named(self, name: str) -> list[Person]:
        """Everyone of that name, however it is capitalised or its accents are put together."""
        # Compared here: SQLite's lower() knows only the letters of ASCII.
        known = self._connection.execute(select(people.c.id, people.c.name))
        ids = [row.id for row in known if _folded(row.name) == _folded(name)]
        return self._many(_WITH_ROLES.where(people.c.id.in_(ids))) if ids else []

    def in_network(self, network_id: int, limit: int = 100, offset: int = 0) -> list[Person]:
        """People with a role in the network, by name."""
        ids = (
            select(people.c.id)
            .where(people.c.id.in_(select(roles.c.person_id).where(roles.c.network_id == network_id)))
            .order_by(people.c.name, people.c.id)
            .limit(limit)
            .offset(offset)
        )
        return self._many(_WITH_ROLES.where(people.c.id.in_(ids)))

    def count_in(self, network_id: int) -> int:
        """How many people have a role in the network."""
        count = select(func.count(roles.c.person_id.distinct())).where(roles.c.network_id == network_id)
        return self._connection.execute(count).scalar_one()

    def holding(self, role: Role, network_id: int | None = None) -> list[Person]:
        """People who hold the role, in that network where one is named."""
        ids = select(roles.c.person_id).where(roles.c.role == role.value)
        if network_id is not None:
            ids = ids.where(roles.c.network_id == network_id)
        return self._many(_WITH_ROLES.where(people.c.id.in_(ids)))

    def all_ids(self) -> list[int]:
        """Everyone's id."""
        return list(self._connection.execute(select(people.c.id).order_by(people.c.id)).scalars())

    def to_ask_in(self, platform: str, workspace: str) -> list[str]:
        """Names of the co-ordinators that a stranger in that workspace can ask, at most three."""
        names = (
            select(people.c.name)
            .distinct()
            .join(accounts, accounts.c.person_id == people.c.id)
            .join(roles, roles.c.person_id == people.c.id)
            .where(accounts.c.platform == platform, accounts.c.workspace == workspace)
            .where(roles.c.role.in_((Role.COORDINATOR.value, Role.ADMIN.value)))
            .order_by(people.c.name)
            .limit(3)
        )
        return list(self._connection.execute(names).scalars())

    def accounts_of(self, person_id: int) -> list[Account]:
        """The person's accounts."""
        columns = (accounts.c.platform, accounts.c.workspace, accounts.c.user)
        rows = self._connection.execute(select(*columns).where(accounts.c.person_id == person_id).order_by(*columns))
        return [Account(*row) for row in rows]

    def add(self, name: str) -> int:
        """Add a person; returns the id."""
        return int(self._connection.execute(insert(people).values(name=name).returning(people.c.id)).scalar_one())

    def change(self, person_id: int, changes: Mapping[str, Any]) -> None:
        """Change fields of the person's record, named as in `Person`."""
        values = {field: _column_value(field, value) for field, value in changes.items()}
        self._connection.execute(update(people).where(people.c.id == person_id).values(values))

    def learn_time_zone(self, person_id: int, time_zone: str) -> None:
        """Keep the zone that a platform told, where none is known."""
        statement = update(people).where(people.c.id == person_id, people.c.time_zone.is_(None))
        self._connection.execute(statement.values(time_zone=time_zone))

    def add_account(self, person_id: int, account: Account) -> None:
        """Give the person an account. Raises sqlalchemy.exc.IntegrityError where it belongs to someone."""
        self._connection.execute(insert(accounts).values(person_id=person_id, **_columns(account)))

    def add_role(self, person_id: int, held: RoleHeld) -> None:
        """Give the person a role that they do not hold yet."""
        values = {"person_id": person_id, "network_id": held.network_id, "role": held.role.value}
        self._connection.execute(insert(roles).values(values))

    def remove_role(self, person_id: int, held: RoleHeld) -> None:
        """Take a role from the person."""
        in_network = roles.c.network_id.is_(None) if held.network_id is None else roles.c.network_id == held.network_id
        statement = delete(roles).where(roles.c.person_id == person_id, in_network, roles.c.role == held.role.value)
        self._connection.execute(statement)

    def erase(self, person_id: int) -> None:
        """Erase the person with accounts and roles; what they did stays in the audit log without them."""
        self._connection.execute(delete(people).where(people.c.id == person_id))

    def _one(self, statement: Select[Any]) -> Person | None:
        found = self._many(statement)
        return found[0] if found else None

    def _many(self, statement: Select[Any]) -> list[Person]:
        rows: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(statement):
            rows.setdefault(row.id, []).append(row)
        return [person_in(of_one) for of_one in rows.values()]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is(account: Account) -> tuple[ColumnElement[bool], ...]:
    return (
        accounts.c.platform == account.platform,
        accounts.c.workspace == account.workspace,
        accounts.c.user == account.user,
    )


def _columns(account: Account) -> dict[str, str]:
    return {"platform": account.platform, "workspace": account.workspace, "user": account.user}


def _column_value(field: str, value: Any) -> Any:
    if field == "working_days":
        return "".join(str(day) for day in value)
    return value.isoformat("minutes") if isinstance(value, time) else value


@lru_cache(maxsize=128)
def _days(written: str) -> tuple[int, ...]:
    return tuple(int(day) for day in written)


def person_in(rows: Sequence[Row[Any]]) -> Person:
    """The person that rows of `people` hold, with one of their roles in each: `role` and `role_network`."""
    row = rows[0]
    return Person(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        nation=row.nation,
        working_days=_days(row.working_days),
        hours_from=wall(row.hours_from),
        hours_to=wall(row.hours_to),
        leave_from=row.leave_from,
        leave_to=row.leave_to,
        preferred_platform=row.preferred_platform,
        roles=tuple(RoleHeld(Role(one.role), one.role_network) for one in rows if one.role is not None),
    )
