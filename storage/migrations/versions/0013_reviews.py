"""Rapid reviews: who has a seat in one, what each answers, what they agree, and what it comes to."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up: no network has been reviewed so far."""
    _reviews()
    _seats()
    _answers()
    _agreed()
    _outcomes()
    _points()


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _reviews() -> None:
    name = "reviews"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("began_by_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joint_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("led_by_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.SmallInteger(), nullable=True),
        sa.Column("people", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key(name, "network_id", "networks"),
        _key(name, "began_by_id", "people", "SET NULL"),
        _key(name, "led_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("network_id", "number", name=op.f(f"uq_{name}_network_id_number")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("state IN ('open', 'joint')")
    op.create_index(
        "uq_reviews_open", name, ["network_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index(op.f("ix_reviews_began_by_id"), name, ["began_by_id"], unique=False)
    op.create_index(op.f("ix_reviews_led_by_id"), name, ["led_by_id"], unique=False)


def _seats() -> None:
    name = "review_seats"
    op.create_table(
        name,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_in", sa.Integer(), nullable=True),
        _key(name, "review_id", "reviews"),
        _key(name, "person_id", "people"),
        sa.PrimaryKeyConstraint("review_id", "person_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f("ix_review_seats_person_id"), name, ["person_id"], unique=False)


def _answers() -> None:
    name = "review_answers"
    op.create_table(
        name,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id", "person_id"],
            ["review_seats.review_id", "review_seats.person_id"],
            name=op.f(f"fk_{name}_review_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "person_id", "key", name=op.f(f"pk_{name}")),
    )


def _agreed() -> None:
    name = "review_agreed"
    op.create_table(
        name,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key(name, "review_id", "reviews"),
        _key(name, "by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("review_id", "key", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f("ix_review_agreed_by_id"), name, ["by_id"], unique=False)


def _outcomes() -> None:
    name = "review_outcomes"
    op.create_table(
        name,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("low", sa.Text(), nullable=True),
        sa.Column("high", sa.Text(), nullable=True),
        _key(name, "review_id", "reviews"),
        sa.PrimaryKeyConstraint("review_id", "key", name=op.f(f"pk_{name}")),
    )


def _points() -> None:
    name = "review_points"
    op.create_table(
        name,
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dimension", sa.String(length=32), nullable=False),
        _key(name, "review_id", "reviews"),
        sa.PrimaryKeyConstraint("review_id", "kind", "place", name=op.f(f"pk_{name}")),
    )
