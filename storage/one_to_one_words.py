"""What is written round a one-to-one: notes, a preparation, what both agreed; here it is enforced who reads which."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from storage.one_to_one_records import Action, Note, Preparation
from storage.one_to_one_tables import actions, meetings, notes, pairs, preparations
from storage.one_to_ones import MINE
from storage.tables import people

_ACTIONS = (
    select(actions, people.c.name.label("owner_name"))
    .join(pairs, pairs.c.id == actions.c.pair_id)
    .outerjoin(people, people.c.id == actions.c.owner_id)
    .where(MINE)
)
_PREPARATIONS = (
    select(preparations)
    .join(meetings, meetings.c.id == preparations.c.meeting_id)
    .join(pairs, pairs.c.id == meetings.c.pair_id)
    .where(MINE, or_(preparations.c.person_id == bindparam("person"), preparations.c.is_shared.is_(True)))
)


class OneToOneWords:
    """Keeps notes, preparations and actions; every read names the person who reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def notes(self, pair_id: int, person_id: int, limit: int, offset: int = 0) -> list[Note]:
        """The person's own notes on talks of the two, newest first."""
        mine = (notes.c.pair_id == pair_id, notes.c.person_id == person_id)
        page = select(notes).where(*mine).order_by(notes.c.id.desc()).limit(limit).offset(offset)
        return [Note(row.id, row.pair_id, row.text, row.at) for row in self._connection.execute(page)]

    def count_notes(self, pair_id: int, person_id: int) -> int:
        """How many notes on talks of the two the person has."""
        mine = (notes.c.pair_id == pair_id, notes.c.person_id == person_id)
        return self._connection.execute(select(func.count()).select_from(notes).where(*mine)).scalar_one()

    def add_note(self, pair_id: int, person_id: int, text: str, at: datetime) -> None:
        """Keep a note of the person."""
        self._connection.execute(insert(notes).values(pair_id=pair_id, person_id=person_id, text=text, at=at))

    def delete_note(self, note_id: int, person_id: int) -> None:
        """Delete a note of the person."""
        self._connection.execute(delete(notes).where(notes.c.id == note_id, notes.c.person_id == person_id))

    def preparation(self, meeting_id: int, reader_id: int) -> Preparation | None:
        """What the coachee prepared, if the reader is the coachee, or the coach and may read it."""
        return next(iter(self.preparations([meeting_id], reader_id)), None)

    def preparations(self, meeting_ids: Iterable[int], reader_id: int) -> list[Preparation]:
        """The same, of several."""
        of = _PREPARATIONS.where(preparations.c.meeting_id.in_(list(meeting_ids)))
        rows = self._connection.execute(of, {"person": reader_id})
        return [Preparation(row.meeting_id, row.text, row.is_shared, row.version) for row in rows]

    def shared_for(self, meeting_ids: Iterable[int]) -> dict[int, str]:
        """What coachees prepared and shared with their coaches, by the one-to-one's id."""
        of = (preparations.c.meeting_id.in_(list(meeting_ids)), preparations.c.is_shared.is_(True))
        rows = self._connection.execute(select(preparations.c.meeting_id, preparations.c.text).where(*of))
        return {row.meeting_id: row.text for row in rows}

    def prepare(self, new: Preparation, person_id: int) -> None:
        """Keep what the coachee prepared, in the place of what stood there; it may be without words."""
        mine = (preparations.c.meeting_id == new.meeting_id, preparations.c.person_id == person_id)
        values = {"text": new.text, "is_shared": new.is_shared, "version": new.version}
        if not self._connection.execute(update(preparations).where(*mine).values(values)).rowcount:
            first = {"meeting_id": new.meeting_id, "person_id": person_id, **values}
            self._connection.execute(insert(preparations).values(first))

    def actions(self, pair_id: int, person_id: int, limit: int | None = None, offset: int = 0) -> list[Action]:
        """What the two agreed, if the person is one of them: what is to be done first, newest first; all of it, or a
        page."""
        order = (actions.c.done_at.is_not(None), actions.c.id.desc())
        page = _ACTIONS.where(actions.c.pair_id == pair_id).order_by(*order).limit(limit).offset(offset)
        return [_action(row) for row in self._connection.execute(page, {"person": person_id})]

    def count_actions(self, pair_id: int, person_id: int) -> int:
        """How many things the two agreed, if the person is one of them."""
        of = select(func.count()).select_from(actions).join(pairs, pairs.c.id == actions.c.pair_id)
        both = of.where(MINE, actions.c.pair_id == pair_id)
        return self._connection.execute(both, {"person": person_id}).scalar_one()

    def action(self, action_id: int, person_id: int) -> Action | None:
        """The action of that id, if the person is one of the two."""
        row = self._connection.execute(_ACTIONS.where(actions.c.id == action_id), {"person": person_id}).first()
        return _action(row) if row else None

    def open_in(self, pair_ids: Iterable[int]) -> dict[int, list[str]]:
        """What pairs agreed and is still to be done, by their id, oldest first."""
        of = (actions.c.pair_id.in_(list(pair_ids)), actions.c.done_at.is_(None))
        found: dict[int, list[str]] = {}
        for row in self._connection.execute(select(actions).where(*of).order_by(actions.c.id)):
            found.setdefault(row.pair_id, []).append(row.text)
        return found

    def add_action(self, pair_id: int, owner_id: int | None, text: str, at: datetime) -> None:
        """Keep something that the two agreed."""
        self._connection.execute(insert(actions).values(pair_id=pair_id, owner_id=owner_id, text=text, at=at))

    def finish(self, action_id: int, at: datetime | None) -> None:
        """The action is done; or with None, still to be done."""
        self._connection.execute(update(actions).where(actions.c.id == action_id).values(done_at=at))

    def made_goal(self, action_id: int, at: datetime) -> None:
        """The action is a goal of its owner."""
        self._connection.execute(update(actions).where(actions.c.id == action_id).values(goal_at=at))

    def delete_action(self, action_id: int) -> None:
        """Take the action out for both."""
        self._connection.execute(delete(actions).where(actions.c.id == action_id))


def _action(row: Row[Any]) -> Action:
    return Action(row.id, row.pair_id, row.owner_id, row.owner_name or "", row.text, row.at, row.done_at, row.goal_at)
