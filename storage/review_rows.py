"""How rapid reviews stand in the rows of their tables, and the one rule on who is inside a review."""

from typing import Any

from sqlalchemy import Row, exists, or_, select

from storage.records import Audience, Role
from storage.review_records import Agreed, Point, PointKind, Review, ReviewState
from storage.review_tables import agreed, points, reviews, seats
from storage.tables import people, roles

_LED = people.alias("led")
REVIEWS = select(reviews, _LED.c.name.label("led_name")).outerjoin(_LED, _LED.c.id == reviews.c.led_by_id)
"""Reviews; they hold nobody's answer."""
OPEN = reviews.c.state.in_((ReviewState.OPEN.value, ReviewState.JOINT.value))
TOLD = reviews.c.state.in_((ReviewState.JOINT.value, ReviewState.ENDED.value))
"""The review's people read what was answered."""
ENDED = reviews.c.state == ReviewState.ENDED.value
IS_HERE = exists().where(
    roles.c.person_id == seats.c.person_id,
    or_(roles.c.network_id == reviews.c.network_id, roles.c.role == Role.FACULTY.value),
)
"""The one rule: a seat lets somebody read while they have a role in the network, or are of the faculty."""
HAS_FINISHED = seats.c.finished_at.is_not(None)
AGREED = select(agreed, people.c.name).outerjoin(people, people.c.id == agreed.c.by_id).order_by(agreed.c.key)
POINTS = select(points).order_by(points.c.kind, points.c.place)


def review_in(row: Row[Any]) -> Review:
    """The review that a row of `REVIEWS` holds."""
    return Review(
        row.id, row.network_id, row.number, ReviewState(row.state), row.began_by_id, row.began_at, row.moved_at,
        row.joint_at, row.ended_at, row.led_by_id, row.led_name or "",
        None if row.audience is None else Audience(row.audience), row.version,
    )  # fmt: skip


def agreed_in(row: Row[Any]) -> Agreed:
    """What a row of `AGREED` holds."""
    return Agreed(row.key, row.value, row.note, row.by_id, row.name or "", row.at, row.version)


def point_in(row: Row[Any]) -> Point:
    """The point that a row of `POINTS` holds."""
    return Point(PointKind(row.kind), row.place, row.text, row.dimension)
