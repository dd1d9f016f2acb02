"""Runs migrations on the connection that storage/migrate.py hands in, inside its transaction."""

from alembic import context

from storage.coaching_tables import talks

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=talks.metadata, transactional_ddl=True)
context.run_migrations()
