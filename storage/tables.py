"""The only schema: every table, its keys and its indexes."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)  # fmt: skip

from storage.instant import Instant

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
    Column("messages_a_week", SmallInteger, nullable=False, server_default="1"),
    Column("signpost", Text, nullable=False, server_default=""),
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

schedules = Table(
    "schedules",
    metadata,
    _id(),
    Column("occasion", String(64), nullable=False),
    _network(nullable=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE")),
    Column("cadence", Text, nullable=False),
    Column("at", String(5), nullable=False),
    Column("zone", String(64)),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("moves", Boolean, nullable=False),
    Column("window_days", SmallInteger, nullable=False),
    Column("set_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("set_at", Instant, nullable=False),
    Column("planned_on", Date),
    Column("plan_at", Instant),
    Index("uq_schedules_for", "occasion", text("coalesce(network_id, 0)"), text("coalesce(person_id, 0)"), unique=True),
    Index("ix_schedules_due", "plan_at", "id"),
    Index("ix_schedules_scope", "person_id", "network_id"),
)

occurrences = Table(
    "occurrences",
    metadata,
    _id(),
    Column("schedule_id", ForeignKey("schedules.id", ondelete="CASCADE"), nullable=False),
    Column("on", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("missed", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("schedule_id", "on"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("occurrence_id", ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False),
    _person(),
    Column("turn", SmallInteger, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("why", String(200), nullable=False, server_default=""),
    Column("platform", String(16)),
    Column("workspace", String(64)),
    Column("user", String(128)),
    Column("carrier_id", ForeignKey("deliveries.id", ondelete="CASCADE")),
    Column("unasked", Boolean, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("claimed_at", Instant),
    Column("lease_until", Instant),
    Column("token", String(32), nullable=False, server_default=""),
    Column("sent_at", Instant),
    Column("answered_at", Instant),
    Column("ref", String(255), nullable=False, server_default=""),
    UniqueConstraint("occurrence_id", "person_id", "turn"),
    Index(
        "ix_deliveries_due",
        "platform",
        "workspace",
        "due_at",
        "id",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    Index(
        "ix_deliveries_open",
        "lease_until",
        sqlite_where=text("state IN ('sending', 'unknown')"),
        postgresql_where=text("state IN ('sending', 'unknown')"),
    ),
    Index("ix_deliveries_of_person", "person_id", "due_at"),
    Index(None, "carrier_id"),
    # The id is what the platform finds a message by: it may never be given to another.
    sqlite_autoincrement=True,
)

wishes = Table(
    "wishes",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("occasion", String(64), primary_key=True),
    Column("every", SmallInteger, nullable=False),
    Column("stopped_at", Instant),
    Column("halved", Boolean, nullable=False),
)

budgets = Table(
    "budgets",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("workspace", String(64), primary_key=True),
    Column("next_at", Instant),
    Column("held_until", Instant),
    Column("why", String(200), nullable=False, server_default=""),
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
