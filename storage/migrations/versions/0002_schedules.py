"""What is sent unasked: schedules, occurrences, deliveries, wishes, budgets, and how much a person may get."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from the first schema."""
    a_week = sa.Column("messages_a_week", sa.SmallInteger(), server_default="1", nullable=False)
    op.add_column("programme", a_week)
    _schedules()
    _occurrences()
    _deliveries()
    _indexes_of_deliveries()
    _wishes()
    _budgets()


def _schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("moves", sa.Boolean(), nullable=False),
        sa.Column("window_days", sa.SmallInteger(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("plan_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_schedules_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_schedules_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_schedules_set_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
    )
    scope = (sa.text(f"coalesce({column}, 0)") for column in ("network_id", "person_id"))
    op.create_index("uq_schedules_for", "schedules", ["occasion", *scope], unique=True)
    op.create_index("ix_schedules_due", "schedules", ["plan_at", "id"], unique=False)
    op.create_index("ix_schedules_scope", "schedules", ["person_id", "network_id"], unique=False)


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedules.id"], name=op.f("fk_occurrences_schedule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("schedule_id", "on", name=op.f("uq_occurrences_schedule_id_on")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=200), server_default="", nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=True),
        sa.Column("workspace", sa.String(length=64), nullable=True),
        sa.Column("user", sa.String(length=128), nullable=True),
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("unasked", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token", sa.String(length=32), server_default="", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ref", sa.String(length=255), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["deliveries.id"], name=op.f("fk_deliveries_carrier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrences.id"], name=op.f("fk_deliveries_occurrence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deliveries_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "occurrence_id", "person_id", "turn", name=op.f("uq_deliveries_occurrence_id_person_id_turn")
        ),
        sqlite_autoincrement=True,
    )


def _indexes_of_deliveries() -> None:
    partial = {
        "ix_deliveries_due": (["platform", "workspace", "due_at", "id"], "state = 'planned'"),
        "ix_deliveries_open": (["lease_until"], "state IN ('sending', 'unknown')"),
    }
    for name, (columns, state) in partial.items():
        where = sa.text(state)
        op.create_index(name, "deliveries", columns, unique=False, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_deliveries_of_person", "deliveries", ["person_id", "due_at"], unique=False)
    op.create_index(op.f("ix_deliveries_carrier_id"), "deliveries", ["carrier_id"], unique=False)


def _wishes() -> None:
    op.create_table(
        "wishes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("every", sa.SmallInteger(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("halved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_wishes_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "occasion", name=op.f("pk_wishes")),
    )


def _budgets() -> None:
    op.create_table(
        "budgets",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=200), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", name=op.f("pk_budgets")),
    )
