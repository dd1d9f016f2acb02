"""Coaching questions keep their goal; typed lines wait until they are kept; people are told of goals."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ASKED = "coaching_asked"


def upgrade() -> None:
    """Step up from coaching."""
    newest = _newest_id()
    # SQLite takes no foreign key for a table that is there: it is made anew, and must not begin its ids anew.
    with op.batch_alter_table(ASKED, table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("goal_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(f"fk_{ASKED}_goal_id"), "goals", ["goal_id"], ["id"], ondelete="SET NULL")
        table.create_index(op.f(f"ix_{ASKED}_goal_id"), ["goal_id"], unique=False)
    if newest:
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name").bindparams(name=ASKED))
        row = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :newest)")
        op.execute(row.bindparams(name=ASKED, newest=newest))
    _sentences()
    _news()


def _sentences() -> None:
    name = "goal_sentences"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{name}_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"], unique=False)


def _news() -> None:
    name = "goal_news"
    keys = (
        ("to_id", "people", "CASCADE"), ("by_id", "people", "SET NULL"), ("goal_id", "goals", "CASCADE"),
        ("review_id", "goal_reviews", "CASCADE"),
    )  # fmt: skip
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=column != "to_id") for column, _, _ in keys),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{name}_{column}"), ondelete=then)
            for column, of, then in keys
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column, _, _ in keys:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _newest_id() -> int:
    """The newest id that SQLite gave out in the table; 0 for none, and on PostgreSQL, which remembers by itself."""
    if op.get_bind().dialect.name != "sqlite":
        return 0
    row = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=ASKED)
    return op.get_bind().execute(row).scalar() or 0
