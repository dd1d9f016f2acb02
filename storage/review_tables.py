"""The tables of rapid reviews, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.instant import Instant
from storage.tables import metadata


def _person(name: str) -> Column[int]:
    return Column(name, ForeignKey("people.id", ondelete="SET NULL"))


def _review() -> Column[int]:
    return Column("review_id", ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True)


_OPEN = text("state IN ('open', 'joint')")

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("state", String(16), nullable=False),
    _person("began_by_id"),
    Column("began_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("joint_at", Instant),
    Column("ended_at", Instant),
    _person("led_by_id"),
    Column("audience", SmallInteger),
    Column("people", SmallInteger),
    Column("version", Integer, nullable=False),
    UniqueConstraint("network_id", "number"),
    Index("uq_reviews_open", "network_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(None, "began_by_id"),
    Index(None, "led_by_id"),
    # A button or form of an erased review may never lead to another.
    sqlite_autoincrement=True,
)
"""`people`: how many had finished when it ended."""

seats = Table(
    "review_seats",
    metadata,
    _review(),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("invited_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("finished_in", Integer),
    Index(None, "person_id"),
)
"""`finished_in`: the review's version then, where its joint session had begun."""

given = Table(
    "review_answers",
    metadata,
    Column("review_id", Integer, primary_key=True),
    Column("person_id", Integer, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_in", Integer),
    ForeignKeyConstraint(
        ["review_id", "person_id"], ["review_seats.review_id", "review_seats.person_id"], ondelete="CASCADE"
    ),
)
"""`value` "": taken back. `changed_in`: the review's version then, where its joint session had begun."""

agreed = Table(
    "review_agreed",
    metadata,
    _review(),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("note", Text, nullable=False),
    _person("by_id"),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "by_id"),
)

outcomes = Table(
    "review_outcomes",
    metadata,
    _review(),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("low", Text),
    Column("high", Text),
)
"""What the answers came to when the review ended. `low` and `high`: of a level that all answered, until
one of its people is erased."""

points = Table(
    "review_points",
    metadata,
    _review(),
    Column("kind", String(16), primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("text", Text, nullable=False),
    Column("dimension", String(32), nullable=False),
)
