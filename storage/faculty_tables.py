"""The tables of what faculty and networks write each other, beside those of storage/tables.py."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.instant import Instant
from storage.tables import metadata

notes = Table(
    "faculty_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("is_answer", Boolean, nullable=False),
    Column("wants_answer", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_faculty_notes_network", "network_id", "id"),
    Index(None, "author_id"),
    sqlite_autoincrement=True,
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("done_at", Instant),
    Index("ix_follow_ups_person", "person_id", "on"),
    Index(None, "network_id"),
    sqlite_autoincrement=True,
)

faculty_channel = Table(
    "faculty_channel",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("workspace", String(64), nullable=False),
    Column("place", String(200), nullable=False),
)
