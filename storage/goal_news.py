"""What people must be told of goals: one was handed to them or back, someone helps, a review is shared."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, exists, insert, or_, select, update

from storage.goal_records import GoalState, Kind, News
from storage.goal_rows import OWNER_IS_THERE
from storage.goal_tables import goal_news, goal_reviews, goals
from storage.many import among
from storage.recipients import chunks
from storage.tables import networks, people, roles

_GIFTS = (Kind.GIVEN.value, Kind.BACK.value)
_LOOKS_AFTER = and_(goals.c.owner_id == goal_news.c.to_id, goals.c.state == GoalState.OPEN.value, OWNER_IS_THERE)
_IS_IN = exists().where(roles.c.person_id == goal_news.c.to_id, roles.c.network_id == goal_reviews.c.network_id)
_IS_SHARED = and_(goal_reviews.c.shared_at.is_not(None), _IS_IN)
_ALL: Select[Any] = (
    select(goal_news, people.c.name.label("by_name"), goals.c.title, networks.c.name.label("network_name"))
    .outerjoin(people, people.c.id == goal_news.c.by_id)
    .outerjoin(goals, goals.c.id == goal_news.c.goal_id)
    .outerjoin(goal_reviews, goal_reviews.c.id == goal_news.c.review_id)
    .outerjoin(networks, networks.c.id == goal_reviews.c.network_id)
    .where(or_(_LOOKS_AFTER, _IS_SHARED))
    .order_by(goal_news.c.id)
)
_OF_MANY = _ALL.where(among(goal_news.c.to_id), goal_news.c.kind.in_(bindparam("kinds", expanding=True)))


class GoalNews:
    """Keeps what is to be told; nothing of a goal or review that its reader may no longer read is ever told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, goal_id: int, to_id: int, by_id: int, at: datetime, *, back: bool = False) -> None:
        """The goal was handed to that person, or back to them; whoever had it before is told no more."""
        self.nobody_gave(goal_id)
        self._add(Kind.BACK if back else Kind.GIVEN, to_id, by_id, at, goal_id=goal_id)

    def nobody_gave(self, goal_id: int) -> None:
        """Someone took the goal on by themselves."""
        gifts = (goal_news.c.goal_id == goal_id, goal_news.c.kind.in_(_GIFTS))
        self._connection.execute(delete(goal_news).where(*gifts))

    def gift(self, goal_id: int, to_id: int) -> News | None:
        """How the goal that the person looks after was handed to them, if somebody did; not where it came back."""
        mine = (goal_news.c.goal_id == goal_id, goal_news.c.to_id == to_id, goal_news.c.kind == Kind.GIVEN.value)
        row = self._connection.execute(_ALL.where(*mine)).first()
        return _news(row) if row else None

    def looked_at(self, goal_id: int, to_id: int, on: date) -> None:
        """The person has seen the goal that was handed to them, and is not told of it again."""
        mine = (goal_news.c.goal_id == goal_id, goal_news.c.to_id == to_id, goal_news.c.told_on.is_(None))
        self._connection.execute(update(goal_news).where(*mine, goal_news.c.kind.in_(_GIFTS)).values(told_on=on))

    def given_to(self, person_ids: Iterable[int]) -> list[News]:
        """What was handed to these people, or back, and not looked at so far; oldest first."""
        rows = [row for row in self._of_many(person_ids, _GIFTS) if row.told_on is None]
        return [_news(row) for row in rows]

    def helps(self, goal_id: int, to_id: int, by_id: int, at: datetime) -> None:
        """Someone joined to help with the goal that the person looks after."""
        self._add(Kind.HELPER, to_id, by_id, at, goal_id=goal_id)

    def helps_no_longer(self, goal_id: int, by_id: int) -> None:
        """They have left again: nobody need be told."""
        joined = (goal_news.c.goal_id == goal_id, goal_news.c.by_id == by_id, goal_news.c.kind == Kind.HELPER.value)
        self._connection.execute(delete(goal_news).where(*joined))

    def shared(self, review_id: int, to_id: int, by_id: int, at: datetime) -> None:
        """A review's summary can be read by the person from now on."""
        self._add(Kind.REVIEW, to_id, by_id, at, review_id=review_id)

    def taken_back(self, review_id: int) -> None:
        """It is no longer shared: nobody need be told."""
        self._connection.execute(delete(goal_news).where(goal_news.c.review_id == review_id))

    def news_for(self, asked_on: Mapping[int, date]) -> list[News]:
        """Of helpers and reviews, what these people were not told before that date; it counts as told from now on."""
        rows = self._of_many(asked_on, (Kind.HELPER.value, Kind.REVIEW.value))
        new = [row for row in rows if row.told_on in (None, asked_on[row.to_id])]
        for on in {asked_on[row.to_id] for row in new if row.told_on is None}:
            ids = [row.id for row in new if row.told_on is None and asked_on[row.to_id] == on]
            self._connection.execute(update(goal_news).where(goal_news.c.id.in_(ids)).values(told_on=on))
        return [_news(row) for row in new]

    def erase_person(self, person_id: int) -> None:
        """Erase what the person was to be told, and that they help; what they handed over stays, without their name."""
        helps = and_(goal_news.c.by_id == person_id, goal_news.c.kind == Kind.HELPER.value)
        self._connection.execute(delete(goal_news).where(or_(goal_news.c.to_id == person_id, helps)))
        self._connection.execute(update(goal_news).where(goal_news.c.by_id == person_id).values(by_id=None))

    def _add(
        self,
        kind: Kind,
        to_id: int,
        by_id: int,
        at: datetime,
        *,
        goal_id: int | None = None,
        review_id: int | None = None,
    ) -> None:
        values = {"kind": kind.value, "to_id": to_id, "by_id": by_id, "at": at}
        self._connection.execute(insert(goal_news).values(**values, goal_id=goal_id, review_id=review_id))

    def _of_many(self, person_ids: Iterable[int], kinds: Iterable[str]) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        for ids in chunks(person_ids):
            found += self._connection.execute(_OF_MANY, {"ids": ids, "kinds": list(kinds)}).all()
        return found


def _news(row: Row[Any]) -> News:
    return News(
        row.to_id, Kind(row.kind), row.by_id, row.by_name or "", row.goal_id, row.title or "", row.review_id,
        row.network_name or "",
    )  # fmt: skip
