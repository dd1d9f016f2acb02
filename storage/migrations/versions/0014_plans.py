"""Development plans: their items, the days on which they are looked at, and what came of them."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the reviews."""
    _plans()
    _items()
    _points()
    _ends()
    _told()


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _plans() -> None:
    name = "plans"
    op.create_table(
        name,
        _id(),
        _number("network_id"),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        _number("review_id", nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        _number("made_by_id", nullable=True),
        _instant("made_at"),
        _number("version"),
        _words("why"),
        sa.Column("reach", sa.SmallInteger(), nullable=False),
        _instant("closed_at", nullable=True),
        _key(name, "network_id", "networks"),
        _key(name, "review_id", "reviews", "SET NULL"),
        _key(name, "made_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("network_id", "number", name=op.f(f"uq_{name}_network_id_number")),
        sqlite_autoincrement=True,
    )
    is_now = sa.text("state = 'current'")
    op.create_index("uq_plans_current", name, ["network_id"], unique=True, sqlite_where=is_now, postgresql_where=is_now)
    _index(name, "review_id")
    _index(name, "made_by_id")


def _items() -> None:
    name = "plan_items"
    op.create_table(
        name,
        _id(),
        _number("plan_id"),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        _words("title"),
        sa.Column("dimension", sa.String(length=32), nullable=False),
        _words("why"),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        _number("owner_id", nullable=True),
        _words("step_when"),
        _words("step_then"),
        _number("objective_id", nullable=True),
        sa.Column("is_objective", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        _key(name, "plan_id", "plans"),
        _key(name, "owner_id", "people", "SET NULL"),
        _key(name, "objective_id", "goals", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plan_items_plan", name, ["plan_id", "place"], unique=False)
    _index(name, "owner_id")
    _index(name, "objective_id")


def _points() -> None:
    name = "plan_points"
    op.create_table(
        name,
        _number("plan_id"),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        _words("note"),
        sa.Column("reach", sa.SmallInteger(), nullable=False),
        _key(name, "plan_id", "plans"),
        sa.PrimaryKeyConstraint("plan_id", "month", name=op.f(f"pk_{name}")),
    )


def _ends() -> None:
    name = "plan_ends"
    op.create_table(
        name,
        _number("plan_id"),
        _words("changed"),
        _words("lasts"),
        _words("learned"),
        sa.Column("reach", sa.SmallInteger(), nullable=False),
        _number("by_id", nullable=True),
        _instant("at"),
        _key(name, "plan_id", "plans"),
        _key(name, "by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("plan_id", name=op.f(f"pk_{name}")),
    )
    _index(name, "by_id")


def _told() -> None:
    name = "plan_told"
    op.create_table(
        name,
        _number("person_id"),
        _number("item_id"),
        sa.Column("on", sa.Date(), nullable=False),
        _key(name, "person_id", "people"),
        _key(name, "item_id", "plan_items"),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f(f"pk_{name}")),
    )
    _index(name, "item_id")
