"""What faculty and networks write each other, what faculty want to come back to, and the faculty's channel."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the drafted updates."""
    op.create_table(
        "faculty_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_faculty_channel_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faculty_channel")),
    )
    _notes()
    _follow_ups()


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _notes() -> None:
    name = "faculty_notes"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("is_answer", sa.Boolean(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _key(name, "network_id", "networks"),
        _key(name, "author_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_faculty_notes_network", name, ["network_id", "id"], unique=False)
    op.create_index(op.f("ix_faculty_notes_author_id"), name, ["author_id"], unique=False)


def _follow_ups() -> None:
    name = "follow_ups"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        _key(name, "person_id", "people"),
        _key(name, "network_id", "networks"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_ups_person", name, ["person_id", "on"], unique=False)
    op.create_index(op.f("ix_follow_ups_network_id"), name, ["network_id"], unique=False)
