"""Posts to a network's home: kept until they are shown, claimed by one process at a time, and read by their network."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from storage.budgets import FAR
from storage.places import Places
from storage.post_records import ClaimedPost, Post, PostOutcome
from storage.post_tables import posts
from storage.records import Home
from storage.scheduled import State

GAP = timedelta(seconds=1)
"""Between two posts to one place: Slack takes about one message a second and channel (platforms.md)."""
STOPPED = "The bot stopped while it was being posted."
# Written out, and not bound: the planner must see that the partial index holds these rows.
_PLANNED: ColumnElement[str] = literal_column("'planned'")
_SENDING: ColumnElement[str] = literal_column("'sending'")
_UNKNOWN: ColumnElement[str] = literal_column("'unknown'")
_OVER = (State.GAVE_UP.value, State.DROPPED.value)
_IS_SHOWN = or_(posts.c.ref != "", posts.c.state == State.SENT.value)
_IS_OPEN = posts.c.state.in_([_PLANNED, _SENDING, _UNKNOWN])


class Posts:
    """Keeps what is to be posted, and what became of it. Leases and waiting are in machine time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def want(self, network_id: int, kind: str, argument: str, home: Home, wanted_by: int, at: datetime) -> Post:
        """Keep that it is to be posted there, and return it as it stands.

        What stands already, and was neither given up nor left out, is no second time. Hold the network before.
        """
        before = self.of(kind, argument)
        if before is not None and (before.is_shown or before.state.value not in _OVER):
            return before
        values = {
            "network_id": network_id, "kind": kind, "argument": argument, "turn": before.turn + 1 if before else 0,
            "platform": home.platform, "workspace": home.workspace, "place": home.place,
            "wanted_by": wanted_by, "wanted_at": at, "state": State.PLANNED.value,
        }  # fmt: skip
        return post_in(self._connection.execute(insert(posts).values(values).returning(*posts.c)).one())

    def by_id(self, post_id: int) -> Post | None:
        """The post, if there is one."""
        row = self._connection.execute(select(posts).where(posts.c.id == post_id)).first()
        return post_in(row) if row else None

    def of(self, kind: str, argument: str) -> Post | None:
        """The newest post of that thing; None where nobody posted it."""
        return self.of_all(kind, [argument]).get(argument)

    def of_all(self, kind: str, arguments: Collection[str]) -> dict[str, Post]:
        """The newest post of each of these things, by argument; only of those that somebody posted."""
        named = select(posts).where(posts.c.kind == kind, posts.c.argument.in_(list(arguments)))
        return {row.argument: post_in(row) for row in self._connection.execute(named.order_by(posts.c.turn))}

    def shown_in(self, network_id: int, limit: int, offset: int = 0) -> list[Post]:
        """What is shown of that network, newest first."""
        return self._read(_of(network_id).where(_IS_SHOWN).limit(limit).offset(offset))

    def count_shown(self, network_id: int) -> int:
        """How many posts of that network are shown."""
        shown = select(func.count()).select_from(posts).where(posts.c.network_id == network_id, _IS_SHOWN)
        return int(self._connection.execute(shown).scalar_one())

    def unsettled_in(self, network_id: int, since: datetime, limit: int) -> list[Post]:
        """What was wanted since then in that network and is not at its end, or was not shown; newest first."""
        newer = posts.alias("newer")
        same = and_(newer.c.kind == posts.c.kind, newer.c.argument == posts.c.argument, newer.c.turn > posts.c.turn)
        query = _of(network_id).where(posts.c.state != State.SENT.value, posts.c.wanted_at >= since)
        return self._read(query.where(~select(newer.c.id).where(same).exists()).limit(limit))

    def wanted_by(self, person_id: int) -> list[Post]:
        """What one person had posted, oldest first."""
        return self._read(select(posts).where(posts.c.wanted_by == person_id).order_by(posts.c.id))

    def due(self, machine_now: datetime) -> list[tuple[str, str]]:
        """Platform and workspace of whatever may be sent now."""
        query = select(posts.c.platform, posts.c.workspace).where(*_is_due(machine_now)).distinct()
        return [(row.platform, row.workspace) for row in self._connection.execute(query)]

    def claim(
        self, platform: str, workspace: str, machine_now: datetime, lease_seconds: float, token: str
    ) -> ClaimedPost | None:
        """Take the first due post there of a place where none is on its way or was within a second.

        It is SENDING until it is recorded under `token`, or until the lease of so many seconds has passed.
        """
        other = posts.alias("other")
        recently = and_(other.c.claimed_at > machine_now - GAP, other.c.claimed_at <= machine_now + GAP)
        is_same = and_(
            other.c.platform == posts.c.platform, other.c.workspace == posts.c.workspace,
            other.c.place == posts.c.place, other.c.id != posts.c.id,
        )  # fmt: skip
        was_tried = and_(recently, other.c.state != State.DROPPED.value)
        is_busy = select(other.c.id).where(is_same, or_(other.c.state == _SENDING, was_tried)).exists()
        picked = (
            select(posts.c.id)
            .where(*_is_due(machine_now), posts.c.platform == platform, posts.c.workspace == workspace, ~is_busy)
            .order_by(posts.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=posts)
            .cte("picked")
        )
        values = {"state": State.SENDING.value, "attempts": posts.c.attempts + 1, "claimed_at": machine_now}
        lease = machine_now + timedelta(seconds=lease_seconds)
        taken = update(posts).where(posts.c.id.in_(select(picked.c.id)))
        found = self._filled(taken.values(token=token, lease_until=lease, not_before=None, **values))
        return found[0] if found else None

    def record(self, outcomes: Sequence[PostOutcome]) -> None:
        """Note how attempts ended, each only if it is still in these hands."""
        for one in outcomes:
            in_hand = update(posts).where(posts.c.id == one.post_id, posts.c.token == one.token, _IS_OPEN)
            values: dict[str, Any] = {"state": one.state.value, "why": one.why[:200], "token": ""}
            values["not_before"] = one.not_before if one.state is State.PLANNED else None
            values["lease_until"] = one.not_before if one.state is State.UNKNOWN else None
            values |= {"attempts": posts.c.attempts - 1} if not one.counts else {}
            values |= {"ref": one.ref} if one.ref else {}
            values |= {"link": one.link} if one.link else {}
            values |= {"ref": "", "link": ""} if one.is_gone else {}
            if one.state is State.SENT:
                was_shown = posts.c.sent_at.is_not(None)
                values["corrected_at"] = case((was_shown, one.at), else_=posts.c.corrected_at)
            if one.state is State.SENT or one.ref:
                values["sent_at"] = func.coalesce(posts.c.sent_at, one.at)
            self._connection.execute(in_hand.values(values))

    def expired(
        self,
        machine_now: datetime,
        reads_back: Collection[str],
        *,
        lease_seconds: float,
        besides: Collection[int] = (),
    ) -> list[ClaimedPost]:
        """Take what is past its lease, so that one process alone settles it: all are UNKNOWN now, with a new token.

        What was SENDING; and of the platforms that can be asked, `reads_back`, what is UNKNOWN; not those `besides`.
        """
        is_past = or_(posts.c.lease_until <= machine_now, posts.c.lease_until > machine_now + FAR)
        picked = (
            select(posts.c.id)
            .where(posts.c.state.in_([_SENDING, _UNKNOWN]), is_past, posts.c.id.not_in(list(besides)))
            .where(or_(posts.c.state == _SENDING, posts.c.platform.in_(list(reads_back)), posts.c.ref != ""))
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        lease = machine_now + timedelta(seconds=lease_seconds)
        values = {"state": State.UNKNOWN.value, "token": uuid4().hex, "lease_until": lease}
        why = case((posts.c.state == _SENDING, STOPPED), else_=posts.c.why)
        return self._filled(update(posts).where(posts.c.id.in_(select(picked.c.id))).values(why=why, **values))

    def send_again(self, post_id: int, home: Home, wanted_by: int, at: datetime) -> bool:
        """Send what is uncertain, was given up or left out once more, to that place; False where it is none of these.

        What is shown in part stays where it is, and is put right there.
        """
        where = {"platform": home.platform, "workspace": home.workspace, "place": home.place}
        moved = {name: case((posts.c.ref == "", value), else_=posts.c[name]) for name, value in where.items()}
        values = {"state": State.PLANNED.value, "why": "", "attempts": 0, "wanted_by": wanted_by, "wanted_at": at}
        can_be = posts.c.state.in_([State.UNKNOWN.value, *_OVER])
        again = update(posts).where(posts.c.id == post_id, can_be)
        return bool(self._connection.execute(again.values(token="", lease_until=None, **moved, **values)).rowcount)

    def is_there(self, post_id: int, at: datetime) -> bool:
        """Somebody has seen what was uncertain: it is shown. False where it was not uncertain."""
        seen = update(posts).where(posts.c.id == post_id, posts.c.state == State.UNKNOWN.value)
        values = {"state": State.SENT.value, "why": "", "token": "", "lease_until": None}
        return bool(
            self._connection.execute(seen.values(sent_at=func.coalesce(posts.c.sent_at, at), **values)).rowcount
        )

    def correct(self, post_id: int, wanted_by: int) -> bool:
        """Draw what is shown anew, in its place; False where it is not shown, not known where, or just being sent."""
        can_be = (posts.c.ref != "", posts.c.state.in_([State.SENT.value, State.GAVE_UP.value, State.PLANNED.value]))
        values = {"state": State.PLANNED.value, "why": "", "attempts": 0, "wanted_by": wanted_by}
        return bool(
            self._connection.execute(update(posts).where(posts.c.id == post_id, *can_be).values(values)).rowcount
        )

    def _read(self, query: Select[Any]) -> list[Post]:
        return [post_in(row) for row in self._connection.execute(query)]

    def _filled(self, statement: Any) -> list[ClaimedPost]:
        found = [post_in(row) for row in self._connection.execute(statement.returning(*posts.c)).all()]
        places = Places(self._connection)
        return [ClaimedPost(one, places.address_of(one.home)) for one in found]


def _of(network_id: int) -> Select[Any]:
    return select(posts).where(posts.c.network_id == network_id).order_by(posts.c.wanted_at.desc(), posts.c.id.desc())


def _is_due(machine_now: datetime) -> tuple[ColumnElement[bool], ...]:
    """To be sent, and not put off; what lies far ahead was put off before the clock was put back."""
    far = posts.c.not_before > machine_now + FAR
    return posts.c.state == _PLANNED, or_(posts.c.not_before.is_(None), posts.c.not_before <= machine_now, far)


def post_in(row: Row[Any]) -> Post:
    """The post that a row of `posts` holds."""
    return Post(
        row.id, row.network_id, row.kind, row.argument, row.turn, Home(row.platform, row.workspace, row.place),
        row.wanted_by, row.wanted_at, State(row.state), row.why, row.attempts, row.token, row.claimed_at,
        row.ref, row.link, row.sent_at, row.corrected_at,
    )  # fmt: skip
