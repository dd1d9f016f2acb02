"""Posts to a network's home, the places that they go to, and who asked for a place to be a home."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from what stood before."""
    _posts()
    _places()


def _key(table: str, column: str, of: str, then: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then)


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _at(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _place() -> "list[sa.Column[str]]":
    lengths = (("platform", 16), ("workspace", 64), ("place", 200))
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths]


def _posts() -> None:
    name = "posts"
    op.create_table(
        name,
        _id(),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("argument", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        *_place(),
        sa.Column("wanted_by", sa.Integer(), nullable=True),
        _at("wanted_at", nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=200), server_default="", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        _at("not_before"),
        _at("claimed_at"),
        _at("lease_until"),
        sa.Column("token", sa.String(length=32), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        _at("sent_at"),
        _at("corrected_at"),
        _key(name, "network_id", "networks"),
        _key(name, "wanted_by", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("kind", "argument", "turn", name=op.f(f"uq_{name}_kind_argument_turn")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("state IN ('planned', 'sending', 'unknown')")
    op.create_index(
        "ix_posts_open", name, ["platform", "workspace", "id"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("ix_posts_of_network", name, ["network_id", "wanted_at"])
    op.create_index(op.f("ix_posts_wanted_by"), name, ["wanted_by"])


def _places() -> None:
    name = "places"
    op.create_table(
        name,
        _id(),
        *_place(),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("platform", "workspace", "place", name=op.f(f"uq_{name}_platform_workspace_place")),
        sqlite_autoincrement=True,
    )
    name = "home_asks"
    op.create_table(
        name,
        _id(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        _at("asked_at", nullable=False),
        _key(name, "person_id", "people"),
        _key(name, "place_id", "places"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("person_id", "place_id", name=op.f(f"uq_{name}_person_id_place_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_home_asks_place_id"), name, ["place_id"])
