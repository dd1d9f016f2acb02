"""The tables of goals, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from storage.instant import Instant
from storage.tables import metadata

goals = Table(
    "goals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE")),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("owner_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("objective_id", ForeignKey("goals.id", ondelete="SET NULL")),
    Column("is_personal", Boolean, nullable=False),
    Column("is_objective", Boolean, nullable=False),
    Column("audience", SmallInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("due_on", Date),
    Column("measure", Text, nullable=False),
    Column("target", Float),
    Column("step_when", Text, nullable=False),
    Column("step_then", Text, nullable=False),
    Column("with_whom", Text, nullable=False),
    Column("confidence", String(4)),
    Column("now", Text, nullable=False),
    Column("value", Float),
    Column("made_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Index("ix_goals_network", "network_id", "state", "moved_at"),
    Index("ix_goals_author", "author_id"),
    Index("ix_goals_owner", "owner_id"),
    Index("ix_goals_objective", "objective_id"),
    # A button of an erased goal may never lead to another: https://www.sqlite.org/autoinc.html
    sqlite_autoincrement=True,
)

goal_helpers = Table(
    "goal_helpers",
    metadata,
    Column("goal_id", ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "person_id"),
)

goal_reviews = Table(
    "goal_reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    Column("leader_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("shared_at", Instant),
    Index(None, "network_id"),
    Index(None, "leader_id"),
    sqlite_autoincrement=True,
)

goal_entries = Table(
    "goal_entries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("goal_id", ForeignKey("goals.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    Column("told", String(16), nullable=False),
    Column("confidence", String(4)),
    Column("now", Text, nullable=False),
    Column("value", Float),
    Column("why", Text, nullable=False),
    Column("about_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("changes", Text, nullable=False),
    Column("checkin_id", ForeignKey("checkins.id", ondelete="SET NULL")),
    Column("review_id", ForeignKey("goal_reviews.id", ondelete="SET NULL")),
    Index("ix_goal_entries_story", "goal_id", "id"),
    Index(None, "person_id"),
    Index(None, "about_id"),
    Index(None, "checkin_id"),
    Index(None, "review_id"),
)

goal_sentences = Table(
    "goal_sentences",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("said_at", Instant, nullable=False),
    Index(None, "person_id"),
    # A button of a line that is kept may never lead to another: https://www.sqlite.org/autoinc.html
    sqlite_autoincrement=True,
)

goal_news = Table(
    "goal_news",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("to_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("by_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("goal_id", ForeignKey("goals.id", ondelete="CASCADE")),
    Column("review_id", ForeignKey("goal_reviews.id", ondelete="CASCADE")),
    Column("at", Instant, nullable=False),
    Column("told_on", Date),
    Index(None, "to_id"),
    Index(None, "by_id"),
    Index(None, "goal_id"),
    Index(None, "review_id"),
)
