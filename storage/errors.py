"""What storage raises when the database itself fails, or must not be used by this process."""


class DatabaseAway(Exception):
    """The database is locked, read-only, full or away: nothing of the unit was kept. `why` is one short reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotOurs(Exception):
    """This process must leave the database alone; `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
