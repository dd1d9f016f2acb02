"""Pulses: two minutes of every member, at most once in three months."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up: no network has had a pulse so far."""
    _pulses()
    _answers()
    op.create_table(
        "pulse_figures",
        sa.Column("pulse_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("low", sa.SmallInteger(), nullable=False),
        sa.Column("high", sa.SmallInteger(), nullable=False),
        sa.Column("middle", sa.Float(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _key("pulse_figures", "pulse_id", "pulses"),
        sa.PrimaryKeyConstraint("pulse_id", "key", name=op.f("pk_pulse_figures")),
    )


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _pulses() -> None:
    name = "pulses"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_by_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        _key(name, "network_id", "networks"),
        _key(name, "began_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("network_id", "number", name=op.f(f"uq_{name}_network_id_number")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index("uq_pulses_open", name, ["network_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index(op.f("ix_pulses_began_by_id"), name, ["began_by_id"], unique=False)


def _answers() -> None:
    name = "pulse_answers"
    op.create_table(
        name,
        sa.Column("pulse_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        _key(name, "pulse_id", "pulses"),
        _key(name, "person_id", "people"),
        sa.PrimaryKeyConstraint("pulse_id", "person_id", "key", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f("ix_pulse_answers_person_id"), name, ["person_id"], unique=False)
