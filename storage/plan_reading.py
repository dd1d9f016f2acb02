"""Development plans as they are read; here, and only here, it is enforced who may read a plan, and what of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, false, or_

from storage.goal_records import GoalReader
from storage.goal_tables import goals
from storage.goals import may_read
from storage.many import among
from storage.plan_records import Plan, PlanEnd, PlanItem, PlanPoint, PlanState
from storage.plan_rows import ENDS, PLANS, POINTS, end_in, item_in, items_with, plan_in, point_in
from storage.plan_tables import plans
from storage.recipients import chunks
from storage.records import Audience

_SHARED = PLANS.where(among(plans.c.network_id), plans.c.audience >= bindparam("tier")).order_by(
    plans.c.network_id, plans.c.number
)
_OF_NETWORKS = _SHARED.where(plans.c.state == bindparam("state"))
_LATELY = _SHARED.where(or_(plans.c.closed_at.is_(None), plans.c.closed_at >= bindparam("since")))


class PlanReading:
    """Answers what is in plans, each reader what they may read: an item whose objective is not for them is left out,
    and counted."""

    _connection: Connection

    def current(self, network_id: int, reader: GoalReader) -> Plan | None:
        """The network's plan of now, if the reader may read it."""
        is_now = (plans.c.network_id == network_id, plans.c.state == PlanState.CURRENT.value)
        return next(iter(self._for_reader(reader, *is_now)), None)

    def by_id(self, plan_id: int, reader: GoalReader) -> Plan | None:
        """The plan, if the reader may read it."""
        return next(iter(self._for_reader(reader, plans.c.id == plan_id)), None)

    def all_of(self, network_id: int, reader: GoalReader) -> list[Plan]:
        """Every plan of the network that the reader may read, newest first."""
        return self._for_reader(reader, plans.c.network_id == network_id)

    def for_networks(self, network_ids: Iterable[int], tier: Audience) -> dict[int, Plan]:
        """The current plan of each network where it is shared at least as widely as `tier`; the others are left out."""
        current = self._shared(_OF_NETWORKS, network_ids, tier, state=PlanState.CURRENT.value)
        return {one.network_id: one for one in current}

    def ended_of(self, network_ids: Iterable[int], tier: Audience) -> dict[int, list[Plan]]:
        """The same of the plans that came to their end, oldest first."""
        found: dict[int, list[Plan]] = {}
        for one in self._shared(_OF_NETWORKS, network_ids, tier, state=PlanState.ENDED.value):
            found.setdefault(one.network_id, []).append(one)
        return found

    def of_networks(self, network_ids: Iterable[int], tier: Audience, since: datetime) -> dict[int, list[Plan]]:
        """The same of every plan that was the network's then or later, also where another has taken its place."""
        found: dict[int, list[Plan]] = {}
        for one in self._shared(_LATELY, network_ids, tier, since=since):
            found.setdefault(one.network_id, []).append(one)
        return found

    def _for_reader(self, reader: GoalReader, *where: ColumnElement[bool]) -> list[Plan]:
        rows = self._connection.execute(PLANS.where(_is_for(reader), *where).order_by(plans.c.number.desc())).all()
        return self._whole(rows, may_read(reader), lambda network_id: _tier(reader, network_id))

    def _shared(
        self, statement: Select[Any], network_ids: Iterable[int], tier: Audience, **about: object
    ) -> list[Plan]:
        least = max(tier, Audience.COORDINATOR)
        rows: list[Row[Any]] = []
        for ids in chunks(sorted(set(network_ids))):
            rows += self._connection.execute(statement, {"ids": ids, "tier": int(least), **about})
        return self._whole(rows, goals.c.audience >= int(least), lambda _: least)

    def _whole(
        self, rows: Sequence[Row[Any]], readable: ColumnElement[bool], tier_in: Callable[[int], Audience]
    ) -> list[Plan]:
        """The plans with all that belongs to them, in the order of their rows; `tier_in`: the reader's, by network."""
        tiers = {row.id: tier_in(row.network_id) for row in rows}
        found: dict[int, list[PlanItem]] = {row.id: [] for row in rows}
        hidden: dict[int, int] = {}
        for row in self._of(items_with(readable), found):
            item = item_in(row)
            if item is not None:
                found[item.plan_id].append(item)
            elif row.left_on is None:
                hidden[row.plan_id] = hidden.get(row.plan_id, 0) + 1
        looked_at: dict[int, list[PlanPoint]] = {}
        for row in self._of(POINTS, found):
            looked_at.setdefault(row.plan_id, []).append(point_in(row, tiers[row.plan_id]))
        ended = (row for row in self._of(ENDS, found) if row.reach >= tiers[row.plan_id])
        ends: dict[int, PlanEnd] = {row.plan_id: end_in(row) for row in ended}
        return [
            plan_in(
                row,
                tiers[row.id],
                tuple(found[row.id]),
                tuple(looked_at.get(row.id, ())),
                ends.get(row.id),
                hidden.get(row.id, 0),
            )
            for row in rows
        ]

    def _of(self, statement: Select[Any], plan_ids: Iterable[int]) -> list[Row[Any]]:
        rows: list[Row[Any]] = []
        for ids in chunks(sorted(plan_ids)):
            rows += self._connection.execute(statement, {"ids": ids})
        return rows


def _is_for(reader: GoalReader) -> ColumnElement[bool]:
    """The one rule: a plan is for those in its network whom its audience reaches, and for faculty once it does."""
    ways = [
        and_(plans.c.network_id == network_id, plans.c.audience >= int(max(tier, Audience.COORDINATOR)))
        for network_id, tier in reader.tiers
    ]
    if reader.everywhere is not None:
        ways.append(plans.c.audience >= int(max(reader.everywhere, Audience.COORDINATOR)))
    return or_(false(), *ways)


def _tier(reader: GoalReader, network_id: int) -> Audience:
    """The narrowest tier at which the reader reads a plan of that network, which they may read."""
    tiers = [tier for one, tier in reader.tiers if one == network_id]
    return max(min((*tiers, *([] if reader.everywhere is None else [reader.everywhere]))), Audience.COORDINATOR)
