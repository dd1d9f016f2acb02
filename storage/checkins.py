"""Check-ins and their answers; here, and only here, it is enforced who may read an answer."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.figures import Figures
from storage.records import Answer, Audience, CheckIn, Reader, Revision, WeekMean
from storage.tables import answers, checkins, people, revisions

_RECORD = {
    "sqlite": sqlite.insert(checkins).on_conflict_do_nothing().returning(checkins.c.id),
    "postgresql": postgresql.insert(checkins).on_conflict_do_nothing().returning(checkins.c.id),
}
_WITH_ANSWERS = (
    select(checkins, people.c.name.label("person_name"), answers.c.key, answers.c.value, answers.c.audience)
    .join(people, people.c.id == checkins.c.person_id)
    .outerjoin(answers, answers.c.checkin_id == checkins.c.id)
)
_STANDING = checkins.c.withdrawn_at.is_(None)
_ADD_ANSWERS = insert(answers)
_EDITED_FOR = timedelta(days=60)
"""An older check-in that is changed is history put right, and no answer to what is asked now."""


class CheckIns:
    """Keeps check-ins, and answers what a reader may read of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self,
        network_id: int,
        person_id: int,
        template_id: int,
        week_on: date,
        at: datetime,
        given: Iterable[Answer],
    ) -> int | None:
        """Keep a check-in; returns its id, or None if one of that person stands for that network and week."""
        values = {
            "network_id": network_id,
            "person_id": person_id,
            "template_id": template_id,
            "week_on": week_on,
            "recorded_at": at,
        }
        added = self._connection.execute(_RECORD[self._connection.dialect.name], values).scalar()
        if added is not None:
            self._add_answers(added, given)
        return added

    def own(self, checkin_id: int, person_id: int) -> CheckIn | None:
        """The person's own check-in with every answer."""
        return self._one(_WITH_ANSWERS.where(checkins.c.id == checkin_id, checkins.c.person_id == person_id))

    def network_of(self, checkin_id: int) -> int | None:
        """The network that the check-in is for, whoever may read it."""
        return self._connection.execute(select(checkins.c.network_id).where(checkins.c.id == checkin_id)).scalar()

    def readable(self, checkin_id: int, reader: Reader) -> CheckIn | None:
        """The check-in with only what the reader may read, if there is anything; a withdrawn one says nothing."""
        found = self._one(_WITH_ANSWERS.where(checkins.c.id == checkin_id, _STANDING, _may_read(reader)))
        return found if found and found.answers else None

    def standing(self, network_id: int, person_id: int, week_on: date) -> CheckIn | None:
        """The person's own check-in of that week, unless withdrawn."""
        of_week = (checkins.c.network_id == network_id, checkins.c.week_on == week_on)
        return self._one(_WITH_ANSWERS.where(*of_week, checkins.c.person_id == person_id, _STANDING))

    def edit(self, before: CheckIn, template_id: int, at: datetime, given: Iterable[Answer]) -> None:
        """Replace the answers, and keep what stood there before."""
        kept = json.dumps([[one.key, one.value, int(one.audience)] for one in before.answers])
        values = {"checkin_id": before.id, "template_id": before.template_id, "replaced_at": at, "answers": kept}
        self._connection.execute(insert(revisions).values(values))
        self._connection.execute(delete(answers).where(answers.c.checkin_id == before.id))
        self._add_answers(before.id, given)
        changed = update(checkins).where(checkins.c.id == before.id)
        self._connection.execute(changed.values(edited_at=at, template_id=template_id))

    def set_audiences(self, checkin_id: int, audiences: Mapping[str, Audience]) -> None:
        """Narrow or widen who may read answers of the check-in, by question key."""
        for key, audience in audiences.items():
            of_key = update(answers).where(answers.c.checkin_id == checkin_id, answers.c.key == key)
            self._connection.execute(of_key.values(audience=int(audience)))

    def withdraw(self, checkin_id: int, at: datetime) -> None:
        """Delete what the check-in says and said; that there was one stays in its author's history."""
        Figures(self._connection).hide_fed_by(checkins.c.id == checkin_id)
        self._connection.execute(delete(answers).where(answers.c.checkin_id == checkin_id))
        self._connection.execute(delete(revisions).where(revisions.c.checkin_id == checkin_id))
        self._connection.execute(update(checkins).where(checkins.c.id == checkin_id).values(withdrawn_at=at))

    def history(self, person_id: int, limit: int, offset: int = 0) -> list[CheckIn]:
        """The person's own check-ins, newest first, the withdrawn ones without answers."""
        newest = (checkins.c.recorded_at.desc(), checkins.c.id.desc())
        ids = select(checkins.c.id).where(checkins.c.person_id == person_id).order_by(*newest)
        page = ids.limit(limit).offset(offset)
        return self._many(_WITH_ANSWERS.where(checkins.c.id.in_(page)).order_by(*newest))

    def count_of(self, person_id: int) -> int:
        """How many check-ins the person has made."""
        mine = select(func.count()).select_from(checkins).where(checkins.c.person_id == person_id)
        return self._connection.execute(mine).scalar_one()

    def revisions(self, checkin_id: int) -> list[Revision]:
        """What the check-in said before each edit, oldest first; only for its author."""
        rows = select(revisions).where(revisions.c.checkin_id == checkin_id).order_by(revisions.c.id)
        return [
            Revision(
                row.checkin_id,
                row.template_id,
                row.replaced_at,
                tuple(_answer(*one) for one in json.loads(row.answers)),
            )
            for row in self._connection.execute(rows)
        ]

    def of_week(self, network_id: int, week_on: date, reader: Reader, limit: int, offset: int = 0) -> list[CheckIn]:
        """The week's check-ins of which the reader may read something, with only what they may read, newest first."""
        newest = (checkins.c.recorded_at.desc(), checkins.c.id.desc())
        ids = self._readable_ids(network_id, week_on, reader).order_by(*newest).limit(limit).offset(offset)
        readable = _WITH_ANSWERS.where(checkins.c.id.in_(ids), _may_read(reader))
        return self._many(readable.order_by(*newest))

    def count_readable(self, network_id: int, week_on: date, reader: Reader) -> int:
        """Of how many of the week's check-ins the reader may read something."""
        ids = self._readable_ids(network_id, week_on, reader).subquery()
        return self._connection.execute(select(func.count()).select_from(ids)).scalar_one()

    def count_in_week(self, network_id: int, week_on: date) -> int:
        """How many people checked in that week, whoever may read it."""
        of_week = (checkins.c.network_id == network_id, checkins.c.week_on == week_on, _STANDING)
        return self._connection.execute(select(func.count()).select_from(checkins).where(*of_week)).scalar_one()

    def lately(self, network_ids: Iterable[int], person_ids: Iterable[int], since: datetime) -> set[tuple[int, int]]:
        """Who has a check-in recorded or changed since then, as pairs of network and person."""
        at = func.coalesce(checkins.c.edited_at, checkins.c.recorded_at)
        statement = select(checkins.c.network_id, checkins.c.person_id).where(
            checkins.c.person_id.in_(list(person_ids)), checkins.c.network_id.in_(list(network_ids)), _STANDING
        )
        rows = self._connection.execute(statement.where(checkins.c.recorded_at >= since - _EDITED_FOR, at >= since))
        return {(row.network_id, row.person_id) for row in rows}

    def templates_answered(
        self, value: str, network_ids: Iterable[int], week_ons: Iterable[date]
    ) -> dict[tuple[int, date], set[int]]:
        """By network and week the template versions of check-ins that hold an answer which is exactly `value`."""
        statement = (
            select(checkins.c.network_id, checkins.c.week_on, checkins.c.template_id)
            .distinct()
            .join(answers, answers.c.checkin_id == checkins.c.id)
            .where(checkins.c.network_id.in_(list(network_ids)), checkins.c.week_on.in_(list(week_ons)), _STANDING)
            .where(answers.c.value == json.dumps(value))
        )
        found: dict[tuple[int, date], set[int]] = {}
        for row in self._connection.execute(statement):
            found.setdefault((row.network_id, row.week_on), set()).add(row.template_id)
        return found

    def answering(
        self, network_id: int, week_on: date, keys: Iterable[str], value: str, reader: Reader
    ) -> dict[int, str]:
        """The names by id of those whose answer to one of these is exactly `value`, where the reader may read it; in
        the order of their names."""
        statement = (
            select(people.c.id, people.c.name)
            .distinct()
            .join(checkins, checkins.c.person_id == people.c.id)
            .join(answers, answers.c.checkin_id == checkins.c.id)
            .where(checkins.c.network_id == network_id, checkins.c.week_on == week_on, _STANDING)
            .where(answers.c.key.in_(list(keys)), answers.c.value == json.dumps(value), _may_read(reader))
            .order_by(people.c.name)
        )
        return {row.id: row.name for row in self._connection.execute(statement)}

    def weekly_means(self, network_id: int, key: str, since_on: date, reader: Reader) -> list[WeekMean]:
        """The means of a scale question by week, over readable answers only, oldest first."""
        statement = (
            select(checkins.c.week_on, func.avg(answers.c.number))
            .join(answers, answers.c.checkin_id == checkins.c.id)
            .where(checkins.c.network_id == network_id, checkins.c.week_on >= since_on, _STANDING)
            .where(answers.c.key == key, answers.c.number.is_not(None), _may_read(reader))
            .group_by(checkins.c.week_on)
            .order_by(checkins.c.week_on)
        )
        return [WeekMean(week, float(mean)) for week, mean in self._connection.execute(statement)]

    def erase_person(self, person_id: int) -> None:
        """Erase all of the person's check-ins with their answers and history."""
        Figures(self._connection).hide_fed_by(checkins.c.person_id == person_id)
        self._connection.execute(delete(checkins).where(checkins.c.person_id == person_id))

    def _readable_ids(self, network_id: int, week_on: date, reader: Reader) -> Select[Any]:
        readable = select(answers.c.checkin_id).where(answers.c.checkin_id == checkins.c.id, _may_read(reader))
        of_week = (checkins.c.network_id == network_id, checkins.c.week_on == week_on, _STANDING)
        return select(checkins.c.id).where(*of_week, readable.exists())

    def _add_answers(self, checkin_id: int, given: Iterable[Answer]) -> None:
        rows = [
            {
                "checkin_id": checkin_id,
                "key": one.key,
                "value": json.dumps(one.value),
                "number": _number(one.value),
                "audience": int(one.audience),
            }
            for one in given
        ]
        if rows:
            self._connection.execute(_ADD_ANSWERS, rows)

    def _one(self, statement: Select[Any]) -> CheckIn | None:
        found = self._many(statement)
        return found[0] if found else None

    def _many(self, statement: Select[Any]) -> list[CheckIn]:
        rows: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(statement):
            rows.setdefault(row.id, []).append(row)
        return [_checkin(of_one) for of_one in rows.values()]


def _may_read(reader: Reader) -> ColumnElement[bool]:
    """The one rule: an author reads their own; others what reaches their tier."""
    own = checkins.c.person_id == reader.person_id
    return own if reader.tier is None else or_(own, answers.c.audience >= int(reader.tier))


def _number(value: str | tuple[str, ...]) -> float | None:
    try:
        return float(value.replace(",", "")) if isinstance(value, str) else None
    except ValueError:
        return None


def _answer(key: str, value: str | list[str], audience: int) -> Answer:
    return Answer(key, value if isinstance(value, str) else tuple(value), Audience(audience))


def _checkin(rows: list[Row[Any]]) -> CheckIn:
    row = rows[0]
    return CheckIn(
        id=row.id,
        network_id=row.network_id,
        person_id=row.person_id,
        person_name=row.person_name,
        template_id=row.template_id,
        week_on=row.week_on,
        recorded_at=row.recorded_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        answers=tuple(_answer(one.key, json.loads(one.value), one.audience) for one in rows if one.key is not None),
    )
