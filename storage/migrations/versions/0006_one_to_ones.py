"""One-to-ones: who meets whom, the times, notes and preparation of each side, and what the two agreed."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from what came before."""
    _pairs()
    _meetings()
    _times()
    _notes()
    _preparations()
    _actions()
    _news()


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


def _pairs() -> None:
    name = "one_to_one_pairs"
    op.create_table(
        name,
        _id(),
        _number("coach_id", nullable=True),
        _number("coachee_id", nullable=True),
        _instant("known_at", nullable=True),
        _key(name, "coach_id", "people", "SET NULL"),
        _key(name, "coachee_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("coach_id", "coachee_id", name=op.f(f"uq_{name}_coach_id_coachee_id")),
        sqlite_autoincrement=True,
    )
    _index(name, "coachee_id")


def _meetings() -> None:
    name = "one_to_ones"
    op.create_table(
        name,
        _id(),
        _number("pair_id"),
        sa.Column("standing", sa.String(length=16), nullable=False),
        _number("asked_by_id", nullable=True),
        _number("last_by_id", nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        _instant("starts_at", nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        _words("place"),
        _words("about"),
        sa.Column("uid", sa.String(length=36), nullable=False),
        _number("sequence"),
        _number("version"),
        _instant("changed_at"),
        _key(name, "pair_id", "one_to_one_pairs"),
        _key(name, "asked_by_id", "people", "SET NULL"),
        _key(name, "last_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_one_to_ones_pair", name, ["pair_id"], unique=False)
    _index(name, "asked_by_id")
    _index(name, "last_by_id")
    is_open = sa.text("standing = 'suggested'")
    op.create_index(
        "uq_one_to_ones_suggested", name, ["pair_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _times() -> None:
    name = "one_to_one_times"
    op.create_table(
        name,
        _id(),
        _number("meeting_id"),
        _instant("at"),
        _key(name, "meeting_id", "one_to_ones"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    _index(name, "meeting_id")


def _notes() -> None:
    name = "one_to_one_notes"
    op.create_table(
        name,
        _id(),
        _number("pair_id"),
        _number("person_id"),
        _words("text"),
        _instant("at"),
        _key(name, "pair_id", "one_to_one_pairs"),
        _key(name, "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_one_to_one_notes_of_person", name, ["person_id", "pair_id"], unique=False)
    _index(name, "pair_id")


def _preparations() -> None:
    name = "one_to_one_preparations"
    op.create_table(
        name,
        _number("meeting_id"),
        _number("person_id"),
        _words("text"),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        _number("version"),
        _key(name, "meeting_id", "one_to_ones"),
        _key(name, "person_id", "people"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f(f"pk_{name}")),
    )
    _index(name, "person_id")


def _actions() -> None:
    name = "one_to_one_actions"
    op.create_table(
        name,
        _id(),
        _number("pair_id"),
        _number("owner_id", nullable=True),
        _words("text"),
        _instant("at"),
        _instant("done_at", nullable=True),
        _instant("goal_at", nullable=True),
        _key(name, "pair_id", "one_to_one_pairs"),
        _key(name, "owner_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    _index(name, "pair_id")
    _index(name, "owner_id")


def _news() -> None:
    name = "one_to_one_news"
    op.create_table(
        name,
        _number("meeting_id"),
        _number("person_id"),
        sa.Column("about", sa.String(length=16), nullable=False),
        _instant("due_at"),
        sa.Column("told_on", sa.Date(), nullable=True),
        _key(name, "meeting_id", "one_to_ones"),
        _key(name, "person_id", "people"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", "about", name=op.f(f"pk_{name}")),
    )
    _index(name, "person_id")
