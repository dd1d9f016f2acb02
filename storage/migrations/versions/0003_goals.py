"""Goals of networks and people, who helps with them, their story, and their reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the schema with schedules."""
    _goals()
    _goal_helpers()
    _goal_reviews()
    _goal_entries()


def _key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _goals() -> None:
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Integer()) for name in ("network_id", "author_id", "owner_id", "objective_id")),
        sa.Column("is_personal", sa.Boolean(), nullable=False),
        sa.Column("is_objective", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        *_texts("title"),
        sa.Column("due_on", sa.Date()),
        *_texts("measure"),
        sa.Column("target", sa.Float()),
        *_texts("step_when", "step_then", "with_whom"),
        sa.Column("confidence", sa.String(length=4)),
        *_texts("now"),
        sa.Column("value", sa.Float()),
        _instant("made_at"),
        _instant("moved_at"),
        _instant("closed_at", nullable=True),
        _key("goals", "network_id", "networks", "CASCADE"),
        _key("goals", "author_id", "people", "SET NULL"),
        _key("goals", "owner_id", "people", "SET NULL"),
        _key("goals", "objective_id", "goals", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goals_network", "goals", ["network_id", "state"], unique=False)
    for name in ("author", "owner", "objective"):
        op.create_index(f"ix_goals_{name}", "goals", [f"{name}_id"], unique=False)


def _goal_helpers() -> None:
    op.create_table(
        "goal_helpers",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _key("goal_helpers", "goal_id", "goals", "CASCADE"),
        _key("goal_helpers", "person_id", "people", "CASCADE"),
        sa.PrimaryKeyConstraint("goal_id", "person_id", name=op.f("pk_goal_helpers")),
    )
    op.create_index(op.f("ix_goal_helpers_person_id"), "goal_helpers", ["person_id"], unique=False)


def _goal_reviews() -> None:
    op.create_table(
        "goal_reviews",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer()),
        _instant("began_at"),
        _instant("ended_at", nullable=True),
        _instant("shared_at", nullable=True),
        _key("goal_reviews", "network_id", "networks", "CASCADE"),
        _key("goal_reviews", "leader_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_reviews")),
        sqlite_autoincrement=True,
    )
    for name in ("network_id", "leader_id"):
        op.create_index(op.f(f"ix_goal_reviews_{name}"), "goal_reviews", [name], unique=False)


def _goal_entries() -> None:
    op.create_table(
        "goal_entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        _instant("at"),
        sa.Column("told", sa.String(length=16), nullable=False),
        sa.Column("confidence", sa.String(length=4)),
        *_texts("now"),
        sa.Column("value", sa.Float()),
        *_texts("why"),
        sa.Column("about_id", sa.Integer()),
        *_texts("changes"),
        sa.Column("checkin_id", sa.Integer()),
        sa.Column("review_id", sa.Integer()),
        _key("goal_entries", "goal_id", "goals", "CASCADE"),
        _key("goal_entries", "person_id", "people", "SET NULL"),
        _key("goal_entries", "about_id", "people", "SET NULL"),
        _key("goal_entries", "checkin_id", "checkins", "SET NULL"),
        _key("goal_entries", "review_id", "goal_reviews", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_entries")),
    )
    op.create_index("ix_goal_entries_story", "goal_entries", ["goal_id", "id"], unique=False)
    for name in ("person_id", "about_id", "checkin_id", "review_id"):
        op.create_index(op.f(f"ix_goal_entries_{name}"), "goal_entries", [name], unique=False)
