"""Lines about goals that somebody typed and has not kept yet: none is lost while they are asked what is meant."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from storage.goal_tables import goal_sentences

LASTS = timedelta(days=30)
"""A line that nobody kept for so long goes when its writer types another."""


class GoalSentences:
    """Keeps lines for whoever typed them, and for nobody else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, person_id: int, text: str, at: datetime) -> int:
        """Keep a line of the person's until they say what is meant; returns its id."""
        old = delete(goal_sentences).where(goal_sentences.c.person_id == person_id)
        self._connection.execute(old.where(goal_sentences.c.said_at < at - LASTS))
        new = insert(goal_sentences).values(person_id=person_id, text=text, said_at=at)
        return int(self._connection.execute(new.returning(goal_sentences.c.id)).scalar_one())

    def own(self, sentence_id: int, person_id: int) -> str | None:
        """The person's line of that id; None once it is taken."""
        mine = (goal_sentences.c.id == sentence_id, goal_sentences.c.person_id == person_id)
        return self._connection.execute(select(goal_sentences.c.text).where(*mine)).scalar()

    def take(self, sentence_id: int, person_id: int) -> str | None:
        """The same, which is no longer kept here: of two who take it at once, one gets it."""
        mine = (goal_sentences.c.id == sentence_id, goal_sentences.c.person_id == person_id)
        return self._connection.execute(delete(goal_sentences).where(*mine).returning(goal_sentences.c.text)).scalar()

    def of_person(self, person_id: int) -> list[str]:
        """Every line of the person's that is kept here, oldest first."""
        rows = select(goal_sentences.c.text).where(goal_sentences.c.person_id == person_id)
        return list(self._connection.execute(rows.order_by(goal_sentences.c.id)).scalars())

    def erase_person(self, person_id: int) -> None:
        """Erase the person's lines."""
        self._connection.execute(delete(goal_sentences).where(goal_sentences.c.person_id == person_id))
