"""Drafted updates: their sections, sentences, and the facts that each sentence rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the schema before drafts."""
    _drafts()
    _parts()
    _sentences()
    _sources()


def _key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _whole(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def _text(name: str, length: int | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _drafts() -> None:
    people = ("author_id", "asked_id", "approved_id", "posted_id")
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        _whole("network_id"),
        *(_whole(name, nullable=True) for name in (*people, "corrects_id", "approved_version")),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        _instant("made_at", nullable=False),
        *(_whole(name) for name in ("version", "dropped", "marked")),
        _flag("shows_model"),
        *(_instant(f"{name}_at") for name in ("asked", "posted", "shared", "wanted", "written")),
        _instant("leased_until"),
        *(_text(name) for name in ("wish", "numbers", "failed")),
        sa.Column("token", sa.String(36)),
        _text("model", 200),
        _text("prompt_version", 40),
        _key("drafts", "network_id", "networks", "CASCADE"),
        *(_key("drafts", name, "people", "SET NULL") for name in people),
        _key("drafts", "corrects_id", "drafts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_network", "drafts", ["network_id", "last_on"], unique=False)
    op.create_index("ix_drafts_wanted", "drafts", ["wanted_at"], unique=False)
    for name in (*people, "corrects_id"):
        op.create_index(op.f(f"ix_drafts_{name}"), "drafts", [name], unique=False)


def _parts() -> None:
    op.create_table(
        "draft_parts",
        _whole("draft_id"),
        _text("section", 12),
        _whole("version"),
        _flag("is_left_out"),
        _whole("changed_id", nullable=True),
        _key("draft_parts", "draft_id", "drafts", "CASCADE"),
        _key("draft_parts", "changed_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("draft_id", "section", name=op.f("pk_draft_parts")),
    )
    op.create_index(op.f("ix_draft_parts_changed_id"), "draft_parts", ["changed_id"], unique=False)


def _sentences() -> None:
    op.create_table(
        "draft_sentences",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        _whole("draft_id"),
        _flag("is_model"),
        _text("section", 12),
        _whole("place"),
        _text("origin", 8),
        _text("text"),
        _flag("is_marked"),
        _whole("author_id", nullable=True),
        _key("draft_sentences", "draft_id", "drafts", "CASCADE"),
        _key("draft_sentences", "author_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_sentences")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_sentences_draft", "draft_sentences", ["draft_id", "is_model", "place"], unique=False)
    op.create_index(op.f("ix_draft_sentences_author_id"), "draft_sentences", ["author_id"], unique=False)


def _sources() -> None:
    op.create_table(
        "draft_sources",
        _whole("sentence_id"),
        _text("key", 120),
        _text("stamp"),
        _whole("person_id", nullable=True),
        _key("draft_sources", "sentence_id", "draft_sentences", "CASCADE"),
        _key("draft_sources", "person_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("sentence_id", "key", name=op.f("pk_draft_sources")),
    )
    op.create_index(op.f("ix_draft_sources_person_id"), "draft_sources", ["person_id"], unique=False)
