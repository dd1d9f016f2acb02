"""What all tables share: how keys and indexes are named, and the columns that many of them have."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    """The number of a row."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def of_person() -> Column[int]:
    """Whose row it is; it goes with them."""
    return Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False)


def of_network(*, nullable: bool = False) -> Column[int]:
    """Of which network the row is; it goes with it."""
    return Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=nullable)
