"""Goals, who helps with them and their story; here, and only here, it is enforced who may read a goal."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)  # fmt: skip

from storage.goal_records import Entry, Goal, GoalReader, GoalState, GoalWords, QuietGoal, Told
from storage.goal_rows import ENTRIES, GOALS, OWNER_IS_THERE, QUIET, entry_in, goal_in, own_words, quiet_in
from storage.goal_tables import goal_entries, goal_helpers, goals
from storage.recipients import chunks
from storage.records import Audience
from storage.tables import people

MOST = 500
"""Goals that one answer looks at; more than any network works on."""


_HELPS = exists().where(goal_helpers.c.goal_id == goals.c.id, goal_helpers.c.person_id == bindparam("person"))
_REACHED = and_(goals.c.audience >= bindparam("tier"), or_(bindparam("runs", type_=Boolean), _HELPS))
_MOVABLE = or_(
    and_(
        goals.c.author_id == bindparam("person"),
        or_(goals.c.is_personal, goals.c.network_id.in_(bindparam("networks", expanding=True))),
    ),
    and_(
        goals.c.network_id == bindparam("network"),
        goals.c.is_personal.is_(False),
        or_(goals.c.owner_id == bindparam("person"), _REACHED),
    ),
)
_ANY_MOVABLE = select(goals.c.id).where(goals.c.state == GoalState.OPEN.value, _MOVABLE).limit(1)


class Goals:
    """Keeps goals with their story, and answers what a reader may read of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        words: GoalWords,
        person_id: int,
        at: datetime,
        *,
        network_id: int | None,
        audience: Audience,
        is_personal: bool = True,
        is_objective: bool = False,
    ) -> int:
        """Keep a goal of that person, or of the network; returns its id."""
        values = {
            **asdict(words),
            "author_id": person_id,
            "owner_id": person_id,
            "network_id": network_id,
            "audience": int(audience),
            "is_personal": is_personal,
            "is_objective": is_objective,
            "state": GoalState.OPEN.value,
            "now": "",
            "made_at": at,
            "moved_at": at,
        }
        goal_id = int(self._connection.execute(insert(goals).values(values).returning(goals.c.id)).scalar_one())
        self.tell(goal_id, Entry(Told.MADE, at, person_id))
        return goal_id

    def hold(self, goal_id: int) -> None:
        """Wait for whoever changes the goal, then let others wait until this unit of work has ended."""
        self._connection.execute(select(goals.c.id).where(goals.c.id == goal_id).with_for_update(key_share=True))

    def by_id(self, goal_id: int, reader: GoalReader) -> Goal | None:
        """The goal, if the reader may read it."""
        found = self._some(reader, goals.c.id == goal_id)
        return found[0] if found else None

    def open_for(self, reader: GoalReader, network_id: int | None = None) -> list[Goal]:
        """Every open goal that the reader may read, in that network where one is named, oldest first.

        What someone shared from their own goals is left out once they are in the network no more.
        """
        stays = or_(goals.c.is_personal.is_(False), goals.c.author_id == reader.person_id, OWNER_IS_THERE)
        of_network = [goals.c.network_id == network_id] if network_id is not None else []
        return self._some(reader, goals.c.state == GoalState.OPEN.value, stays, *of_network)

    def is_any_movable(self, reader: GoalReader, network_id: int, *, runs: bool) -> bool:
        """True if a check-in of the reader in that network of theirs can have moved an open goal.

        One that they wrote, or one of the network that they look after, help with, or may change as they run the
        network. Quick, since every check-in asks.
        """
        tiers = dict(reader.tiers)
        about = {"networks": list(tiers), "network": network_id, "tier": int(tiers[network_id])}
        row = self._connection.execute(_ANY_MOVABLE, {**about, "person": reader.person_id, "runs": runs}).first()
        return row is not None

    def closed_for(self, reader: GoalReader) -> list[Goal]:
        """Every goal that is achieved or dropped and that the reader may read, the newest first."""
        closed = self._some(reader, goals.c.state != GoalState.OPEN.value)
        return sorted(closed, key=lambda one: (one.closed_at or one.moved_at, one.id), reverse=True)

    def under(self, objective_id: int, reader: GoalReader) -> list[Goal]:
        """The goals under an objective that the reader may read, whatever became of them."""
        return self._some(reader, goals.c.objective_id == objective_id)

    def objectives(self, network_id: int, reader: GoalReader) -> list[Goal]:
        """The network's open objectives that the reader may read."""
        return [one for one in self.open_for(reader, network_id) if one.is_objective]

    def open_of_networks(self, network_ids: tuple[int, ...], made_before: datetime) -> dict[int, int]:
        """By network, how many open goals of its own its leaders may read; only where one is older than that."""
        rows = (
            select(goals.c.network_id, func.count().label("open"))
            .where(goals.c.network_id.in_(network_ids), goals.c.is_personal.is_(False))
            .where(goals.c.state == GoalState.OPEN.value, goals.c.audience >= int(Audience.LEADERS))
            .group_by(goals.c.network_id)
            .having(func.min(goals.c.made_at) < made_before)
        )
        return {row.network_id: row.open for row in self._connection.execute(rows)}

    def quiet_of(self, person_ids: Iterable[int], since: datetime) -> list[QuietGoal]:
        """The open goals that these people look after, objectives left out, which nobody has touched since then."""
        found: list[QuietGoal] = []
        for ids in chunks(person_ids):
            found += [quiet_in(row) for row in self._connection.execute(QUIET, {"ids": ids, "since": since})]
        return found

    def change(self, goal_id: int, words: GoalWords, objective_id: int | None) -> None:
        """Put these words in the place of what the goal said."""
        self._set(goal_id, **asdict(words), objective_id=objective_id)

    def give_to_network(self, goal_id: int, network_id: int, audience: Audience) -> None:
        """Make it a goal of the network."""
        self._set(goal_id, network_id=network_id, is_personal=False, audience=int(audience))

    def set_audience(self, goal_id: int, network_id: int | None, audience: Audience) -> None:
        """Narrow or widen who may read the goal, in that network."""
        self._set(goal_id, network_id=network_id, audience=int(audience))

    def set_owner(self, goal_id: int, person_id: int) -> None:
        """Give the goal another owner, who no longer counts as a helper."""
        self._set(goal_id, owner_id=person_id)
        self.remove_helper(goal_id, person_id)

    def add_helper(self, goal_id: int, person_id: int) -> None:
        """Let the person help with the goal; they do not yet."""
        self._connection.execute(insert(goal_helpers).values(goal_id=goal_id, person_id=person_id))

    def remove_helper(self, goal_id: int, person_id: int) -> None:
        """The person helps no longer."""
        mine = (goal_helpers.c.goal_id == goal_id, goal_helpers.c.person_id == person_id)
        self._connection.execute(delete(goal_helpers).where(*mine))

    def set_state(self, goal_id: int, state: GoalState, at: datetime) -> None:
        """Close the goal, or open it again."""
        closed_at = None if state is GoalState.OPEN else at
        self._set(goal_id, state=state.value, closed_at=closed_at)

    def tell(self, goal_id: int, entry: Entry) -> None:
        """Add a line to the goal's story; where it says how things stand, the goal says so from now on."""
        self._connection.execute(
            insert(goal_entries).values(
                goal_id=goal_id,
                person_id=entry.person_id,
                at=entry.at,
                told=entry.told.value,
                confidence=entry.confidence.value if entry.confidence else None,
                now=entry.now,
                value=entry.value,
                why=entry.why,
                about_id=entry.about_id,
                changes=json.dumps([[one.key, one.before, one.after] for one in entry.changes]),
                checkin_id=entry.checkin_id,
                review_id=entry.review_id,
            )
        )
        moved: dict[str, Any] = {"moved_at": entry.at}
        if entry.confidence:
            moved["confidence"] = entry.confidence.value
        if entry.now:
            moved |= {"now": entry.now, "value": entry.value}
        self._set(goal_id, **moved)

    def story(self, goal_id: int, reader: GoalReader, limit: int, offset: int = 0) -> list[Entry]:
        """Lines of the goal's story, newest first, if the reader may read the goal."""
        rows = ENTRIES.where(goal_entries.c.goal_id == goal_id, may_read(reader)).order_by(goal_entries.c.id.desc())
        return [entry_in(row) for row in self._connection.execute(rows.limit(limit).offset(offset))]

    def changes_since(self, goal_id: int, version: int, reader: GoalReader) -> list[Entry]:
        """How the goal's words were changed after that version, oldest first, if the reader may read the goal."""
        later = (goal_entries.c.id > version, goal_entries.c.told == Told.CHANGED.value)
        rows = ENTRIES.where(goal_entries.c.goal_id == goal_id, *later, may_read(reader)).order_by(goal_entries.c.id)
        return [entry_in(row) for row in self._connection.execute(rows)]

    def count_story(self, goal_id: int, reader: GoalReader) -> int:
        """How many lines the goal's story has, if the reader may read the goal."""
        told = select(func.count()).select_from(goal_entries).join(goals, goals.c.id == goal_entries.c.goal_id)
        return self._connection.execute(told.where(goals.c.id == goal_id, may_read(reader))).scalar_one()

    def numbers(self, goal_id: int, reader: GoalReader) -> list[tuple[datetime, float]]:
        """When the goal stood at which number, oldest first, if the reader may read the goal."""
        rows = (
            select(goal_entries.c.at, goal_entries.c.value)
            .join(goals, goals.c.id == goal_entries.c.goal_id)
            .where(goals.c.id == goal_id, goal_entries.c.value.is_not(None), may_read(reader))
            .order_by(goal_entries.c.id)
        )
        return [(row.at, row.value) for row in self._connection.execute(rows)]

    def kept_of(self, reader: GoalReader) -> list[Goal]:
        """Every goal that the reader wrote or owns and may read, for their export."""
        mine = or_(goals.c.author_id == reader.person_id, goals.c.owner_id == reader.person_id)
        return self._some(reader, mine)

    def said_by(self, reader: GoalReader) -> list[Entry]:
        """Every line that the reader added to any story, oldest first, for their export; of a goal that they may read
        no more without its title, and without what stood there before they changed it."""
        rows = ENTRIES.add_columns(may_read(reader).label("is_read")).where(
            goal_entries.c.person_id == reader.person_id
        )
        found = self._connection.execute(rows.order_by(goal_entries.c.id))
        return [entry_in(row) if row.is_read else own_words(entry_in(row)) for row in found]

    def erase_person(self, person_id: int) -> None:
        """Erase the person's own goals, and what they said of others; a network's goals stay, without their name."""
        self._connection.execute(delete(goals).where(goals.c.author_id == person_id, goals.c.is_personal))
        theirs = goal_entries.c.person_id == person_id
        moved = select(goal_entries.c.goal_id).distinct().where(theirs, goal_entries.c.now != "")
        moved_ids = list(self._connection.execute(moved).scalars())
        wordless = {"why": "", "changes": "[]", "now": "", "person_id": None}
        self._connection.execute(update(goal_entries).where(theirs).values(wordless))
        for goal_id in moved_ids:
            self._stand_as_told(goal_id)
        self._connection.execute(delete(goal_helpers).where(goal_helpers.c.person_id == person_id))
        for column in (goals.c.author_id, goals.c.owner_id):
            self._connection.execute(update(goals).where(column == person_id).values({column.name: None}))

    def _stand_as_told(self, goal_id: int) -> None:
        """Let the goal say where it stands by what its story still tells: the newest word, or number."""
        told = or_(goal_entries.c.now != "", goal_entries.c.value.is_not(None))
        newest = select(goal_entries.c.now, goal_entries.c.value).where(goal_entries.c.goal_id == goal_id, told)
        row = self._connection.execute(newest.order_by(goal_entries.c.id.desc()).limit(1)).first()
        if row is None:
            self._set(goal_id, now="", value=None)
        else:
            self._set(goal_id, now=row.now or f"{row.value:g}", value=row.value)

    def _set(self, goal_id: int, **values: Any) -> None:
        self._connection.execute(update(goals).where(goals.c.id == goal_id).values(values))

    def _some(self, reader: GoalReader, *where: ColumnElement[bool]) -> list[Goal]:
        rows = GOALS.where(may_read(reader), *where).order_by(goals.c.id).limit(MOST)
        return self._many(self._connection.execute(rows).all())

    def _many(self, rows: Sequence[Row[Any]]) -> list[Goal]:
        helpers = self._helpers([row.id for row in rows])
        return [goal_in(row, tuple(helpers.get(row.id, ()))) for row in rows]

    def _helpers(self, goal_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        rows = (
            select(goal_helpers.c.goal_id, people.c.id, people.c.name)
            .join(people, people.c.id == goal_helpers.c.person_id)
            .where(goal_helpers.c.goal_id.in_(list(goal_ids)))
            .order_by(people.c.name, people.c.id)
        )
        found: dict[int, list[tuple[int, str]]] = {}
        for row in self._connection.execute(rows):
            found.setdefault(row.goal_id, []).append((row.id, row.name))
        return found


def may_read(reader: GoalReader) -> ColumnElement[bool]:
    """The one rule: people read their own goals; in their networks what they own or wrote, and what reaches them."""
    mine = goals.c.author_id == reader.person_id
    ways = [and_(goals.c.is_personal, mine)]
    for network_id, tier in reader.tiers:
        reaches = or_(mine, goals.c.owner_id == reader.person_id, goals.c.audience >= int(tier))
        ways.append(and_(goals.c.network_id == network_id, reaches))
    if reader.everywhere is not None:
        ways.append(and_(goals.c.network_id.is_not(None), goals.c.audience >= int(reader.everywhere)))
    return or_(*ways)
