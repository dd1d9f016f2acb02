"""What storage raises when the database itself fails."""


class DatabaseAway(Exception):
    """The database is locked, read-only, full or away: nothing of the unit was kept. `why` is one short reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
