"""The tokens that models have used, by day: one budget for all processes on the database."""

from datetime import date

from sqlalchemy import Connection, case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.model_tables import model_use

_OPEN = {
    "sqlite": sqlite.insert(model_use).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(model_use).on_conflict_do_nothing(),
}


class ModelUse:
    """Counts tokens; what two processes take at once is never more than there is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, on: date, tokens: int, most: int) -> bool:
        """Take so many of the day's `most` tokens; False, and nothing is taken, where fewer are left."""
        self._connection.execute(_OPEN[self._connection.dialect.name], {"on": on, "tokens": 0})
        # Judged in the statement itself: whoever comes second waits for the row, and sees what the first has taken.
        taking = update(model_use).where(model_use.c.on == on, model_use.c.tokens + tokens <= most)
        return bool(self._connection.execute(taking.values(tokens=model_use.c.tokens + tokens)).rowcount)

    def settle(self, on: date, taken: int, used: int) -> None:
        """Of what was taken, so much was used; more may have been, and then the day's budget is overdrawn."""
        after = model_use.c.tokens - taken + used
        floored = case((after < 0, 0), else_=after)
        self._connection.execute(update(model_use).where(model_use.c.on == on).values(tokens=floored))

    def used(self, on: date) -> int:
        """How many tokens of the day are used or taken."""
        found = self._connection.execute(select(model_use.c.tokens).where(model_use.c.on == on)).scalar()
        return found or 0
