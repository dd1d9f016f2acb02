"""The tables of development plans, beside those of storage/tables.py and in the same schema."""

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


_CURRENT = text("state = 'current'")

plans = Table(
    "plans",
    metadata,
    _id(),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("review_id", ForeignKey("reviews.id", ondelete="SET NULL")),
    Column("began_on", Date, nullable=False),
    Column("audience", SmallInteger, nullable=False),
    _person("made_by_id"),
    Column("made_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("reach", SmallInteger, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("network_id", "number"),
    Index("uq_plans_current", "network_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    Index(None, "review_id"),
    Index(None, "made_by_id"),
    # A button or form that is still open may never lead to another row, here and below.
    sqlite_autoincrement=True,
)

items = Table(
    "plan_items",
    metadata,
    _id(),
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("action", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("dimension", String(32), nullable=False),
    Column("why", Text, nullable=False),
    Column("month_on", Date, nullable=False),
    Column("first_on", Date, nullable=False),
    _person("owner_id"),
    Column("step_when", Text, nullable=False),
    Column("step_then", Text, nullable=False),
    Column("objective_id", ForeignKey("goals.id", ondelete="SET NULL")),
    Column("is_objective", Boolean, nullable=False),
    Column("left_on", Date),
    Index("ix_plan_items_plan", "plan_id", "place"),
    Index(None, "owner_id"),
    Index(None, "objective_id"),
    sqlite_autoincrement=True,
)
"""`is_objective` stays where the objective is gone; the words of one are its own, and "" here."""

points = Table(
    "plan_points",
    metadata,
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("month", SmallInteger, primary_key=True),
    Column("first_on", Date, nullable=False),
    Column("on", Date, nullable=False),
    Column("held_on", Date),
    Column("note", Text, nullable=False),
    Column("reach", SmallInteger, nullable=False),
)
"""`reach`, here, above and below: the plan's audience when somebody wrote the words; nobody beyond ever reads them."""

ends = Table(
    "plan_ends",
    metadata,
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("changed", Text, nullable=False),
    Column("lasts", Text, nullable=False),
    Column("learned", Text, nullable=False),
    Column("reach", SmallInteger, nullable=False),
    _person("by_id"),
    Column("at", Instant, nullable=False),
    Index(None, "by_id"),
)

told = Table(
    "plan_told",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", ForeignKey("plan_items.id", ondelete="CASCADE"), primary_key=True),
    Column("on", Date, nullable=False),
    Index(None, "item_id"),
)
"""When somebody was last told of an item."""
