"""Asks people to take part in a review by a letter, and reminds each of them once, a week later."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from handlers.diagnostic import lines, rules
from handlers.diagnostic.feature import feature
from handlers.diagnostic.gathering import Gathering
from handlers.kit import good_times
from handlers.kit.context import Context
from handlers.kit.letters import AT, WINDOW_DAYS, bring
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.times import own_zone
from prompts.review import review_bank
from storage.records import Network, Person, Programme
from storage.review_records import Review, Seat

if TYPE_CHECKING:
    from storage.unit import Store

INVITED, REMINDED, READY = "diagnostic.invited", "diagnostic.reminded", "diagnostic.ready"


def invite(person_id: int, context: Context) -> bool:
    """Write to somebody who was asked just now, and once more in a week; False where they cannot be written to."""
    bring(context, person_id, REMINDED, context.now + rules.REMIND_AFTER)
    return bring(context, person_id, INVITED)


def tell_that_all_answered(gathered: Gathering, context: Context) -> None:
    """Let whoever began the review know that the joint session can begin, unless they are the last to answer."""
    began_by_id = gathered.review.began_by_id
    if rules.is_ready(gathered) and began_by_id not in (None, context.person.id):
        bring(context, began_by_id, READY)


@feature.letter("ready", title="reviews in which all have answered")
def tell_who_began(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """The reviews that each began, in which everyone has answered and the joint session has not begun."""
    drawn: dict[int, list[Item]] = {one.person.id: [] for one in asked}
    for review in desk.store.reviews.begun_by(drawn):
        assert review.began_by_id is not None, "it was looked up by them"
        found = _gathering(review, review.began_by_id, desk)
        if found.mine and rules.is_ready(found):
            drawn[found.me].append(lines.can_begin(review, found.network.name))
    return drawn


def _network(review: Review, desk: Desk) -> Network:
    found = desk.store.networks.by_id(review.network_id)
    assert found is not None, "foreign keys hold"
    return found


def _gathering(review: Review, me: int, desk: Desk) -> Gathering:
    return Gathering(review, _network(review, desk), tuple(desk.store.reviews.seats(review.id)), me, may_run=True)


@feature.letter("invited", title="reviews that you are asked into")
def tell(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """The reviews that each was asked into by then and has not finished or left."""
    return _drawn(asked, desk, timedelta(), lines.invited)


@feature.letter("reminded", title="reviews that wait for your answers")
def remind(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """The same a week later: once for each review, and never again."""
    return _drawn(asked, desk, rules.REMIND_AFTER, lines.reminded)


def _drawn(
    asked: Sequence[Asked], desk: Desk, after: timedelta, line: "lines.Line"
) -> dict[int, Sequence[Item]]:  # fmt: skip
    waiting: Mapping[int, Sequence[Review]] = desk.store.reviews.waiting([one.person.id for one in asked])
    reviews = {one.id: one for found in waiting.values() for one in found}
    seats: dict[int, list[Seat]] = {one: desk.store.reviews.seats(one) for one in reviews}
    ids = tuple({one.network_id for one in reviews.values()})
    names = {one.id: one.name for one in desk.store.networks.by_ids(ids)} if ids else {}
    drawn: dict[int, Sequence[Item]] = {}
    for one in asked:
        due = [
            each
            for each in waiting.get(one.person.id, ())
            if _is_due(one, _seat(seats[each.id], one.person.id), each, after, desk.programme)
        ]
        drawn[one.person.id] = [
            line(
                each,
                names[each.network_id],
                _began_by(each, seats[each.id], one.person.id),
                _going(each, one.person.id, desk.store),
            )
            for each in due
        ]
    return drawn


def _seat(seats: Sequence[Seat], person_id: int) -> Seat | None:
    return next((one for one in seats if one.person_id == person_id), None)


def _is_due(asked: Asked, seat: Seat | None, review: Review, after: timedelta, programme: Programme) -> bool:
    """True on the day of the letter that was brought for this review, and not on that of another review's."""
    if seat is None or (review.began_by_id == asked.person.id and seat.invited_at == review.began_at):
        return False
    wanted_at = seat.invited_at + after
    first_on, last_on = _days(asked.person, wanted_at, programme)
    return first_on <= asked.on <= last_on


def _days(person: Person, wanted_at: datetime, programme: Programme) -> tuple[date, date]:
    """The first and the last day on which a letter can come that is wanted then, by the person's own calendar."""
    zone = own_zone(person, programme)
    wanted_on = wanted_at.astimezone(zone).date()
    if not good_times.quiet_now(person, zone, wanted_at):
        return wanted_on, wanted_on
    due_at = good_times.next_good(person, zone, wanted_at, AT, wanted_on + timedelta(days=WINDOW_DAYS))
    return wanted_on, due_at.astimezone(zone).date() if due_at else wanted_on


def _began_by(review: Review, seats: Sequence[Seat], me: int) -> str:
    """Who began it, if they are in it still and are someone else; else ""."""
    found = _seat(seats, review.began_by_id or 0)
    return found.name if found and found.person_id != me else ""


def _going(review: Review, person_id: int, store: "Store") -> int:
    """The part that they go on with; 0 where they have answered nothing yet."""
    own = store.reviews.own(review.id, person_id)
    part = rules.following(own, review_bank()) if own else None
    return part.number if part else 0
