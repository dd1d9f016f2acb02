"""What faculty and networks write each other, what faculty want to come back to, and the faculty's channel."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, exists, func, insert, select, update

from storage.faculty_records import FollowUp, Note
from storage.faculty_tables import faculty_channel, follow_ups, notes
from storage.many import among
from storage.recipients import chunks
from storage.records import Home, Role
from storage.tables import networks, people, roles

_NOTES = select(notes, people.c.name.label("author_name")).outerjoin(people, people.c.id == notes.c.author_id)
_FOLLOW_UPS = select(follow_ups, networks.c.name.label("network_name")).join(
    networks, networks.c.id == follow_ups.c.network_id
)
_MEMBERS = (
    select(roles.c.network_id, func.count(roles.c.person_id.distinct()).label("people"))
    .where(among(roles.c.network_id), roles.c.role == bindparam("role"))
    .group_by(roles.c.network_id)
)


class Faculty:
    """Keeps notes between faculty and co-ordinators, and each person's own follow-ups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(
        self, network_id: int, author_id: int, text: str, at: datetime, *, is_answer: bool, wants_answer: bool = False
    ) -> int:
        """Keep a note; returns its id."""
        values = {"network_id": network_id, "author_id": author_id, "text": text, "at": at}
        values |= {"is_answer": is_answer, "wants_answer": wants_answer}
        return int(self._connection.execute(insert(notes).values(values).returning(notes.c.id)).scalar_one())

    def notes_of(self, network_id: int, limit: int, offset: int = 0) -> list[Note]:
        """The network's notes, newest first; for its co-ordinators and the faculty alone."""
        newest = _NOTES.where(notes.c.network_id == network_id).order_by(notes.c.id.desc())
        return self._notes(newest.limit(limit).offset(offset))

    def count_notes(self, network_id: int) -> int:
        """How many notes the network has."""
        of_network = select(func.count()).select_from(notes).where(notes.c.network_id == network_id)
        return int(self._connection.execute(of_network).scalar_one())

    def notes_since(self, network_ids: Iterable[int], since: datetime) -> list[Note]:
        """The notes of these networks written since then, oldest first."""
        found: list[Note] = []
        for ids in chunks(network_ids):
            statement = _NOTES.where(notes.c.network_id.in_(ids), notes.c.at >= since).order_by(notes.c.id)
            found += self._notes(statement)
        return found

    def waiting(self, network_ids: Iterable[int]) -> list[Note]:
        """The notes of co-ordinators of these networks that want an answer, and after which no faculty have written."""
        later = notes.alias("later")
        is_answered = exists().where(later.c.network_id == notes.c.network_id, later.c.id > notes.c.id)
        wants = (notes.c.wants_answer, ~is_answered.where(later.c.is_answer.is_(False)))
        found: list[Note] = []
        for ids in chunks(network_ids):
            found += self._notes(_NOTES.where(notes.c.network_id.in_(ids), *wants).order_by(notes.c.id))
        return found

    def notes_by(self, person_id: int) -> list[Note]:
        """All notes that the person wrote."""
        return self._notes(_NOTES.where(notes.c.author_id == person_id).order_by(notes.c.id))

    def come_back(self, person_id: int, network_id: int, on: date, text: str, at: datetime) -> int:
        """Keep a follow-up; returns its id."""
        values = {"person_id": person_id, "network_id": network_id, "on": on, "text": text, "made_at": at}
        added = insert(follow_ups).values(values).returning(follow_ups.c.id)
        return int(self._connection.execute(added).scalar_one())

    def follow_up(self, follow_up_id: int, person_id: int) -> FollowUp | None:
        """The person's own follow-up."""
        mine = _FOLLOW_UPS.where(follow_ups.c.id == follow_up_id, follow_ups.c.person_id == person_id)
        return next(iter(self._follow_ups(mine)), None)

    def due(self, last_on: dict[int, date]) -> list[FollowUp]:
        """The open follow-ups of these people up to a date each (with it), the first day first."""
        found: list[FollowUp] = []
        for ids in chunks(last_on):
            is_open = (follow_ups.c.person_id.in_(ids), follow_ups.c.done_at.is_(None))
            found += self._follow_ups(_FOLLOW_UPS.where(*is_open).order_by(follow_ups.c.on, follow_ups.c.id))
        return [one for one in found if one.on <= last_on[one.person_id]]

    def of_person(self, person_id: int) -> list[FollowUp]:
        """All of the person's follow-ups, by day."""
        mine = _FOLLOW_UPS.where(follow_ups.c.person_id == person_id)
        return self._follow_ups(mine.order_by(follow_ups.c.on, follow_ups.c.id))

    def done(self, follow_up_id: int, at: datetime) -> None:
        """Note that it is done with."""
        still_open = (follow_ups.c.id == follow_up_id, follow_ups.c.done_at.is_(None))
        self._connection.execute(update(follow_ups).where(*still_open).values(done_at=at))

    def erase(self, person_id: int) -> None:
        """Erase what the person wrote and wanted to come back to."""
        self._connection.execute(delete(notes).where(notes.c.author_id == person_id))
        self._connection.execute(delete(follow_ups).where(follow_ups.c.person_id == person_id))

    def members(self, network_ids: Iterable[int]) -> dict[int, int]:
        """How many members each of these networks has, where it has any."""
        found: dict[int, int] = {}
        for ids in chunks(network_ids):
            rows = self._connection.execute(_MEMBERS, {"ids": ids, "role": Role.MEMBER.value})
            found.update((row.network_id, row.people) for row in rows)
        return found

    def channel(self) -> Home | None:
        """The channel in which everyone is of the faculty; None until one is chosen."""
        of = (faculty_channel.c.platform, faculty_channel.c.workspace, faculty_channel.c.place)
        row = self._connection.execute(select(*of)).first()
        return Home(*row) if row else None

    def make_channel(self, place: Home | None) -> None:
        """Let that be the faculty's channel; None: there is none."""
        self._connection.execute(delete(faculty_channel))
        if place is not None:
            values = {"platform": place.platform, "workspace": place.workspace, "place": place.place}
            self._connection.execute(insert(faculty_channel).values(id=1, **values))

    def _notes(self, statement: Select[Any]) -> list[Note]:
        return [_note(row) for row in self._connection.execute(statement)]

    def _follow_ups(self, statement: Select[Any]) -> list[FollowUp]:
        return [
            FollowUp(
                row.id, row.person_id, row.network_id, row.network_name, row.on, row.text, row.made_at, row.done_at
            )
            for row in self._connection.execute(statement)
        ]


def _note(row: Row[Any]) -> Note:
    return Note(
        row.id, row.network_id, row.author_id, row.author_name or "", row.is_answer, row.text, row.at, row.wants_answer
    )
