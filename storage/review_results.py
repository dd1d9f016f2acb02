"""What rapid reviews came to; here, and only here, it is enforced who besides their own people may read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from storage.many import among
from storage.recipients import chunks
from storage.records import Audience, Reader
from storage.review_records import Agreed, Point, Result, Review, came_to
from storage.review_rows import AGREED, ENDED, IS_HERE, POINTS, REVIEWS, agreed_in, point_in, review_in
from storage.review_tables import agreed, outcomes, points, reviews, seats

ENOUGH = 5
"""People who answered, from whom on a range says nothing of any of them (design.md §4)."""
_OF_NETWORKS = REVIEWS.where(among(reviews.c.network_id), ENDED).order_by(reviews.c.number)
_SEATS = (
    select(seats.c.review_id, seats.c.person_id, seats.c.finished_at)
    .join(reviews, reviews.c.id == seats.c.review_id)
    .where(among(seats.c.person_id), ENDED, IS_HERE)
)
_OUTCOMES = select(outcomes).where(among(outcomes.c.review_id)).order_by(outcomes.c.key)
_AGREED = AGREED.where(among(agreed.c.review_id))
_POINTS = POINTS.where(among(points.c.review_id))


class ReviewResults:
    """Answers what reviews that have ended came to, each reader what they may read."""

    _connection: Connection

    def result(self, review_id: int, reader: Reader) -> Result | None:
        """What the review came to, if it has ended and the reader has a seat in it, or it is shared with them."""
        row = self._connection.execute(REVIEWS.where(reviews.c.id == review_id, ENDED)).first()
        if row is None:
            return None
        one, seat = _Ended(review_in(row), row.people or 0), self._seats([reader.person_id]).get(reader.person_id, {})
        if not one.is_for(reader.tier, seat):
            return None
        return self._contents([one])[review_id].read(seat)

    def results_of(self, network_ids: Iterable[int], tier: Audience) -> dict[int, list[Result]]:
        """The results of these networks that are shared at least as widely as `tier`, oldest first, as people outside
        of the review read them. Networks without one are left out."""
        least = max(tier, Audience.COORDINATOR)
        shared = [one for one in self._ended(network_ids) if one.is_for(least, {})]
        contents = self._contents(shared)
        found: dict[int, list[Result]] = {}
        for one in shared:
            found.setdefault(one.review.network_id, []).append(contents[one.review.id].read({}))
        return found

    def latest_for(self, readers: Iterable[tuple[Reader, int]]) -> dict[tuple[int, int], Result]:
        """The newest result that each reader may read of the network beside them, by person and network."""
        asked = list(readers)
        of_network: dict[int, list[_Ended]] = {}
        for one in self._ended(network_id for _, network_id in asked):
            of_network.setdefault(one.review.network_id, []).append(one)
        if not of_network:
            return {}
        seated = self._seats(reader.person_id for reader, _ in asked)
        newest: dict[tuple[int, int], _Ended] = {}
        for reader, network_id in asked:
            seat = seated.get(reader.person_id, {})
            readable = [one for one in of_network.get(network_id, ()) if one.is_for(reader.tier, seat)]
            if readable:
                newest[reader.person_id, network_id] = readable[-1]
        contents = self._contents(list(newest.values()))
        return {who: contents[one.review.id].read(seated.get(who[0], {})) for who, one in newest.items()}

    def _ended(self, network_ids: Iterable[int]) -> "list[_Ended]":
        return [_Ended(review_in(row), row.people or 0) for row in self._rows(_OF_NETWORKS, network_ids)]

    def _seats(self, person_ids: Iterable[int]) -> dict[int, dict[int, bool]]:
        """By person, the reviews that have ended in which they have a seat, and whether they had finished."""
        found: dict[int, dict[int, bool]] = {}
        for row in self._rows(_SEATS, person_ids):
            found.setdefault(row.person_id, {})[row.review_id] = row.finished_at is not None
        return found

    def _contents(self, ended: "Sequence[_Ended]") -> "dict[int, _Contents]":
        found = {one.review.id: _Contents(one, {}, {}, []) for one in ended}
        for row in self._rows(_OUTCOMES, found):
            found[row.review_id].outcomes[row.key] = row
        for row in self._rows(_AGREED, found):
            found[row.review_id].agreed[row.key] = agreed_in(row)
        for row in self._rows(_POINTS, found):
            found[row.review_id].points.append(point_in(row))
        return found

    def _rows(self, statement: Select[Any], ids: Iterable[int]) -> list[Row[Any]]:
        rows: list[Row[Any]] = []
        for some in chunks(sorted(set(ids))):
            rows += self._connection.execute(statement, {"ids": some})
        return rows


@dataclass(frozen=True, slots=True)
class _Ended:
    """A review that has ended, and how many had answered."""

    review: Review
    people: int

    def is_for(self, tier: Audience | None, seat: Mapping[int, bool]) -> bool:
        """The one rule: a review's people read what it came to, and so do those whom it is shared with."""
        audience = self.review.audience
        is_shared = tier is not None and audience is not None and audience >= max(tier, Audience.COORDINATOR)
        return is_shared or self.review.id in seat


@dataclass(frozen=True, slots=True)
class _Contents:
    """What stands in the tables of one of them."""

    ended: _Ended
    outcomes: dict[str, Row[Any]]
    agreed: dict[str, Agreed]
    points: list[Point]

    def read(self, seat: Mapping[int, bool]) -> Result:
        """As it is for somebody with, or without, a seat in it; ranges only where they tell nobody's answer anew."""
        review, people = self.ended.review, self.ended.people
        at = review.ended_at or review.moved_at
        found = came_to({key: row.value for key, row in self.outcomes.items()}, self.agreed, at)
        if review.id not in seat:
            found = {key: replace(one, by_id=None, by_name="") for key, one in found.items()}
        is_ranged = seat.get(review.id, False) or people >= ENOUGH
        ranges = {key: (row.low, row.high) for key, row in self.outcomes.items() if is_ranged and row.low is not None}
        return Result(
            review, people, found, ranges, tuple(self.points), review.id in seat,
            frozenset(key for key, one in self.agreed.items() if not one.value),
        )  # fmt: skip
