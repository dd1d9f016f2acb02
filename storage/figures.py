"""Figures of closed months: what feeds them, and what they were when they were first shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, bindparam, case, cast, func, select, update

from storage.checkin_facts import SHARED, within
from storage.figure_tables import figures
from storage.many import Many, among
from storage.records import Audience
from storage.shown_figures import Cell, Figure, Given
from storage.tables import answers, checkins


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(column, String)


_IS_KNOWN = case((answers.c.audience >= int(Audience.FACULTY), "1"), else_="0")
_GIVEN = _text(checkins.c.person_id) + ":" + _text(checkins.c.id) + ":" + _IS_KNOWN + ":" + _text(answers.c.number)
# One row a network, not one an answer: to read a year of all networks costs the database, and not Python.
_FED = (
    select(
        checkins.c.network_id,
        checkins.c.template_id,
        answers.c.key,
        func.aggregate_strings(_GIVEN, ",").label("given"),
    )
    .join_from(checkins, answers, answers.c.checkin_id == checkins.c.id)
    .where(among(checkins.c.network_id), *SHARED, answers.c.number.between(1, 5))
    .group_by(checkins.c.network_id, checkins.c.template_id, answers.c.key)
)
_KEPT = select(figures).where(among(figures.c.network_id), figures.c.month_on.in_(bindparam("months", expanding=True)))
_COLUMNS = ("low", "high", "middle", "people", "answers", "fingerprint")
_KEEP = Many(figures, ("network_id", "month_on", "key", *_COLUMNS, "shown_at"))
_HIDE = (
    update(figures)
    .where(figures.c.network_id == bindparam("of_network"), figures.c.month_on == bindparam("of_month"))
    .where(figures.c.key == bindparam("of_key"), figures.c.is_hidden.is_(False))
    .values({**dict.fromkeys(_COLUMNS), "fingerprint": "", "is_hidden": True})
)


class Figures:
    """Keeps what was shown, and answers what feeds it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fed(
        self, network_ids: Iterable[int], since: datetime, until: datetime
    ) -> dict[tuple[int, int, str], list[Given]]:
        """The numbers from 1 to 5 that everyone in their network may read, by network, template version and key."""
        about = {"ids": sorted(set(network_ids)), **within(since, until, Audience.NETWORK)}
        rows = self._connection.execute(_FED, about) if about["ids"] else ()
        return {
            (row.network_id, row.template_id, row.key): [_given(one) for one in row.given.split(",")] for row in rows
        }

    def kept(self, network_ids: Iterable[int], months: Iterable[date]) -> dict[Cell, Figure | None]:
        """What was shown of these networks and months; None for what is hidden since."""
        about = {"ids": sorted(set(network_ids)), "months": sorted(set(months))}
        rows = self._connection.execute(_KEPT, about) if about["ids"] and about["months"] else ()
        return {
            (row.network_id, row.month_on, row.key): None
            if row.is_hidden
            else Figure(row.low, row.high, row.middle, row.people, row.answers, row.fingerprint)
            for row in rows
        }

    def keep(self, shown: Mapping[Cell, Figure], at: datetime) -> None:
        """Keep what is shown for the first time; what another has kept meanwhile stays as it is."""
        rows = [
            {"network_id": network_id, "month_on": month_on, "key": key, "shown_at": at}
            | {name: getattr(figure, name) for name in _COLUMNS}
            for (network_id, month_on, key), figure in shown.items()
        ]
        if rows:
            _KEEP.add(self._connection, rows)

    def hide(self, cells: Iterable[Cell]) -> None:
        """Never show these again, and forget what they said."""
        rows = [{"of_network": one, "of_month": month_on, "of_key": key} for one, month_on, key in cells]
        if rows:
            self._connection.execute(_HIDE, rows)

    def hide_fed_by(self, which: ColumnElement[bool]) -> None:
        """Hide what these check-ins can have fed, before they say nothing more."""
        shared = and_(answers.c.audience >= int(Audience.NETWORK), answers.c.number.is_not(None))
        fed = select(checkins.c.network_id, checkins.c.week_on, answers.c.key).distinct()
        rows = self._connection.execute(fed.join(answers, answers.c.checkin_id == checkins.c.id).where(which, shared))
        self.hide({(one.network_id, month_on, one.key) for one in rows for month_on in _months_of(one.week_on)})


def _months_of(week_on: date) -> Sequence[date]:
    """The first of each month that the week has a day of."""
    return sorted({(week_on + timedelta(days=days)).replace(day=1) for days in (0, 6)})


def _given(packed: str) -> Given:
    person_id, checkin_id, is_known, number = packed.split(":")
    return Given(int(person_id), int(checkin_id), float(number), is_known == "1")
