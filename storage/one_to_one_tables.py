"""The tables of one-to-ones, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
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


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _person(name: str) -> Column[int]:
    return Column(name, ForeignKey("people.id", ondelete="SET NULL"))


def _meeting(*, primary_key: bool = False) -> Column[int]:
    key = ForeignKey("one_to_ones.id", ondelete="CASCADE")
    return Column("meeting_id", key, nullable=False, primary_key=primary_key)


def _pair() -> Column[int]:
    return Column("pair_id", ForeignKey("one_to_one_pairs.id", ondelete="CASCADE"), nullable=False)


pairs = Table(
    "one_to_one_pairs",
    metadata,
    _id(),
    _person("coach_id"),
    _person("coachee_id"),
    Column("known_at", Instant),
    UniqueConstraint("coach_id", "coachee_id"),
    Index(None, "coachee_id"),
    # A button or form that is still open may never lead to another row, here and below.
    sqlite_autoincrement=True,
)

meetings = Table(
    "one_to_ones",
    metadata,
    _id(),
    _pair(),
    Column("standing", String(16), nullable=False),
    _person("asked_by_id"),
    _person("last_by_id"),
    Column("deed", String(16), nullable=False),
    Column("starts_at", Instant),
    Column("minutes", SmallInteger, nullable=False),
    Column("place", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("uid", String(36), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_one_to_ones_pair", "pair_id"),
    Index(None, "asked_by_id"),
    Index(None, "last_by_id"),
    Index(
        "uq_one_to_ones_suggested",
        "pair_id",
        unique=True,
        sqlite_where=text("standing = 'suggested'"),
        postgresql_where=text("standing = 'suggested'"),
    ),
    sqlite_autoincrement=True,
)

times = Table(
    "one_to_one_times",
    metadata,
    _id(),
    _meeting(),
    Column("at", Instant, nullable=False),
    Index(None, "meeting_id"),
    sqlite_autoincrement=True,
)

notes = Table(
    "one_to_one_notes",
    metadata,
    _id(),
    _pair(),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_one_to_one_notes_of_person", "person_id", "pair_id"),
    Index(None, "pair_id"),
    sqlite_autoincrement=True,
)

preparations = Table(
    "one_to_one_preparations",
    metadata,
    _meeting(primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "person_id"),
)

actions = Table(
    "one_to_one_actions",
    metadata,
    _id(),
    _pair(),
    _person("owner_id"),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("goal_at", Instant),
    Index(None, "pair_id"),
    Index(None, "owner_id"),
    sqlite_autoincrement=True,
)

news = Table(
    "one_to_one_news",
    metadata,
    _meeting(primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("about", String(16), primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("told_on", Date),
    Index(None, "person_id"),
)
