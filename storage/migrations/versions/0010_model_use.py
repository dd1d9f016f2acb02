"""The tokens that models have used, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up from what came before."""
    op.create_table(
        "model_use",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_model_use")),
    )
