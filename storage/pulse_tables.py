"""The tables of pulses, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, UniqueConstraint, text

from storage.instant import Instant
from storage.tables import metadata

pulses = Table(
    "pulses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("began_by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("began_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer),
    Column("audience", SmallInteger, nullable=False),
    UniqueConstraint("network_id", "number"),
    Index(
        "uq_pulses_open",
        "network_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(None, "began_by_id"),
    # A button that is still open may never lead to another row.
    sqlite_autoincrement=True,
)

pulse_answers = Table(
    "pulse_answers",
    metadata,
    Column("pulse_id", ForeignKey("pulses.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("level", SmallInteger, nullable=False),
    Index(None, "person_id"),
)

pulse_figures = Table(
    "pulse_figures",
    metadata,
    Column("pulse_id", ForeignKey("pulses.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("low", SmallInteger, nullable=False),
    Column("high", SmallInteger, nullable=False),
    Column("middle", Float, nullable=False),
    Column("people", Integer, nullable=False),
)
