"""Coaching conversations; here, and only here, it is enforced that they are their person's alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.coached import Share, SharedPlan, Step, Talk
from storage.coaching_tables import shares, talks
from storage.many import among
from storage.recipients import chunks
from storage.tables import people, roles

_COLUMNS = {"when": "plan_when", "then": "plan_then"}
_NEWEST = (talks.c.started_at.desc(), talks.c.id.desc())
_START = {
    "sqlite": sqlite.insert(talks).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(talks).on_conflict_do_nothing(),
}
_SHARE = {
    "sqlite": sqlite.insert(shares).on_conflict_do_nothing().returning(shares.c.id),
    "postgresql": postgresql.insert(shares).on_conflict_do_nothing().returning(shares.c.id),
}


class Coaching:
    """Keeps talks. Every read names the person whose they are; another reads a plan only where it was shared."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, person_id: int, step: Step, before_id: int | None, at: datetime) -> None:
        """Begin a talk, unless one of the person goes on already."""
        values = {"person_id": person_id, "step": step.value, "before_id": before_id, "started_at": at, "moved_at": at}
        self._connection.execute(_START[self._connection.dialect.name], values)

    def going_on(self, person_id: int) -> Talk | None:
        """The person's talk that has not ended."""
        return self._one(select(talks).where(talks.c.person_id == person_id, talks.c.ended_at.is_(None)))

    def own(self, talk_id: int, person_id: int) -> Talk | None:
        """The person's own talk of that id."""
        return self._one(select(talks).where(talks.c.id == talk_id, talks.c.person_id == person_id))

    def change(self, talk: Talk, changes: Mapping[str, Any]) -> None:
        """Change fields of a talk, named as in `Talk`."""
        values = {_COLUMNS.get(name, name): value for name, value in changes.items()}
        mine = update(talks).where(talks.c.id == talk.id, talks.c.person_id == talk.person_id)
        self._connection.execute(mine.values(values))

    def newest_plan(self, person_id: int) -> Talk | None:
        """The person's newest talk that came to a plan, unless a later one has looked back on it."""
        found = self._one(
            select(talks)
            .where(talks.c.person_id == person_id, talks.c.plan_then != "", talks.c.ended_at.is_not(None))
            .order_by(*_NEWEST)
            .limit(1)
        )
        if found is None:
            return None
        looked_back = select(talks.c.id).where(talks.c.before_id == found.id, talks.c.review != "").limit(1)
        return None if self._connection.execute(looked_back).first() else found

    def history(self, person_id: int, limit: int, offset: int = 0) -> list[Talk]:
        """The person's own talks, newest first."""
        page = select(talks).where(talks.c.person_id == person_id).order_by(*_NEWEST).limit(limit).offset(offset)
        return [_talk(row) for row in self._connection.execute(page)]

    def count_of(self, person_id: int) -> int:
        """How many talks the person has."""
        mine = select(func.count()).select_from(talks).where(talks.c.person_id == person_id)
        return self._connection.execute(mine).scalar_one()

    def delete(self, talk_id: int, person_id: int) -> None:
        """Delete a talk of the person, and end whatever was shared of it."""
        self._connection.execute(delete(talks).where(talks.c.id == talk_id, talks.c.person_id == person_id))

    def erase_person(self, person_id: int) -> None:
        """Erase all talks of the person, and what was shared with them."""
        self._connection.execute(delete(talks).where(talks.c.person_id == person_id))
        self._connection.execute(delete(shares).where(shares.c.with_id == person_id))

    def share(self, talk: Talk, with_id: int, network_id: int, at: datetime) -> bool:
        """Let one person of the network read the talk's plan; False where they can already."""
        values = {"talk_id": talk.id, "with_id": with_id, "network_id": network_id, "shared_at": at}
        added = self._connection.execute(_SHARE[self._connection.dialect.name], values).scalar()
        return added is not None

    def unshare(self, share_id: int, person_id: int) -> None:
        """Take back what the person shared."""
        mine = select(talks.c.id).where(talks.c.person_id == person_id)
        self._connection.execute(delete(shares).where(shares.c.id == share_id, shares.c.talk_id.in_(mine)))

    def shares_of(self, person_id: int, talk_ids: Iterable[int]) -> list[Share]:
        """With whom the person shares plans of these talks of theirs, oldest first."""
        statement = (
            select(shares.c.id, shares.c.talk_id, people.c.name, shares.c.shared_at)
            .join(talks, talks.c.id == shares.c.talk_id)
            .join(people, people.c.id == shares.c.with_id)
            .where(talks.c.person_id == person_id, shares.c.talk_id.in_(list(talk_ids)))
            .order_by(shares.c.id)
        )
        return [Share(*row) for row in self._connection.execute(statement)]

    def shared_with(self, person_id: int, limit: int, offset: int = 0) -> list[SharedPlan]:
        """The plans that others share with the person, newest first."""
        mine = _SHARED.where(shares.c.with_id == person_id).order_by(shares.c.id.desc()).limit(limit).offset(offset)
        return [SharedPlan(*row) for row in self._connection.execute(mine)]

    def count_shared_with(self, person_id: int) -> int:
        """How many plans others share with the person."""
        mine = _SHARED.where(shares.c.with_id == person_id).subquery()
        return self._connection.execute(select(func.count()).select_from(mine)).scalar_one()

    def plans_due(self, person_ids: Iterable[int], since: date) -> dict[int, list[Talk]]:
        """By person, their plans with a moment since that date which no later talk has looked back on."""
        found: dict[int, list[Talk]] = {}
        for ids in chunks(person_ids):
            for row in self._connection.execute(_DUE, {"ids": ids, "since": since}).all():
                found.setdefault(row.person_id, []).append(_talk(row))
        return found

    def news_for(self, asked_on: Mapping[int, date]) -> list[SharedPlan]:
        """What these people, by id, were not told of before that date: it counts as told on it from now on."""
        found: list[SharedPlan] = []
        for ids in chunks(asked_on):
            rows = self._connection.execute(_NEWS, {"ids": ids}).all()
            new = [row for row in rows if row.told_on in (None, asked_on[row.with_id])]
            found += [SharedPlan(*row[:-1]) for row in new]
            for on in {asked_on[row.with_id] for row in new if row.told_on is None}:
                told = [row.id for row in new if row.told_on is None and asked_on[row.with_id] == on]
                self._connection.execute(update(shares).where(shares.c.id.in_(told)).values(told_on=on))
        return found

    def _one(self, statement: Select[Any]) -> Talk | None:
        row = self._connection.execute(statement).first()
        return _talk(row) if row else None


_later = talks.alias("later")
_DUE = (
    select(talks)
    .where(among(talks.c.person_id), talks.c.plan_then != "", talks.c.moment_on >= bindparam("since"))
    .where(~select(_later.c.id).where(_later.c.before_id == talks.c.id, _later.c.review != "").exists())
    .order_by(talks.c.id)
)


def _is_there(person: ColumnElement[int]) -> ColumnElement[bool]:
    """Whoever has left the network no longer shares in it, nor reads what was shared there."""
    held = select(roles.c.id).where(roles.c.person_id == person, roles.c.network_id == shares.c.network_id)
    return held.exists()


_SHARED = (
    select(shares.c.id, shares.c.with_id, people.c.name, talks.c.plan_when, talks.c.plan_then, shares.c.shared_at)
    .join(talks, talks.c.id == shares.c.talk_id)
    .join(people, people.c.id == talks.c.person_id)
    .where(talks.c.plan_then != "", _is_there(shares.c.with_id), _is_there(talks.c.person_id))
)
_NEWS = _SHARED.add_columns(shares.c.told_on).where(among(shares.c.with_id)).order_by(shares.c.id)


def _talk(row: Row[Any]) -> Talk:
    return Talk(
        row.id,
        row.person_id,
        Step(row.step),
        row.started_at,
        row.moved_at,
        row.ended_at,
        row.before_id,
        row.review,
        row.outcome,
        row.scale,
        row.know_how,
        row.plan_when,
        row.plan_then,
        row.moment_on,
    )
