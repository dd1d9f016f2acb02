"""What people answer in rapid reviews; here, and only here, it is enforced that only those inside read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.review_records import ReviewState, Views
from storage.review_rows import HAS_FINISHED, IS_HERE, OPEN, TOLD
from storage.review_tables import agreed, given, reviews, seats

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert(given), "postgresql": postgresql.insert(given)}
_KEYS = ("review_id", "person_id", "key")
_OF_FINISHED: Select[Any] = (
    select(given.c.key, given.c.value, given.c.changed_at, given.c.changed_in, seats.c.finished_at, seats.c.finished_in)
    .join(seats, (seats.c.review_id == given.c.review_id) & (seats.c.person_id == given.c.person_id))
    .where(HAS_FINISHED)
)


class ReviewAnswers:
    """Keeps answers, each for its own person, and all together for those who have answered."""

    _connection: Connection

    def hold(self, review_id: int) -> None:
        """Wait for whoever changes the review, then let others wait until this unit of work has ended."""
        held = select(reviews.c.id).where(reviews.c.id == review_id).with_for_update(key_share=True)
        self._connection.execute(held)

    def own(self, review_id: int, person_id: int) -> dict[str, str]:
        """What the person has answered so far, by key."""
        return {key: value for key, value in self._all_own(review_id, person_id).items() if value}

    def keep(self, review_id: int, person_id: int, values: Mapping[str, str], at: datetime) -> bool:
        """Put these answers in the place of the person's; "" takes one back. What stays the same is no change.

        False, and nothing is kept, where the person has no seat, or the review has ended.
        """
        review = self._own_open(review_id, person_id)
        if review is None:
            return False
        before = self._all_own(review_id, person_id)
        changes = {key: value for key, value in values.items() if before.get(key, "") != value}
        in_session = review.version if review.state == ReviewState.JOINT.value else None
        rows = [
            {"review_id": review_id, "person_id": person_id, "key": key, "value": value}
            | {"changed_at": at, "changed_in": in_session}
            for key, value in changes.items()
        ]
        if rows:
            new = _INSERT[self._connection.dialect.name]
            put = {name: new.excluded[name] for name in ("value", "changed_at", "changed_in")}
            self._connection.execute(new.on_conflict_do_update(index_elements=_KEYS, set_=put), rows)
        self._move(review_id, at)
        return True

    def finish(self, review_id: int, person_id: int, at: datetime) -> bool:
        """From now on the person's answers count; a second time changes nothing. False as for `keep`."""
        review = self._own_open(review_id, person_id)
        if review is None:
            return False
        in_session = review.version if review.state == ReviewState.JOINT.value else None
        mine = (seats.c.review_id == review_id, seats.c.person_id == person_id, seats.c.finished_at.is_(None))
        self._connection.execute(update(seats).where(*mine).values(finished_at=at, finished_in=in_session))
        self._move(review_id, at)
        return True

    def views(self, review_id: int, reader_id: int) -> Views | None:
        """What everyone who finished has answered; None unless the reader is one of them, is still in the network or
        of the faculty, and the joint session has begun."""
        if not self._is_inside(review_id, reader_id):
            return None
        rows = self._connection.execute(_OF_FINISHED.where(given.c.review_id == review_id)).all()
        by_key: dict[str, list[str]] = {}
        for row in rows:
            if row.value:
                by_key.setdefault(row.key, []).append(row.value)
        people = self._count_finished(review_id)
        return Views(
            people, {key: tuple(sorted(by_key[key])) for key in sorted(by_key)}, self._changed(review_id, rows)
        )

    def _changed(self, review_id: int, rows: Sequence[Row[Any]]) -> dict[str, datetime]:
        """By key that was changed since it was last agreed on, the time of the newest of all those changes."""
        of = select(agreed.c.key, agreed.c.version).where(agreed.c.review_id == review_id)
        kept = {row.key: row.version for row in self._connection.execute(of)}
        new: dict[str, datetime] = {}
        for row in rows:
            # Of what was taken back, it was not their finishing that changed the views.
            changed_in = max(row.changed_in or 0, row.finished_in or 0 if row.value else 0)
            if changed_in >= kept.get(row.key, 1):
                new[row.key] = max(row.changed_at, row.finished_at, new.get(row.key, row.changed_at))
        return dict.fromkeys(sorted(new), max(new.values())) if new else {}

    def _is_inside(self, review_id: int, reader_id: int) -> bool:
        """The one rule on who reads what is inside a review: those who answered, once the joint session has begun."""
        mine = (seats.c.review_id == review_id, seats.c.person_id == reader_id, HAS_FINISHED, IS_HERE, TOLD)
        found = select(seats.c.review_id).join(reviews, reviews.c.id == seats.c.review_id).where(*mine)
        return self._connection.execute(found).first() is not None

    def _own_open(self, review_id: int, person_id: int) -> Row[Any] | None:
        """The review, held, if it is open and the person has a seat in it."""
        self.hold(review_id)
        mine = (seats.c.review_id == review_id, seats.c.person_id == person_id, OPEN)
        found: Select[Any] = select(reviews.c.state, reviews.c.version).join(seats, seats.c.review_id == reviews.c.id)
        return self._connection.execute(found.where(*mine)).first()

    def _all_own(self, review_id: int, person_id: int) -> dict[str, str]:
        mine = (given.c.review_id == review_id, given.c.person_id == person_id)
        rows = self._connection.execute(select(given.c.key, given.c.value).where(*mine).order_by(given.c.key))
        return {row.key: row.value for row in rows}

    def _count_finished(self, review_id: int) -> int:
        count = select(func.count()).select_from(seats).where(seats.c.review_id == review_id, HAS_FINISHED)
        return self._connection.execute(count).scalar_one()

    def _move(self, review_id: int, at: datetime) -> None:
        self._connection.execute(update(reviews).where(reviews.c.id == review_id).values(moved_at=at))
