"""Runs migrations on the connection that storage/migrate.py hands in, inside its transaction."""

from alembic import context

from storage import (
    coaching_tables,
    draft_tables,
    faculty_tables,
    figure_tables,
    goal_tables,
    model_tables,
    one_to_one_tables,
    plan_tables,
    post_tables,
    pulse_tables,
    review_tables,
    tables,
)

PARTS = (
    coaching_tables,
    draft_tables,
    faculty_tables,
    figure_tables,
    goal_tables,
    model_tables,
    one_to_one_tables,
    plan_tables,
    post_tables,
    pulse_tables,
    review_tables,
)

assert all(part.metadata is tables.metadata for part in PARTS), "one schema: what is imported here is all of it"
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables.metadata, transactional_ddl=True)
context.run_migrations()
