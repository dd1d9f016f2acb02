"""Facts: the index of goals leads past those that nothing was told of since."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up: what goals tell of a period is found without reading all that were closed before it."""
    op.drop_index("ix_goals_network", table_name="goals")
    op.create_index("ix_goals_network", "goals", ["network_id", "state", "moved_at"], unique=False)
