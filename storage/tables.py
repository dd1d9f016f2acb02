"""The only schema: every table, its keys and its indexes."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)  # fmt: skip


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive time (ValueError), and turns the rest to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant must carry its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _person() -> Column[int]:
    return Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False)


def _network(*, nullable: bool = False) -> Column[int]:
    return Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=nullable)


programme = Table(
    "programme",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("time_zone", String(64), nullable=False),
)

networks = Table(
    "networks",
    metadata,
    _id(),
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("purpose", String(500), nullable=False, server_default=""),
    Column("started_on", Date),
    Column("home_platform", String(16)),
    Column("home_workspace", String(64)),
    Column("home_place", String(200)),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("time_zone", String(64)),
    Column("nation", String(32)),
    Column("working_days", String(7), nullable=False, server_default="01234"),
    Column("hours_from", String(5), nullable=False, server_default="09:00"),
    Column("hours_to", String(5), nullable=False, server_default="17:00"),
    Column("leave_from", Date),
    Column("leave_to", Date),
    Column("preferred_platform", String(16)),
    # SQLite would give the number of an erased person to the next one: https://www.sqlite.org/autoinc.html
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("workspace", String(64), primary_key=True),
    Column("user", String(128), primary_key=True),
    _person(),
    Column("address", Text),
    Column("address_at", Instant),
    Index(None, "person_id"),
)

roles = Table(
    "roles",
    metadata,
    _id(),
    _person(),
    _network(nullable=True),
    Column("role", String(16), nullable=False),
    Index("uq_roles_in_network", "person_id", "network_id", "role", unique=True),
    Index(
        "uq_roles_in_programme",
        "person_id",
        "role",
        unique=True,
        sqlite_where=text("network_id IS NULL"),
        postgresql_where=text("network_id IS NULL"),
    ),
    Index(None, "network_id"),
)

templates = Table(
    "templates",
    metadata,
    _id(),
    _network(),
    Column("version", Integer, nullable=False),
    Column("questions", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    UniqueConstraint("network_id", "version"),
)

checkins = Table(
    "checkins",
    metadata,
    _id(),
    _network(),
    _person(),
    Column("template_id", ForeignKey("templates.id"), nullable=False),
    Column("week_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("edited_at", Instant),
    Column("withdrawn_at", Instant),
    Index("ix_checkins_week", "network_id", "week_on"),
    Index("ix_checkins_history", "person_id", "recorded_at"),
    Index(
        "uq_checkins_standing",
        "network_id",
        "person_id",
        "week_on",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL"),
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)

answers = Table(
    "answers",
    metadata,
    Column("checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("number", Float),
    Column("audience", SmallInteger, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    _id(),
    Column("checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), nullable=False),
    Column("template_id", ForeignKey("templates.id"), nullable=False),
    Column("replaced_at", Instant, nullable=False),
    Column("answers", Text, nullable=False),
    Index(None, "checkin_id"),
)

seen = Table(
    "seen",
    metadata,
    Column("event_id", String(255), primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Index(None, "seen_at"),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("what", String(64), nullable=False),
    Column("detail", String(255), nullable=False, server_default=""),
    Column("event_id", String(255), nullable=False, server_default=""),
)

probe = Table(
    "probe",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
)
