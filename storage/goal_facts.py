"""What goals tell an audience, of many networks at once; here it is enforced that nothing above it is read."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, case, or_, select

from storage.goal_records import Change, Confidence, GoalState, Told
from storage.goal_rows import OWNER_IS_THERE
from storage.goal_tables import goal_entries, goal_reviews, goals
from storage.many import among
from storage.records import Audience
from storage.tables import people

_CLOSED = (GoalState.ACHIEVED, GoalState.DROPPED)
_TURNS = {Told.MADE, Told.REOPENED, Told.ACHIEVED, Told.DROPPED}
_about = people.alias("about")
_owner = people.alias("owner")

REACHES = (
    among(goals.c.network_id),
    goals.c.audience >= bindparam("tier"),
    # What someone shared from their own goals is left out once they are in the network no more.
    or_(goals.c.is_personal.is_(False), OWNER_IS_THERE),
    # In the index: those that were closed and told of for the last time before the period are not read.
    or_(goals.c.state == GoalState.OPEN.value, goals.c.moved_at >= bindparam("since")),
)
"""The one clause: goals of the networks that are shared at least as widely as `tier`."""
_ENTRIES = (
    select(
        goal_entries.c.id, goals.c.id.label("goal_id"), goals.c.network_id, goals.c.audience, goals.c.title,
        goals.c.is_personal, goals.c.is_objective, goals.c.target, goal_entries.c.told, goal_entries.c.at,
        goal_entries.c.confidence, goal_entries.c.now, goal_entries.c.value, goal_entries.c.why,
        goal_entries.c.changes, goal_entries.c.person_id, people.c.name, _about.c.name.label("about"),
    )
    .join_from(goals, goal_entries, goal_entries.c.goal_id == goals.c.id)
    .outerjoin(people, people.c.id == goal_entries.c.person_id)
    .outerjoin(_about, _about.c.id == goal_entries.c.about_id)
    .where(*REACHES, goal_entries.c.at >= bindparam("since"), goal_entries.c.at < bindparam("until"))
)  # fmt: skip


def _then(column: ColumnElement[Any], told: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    """What a column of the goal held at the period's end: it is in the story, where more was told since."""
    newest = select(told).where(goal_entries.c.goal_id == goals.c.id, goal_entries.c.at < bindparam("until"), *where)
    before = newest.order_by(goal_entries.c.id.desc()).limit(1).correlate(goals).scalar_subquery()
    return case((goals.c.moved_at < bindparam("until"), column), else_=before)


_TURNED = goal_entries.c.told.in_(sorted(_TURNS))
_SAID_NOW = or_(goal_entries.c.now != "", goal_entries.c.value.is_not(None))
_STANDING = (
    select(
        goals.c.id, goals.c.network_id, goals.c.audience, goals.c.title, goals.c.is_objective, goals.c.due_on,
        goals.c.target, goals.c.owner_id, _owner.c.name,
        _then(goals.c.state, goal_entries.c.told, _TURNED).label("state"),
        _then(goals.c.confidence, goal_entries.c.confidence, goal_entries.c.confidence.is_not(None)).label("sure"),
        _then(goals.c.now, goal_entries.c.now, _SAID_NOW).label("now"),
        _then(goals.c.value, goal_entries.c.value, _SAID_NOW).label("value"),
    )
    .outerjoin(_owner, _owner.c.id == goals.c.owner_id)
    .where(*REACHES, goals.c.made_at < bindparam("until"))
)  # fmt: skip
_LED = people.alias("leader")
_REVIEWS = (
    select(
        goal_reviews.c.id, goal_reviews.c.network_id, goal_reviews.c.ended_at, goal_reviews.c.leader_id,
        _LED.c.name, goals.c.id.label("goal_id"), case((goals.c.id.is_not(None), goal_entries.c.told)).label("told"),
    )
    .outerjoin(_LED, _LED.c.id == goal_reviews.c.leader_id)
    .outerjoin(goal_entries, goal_entries.c.review_id == goal_reviews.c.id)
    .outerjoin(goals, and_(goals.c.id == goal_entries.c.goal_id, goals.c.audience >= bindparam("tier")))
    .where(among(goal_reviews.c.network_id), goal_reviews.c.shared_at.is_not(None))
    .where(goal_reviews.c.ended_at >= bindparam("since"), goal_reviews.c.ended_at < bindparam("until"))
    .order_by(goal_reviews.c.id, goal_entries.c.id)
)  # fmt: skip


class Moved(NamedTuple):
    """A line of the story of a goal that reaches an audience. `person_name` empty: someone who has left."""

    entry_id: int
    goal_id: int
    network_id: int
    audience: Audience
    title: str
    is_personal: bool
    is_objective: bool
    target: float | None
    told: Told
    at: datetime
    confidence: Confidence | None
    now: str
    value: float | None
    why: str
    changes: tuple[Change, ...]
    person_id: int | None
    person_name: str
    about_name: str


class Standing(NamedTuple):
    """How an open goal that reaches an audience stood when the period ended."""

    goal_id: int
    network_id: int
    audience: Audience
    title: str
    is_objective: bool
    due_on: date | None
    target: float | None
    owner_id: int | None
    owner_name: str
    confidence: Confidence | None
    now: str
    value: float | None


class Reviewed(NamedTuple):
    """A review that is shared with its network, and what was told in it of goals that everyone there reads."""

    review_id: int
    network_id: int
    at: datetime
    leader_id: int | None
    leader_name: str
    told: list[tuple[int, Told]]


class GoalFacts:
    """Answers what reaches an audience of many networks' goals."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moved(self, network_ids: Iterable[int], since: datetime, until: datetime, tier: Audience) -> list[Moved]:
        """What was told from `since` and before `until` of goals whose audience is `tier` or wider."""
        return [_moved(row) for row in self._rows(_ENTRIES, network_ids, since, until, tier)]

    def standing(self, network_ids: Iterable[int], since: datetime, until: datetime, tier: Audience) -> list[Standing]:
        """The goals that were open at `until`, of the same audience, as they stood then; those that were closed, and
        told of for the last time, before `since` are not looked at."""
        rows = self._rows(_STANDING, network_ids, since, until, tier)
        return [_standing(row) for row in rows if row.state not in _CLOSED]

    def reviewed(self, network_ids: Iterable[int], since: datetime, until: datetime) -> list[Reviewed]:
        """The shared reviews that ended in the period, as everyone in the network may read them."""
        found: dict[int, Reviewed] = {}
        for row in self._rows(_REVIEWS, network_ids, since, until, Audience.NETWORK):
            fresh = Reviewed(row.id, row.network_id, row.ended_at, row.leader_id, row.name or "", [])
            review = found.setdefault(row.id, fresh)
            if row.goal_id is not None:
                review.told.append((row.goal_id, Told(row.told)))
        return list(found.values())

    def _rows(
        self, statement: Select[Any], network_ids: Iterable[int], since: datetime, until: datetime, tier: Audience
    ) -> Sequence[Row[Any]]:
        least = int(max(tier, Audience.COORDINATOR))
        values = {"ids": sorted(set(network_ids)), "tier": least, "since": since, "until": until}
        return self._connection.execute(statement, values).all() if values["ids"] else ()


def _moved(row: Row[Any]) -> Moved:
    return Moved(
        row.id, row.goal_id, row.network_id, Audience(row.audience), row.title, row.is_personal, row.is_objective,
        row.target, Told(row.told), row.at, Confidence(row.confidence) if row.confidence else None, row.now, row.value,
        row.why, tuple(Change(*one) for one in json.loads(row.changes)), row.person_id, row.name or "",
        row.about or "",
    )  # fmt: skip


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        row.id, row.network_id, Audience(row.audience), row.title, row.is_objective, row.due_on, row.target,
        row.owner_id, row.name or "", Confidence(row.sure) if row.sure else None, row.now or "", row.value,
    )  # fmt: skip
