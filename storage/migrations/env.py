"""Runs migrations on the connection that storage/migrate.py hands in, inside its transaction."""

from alembic import context

from storage.coaching_tables import talks
from storage.draft_tables import drafts
from storage.goal_tables import goals
from storage.model_tables import model_use
from storage.post_tables import posts

ALL = (talks, drafts, goals, model_use, posts)
assert len({one.metadata for one in ALL}) == 1, "one schema: what is imported here is all of it"
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=goals.metadata, transactional_ddl=True)
context.run_migrations()
