"""Pulses of networks: single answers while one is open, and only what they came to once it closed.

No method gives a single answer to anyone but its author, nor says who answered. When a pulse closes, its answers are
counted once and then deleted in the same unit of work, so nothing is left that a second count could be made of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, func, insert, select, update

from storage.many import among
from storage.pulse_records import Count, Pulse, PulseFigure
from storage.pulse_tables import pulse_answers, pulse_figures, pulses
from storage.recipients import chunks
from storage.records import Audience

_HOLD = select(pulses.c.id).where(pulses.c.id == bindparam("wanted")).with_for_update()
_DUE = select(pulses.c.id).where(pulses.c.closed_at.is_(None), pulses.c.closes_at <= bindparam("at"))
_OPEN = select(pulses).where(
    among(pulses.c.network_id), pulses.c.closed_at.is_(None), pulses.c.closes_at > bindparam("at")
)
_FIGURES = select(pulse_figures).where(among(pulse_figures.c.pulse_id))
_NEWEST = pulses.c.number.desc()


class Pulses:
    """Keeps pulses, what each person answers while one is open, and what it came to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, pulse_id: int) -> None:
        """Wait for whoever holds the pulse, then let others wait until this unit of work has ended."""
        self._connection.execute(_HOLD, {"wanted": pulse_id})

    def begin(self, network_id: int, by_id: int, at: datetime, closes_at: datetime, asked: int) -> int:
        """Begin the network's next pulse, which the network alone may read; returns its id.

        Raises sqlalchemy.exc.IntegrityError where another is open.
        """
        of_network = select(func.coalesce(func.max(pulses.c.number), 0)).where(pulses.c.network_id == network_id)
        values = {
            "network_id": network_id, "number": self._connection.execute(of_network).scalar_one() + 1,
            "began_by_id": by_id, "began_at": at, "closes_at": closes_at, "asked": asked,
            "audience": int(Audience.NETWORK),
        }  # fmt: skip
        return int(self._connection.execute(insert(pulses).values(values).returning(pulses.c.id)).scalar_one())

    def by_id(self, pulse_id: int, tier: Audience | None = None) -> Pulse | None:
        """The pulse, if there is one, with what it came to if the tier may read that; None may not."""
        return next(iter(self._many(select(pulses).where(pulses.c.id == pulse_id), tier)), None)

    def newest(self, network_id: int) -> Pulse | None:
        """The network's newest pulse, without what it came to."""
        newest = select(pulses).where(pulses.c.network_id == network_id).order_by(_NEWEST).limit(1)
        return next(iter(self._many(newest)), None)

    def last_told(self, network_id: int, tier: Audience, before: int | None = None) -> Pulse | None:
        """The network's newest pulse that came to something which the tier may read; before that number, if given."""
        readable = (pulses.c.network_id == network_id, *_readable(tier))
        earlier = () if before is None else (pulses.c.number < before,)
        told = select(pulses).where(*readable, *earlier).order_by(_NEWEST).limit(1)
        return next(iter(self._many(told, tier)), None)

    def open_in(self, network_ids: Iterable[int], at: datetime) -> list[Pulse]:
        """Those of these networks that people may answer at that time."""
        ids = sorted(set(network_ids))
        return self._many(_OPEN.order_by(pulses.c.id), ids=ids, at=at) if ids else []

    def told(self, network_ids: Iterable[int], since: datetime, until: datetime, tier: Audience) -> list[Pulse]:
        """Those of these networks that closed from then until then, with what the tier may read; the oldest first."""
        ids = sorted(set(network_ids))
        when = (pulses.c.closes_at >= since, pulses.c.closes_at < until)
        wanted = select(pulses).where(among(pulses.c.network_id), *when, *_readable(tier))
        return self._many(wanted.order_by(pulses.c.closes_at, pulses.c.id), tier, ids=ids) if ids else []

    def closed(self, network_ids: Iterable[int], since: datetime, tier: Audience) -> list[Pulse]:
        """Those of these networks that closed since then, with what the tier may read of them, even if nothing."""
        ids = sorted(set(network_ids))
        lately = (pulses.c.closed_at.is_not(None), pulses.c.closes_at >= since)
        wanted = select(pulses).where(among(pulses.c.network_id), *lately).order_by(pulses.c.id)
        return self._many(wanted, tier, ids=ids) if ids else []

    def shared(self, tier: Audience) -> list[int]:
        """The networks of which the tier may read a pulse."""
        wanted = select(pulses.c.network_id).distinct().where(*_readable(tier)).order_by(pulses.c.network_id)
        return list(self._connection.execute(wanted).scalars())

    def set_audience(self, pulse_id: int, audience: Audience) -> None:
        """Say who may read what the pulse came to."""
        self._connection.execute(update(pulses).where(pulses.c.id == pulse_id).values(audience=int(audience)))

    def own(self, pulse_id: int, person_id: int) -> dict[str, int]:
        """What the person themselves has answered, by key; nothing once the pulse has closed."""
        mine = (pulse_answers.c.pulse_id == pulse_id, pulse_answers.c.person_id == person_id)
        rows = self._connection.execute(select(pulse_answers.c.key, pulse_answers.c.level).where(*mine))
        return {row.key: row.level for row in rows}

    def keep(self, pulse_id: int, person_id: int, levels: Mapping[str, int]) -> None:
        """Keep what the person answers, in the place of all before; an empty mapping takes it out."""
        mine = (pulse_answers.c.pulse_id == pulse_id, pulse_answers.c.person_id == person_id)
        self._connection.execute(delete(pulse_answers).where(*mine))
        rows = [
            {"pulse_id": pulse_id, "person_id": person_id, "key": key, "level": level} for key, level in levels.items()
        ]
        if rows:
            self._connection.execute(insert(pulse_answers), rows)

    def waiting(self, pulse_ids: Iterable[int], person_ids: Iterable[int]) -> dict[int, set[int]]:
        """By person the pulses among these that they have not answered: for their own messages alone."""
        wanted, found = set(pulse_ids), {person_id: set(pulse_ids) for person_id in person_ids}
        for ids in chunks(found):
            given = select(pulse_answers.c.person_id, pulse_answers.c.pulse_id).distinct()
            mine = given.where(among(pulse_answers.c.person_id), pulse_answers.c.pulse_id.in_(wanted))
            for person_id, pulse_id in self._connection.execute(mine, {"ids": ids}):
                found[person_id].discard(pulse_id)
        return found

    def kept_of(self, person_id: int) -> list[tuple[Pulse, dict[str, int]]]:
        """The pulses that have the person's answers, with these; for themselves alone."""
        given = select(pulse_answers.c.pulse_id).where(pulse_answers.c.person_id == person_id)
        mine = self._many(select(pulses).where(pulses.c.id.in_(given)).order_by(pulses.c.id))
        return [(one, self.own(one.id, person_id)) for one in mine]

    def erase_person(self, person_id: int) -> None:
        """Delete all answers of the person. Figures of pulses that have closed are nobody's, and stay."""
        self._connection.execute(delete(pulse_answers).where(pulse_answers.c.person_id == person_id))

    def close_due(self, at: datetime, count: Count) -> None:
        """Close each pulse whose time is over: keep what `count` makes of its answers, and delete these for good.

        It happens once: whoever comes second finds it closed.
        """
        for pulse_id in list(self._connection.execute(_DUE, {"at": at}).scalars()):
            self.hold(pulse_id)
            pulse = self.by_id(pulse_id)
            if pulse is not None and pulse.closed_at is None:
                self._close(pulse, at, count)

    def _close(self, pulse: Pulse, at: datetime, count: Count) -> None:
        of_pulse = pulse_answers.c.pulse_id == pulse.id
        levels: dict[str, list[int]] = defaultdict(list)
        given = select(pulse_answers.c.key, pulse_answers.c.level).where(of_pulse)
        for row in self._connection.execute(given.order_by(pulse_answers.c.key, pulse_answers.c.level)):
            levels[row.key].append(row.level)
        people = select(func.count(pulse_answers.c.person_id.distinct())).where(of_pulse)
        counted = count(self._connection.execute(people).scalar_one(), levels)
        self._connection.execute(delete(pulse_answers).where(of_pulse))
        closed = {"closed_at": at, "answered": counted.answered}
        self._connection.execute(update(pulses).where(pulses.c.id == pulse.id).values(closed))
        rows = [
            {"pulse_id": pulse.id, "key": key, "low": one.low, "high": one.high, "middle": one.middle}
            | {"people": one.people}
            for key, one in counted.figures.items()
        ]
        if rows:
            self._connection.execute(insert(pulse_figures), rows)

    def _many(self, statement: Select[Any], tier: Audience | None = None, **about: Any) -> list[Pulse]:
        """With what they came to, where the tier may read it."""
        rows = self._connection.execute(statement, about).all()
        told = sorted(row.id for row in rows if row.answered is not None and tier is not None and row.audience >= tier)
        figures: dict[int, dict[str, PulseFigure]] = {one: {} for one in told}
        for one in self._connection.execute(_FIGURES, {"ids": told}) if told else ():
            figures[one.pulse_id][one.key] = PulseFigure(one.low, one.high, one.middle, one.people)
        return [_pulse(row, figures.get(row.id)) for row in rows]


def _readable(tier: Audience) -> tuple[ColumnElement[bool], ...]:
    """That a pulse came to something, and that the tier may read it."""
    return pulses.c.answered.is_not(None), pulses.c.audience >= int(tier)


def _pulse(row: Row[Any], figures: Mapping[str, PulseFigure] | None) -> Pulse:
    return Pulse(
        row.id, row.network_id, row.number, row.began_by_id, row.began_at, row.closes_at, row.closed_at, row.asked,
        None if figures is None else row.answered, Audience(row.audience), figures or {},
    )  # fmt: skip
