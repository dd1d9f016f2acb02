"""The tables of coaching, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import (
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


def _person() -> Column[int]:
    return Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False)


def _network(*, nullable: bool = False) -> Column[int]:
    return Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=nullable)


talks = Table(
    "coaching_talks",
    metadata,
    _id(),
    _person(),
    Column("before_id", ForeignKey("coaching_talks.id", ondelete="SET NULL")),
    Column("step", String(16), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("review", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("scale", SmallInteger),
    Column("know_how", Text, nullable=False, server_default=""),
    Column("plan_when", Text, nullable=False, server_default=""),
    Column("plan_then", Text, nullable=False, server_default=""),
    Column("moment_on", Date),
    Index("ix_coaching_talks_of_person", "person_id", "started_at"),
    Index(
        "uq_coaching_talks_open",
        "person_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    # A button or form that is still open may never lead to another talk.
    sqlite_autoincrement=True,
)

shares = Table(
    "coaching_shares",
    metadata,
    _id(),
    Column("talk_id", ForeignKey("coaching_talks.id", ondelete="CASCADE"), nullable=False),
    Column("with_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    _network(),
    Column("shared_at", Instant, nullable=False),
    Column("told_on", Date),
    UniqueConstraint("talk_id", "with_id"),
    Index(None, "with_id"),
    sqlite_autoincrement=True,
)

asked = Table(
    "coaching_asked",
    metadata,
    _id(),
    _person(),
    _network(nullable=True),
    Column("on", Date, nullable=False),
    Column("key", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    # It quotes the plan: with the talk, it goes too.
    Column("plan_id", ForeignKey("coaching_talks.id", ondelete="CASCADE")),
    Column("goal_id", Integer, ForeignKey("goals.id", ondelete="SET NULL")),
    Column("answer", Text, nullable=False, server_default=""),
    Column("answered_at", Instant),
    UniqueConstraint("person_id", "on"),
    Index(None, "goal_id"),
    sqlite_autoincrement=True,
)

switched_off = Table(
    "coaching_switched_off",
    metadata,
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
)

own_questions = Table(
    "coaching_own_questions",
    metadata,
    _id(),
    _network(),
    Column("text", Text, nullable=False),
    Column("dimension", String(32)),
    Column("added_at", Instant, nullable=False),
    Column("added_by", ForeignKey("people.id", ondelete="SET NULL")),
    Index(None, "network_id"),
    sqlite_autoincrement=True,
)
