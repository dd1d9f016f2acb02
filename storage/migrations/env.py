"""Runs migrations on the connection that storage/migrate.py hands in, inside its transaction."""

from alembic import context

from storage.coaching_tables import talks
from storage.goal_tables import goals
from storage.model_tables import model_use

assert talks.metadata is goals.metadata is model_use.metadata, "one schema: what is imported here is all of it"
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=goals.metadata, transactional_ddl=True)
context.run_migrations()
