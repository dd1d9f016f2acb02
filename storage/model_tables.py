"""The table of what models have used, beside those of storage/tables.py and in the same schema."""

from sqlalchemy import BigInteger, Column, Date, Table

from storage.tables import metadata

model_use = Table(
    "model_use",
    metadata,
    Column("on", Date, primary_key=True),
    Column("tokens", BigInteger, nullable=False),
)
