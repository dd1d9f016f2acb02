"""What check-ins say to an audience, of many networks at once; here it is enforced that nothing above it is read."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from storage.many import among
from storage.records import Audience
from storage.tables import answers, checkins, networks, people

SHARED = (
    checkins.c.withdrawn_at.is_(None),
    checkins.c.recorded_at >= bindparam("since"),
    checkins.c.recorded_at < bindparam("until"),
    # What was recorded in the period is of a week near it: the index of weeks leads there, past all that is older.
    checkins.c.week_on.between(bindparam("first_week"), bindparam("last_week")),
    answers.c.audience >= bindparam("tier"),
)
"""The one clause: of the period, not withdrawn, and shared at least as widely as `tier`."""
_SHARED = (
    select(
        checkins.c.id,
        checkins.c.network_id,
        checkins.c.person_id,
        people.c.name,
        checkins.c.template_id,
        checkins.c.recorded_at,
        answers.c.key,
        answers.c.value,
        answers.c.number,
        answers.c.audience,
    )
    .join_from(checkins, answers, answers.c.checkin_id == checkins.c.id)
    .join(people, people.c.id == checkins.c.person_id)
    .where(among(checkins.c.network_id), *SHARED)
)

# One step into the index a network: to group would read every check-in that there ever was.
_NEWEST = select(func.max(checkins.c.week_on)).where(
    checkins.c.network_id == networks.c.id, checkins.c.withdrawn_at.is_(None)
)
_LAST_WEEKS = select(networks.c.id, _NEWEST.scalar_subquery()).where(among(networks.c.id))


class Shared(NamedTuple):
    """One answer that reaches an audience, and whose it is. `number`: its value, where it is one.

    `kept`, `tier`: as the database has them; of most answers nobody asks for more than their number.
    """

    checkin_id: int
    network_id: int
    person_id: int
    person_name: str
    template_id: int
    at: datetime
    key: str
    kept: str
    number: float | None
    tier: int

    @property
    def value(self) -> str | tuple[str, ...]:
        """The text, or several chosen texts."""
        # Most is one text without a mark that JSON would have to undo: that takes a tenth of the time.
        if self.kept[0] == '"' and "\\" not in self.kept:
            return self.kept[1:-1]
        value = json.loads(self.kept)
        return value if isinstance(value, str) else tuple(value)

    @property
    def audience(self) -> Audience:
        """Who may read it."""
        return Audience(self.tier)


class CheckInFacts:
    """Answers what reaches an audience of many networks' check-ins."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shared(self, network_ids: Iterable[int], since: datetime, until: datetime, tier: Audience) -> list[Shared]:
        """Every answer recorded from `since` and before `until` that its author lets `tier` read.

        What is only its author's is never among them, whatever the tier.
        """
        ids = sorted(set(network_ids))
        if not ids:
            return []
        rows = self._connection.execute(_SHARED, {"ids": ids, **within(since, until, tier)}).all()
        return list(map(Shared._make, rows))

    def last_weeks(self, network_ids: Iterable[int]) -> dict[int, date]:
        """The Monday of the newest week for which somebody checked in, by network, whoever may read what they said."""
        ids = sorted(set(network_ids))
        rows = self._connection.execute(_LAST_WEEKS, {"ids": ids}) if ids else ()
        return {network_id: week_on for network_id, week_on in rows if week_on is not None}


def within(since: datetime, until: datetime, tier: Audience) -> dict[str, Any]:
    """What the statements with the `SHARED` clause are given besides the networks."""
    return {
        "since": since,
        "until": until,
        "first_week": _monday(since.date()) - timedelta(weeks=1),
        "last_week": until.date() + timedelta(days=1),
        "tier": int(max(tier, Audience.COORDINATOR)),
    }


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
