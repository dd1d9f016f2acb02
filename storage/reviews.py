"""Rapid reviews: where each stands, who has a seat in it, and what goes with a person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.many import among
from storage.recipients import chunks
from storage.records import Audience
from storage.review_records import Agreed, Review, ReviewState, Seat
from storage.review_results import ReviewResults
from storage.review_rows import AGREED, ENDED, HAS_FINISHED, IS_HERE, OPEN, REVIEWS, agreed_in, review_in
from storage.review_session import ReviewSession
from storage.review_tables import agreed, outcomes, points, reviews, seats
from storage.tables import networks, people

_SEAT: dict[str, Any] = {
    "sqlite": sqlite.insert(seats).on_conflict_do_nothing().returning(seats.c.person_id),
    "postgresql": postgresql.insert(seats).on_conflict_do_nothing().returning(seats.c.person_id),
}
_WAITING = (
    REVIEWS.add_columns(seats.c.person_id)
    .join(seats, seats.c.review_id == reviews.c.id)
    .where(among(seats.c.person_id), OPEN, IS_HERE, seats.c.finished_at.is_(None))
    .order_by(reviews.c.id)
)
_BEGUN = REVIEWS.where(among(reviews.c.began_by_id), OPEN).order_by(reviews.c.id)


class Reviews(ReviewSession, ReviewResults):
    """Keeps reviews, their seats and what is said in them; that is read by a reader's id, and yields what is theirs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, network_id: int, by_id: int, at: datetime) -> int | None:
        """Begin a review of the network, with a seat for whoever begins it; returns its id.

        None where one is open already. Others who would begin one wait until this unit of work has ended.
        """
        held = select(networks.c.id).where(networks.c.id == network_id).with_for_update(key_share=True)
        self._connection.execute(held)
        if self.open_in(network_id) is not None:
            return None
        number = select(func.coalesce(func.max(reviews.c.number), 0)).where(reviews.c.network_id == network_id)
        values = {
            "network_id": network_id, "number": self._connection.execute(number).scalar_one() + 1,
            "state": ReviewState.OPEN.value, "began_by_id": by_id, "began_at": at, "moved_at": at, "version": 1,
        }  # fmt: skip
        new = insert(reviews).values(values).returning(reviews.c.id)
        review_id = int(self._connection.execute(new).scalar_one())
        self.invite(review_id, by_id, at)
        return review_id

    def by_id(self, review_id: int) -> Review | None:
        """The review, if there is one."""
        return next(iter(self._some(REVIEWS.where(reviews.c.id == review_id))), None)

    def open_in(self, network_id: int) -> Review | None:
        """The review of the network that goes on."""
        return next(iter(self._some(REVIEWS.where(reviews.c.network_id == network_id, OPEN))), None)

    def ended_in(self, network_id: int) -> list[Review]:
        """The reviews of the network that have ended, oldest first; those that were given up are none of them."""
        return self._some(REVIEWS.where(reviews.c.network_id == network_id, ENDED).order_by(reviews.c.number))

    def open_with(self, person_id: int) -> list[Review]:
        """The reviews that go on in which the person has a seat, oldest first; none of a network that they left."""
        mine = REVIEWS.join(seats, seats.c.review_id == reviews.c.id).where(seats.c.person_id == person_id)
        return self._some(mine.where(OPEN, IS_HERE).order_by(reviews.c.id))

    def waiting(self, person_ids: Iterable[int]) -> dict[int, list[Review]]:
        """By person, the same of those in which their answers do not count yet; people without one are left out."""
        found: dict[int, list[Review]] = {}
        for ids in chunks(sorted(set(person_ids))):
            for row in self._connection.execute(_WAITING, {"ids": ids}):
                found.setdefault(row.person_id, []).append(review_in(row))
        return found

    def begun_by(self, person_ids: Iterable[int]) -> list[Review]:
        """The reviews that go on and that any of these people began."""
        return [
            review_in(row)
            for ids in chunks(sorted(set(person_ids)))
            for row in self._connection.execute(_BEGUN, {"ids": ids})
        ]

    def seats(self, review_id: int) -> list[Seat]:
        """The review's people, in the order of their names."""
        of = (
            select(seats, people.c.name, IS_HERE.label("is_here"))
            .join(people, people.c.id == seats.c.person_id)
            .join(reviews, reviews.c.id == seats.c.review_id)
            .where(seats.c.review_id == review_id)
        )
        found = [
            Seat(row.person_id, row.name, row.invited_at, row.finished_at, bool(row.is_here))
            for row in self._connection.execute(of)
        ]
        return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))

    def invite(self, review_id: int, person_id: int, at: datetime) -> bool:
        """Give the person a seat; False where they have one, or the review is over."""
        review = self._held(review_id)
        if review is None or not review.is_open:
            return False
        values = {"review_id": review_id, "person_id": person_id, "invited_at": at}
        is_new = self._connection.execute(_SEAT[self._connection.dialect.name], values).first() is not None
        self._move(review_id, at)
        return is_new

    def leave(self, review_id: int, person_id: int, at: datetime) -> bool:
        """Erase the person's seat with their answers; False where they have none, or the review is over."""
        review = self._held(review_id)
        if review is None or not review.is_open:
            return False
        mine = (seats.c.review_id == review_id, seats.c.person_id == person_id)
        is_gone = bool(self._connection.execute(delete(seats).where(*mine)).rowcount)
        led = (reviews.c.id == review_id, reviews.c.led_by_id == person_id)
        self._connection.execute(update(reviews).where(*led).values(led_by_id=None))
        self._move(review_id, at)
        return is_gone

    def give_up(self, review_id: int, at: datetime) -> bool:
        """The review goes on no more; then its answers are their own people's alone. False where it is over."""
        values = {"state": ReviewState.GIVEN_UP.value, "ended_at": at, "moved_at": at}
        ended = update(reviews).where(reviews.c.id == review_id, OPEN).values(values)
        return bool(self._connection.execute(ended).rowcount)

    def set_audience(self, review_id: int, audience: Audience | None) -> None:
        """Narrow or widen who besides the review's people reads what it came to; None: nobody."""
        tier = None if audience is None else int(audience)
        changed = update(reviews).where(reviews.c.id == review_id)
        self._connection.execute(changed.values(audience=tier, version=reviews.c.version + 1))

    def kept_of(self, person_id: int) -> list[tuple[Review, dict[str, str], list[Agreed]]]:
        """Every review with the person's own answers and what they kept in its session, oldest first, for their
        export."""
        sat = exists().where(seats.c.review_id == reviews.c.id, seats.c.person_id == person_id)
        kept = exists().where(agreed.c.review_id == reviews.c.id, agreed.c.by_id == person_id)
        found = self._some(REVIEWS.where(sat | kept).order_by(reviews.c.id))
        return [(one, self.own(one.id, person_id), self._agreed_by(one.id, person_id)) for one in found]

    def erase_person(self, person_id: int) -> None:
        """Erase the person's seats and answers. What was agreed and the points stay, without their name, unless nobody
        else answered; the ranges of reviews that they answered go, and what nobody agreed once everyone who answered
        is erased."""
        mine = select(seats.c.review_id).where(seats.c.person_id == person_id, HAS_FINISHED)
        # Whoever ends one of them at this moment comes before, or finds no answer of theirs any more.
        held = select(reviews.c.id).where(reviews.c.id.in_(mine)).order_by(reviews.c.id)
        touched = list(self._connection.execute(held.with_for_update(key_share=True)).scalars())
        self._erase_words_of_one(person_id, touched)
        self._connection.execute(delete(seats).where(seats.c.person_id == person_id))
        of = outcomes.c.review_id.in_(touched)
        self._connection.execute(update(outcomes).where(of).values(low=None, high=None))
        left = exists().where(seats.c.review_id == outcomes.c.review_id, HAS_FINISHED)
        self._connection.execute(delete(outcomes).where(of, ~left))
        for column in (reviews.c.began_by_id, reviews.c.led_by_id, agreed.c.by_id):
            self._connection.execute(update(column.table).where(column == person_id).values({column.name: None}))

    def _erase_words_of_one(self, person_id: int, answered: Sequence[int]) -> None:
        """Of these reviews, what the person wrote in those that nobody else answered: there it is no group's."""
        other = seats.alias()
        others = exists().where(
            other.c.review_id == reviews.c.id, other.c.person_id != person_id, other.c.finished_at.is_not(None)
        )
        of_one = or_(reviews.c.people == 1, reviews.c.people.is_(None) & ~others)
        theirs = select(reviews.c.id).where(reviews.c.id.in_(answered), of_one)
        self._connection.execute(delete(points).where(points.c.review_id.in_(theirs)))
        self._connection.execute(delete(agreed).where(agreed.c.review_id.in_(theirs), agreed.c.by_id == person_id))

    def _held(self, review_id: int) -> Review | None:
        self.hold(review_id)
        return self.by_id(review_id)

    def _agreed_by(self, review_id: int, person_id: int) -> list[Agreed]:
        rows = AGREED.where(agreed.c.review_id == review_id, agreed.c.by_id == person_id)
        return [agreed_in(row) for row in self._connection.execute(rows)]

    def _some(self, statement: Select[Any]) -> list[Review]:
        return [review_in(row) for row in self._connection.execute(statement)]
