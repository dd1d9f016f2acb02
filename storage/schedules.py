"""Schedules and their occurrences: what is due to be planned, for whom, and what was planned."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.many import Many, among
from storage.recipients import Recipients, chunks
from storage.records import Role
from storage.rows import schedule_in
from storage.scheduled import Recipient, Schedule, Wanted
from storage.tables import occurrences, schedules
from storage.waiting import Waiting

_ONE_PLANS = text("SELECT pg_try_advisory_xact_lock(0x57656177)")
"""Two processes that plan for the same people at once would not see each other's messages of the same week."""
SCOPE: Any = ["occasion", text("coalesce(network_id, 0)"), text("coalesce(person_id, 0)")]
"""What a schedule is unique on."""


def _put(insert: sqlite.Insert | postgresql.Insert) -> Any:
    kept = ("occasion", "network_id", "person_id", "id")
    changed = {column.name: column for column in insert.excluded if column.name not in kept}
    return insert.on_conflict_do_update(index_elements=SCOPE, set_=changed).returning(schedules.c.id)


_PUT = {"sqlite": _put(sqlite.insert(schedules)), "postgresql": _put(postgresql.insert(schedules))}
_ADD = Many(
    occurrences,
    ("schedule_id", "on", "number", "missed"),
    (occurrences.c.schedule_id, occurrences.c.on, occurrences.c.id),
)
_DUE = (
    select(schedules)
    .where(schedules.c.plan_at <= bindparam("at"))
    .order_by(schedules.c.plan_at.desc(), schedules.c.id.desc())
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_PLANNED = (
    update(schedules)
    .where(schedules.c.id == bindparam("wanted"))
    .values(planned_on=bindparam("to_on"), plan_at=bindparam("look_at"))
)
_LAST = (
    select(occurrences.c.schedule_id, func.max(occurrences.c.number).label("number"))
    .where(among(occurrences.c.schedule_id))
    .group_by(occurrences.c.schedule_id)
)
_OF_NETWORK = select(schedules).where(schedules.c.network_id == bindparam("network"), schedules.c.person_id.is_(None))
_OF_NETWORKS = select(schedules).where(
    schedules.c.network_id.in_(bindparam("ids", expanding=True)), schedules.c.person_id.is_(None)
)
_OF_PROGRAMME = select(schedules).where(schedules.c.network_id.is_(None), schedules.c.person_id.is_(None))
_OF_PERSON = select(schedules).where(schedules.c.person_id == bindparam("person"))


class Schedules:
    """Keeps one schedule for each occasion and scope, and one occurrence for each schedule and local date."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, wanted: Wanted, set_by: int | None, at: datetime) -> int:
        """Let the schedule stand from `at` on, instead of the one of its occasion and scope; returns its id.

        What was planned before and has not begun is forgotten, so that it can be planned anew. A date of which someone
        has already had the message runs to its end as it was, without further reminders; what people put off stays.
        """
        values = {
            "occasion": wanted.occasion, "network_id": wanted.network_id, "person_id": wanted.person_id,
            "cadence": wanted.cadence, "at": wanted.at.isoformat("minutes"), "zone": wanted.zone,
            "from_on": wanted.from_on, "until_on": wanted.until_on, "moves": wanted.moves,
            "window_days": wanted.window_days, "set_by": set_by, "set_at": at, "planned_on": None, "plan_at": at,
        }  # fmt: skip
        schedule_id = int(self._connection.execute(_PUT[self._connection.dialect.name], values).scalar_one())
        # A day before: somewhere on earth it is still yesterday.
        Waiting(self._connection).forget(schedule_id, at, (at - timedelta(days=1)).date())
        return schedule_id

    def remove(self, schedule_id: int) -> None:
        """Remove the schedule with its occurrences and deliveries; what these carried for others still goes out."""
        Waiting(self._connection).forget_all(schedule_id)
        self._connection.execute(delete(schedules).where(schedules.c.id == schedule_id))

    def by_id(self, schedule_id: int) -> Schedule | None:
        """The schedule, if there is one."""
        return next(iter(self._many(select(schedules).where(schedules.c.id == schedule_id))), None)

    def of_network(self, network_id: int) -> list[Schedule]:
        """The network's own schedules, by occasion."""
        return self._many(_OF_NETWORK.order_by(schedules.c.occasion), network=network_id)

    def of_networks(self, network_ids: Iterable[int]) -> list[Schedule]:
        """The own schedules of these networks."""
        found = []
        for ids in chunks(network_ids):
            found += self._many(_OF_NETWORKS, ids=ids)
        return found

    def of_programme(self) -> list[Schedule]:
        """The programme's schedules, by occasion."""
        return self._many(_OF_PROGRAMME.order_by(schedules.c.occasion))

    def of_person(self, person_id: int) -> list[Schedule]:
        """The person's own schedules, by occasion."""
        return self._many(_OF_PERSON.order_by(schedules.c.occasion), person=person_id)

    def all(self) -> list[Schedule]:
        """Every schedule, personal ones too, in the order they were set."""
        return self._many(select(schedules).order_by(schedules.c.id))

    def due(self, at: datetime, limit: int) -> list[Schedule]:
        """What must be planned now. On PostgreSQL none while another process plans.

        The newest first, as the programme's are the oldest: within a day, the more specific one says the time.
        """
        if self._connection.dialect.name == "postgresql" and not self._connection.execute(_ONE_PLANS).scalar_one():
            return []
        return self._many(_DUE, at=at, most=limit)

    def planned(self, rows: Sequence[tuple[int, date | None, datetime | None]]) -> None:
        """Note up to which date schedules are planned, and when to look again: (id, planned_on, plan_at) each."""
        values = [{"wanted": one, "to_on": on, "look_at": at} for one, on, at in rows]
        if values:
            self._connection.execute(_PLANNED, values)

    def add_occurrences(self, rows: Sequence[tuple[int, date, int, bool]]) -> dict[tuple[int, date], int]:
        """Add (schedule, date, number, missed) each; the ids of those that are new, by schedule and date."""
        values = [{"schedule_id": one, "on": on, "number": number, "missed": gone} for one, on, number, gone in rows]
        if not values:
            return {}
        return {(row.schedule_id, row.on): row.id for row in _ADD.add(self._connection, values).all()}

    def last_number(self, schedule_ids: Iterable[int]) -> dict[int, int]:
        """The number of each schedule's last occurrence, where it has one."""
        found: dict[int, int] = {}
        for ids in chunks(schedule_ids):
            found.update((one, number) for one, number in self._connection.execute(_LAST, {"ids": ids}))
        return found

    def recipients(self, wanted: Sequence[Schedule], roles: Mapping[str, Role | None]) -> dict[int, list[Recipient]]:
        """Whom each schedule is for, by its id; `roles` says by occasion whom it asks.

        The more specific schedule counts: a person's own, then the network's, then the programme's. Those who stopped
        it are there too, with their wish.
        """
        return Recipients(self._connection).of(wanted, roles)

    def recipients_by_ids(self, person_ids: Iterable[int]) -> dict[int, Recipient]:
        """These people with all their networks, by id."""
        return Recipients(self._connection).by_ids(person_ids)[0]

    def _many(self, statement: Select[Any], **values: Any) -> list[Schedule]:
        return [schedule_in(row) for row in self._connection.execute(statement, values).all()]
