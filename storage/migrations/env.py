"""Runs migrations on the connection that storage/migrate.py hands in, inside its transaction."""

from alembic import context

from storage.goal_tables import goals

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=goals.metadata, transactional_ddl=True)
context.run_migrations()
