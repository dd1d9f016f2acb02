"""The table of figures that were shown, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Integer, String, Table, false

from storage.instant import Instant
from storage.tables import metadata

figures = Table(
    "figures",
    metadata,
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True),
    Column("month_on", Date, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("low", Float),
    Column("high", Float),
    Column("middle", Float),
    Column("people", Integer),
    Column("answers", Integer),
    Column("fingerprint", String(32), nullable=False, server_default=""),
    Column("shown_at", Instant, nullable=False),
    Column("is_hidden", Boolean, nullable=False, server_default=false()),
)
