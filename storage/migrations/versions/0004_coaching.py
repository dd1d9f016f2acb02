"""Coaching: conversations, what is shared of them, questions asked, each network's own; and a programme's signpost."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the schedules."""
    op.add_column("programme", sa.Column("signpost", sa.Text(), server_default="", nullable=False))
    _talks()
    _shares()
    _asked()
    _questions()


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _talks() -> None:
    name = "coaching_talks"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _words("review"),
        _words("outcome"),
        sa.Column("scale", sa.SmallInteger(), nullable=True),
        _words("know_how"),
        _words("plan_when"),
        _words("plan_then"),
        sa.Column("moment_on", sa.Date(), nullable=True),
        _key(name, "person_id", "people"),
        _key(name, "before_id", name, "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coaching_talks_of_person", name, ["person_id", "started_at"], unique=False)
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_coaching_talks_open", name, ["person_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _shares() -> None:
    name = "coaching_shares"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        _key(name, "talk_id", "coaching_talks"),
        _key(name, "with_id", "people"),
        _key(name, "network_id", "networks"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("talk_id", "with_id", name=op.f(f"uq_{name}_talk_id_with_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coaching_shares_with_id"), name, ["with_id"], unique=False)


def _asked() -> None:
    name = "coaching_asked"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        _words("answer"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        _key(name, "person_id", "people"),
        _key(name, "network_id", "networks"),
        _key(name, "plan_id", "coaching_talks"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("person_id", "on", name=op.f(f"uq_{name}_person_id_on")),
        sqlite_autoincrement=True,
    )


def _questions() -> None:
    name = "coaching_switched_off"
    op.create_table(
        name,
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        _key(name, "network_id", "networks"),
        sa.PrimaryKeyConstraint("network_id", "key", name=op.f(f"pk_{name}")),
    )
    name = "coaching_own_questions"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dimension", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        _key(name, "network_id", "networks"),
        _key(name, "added_by", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coaching_own_questions_network_id"), name, ["network_id"], unique=False)
