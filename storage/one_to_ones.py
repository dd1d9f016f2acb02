"""One-to-ones; here, and only here, it is enforced that only their two know of them, and whom the coachee lets know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.many import among
from storage.one_to_one_records import About, Deed, Known, News, OneToOne, Side, Standing, Suggested, Words
from storage.one_to_one_tables import meetings, news, notes, pairs, preparations, times
from storage.recipients import chunks
from storage.records import Role
from storage.tables import people, roles

_coach, _coachee = people.alias("coach"), people.alias("coachee")
_MEETINGS = (
    select(
        meetings,
        pairs.c.coach_id,
        pairs.c.coachee_id,
        pairs.c.known_at,
        _coach.c.name.label("coach_name"),
        _coach.c.time_zone.label("coach_zone"),
        _coachee.c.name.label("coachee_name"),
        _coachee.c.time_zone.label("coachee_zone"),
    )
    .join(pairs, pairs.c.id == meetings.c.pair_id)
    .outerjoin(_coach, _coach.c.id == pairs.c.coach_id)
    .outerjoin(_coachee, _coachee.c.id == pairs.c.coachee_id)
)
MINE = or_(pairs.c.coach_id == bindparam("person"), pairs.c.coachee_id == bindparam("person"))
"""What a person may read of one-to-ones: those that they are one of the two of."""
_HELD = select(pairs.c.id).with_for_update(key_share=True)
_PAIR = {
    "sqlite": sqlite.insert(pairs).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(pairs).on_conflict_do_nothing(),
}
_NEWS: dict[str, Any] = {"sqlite": sqlite.insert(news), "postgresql": postgresql.insert(news)}
_WAITING = (
    _MEETINGS.join(news, news.c.meeting_id == meetings.c.id)
    .add_columns(news.c.person_id, news.c.about.label("news_about"), news.c.told_on)
    .where(among(news.c.person_id), news.c.due_at <= bindparam("now"))
    .order_by(meetings.c.starts_at, meetings.c.id, news.c.about)
)


class OneToOnes:
    """Keeps one-to-ones. Every read but `known_to` and `news_for` names a person, and yields only theirs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pair_of(self, coach_id: int, coachee_id: int) -> int:
        """The id of the two, who need not have met before; others wait until this unit of work has ended."""
        values = {"coach_id": coach_id, "coachee_id": coachee_id}
        self._connection.execute(_PAIR[self._connection.dialect.name], values)
        two = (pairs.c.coach_id == coach_id, pairs.c.coachee_id == coachee_id)
        return int(self._connection.execute(_HELD.where(*two)).scalar_one())

    def hold(self, meeting_id: int) -> None:
        """Wait for whoever changes what the two have agreed, then let others wait until this unit of work has ended."""
        of = select(meetings.c.pair_id).where(meetings.c.id == meeting_id).scalar_subquery()
        self._connection.execute(_HELD.where(pairs.c.id == of))

    def hold_pair(self, pair_id: int) -> None:
        """The same, for the two."""
        self._connection.execute(_HELD.where(pairs.c.id == pair_id))

    def own(self, meeting_id: int, person_id: int) -> OneToOne | None:
        """The one-to-one of that id, if the person is one of the two."""
        return next(iter(self._read(_MEETINGS.where(meetings.c.id == meeting_id, MINE), person_id)), None)

    def newest_of(self, pair_id: int, person_id: int) -> OneToOne | None:
        """The newest one-to-one of the two, if the person is one of them."""
        newest = _MEETINGS.where(meetings.c.pair_id == pair_id, MINE).order_by(meetings.c.id.desc()).limit(1)
        return next(iter(self._read(newest, person_id)), None)

    def suggested_in(self, pair_id: int, person_id: int) -> OneToOne | None:
        """The one-to-one that the two are looking for a time for, if there is one."""
        is_open = (meetings.c.pair_id == pair_id, meetings.c.standing == Standing.SUGGESTED.value)
        return next(iter(self._read(_MEETINGS.where(*is_open, MINE), person_id)), None)

    def to_come(self, person_id: int, now: datetime) -> list[OneToOne]:
        """The person's one-to-ones that lie ahead, then those without a time yet."""
        agreed = (meetings.c.standing == Standing.AGREED.value) & (meetings.c.starts_at > now)
        ahead = _MEETINGS.where(MINE, or_(agreed, meetings.c.standing == Standing.SUGGESTED.value))
        found = self._read(ahead.order_by(meetings.c.id), person_id)
        return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or now, one.id))

    def past(self, person_id: int, now: datetime, limit: int, offset: int = 0) -> list[OneToOne]:
        """The person's one-to-ones that were, newest first."""
        were = _MEETINGS.where(MINE, meetings.c.standing == Standing.AGREED.value, meetings.c.starts_at <= now)
        order = (meetings.c.starts_at.desc(), meetings.c.id.desc())
        return self._read(were.order_by(*order).limit(limit).offset(offset), person_id)

    def count_past(self, person_id: int, now: datetime) -> int:
        """How many one-to-ones the person has had."""
        were = (meetings.c.standing == Standing.AGREED.value, meetings.c.starts_at <= now)
        count = select(func.count()).select_from(meetings).join(pairs, pairs.c.id == meetings.c.pair_id)
        return self._connection.execute(count.where(MINE, *were), {"person": person_id}).scalar_one()

    def all_of(self, person_id: int) -> list[OneToOne]:
        """Every one-to-one of the person, whatever came of it, oldest first."""
        return self._read(_MEETINGS.where(MINE).order_by(meetings.c.id), person_id)

    def known_to(self, network_ids: Sequence[int], reader_id: int) -> list[Known]:
        """Of whom those who run these networks may see that they meet: the coachee says so, and both still are what
        they were."""
        runs = select(roles.c.person_id).where(
            roles.c.network_id.in_(network_ids), roles.c.role.in_((Role.COORDINATOR.value, Role.LEADER.value))
        )
        teaches = select(roles.c.person_id).where(roles.c.role == Role.FACULTY.value)
        met = select(meetings.c.id).where(
            meetings.c.pair_id == pairs.c.id, meetings.c.standing == Standing.AGREED.value
        )
        statement = (
            select(_coach.c.name, _coachee.c.name)
            .select_from(pairs)
            .join(_coach, _coach.c.id == pairs.c.coach_id)
            .join(_coachee, _coachee.c.id == pairs.c.coachee_id)
            .where(pairs.c.known_at.is_not(None), pairs.c.coachee_id.in_(runs), pairs.c.coach_id.in_(teaches))
            .where(met.exists(), pairs.c.coach_id != reader_id, pairs.c.coachee_id != reader_id)
            .order_by(_coachee.c.name, _coach.c.name, pairs.c.id)
        )
        return [Known(*row) for row in self._connection.execute(statement)]

    def let_know(self, pair_id: int, coachee_id: int, at: datetime | None) -> None:
        """Let those who run the coachee's networks see that the two meet, or with None nobody."""
        mine = (pairs.c.id == pair_id, pairs.c.coachee_id == coachee_id)
        self._connection.execute(update(pairs).where(*mine).values(known_at=at))

    def begin(self, pair_id: int, by_id: int, words: Words, uid: str, at: datetime) -> int:
        """Begin to look for a time; returns the id. The two may look for one at a time."""
        values = {
            "pair_id": pair_id, "standing": Standing.SUGGESTED.value, "asked_by_id": by_id, "last_by_id": by_id,
            "deed": Deed.ASKED.value, "minutes": words.minutes, "place": words.place, "about": words.about,
            "uid": uid, "sequence": 0, "version": 1, "changed_at": at,
        }  # fmt: skip
        return int(self._connection.execute(insert(meetings).values(values).returning(meetings.c.id)).scalar_one())

    def change(
        self,
        meeting: OneToOne,
        deed: Deed,
        by_id: int,
        at: datetime,
        changes: Mapping[str, Any],
        *,
        is_in_calendars: bool = False,
    ) -> None:
        """One of the two did that to a one-to-one that is held: change these columns of it.

        `is_in_calendars`: calendars know of it already, and must hear of this.
        """
        values = {**changes, "deed": deed.value, "last_by_id": by_id, "version": meeting.version + 1, "changed_at": at}
        values["sequence"] = meeting.sequence + is_in_calendars
        self._connection.execute(update(meetings).where(meetings.c.id == meeting.id).values(values))

    def suggest(self, meeting_id: int, at: Iterable[datetime]) -> None:
        """Put these times in the place of those that were suggested; without any, nothing is suggested."""
        self._connection.execute(delete(times).where(times.c.meeting_id == meeting_id))
        if rows := [{"meeting_id": meeting_id, "at": one} for one in at]:
            self._connection.execute(insert(times), rows)

    def tell(self, meeting_id: int, person_id: int, about: About, due_at: datetime) -> None:
        """Let the person be told that with their first letter from then on; again, if they have been told already."""
        statement = _NEWS[self._connection.dialect.name].on_conflict_do_update(
            index_elements=["meeting_id", "person_id", "about"], set_={"due_at": due_at, "told_on": None}
        )
        values = {"meeting_id": meeting_id, "person_id": person_id, "about": about.value, "due_at": due_at}
        self._connection.execute(statement, values)

    def forget_news(self, meeting_id: int, about: About, person_id: int | None = None) -> None:
        """Of this nobody is to be told any more, or that person is not."""
        gone = delete(news).where(news.c.meeting_id == meeting_id, news.c.about == about.value)
        if person_id is not None:
            gone = gone.where(news.c.person_id == person_id)
        self._connection.execute(gone)

    def was_told(self, meeting_id: int, person_id: int, about: About) -> bool:
        """True if the person has had a letter about that."""
        told = (news.c.meeting_id == meeting_id, news.c.person_id == person_id, news.c.about == about.value)
        found = select(news.c.meeting_id).where(*told, news.c.told_on.is_not(None))
        return self._connection.execute(found).first() is not None

    def news_for(self, asked_on: Mapping[int, date], now: datetime) -> list[News]:
        """What these people, by id, were not told before that date: it counts as told on it from now on."""
        found: list[News] = []
        for ids in chunks(asked_on):
            rows = self._connection.execute(_WAITING, {"ids": ids, "now": now}).all()
            new = [row for row in rows if row.told_on in (None, asked_on[row.person_id])]
            of = self._times([row.id for row in new])
            found += [News(row.person_id, About(row.news_about), _meeting(row, of)) for row in new]
            for on in {asked_on[row.person_id] for row in new if row.told_on is None}:
                told = [row.person_id for row in new if asked_on[row.person_id] == on]
                is_new = (news.c.person_id.in_(told), news.c.told_on.is_(None), news.c.due_at <= now)
                self._connection.execute(update(news).where(*is_new).values(told_on=on))
        return found

    def erase_person(self, person_id: int, at: datetime) -> None:
        """Erase the person's side: words that both could read go, and what lay ahead is cancelled.

        The other keeps their own notes, the times that were, and what the two agreed. Where the other has left before,
        all of it goes.
        """
        mine = select(pairs.c.id).where(MINE)
        who = {"person": person_id}
        one_left = or_(pairs.c.coach_id.is_(None), pairs.c.coachee_id.is_(None))
        self._connection.execute(delete(pairs).where(MINE, one_left), who)
        self._connection.execute(delete(notes).where(notes.c.person_id == person_id))
        self._connection.execute(delete(preparations).where(preparations.c.person_id == person_id))
        blank = update(meetings).where(meetings.c.pair_id.in_(mine)).values(place="", about="")
        self._connection.execute(blank, who)
        all_times = select(meetings.c.id).where(meetings.c.pair_id.in_(mine))
        self._connection.execute(delete(times).where(times.c.meeting_id.in_(all_times)), who)
        ahead = or_(meetings.c.standing == Standing.SUGGESTED.value, meetings.c.starts_at > at)
        live = meetings.c.standing.in_((Standing.SUGGESTED.value, Standing.AGREED.value))
        gone = update(meetings).where(meetings.c.pair_id.in_(mine), live, ahead)
        values = {
            "standing": Standing.CANCELLED.value, "sequence": meetings.c.sequence + 1,
            "version": meetings.c.version + 1, "changed_at": at, "deed": Deed.CANCELLED.value, "last_by_id": None,
        }  # fmt: skip
        self._connection.execute(gone.values(values), who)

    def _read(self, statement: Select[Any], person_id: int) -> list[OneToOne]:
        rows = self._connection.execute(statement, {"person": person_id}).all()
        of = self._times([row.id for row in rows])
        return [_meeting(row, of) for row in rows]

    def _times(self, meeting_ids: Sequence[int]) -> dict[int, list[Suggested]]:
        found: dict[int, list[Suggested]] = {}
        if meeting_ids:
            of = select(times).where(times.c.meeting_id.in_(meeting_ids)).order_by(times.c.at, times.c.id)
            for row in self._connection.execute(of):
                found.setdefault(row.meeting_id, []).append(Suggested(row.id, row.at))
        return found


def _meeting(row: Row[Any], of: Mapping[int, Sequence[Suggested]]) -> OneToOne:
    return OneToOne(
        row.id,
        row.pair_id,
        Side(row.coach_id, row.coach_name or "", row.coach_zone),
        Side(row.coachee_id, row.coachee_name or "", row.coachee_zone),
        Standing(row.standing),
        row.asked_by_id,
        row.last_by_id,
        Deed(row.deed),
        row.starts_at,
        Words(row.minutes, row.place, row.about),
        row.uid,
        row.sequence,
        row.version,
        row.changed_at,
        row.known_at,
        tuple(of.get(row.id, ())),
    )
