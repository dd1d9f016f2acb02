"""The tables of drafted updates, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from storage.instant import Instant
from storage.tables import metadata


def _someone(name: str) -> Column[int]:
    return Column(name, ForeignKey("people.id", ondelete="SET NULL"))


drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    _someone("author_id"),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("audience", SmallInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("shows_model", Boolean, nullable=False),
    _someone("asked_id"),
    Column("asked_at", Instant),
    Column("wish", Text, nullable=False),
    Column("approved_version", Integer),
    _someone("approved_id"),
    Column("posted_at", Instant),
    _someone("posted_id"),
    Column("shared_at", Instant),
    Column("corrects_id", ForeignKey("drafts.id", ondelete="SET NULL")),
    Column("wanted_at", Instant),
    Column("written_at", Instant),
    Column("token", String(36)),
    Column("leased_until", Instant),
    Column("numbers", Text, nullable=False),
    Column("failed", Text, nullable=False),
    Column("model", String(200), nullable=False),
    Column("prompt_version", String(40), nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("marked", Integer, nullable=False),
    Index("ix_drafts_network", "network_id", "last_on"),
    Index("ix_drafts_wanted", "wanted_at"),
    *(Index(None, f"{name}_id") for name in ("author", "asked", "approved", "posted", "corrects")),
    # A button of a discarded draft may never lead to another: https://www.sqlite.org/autoinc.html
    sqlite_autoincrement=True,
)

draft_parts = Table(
    "draft_parts",
    metadata,
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("section", String(12), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("is_left_out", Boolean, nullable=False),
    _someone("changed_id"),
    Index(None, "changed_id"),
)

draft_sentences = Table(
    "draft_sentences",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False),
    Column("is_model", Boolean, nullable=False),
    Column("section", String(12), nullable=False),
    Column("place", Integer, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("is_marked", Boolean, nullable=False),
    _someone("author_id"),
    Index("ix_draft_sentences_draft", "draft_id", "is_model", "place"),
    Index(None, "author_id"),
    sqlite_autoincrement=True,
)

draft_sources = Table(
    "draft_sources",
    metadata,
    Column("sentence_id", ForeignKey("draft_sentences.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("stamp", Text, nullable=False),
    _someone("person_id"),
    Index(None, "person_id"),
)
