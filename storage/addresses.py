"""Where a platform can write to people, kept for later messages."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from storage.records import Account
from storage.tables import accounts


class Addresses:
    """An address is text that only its platform reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, account: Account, address: str, at: datetime) -> None:
        """Keep the address, if it is new."""
        statement = update(accounts).where(*_is(account), accounts.c.address.is_distinct_from(address))
        self._connection.execute(statement.values(address=address, address_at=at))

    def of(self, account: Account) -> str | None:
        """The address last seen for that account."""
        return self._connection.execute(select(accounts.c.address).where(*_is(account))).scalar()


def _is(account: Account) -> tuple[ColumnElement[bool], ...]:
    return (
        accounts.c.platform == account.platform,
        accounts.c.workspace == account.workspace,
        accounts.c.user == account.user,
    )
