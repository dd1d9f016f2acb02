"""Walks through a network's open goals; what a summary holds is read through the one rule of storage/goals.py."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from storage.goal_records import Entry, GoalReader, GoalReview
from storage.goal_rows import ENTRIES, entry_in
from storage.goal_tables import goal_entries, goal_reviews
from storage.goals import may_read
from storage.tables import people

_REVIEWS = select(goal_reviews, people.c.name.label("leader_name")).outerjoin(
    people, people.c.id == goal_reviews.c.leader_id
)
_NEWEST = goal_reviews.c.id.desc()


class GoalReviews:
    """Keeps reviews, and answers what came of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, network_id: int, leader_id: int, at: datetime) -> int:
        """Begin a walk through the network's goals; returns its id."""
        values = {"network_id": network_id, "leader_id": leader_id, "began_at": at}
        return int(
            self._connection.execute(insert(goal_reviews).values(values).returning(goal_reviews.c.id)).scalar_one()
        )

    def by_id(self, review_id: int) -> GoalReview | None:
        """The review, if there is one."""
        return self._one(_REVIEWS.where(goal_reviews.c.id == review_id))

    def going_on(self, network_id: int, leader_id: int) -> GoalReview | None:
        """The leader's walk through that network's goals that has not ended."""
        mine = (goal_reviews.c.network_id == network_id, goal_reviews.c.leader_id == leader_id)
        return self._one(_REVIEWS.where(*mine, goal_reviews.c.ended_at.is_(None)).order_by(_NEWEST).limit(1))

    def last_shared(self, network_id: int) -> GoalReview | None:
        """The newest review of the network whose summary is shared."""
        shared = (goal_reviews.c.network_id == network_id, goal_reviews.c.shared_at.is_not(None))
        return self._one(_REVIEWS.where(*shared).order_by(_NEWEST).limit(1))

    def last_ended(self, network_ids: tuple[int, ...]) -> dict[int, datetime]:
        """When the newest review of each of the networks ended; those without one are left out."""
        rows = (
            select(goal_reviews.c.network_id, func.max(goal_reviews.c.ended_at).label("at"))
            .where(goal_reviews.c.network_id.in_(network_ids), goal_reviews.c.ended_at.is_not(None))
            .group_by(goal_reviews.c.network_id)
        )
        return {row.network_id: row.at for row in self._connection.execute(rows)}

    def end(self, review_id: int, at: datetime) -> None:
        """The walk is over; a second time changes nothing."""
        going_on = (goal_reviews.c.id == review_id, goal_reviews.c.ended_at.is_(None))
        self._connection.execute(update(goal_reviews).where(*going_on).values(ended_at=at))

    def share(self, review_id: int, at: datetime | None) -> None:
        """Let everyone in the network read the summary, or with None its leader alone again."""
        self._connection.execute(update(goal_reviews).where(goal_reviews.c.id == review_id).values(shared_at=at))

    def entries(self, review_id: int, reader: GoalReader) -> list[Entry]:
        """What was said of each goal in the walk, oldest first, where the reader may read the goal."""
        rows = ENTRIES.where(goal_entries.c.review_id == review_id, may_read(reader)).order_by(goal_entries.c.id)
        return [entry_in(row) for row in self._connection.execute(rows)]

    def of_person(self, person_id: int) -> list[GoalReview]:
        """The reviews that the person led, oldest first."""
        rows = self._connection.execute(_REVIEWS.where(goal_reviews.c.leader_id == person_id).order_by("id"))
        return [_review(row) for row in rows]

    def _one(self, statement: Select[Any]) -> GoalReview | None:
        row = self._connection.execute(statement).first()
        return _review(row) if row else None


def _review(row: Row[Any]) -> GoalReview:
    return GoalReview(
        row.id, row.network_id, row.leader_id, row.leader_name or "", row.began_at, row.ended_at, row.shared_at
    )
