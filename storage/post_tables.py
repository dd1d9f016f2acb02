"""The tables of posts and of the places that they go to, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text

from storage.instant import Instant
from storage.tables import metadata

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("argument", String(64), nullable=False),
    Column("turn", SmallInteger, nullable=False),
    Column("platform", String(16), nullable=False),
    Column("workspace", String(64), nullable=False),
    Column("place", String(200), nullable=False),
    Column("wanted_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("wanted_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("why", String(200), nullable=False, server_default=""),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("claimed_at", Instant),
    Column("lease_until", Instant),
    Column("token", String(32), nullable=False, server_default=""),
    Column("ref", Text, nullable=False, server_default=""),
    Column("link", Text, nullable=False, server_default=""),
    Column("sent_at", Instant),
    Column("corrected_at", Instant),
    UniqueConstraint("kind", "argument", "turn"),
    Index(
        "ix_posts_open",
        "platform",
        "workspace",
        "id",
        sqlite_where=text("state IN ('planned', 'sending', 'unknown')"),
        postgresql_where=text("state IN ('planned', 'sending', 'unknown')"),
    ),
    Index("ix_posts_of_network", "network_id", "wanted_at"),
    Index(None, "wanted_by"),
    # Platforms find a post by its id, and buttons carry it: it may never be given to another.
    sqlite_autoincrement=True,
)

places = Table(
    "places",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("platform", String(16), nullable=False),
    Column("workspace", String(64), nullable=False),
    Column("place", String(200), nullable=False),
    Column("address", Text, nullable=False, server_default=""),
    UniqueConstraint("platform", "workspace", "place"),
    sqlite_autoincrement=True,
)

home_asks = Table(
    "home_asks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("place_id", ForeignKey("places.id", ondelete="CASCADE"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    UniqueConstraint("person_id", "place_id"),
    Index(None, "place_id"),
    sqlite_autoincrement=True,
)
