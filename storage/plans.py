"""Development plans: what is changed in one, who was told of it, and what goes with a person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, case, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.many import among
from storage.plan_reading import PlanReading
from storage.plan_records import KeptPlan, NewItem, PlanState
from storage.plan_rows import ENDS, end_in
from storage.plan_tables import ends, items, plans, points, told
from storage.recipients import chunks
from storage.records import Audience
from storage.tables import networks, roles

_TELL: dict[str, Any] = {"sqlite": sqlite.insert(told), "postgresql": postgresql.insert(told)}
_ITS_OWN = {"title": "", "step_when": "", "step_then": ""}
"""What an objective says is kept with the goal alone."""
_IS_CURRENT = plans.c.state == PlanState.CURRENT.value


class Plans(PlanReading):
    """Keeps plans. Every change counts up the version; whoever changes holds the network first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, network_id: int) -> None:
        """Wait for whoever changes the network's plan, then let others wait until this unit of work has ended."""
        held = select(networks.c.id).where(networks.c.id == network_id).with_for_update(key_share=True)
        self._connection.execute(held)

    def make(
        self,
        network_id: int,
        review_id: int | None,
        began_on: date,
        audience: Audience,
        by_id: int,
        at: datetime,
        points: Mapping[int, date],
        why: str = "",
    ) -> int:
        """Make the network's plan, with the days of its review points by their month; returns its id.

        It takes the place of the one before, which stays to be read.
        """
        self.hold(network_id)
        before = update(plans).where(plans.c.network_id == network_id, _IS_CURRENT)
        self._connection.execute(before.values(state=PlanState.REPLACED.value, closed_at=at))
        number = select(func.coalesce(func.max(plans.c.number), 0)).where(plans.c.network_id == network_id)
        values = {
            "network_id": network_id, "number": self._connection.execute(number).scalar_one() + 1,
            "state": PlanState.CURRENT.value, "review_id": review_id, "began_on": began_on, "audience": int(audience),
            "made_by_id": by_id, "made_at": at, "version": 1, "why": why, "reach": int(audience),
        }  # fmt: skip
        plan_id = int(self._connection.execute(insert(plans).values(values).returning(plans.c.id)).scalar_one())
        self._add_points(plan_id, points, audience)
        return plan_id

    def _add_points(self, plan_id: int, days: Mapping[int, date], reach: Audience) -> None:
        rows = [
            {"plan_id": plan_id, "month": month, "first_on": on, "on": on, "note": "", "reach": int(reach)}
            for month, on in days.items()
        ]
        if rows:
            self._connection.execute(insert(points), rows)

    def add_item(self, plan_id: int, item: NewItem) -> int:
        """Add an item after the others; returns its id."""
        place = select(func.coalesce(func.max(items.c.place), 0)).where(items.c.plan_id == plan_id)
        is_objective = item.objective_id is not None
        values = {
            "plan_id": plan_id, "place": self._connection.execute(place).scalar_one() + 1, "action": item.action,
            "title": item.title, "dimension": item.dimension, "why": item.why, "month_on": item.month_on,
            "first_on": item.first_on or item.month_on, "owner_id": item.owner_id, "step_when": item.step_when,
            "step_then": item.step_then, "objective_id": item.objective_id, "is_objective": is_objective,
            **(_ITS_OWN if is_objective else {}),
        }  # fmt: skip
        item_id = int(self._connection.execute(insert(items).values(values).returning(items.c.id)).scalar_one())
        self._count_up(plans.c.id == plan_id)
        return item_id

    def change_item(
        self,
        item_id: int,
        *,
        title: str,
        dimension: str,
        month_on: date,
        owner_id: int | None,
        step_when: str,
        step_then: str,
    ) -> None:
        """Put this in the place of what the item said. What an objective says, its first step and its owner are that
        goal's own: they are changed there, and not here."""
        words = {"title": title, "step_when": step_when, "step_then": step_then}
        own = {name: case((items.c.is_objective, ""), else_=text) for name, text in words.items()}
        self._set_item(item_id, dimension=dimension, month_on=month_on, owner_id=owner_id, **own)

    def set_objective(self, item_id: int, goal_id: int) -> None:
        """The item has become that objective, and says from now on what the goal says."""
        self._set_item(item_id, objective_id=goal_id, is_objective=True, **_ITS_OWN)

    def leave_item(self, item_id: int, on: date) -> None:
        """Take the item out of the plan; it stays to be read there."""
        self._set_item(item_id, left_on=on)

    def put_back(self, item_id: int) -> None:
        """The item stands in the plan again."""
        self._set_item(item_id, left_on=None)

    def move_point(self, plan_id: int, month: int, on: date) -> None:
        """Look at the plan on another day."""
        self._set_point(plan_id, month, on=on)

    def hold_point(self, plan_id: int, month: int, on: date, note: str) -> None:
        """The plan was looked at on that day, and this came of it, for those who may read the plan now."""
        self._set_point(plan_id, month, held_on=on, note=note, reach=_audience_of(plan_id))

    def set_audience(self, plan_id: int, audience: Audience) -> None:
        """Narrow or widen who may read the plan; words that stand in it already reach nobody new."""
        self._count_up(plans.c.id == plan_id, audience=int(audience))

    def finish(self, plan_id: int, changed: str, lasts: str, learned: str, by_id: int, at: datetime) -> bool:
        """The plan has come to its end, and this is what was found then. False where it is not the current one."""
        if not self._count_up(plans.c.id == plan_id, _IS_CURRENT, state=PlanState.ENDED.value, closed_at=at):
            return False
        words = {"changed": changed, "lasts": lasts, "learned": learned, "reach": _audience_of(plan_id)}
        self._connection.execute(insert(ends).values(plan_id=plan_id, by_id=by_id, at=at, **words))
        return True

    def told(self, person_ids: Iterable[int], since_on: date) -> dict[int, dict[int, date]]:
        """By person, the items that they were told of on that day or later, and when last."""
        found: dict[int, dict[int, date]] = {}
        for ids in chunks(sorted(set(person_ids))):
            rows = select(told).where(among(told.c.person_id), told.c.on >= since_on)
            for row in self._connection.execute(rows, {"ids": ids}):
                found.setdefault(row.person_id, {})[row.item_id] = row.on
        return found

    def tell(self, rows: Iterable[tuple[int, int, date]]) -> None:
        """Note that people, by id, were told of items on a day."""
        new = _TELL[self._connection.dialect.name]
        put = new.on_conflict_do_update(index_elements=("person_id", "item_id"), set_={"on": new.excluded.on})
        if values := [{"person_id": person_id, "item_id": item_id, "on": on} for person_id, item_id, on in rows]:
            self._connection.execute(put, values)

    def kept_of(self, person_id: int) -> list[KeptPlan]:
        """Every plan that holds something of the person, oldest first, with nothing else of it, for their export."""
        wrote = exists().where(ends.c.plan_id == plans.c.id, ends.c.by_id == person_id)
        looks_after = exists().where(items.c.plan_id == plans.c.id, *_looked_after_by(person_id))
        mine = select(plans).where((plans.c.made_by_id == person_id) | wrote | looks_after).order_by(plans.c.id)
        found = self._connection.execute(mine).all()
        own = self._rows(ENDS.where(ends.c.by_id == person_id), found)
        held = self._rows(_LOOKED_AFTER.where(*_looked_after_by(person_id)), found)
        return [_kept(row, person_id, held, own) for row in found]

    def erase_person(self, person_id: int) -> None:
        """Take the person's name from what they made, look after and wrote; the network's words stay."""
        self._connection.execute(delete(told).where(told.c.person_id == person_id))
        for column in (plans.c.made_by_id, items.c.owner_id, ends.c.by_id):
            self._connection.execute(update(column.table).where(column == person_id).values({column.name: None}))

    def _set_item(self, item_id: int, **values: Any) -> None:
        self._connection.execute(update(items).where(items.c.id == item_id).values(values))
        self._count_up(plans.c.id == select(items.c.plan_id).where(items.c.id == item_id).scalar_subquery())

    def _set_point(self, plan_id: int, month: int, **values: Any) -> None:
        one = (points.c.plan_id == plan_id, points.c.month == month)
        self._connection.execute(update(points).where(*one).values(values))
        self._count_up(plans.c.id == plan_id)

    def _count_up(self, *where: Any, **values: Any) -> bool:
        changed = update(plans).where(*where).values(version=plans.c.version + 1, **values)
        return bool(self._connection.execute(changed).rowcount)

    def _rows(self, statement: Select[Any], found: Iterable[Row[Any]]) -> list[Row[Any]]:
        ids = [row.id for row in found]
        return list(self._connection.execute(statement, {"ids": ids})) if ids else []


def _audience_of(plan_id: int) -> Any:
    return select(plans.c.audience).where(plans.c.id == plan_id).scalar_subquery()


_LOOKED_AFTER = (
    select(items.c.plan_id, items.c.title, items.c.month_on)
    .join(plans, plans.c.id == items.c.plan_id)
    .where(among(items.c.plan_id))
    .order_by(items.c.month_on, items.c.place)
)


def _looked_after_by(person_id: int) -> tuple[Any, ...]:
    """Items that are no goals, of the person, while they are in the network."""
    is_there = exists().where(roles.c.person_id == person_id, roles.c.network_id == plans.c.network_id)
    return (items.c.owner_id == person_id, items.c.is_objective.is_(False), is_there)


def _kept(row: Row[Any], person_id: int, held: Iterable[Row[Any]], own: Iterable[Row[Any]]) -> KeptPlan:
    is_mine = row.made_by_id == person_id
    looks_after = tuple((one.title, one.month_on) for one in held if one.plan_id == row.id)
    end = next((end_in(one) for one in own if one.plan_id == row.id), None)
    made_at, why = (row.made_at, row.why) if is_mine else (None, "")
    return KeptPlan(row.network_id, row.number, row.began_on, made_at, why, looks_after, end)
