"""What the joint session of a rapid review agrees; only those inside the review read it before it has ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.review_answers import ReviewAnswers
from storage.review_records import TEXTS, Agreed, Point, Review, ReviewState, common, is_level
from storage.review_rows import AGREED, HAS_FINISHED, POINTS, TOLD, agreed_in, point_in
from storage.review_tables import agreed, given, outcomes, points, reviews, seats

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert(agreed), "postgresql": postgresql.insert(agreed)}
_KEPT = ("value", "note", "by_id", "at", "version")
_VIEWS = (
    select(given.c.key, given.c.value)
    .join(seats, (seats.c.review_id == given.c.review_id) & (seats.c.person_id == given.c.person_id))
    .where(HAS_FINISHED, given.c.value != "", given.c.key.not_in(sorted(TEXTS)))
    .order_by(given.c.key)
)
_JOINT = reviews.c.state == ReviewState.JOINT.value


class ReviewSession(ReviewAnswers):
    """Keeps what is agreed, by whom, and what it came to when the review ended."""

    def begin_joint(self, review_id: int, by_id: int, at: datetime) -> bool:
        """Begin the joint session; False where it has begun already, or the review is over."""
        is_open = (reviews.c.id == review_id, reviews.c.state == ReviewState.OPEN.value)
        values = {"state": ReviewState.JOINT.value, "joint_at": at, "moved_at": at, "led_by_id": by_id}
        return bool(self._connection.execute(update(reviews).where(*is_open).values(values)).rowcount)

    def lead(self, review_id: int, person_id: int, at: datetime) -> None:
        """The person leads the session from now on; nothing changes where none goes on."""
        mine = update(reviews).where(reviews.c.id == review_id, _JOINT)
        self._connection.execute(mine.values(led_by_id=person_id, moved_at=at))

    def agreed(self, review_id: int, reader_id: int) -> dict[str, Agreed]:
        """What was kept in the session, by key, for those who read the views."""
        if not self._is_inside(review_id, reader_id):
            return {}
        rows = self._connection.execute(AGREED.where(agreed.c.review_id == review_id))
        return {row.key: agreed_in(row) for row in rows}

    def agree(self, review: Review, key: str, value: str, note: str, by_id: int, at: datetime) -> bool:
        """Keep what the session came to on the key, in the place of what stood there; its person leads from now on.

        False, and nothing is kept, where no session goes on.
        """
        changed = update(reviews).where(reviews.c.id == review.id, _JOINT)
        values = {"version": reviews.c.version + 1, "led_by_id": by_id, "moved_at": at}
        row = self._connection.execute(changed.values(values).returning(reviews.c.version)).first()
        if row is None:
            return False
        new = _INSERT[self._connection.dialect.name]
        put = new.on_conflict_do_update(
            index_elements=("review_id", "key"), set_={name: new.excluded[name] for name in _KEPT}
        )
        kept = {"value": value, "note": note, "by_id": by_id, "at": at, "version": row.version}
        self._connection.execute(put, {"review_id": review.id, "key": key, **kept})
        return True

    def points(self, review_id: int, reader_id: int) -> tuple[Point, ...]:
        """The strengths and what to work on, for those who read the views."""
        if not self._is_inside(review_id, reader_id):
            return ()
        return tuple(point_in(row) for row in self._connection.execute(POINTS.where(points.c.review_id == review_id)))

    def keep_points(self, review_id: int, kept: Iterable[Point]) -> bool:
        """Put these points in the place of all that were; False before the joint session, and once it was given up."""
        changed = update(reviews).where(reviews.c.id == review_id, TOLD)
        if not self._connection.execute(changed.values(version=reviews.c.version + 1)).rowcount:
            return False
        self._connection.execute(delete(points).where(points.c.review_id == review_id))
        rows = [
            {"review_id": review_id, "kind": one.kind.value, "place": one.place}
            | {"text": one.text, "dimension": one.dimension}
            for one in kept
        ]
        if rows:
            self._connection.execute(insert(points), rows)
        return True

    def end(self, review_id: int, at: datetime) -> bool:
        """The review is over, and what it came to stays as it is now; False where no session goes on."""
        self.hold(review_id)
        values: dict[str, Any] = {"state": ReviewState.ENDED.value, "ended_at": at, "moved_at": at}
        values["people"] = people = self._count_finished(review_id)
        ended = update(reviews).where(reviews.c.id == review_id, _JOINT).values(values)
        if not self._connection.execute(ended).rowcount:
            return False
        found: dict[str, list[str]] = {}
        for row in self._connection.execute(_VIEWS.where(given.c.review_id == review_id)):
            found.setdefault(row.key, []).append(row.value)
        if found:
            rows = [
                {"review_id": review_id, "key": key, **_outcome(key, sorted(views), people)}
                for key, views in found.items()
            ]
            self._connection.execute(insert(outcomes), rows)
        return True


def _outcome(key: str, answers: list[str], people: int) -> Mapping[str, str | None]:
    """What stays of the answers to a key: a range only where all gave one, or it would tell of fewer than it says."""
    is_ranged = is_level(key) and len(answers) == people
    low, high = (answers[0], answers[-1]) if is_ranged else (None, None)
    return {"value": common(key, answers), "low": low, "high": high}
