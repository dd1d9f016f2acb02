"""Coaching questions: what a person was asked and answered, for them alone; what a network adds and leaves out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.coached import AskedQuestion, NewQuestion, OwnQuestion
from storage.coaching_tables import asked, own_questions, switched_off
from storage.many import Many, among
from storage.recipients import chunks

_NEW = ("person_id", "network_id", "on", "key", "text", "reason", "plan_id", "goal_id")
_ADD = Many(asked, _NEW)
_SINCE = select(asked).where(among(asked.c.person_id), asked.c.on >= bindparam("since")).order_by(asked.c.on)
_OFF = select(switched_off).where(among(switched_off.c.network_id))
_OWN = select(own_questions).where(among(own_questions.c.network_id)).order_by(own_questions.c.id)
_SWITCH_OFF = {
    "sqlite": sqlite.insert(switched_off).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(switched_off).on_conflict_do_nothing(),
}


class CoachingQuestions:
    """Keeps what was asked; an answer is read by whoever gave it and by nobody else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def asked_since(self, person_ids: Iterable[int], since: date) -> dict[int, list[AskedQuestion]]:
        """By person, what they were asked since that date, oldest first; nobody without any."""
        found: dict[int, list[AskedQuestion]] = {}
        for ids in chunks(person_ids):
            for row in self._connection.execute(_SINCE, {"ids": ids, "since": since}).all():
                found.setdefault(row.person_id, []).append(_asked(row))
        return found

    def add(self, rows: Sequence[NewQuestion]) -> None:
        """Keep that these are asked; where someone was asked on that date already, that stands."""
        for some in chunks(rows):
            _ADD.add(self._connection, [{name: getattr(one, name) for name in _NEW} for one in some])

    def own(self, asked_id: int, person_id: int) -> AskedQuestion | None:
        """What that person was asked."""
        mine = select(asked).where(asked.c.id == asked_id, asked.c.person_id == person_id)
        row = self._connection.execute(mine).first()
        return _asked(row) if row else None

    def answer(self, question: AskedQuestion, words: str, at: datetime) -> None:
        """Keep the person's answer, instead of one before; no words: take it back."""
        mine = update(asked).where(asked.c.id == question.id, asked.c.person_id == question.person_id)
        self._connection.execute(mine.values(answer=words, answered_at=at if words else None))

    def history(self, person_id: int, limit: int, offset: int = 0) -> list[AskedQuestion]:
        """What the person was asked, newest first."""
        page = select(asked).where(asked.c.person_id == person_id).order_by(asked.c.on.desc())
        return [_asked(row) for row in self._connection.execute(page.limit(limit).offset(offset))]

    def count_of(self, person_id: int) -> int:
        """How often the person was asked."""
        mine = select(func.count()).select_from(asked).where(asked.c.person_id == person_id)
        return self._connection.execute(mine).scalar_one()

    def erase_person(self, person_id: int) -> None:
        """Erase all that the person was asked, with their answers."""
        self._connection.execute(delete(asked).where(asked.c.person_id == person_id))

    def off_in(self, network_ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """By network, the keys of the questions that it has switched off; no network without any."""
        found: dict[int, set[str]] = {}
        for ids in chunks(network_ids):
            for row in self._connection.execute(_OFF, {"ids": ids}):
                found.setdefault(row.network_id, set()).add(row.key)
        return {network_id: frozenset(keys) for network_id, keys in found.items()}

    def switch_off(self, network_id: int, key: str) -> None:
        """Ask nobody this in the network."""
        values = {"network_id": network_id, "key": key}
        self._connection.execute(_SWITCH_OFF[self._connection.dialect.name], values)

    def switch_on(self, network_id: int, key: str) -> None:
        """Ask this again in the network."""
        of_key = (switched_off.c.network_id == network_id, switched_off.c.key == key)
        self._connection.execute(delete(switched_off).where(*of_key))

    def own_in(self, network_ids: Iterable[int]) -> dict[int, list[OwnQuestion]]:
        """By network, the questions that its co-ordinators added, oldest first; no network without any."""
        found: dict[int, list[OwnQuestion]] = {}
        for ids in chunks(network_ids):
            for row in self._connection.execute(_OWN, {"ids": ids}):
                one = OwnQuestion(row.id, row.network_id, row.text, row.dimension)
                found.setdefault(row.network_id, []).append(one)
        return found

    def add_own(self, network_id: int, text: str, dimension: str | None, at: datetime, by: int) -> None:
        """Add a question to those of the network."""
        values = {"network_id": network_id, "text": text, "dimension": dimension, "added_at": at, "added_by": by}
        self._connection.execute(insert(own_questions).values(values))

    def remove_own(self, question_id: int, network_id: int) -> None:
        """Take a question of the network's own out; who was asked it keeps it, with their answer."""
        of_network = (own_questions.c.id == question_id, own_questions.c.network_id == network_id)
        self._connection.execute(delete(own_questions).where(*of_network))


def _asked(row: Row[Any]) -> AskedQuestion:
    return AskedQuestion(
        row.id,
        row.person_id,
        row.network_id,
        row.on,
        row.key,
        row.text,
        row.reason,
        row.plan_id,
        row.goal_id,
        row.answer,
    )
