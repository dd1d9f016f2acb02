"""Draws what is claimed for sending: one message a person, with a line for each thing that waits for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from handlers.kit import good_times
from handlers.kit.content import Button, Message
from handlers.kit.feature import Routes
from handlers.kit.occasions import Asked, Desk, Drop, Item, Later
from handlers.kit.planning import PAST, STOPPED
from handlers.kit.times import own_zone
from handlers.nudges import rules, views
from storage.records import Person
from storage.scheduled import Carried, Claimed, Wish

ANSWERED = "already answered"
LEFT = "they are no longer in the network"
LATE_DAYS = 1
"""Days after its window in which a message is still dropped as what it is, and not as missed."""


@dataclass(slots=True)
class _Part:
    """One part of a message: what it is about, for which networks, and the lines that were drawn for it."""

    carried: Carried
    network_ids: tuple[int, ...]
    items: tuple[Item, ...] = ()
    is_again: bool = False
    left_out: str = ""


@dataclass(slots=True)
class _One:
    """One claimed delivery on its way to a message."""

    claimed: Claimed
    zone: ZoneInfo
    wishes: Mapping[str, Wish]
    parts: list[_Part] = field(default_factory=list)
    outcome: Drop | Later | None = None

    @property
    def is_again(self) -> bool:
        """True where there is nothing in it but the one reminder."""
        return all(part.is_again for part in self.live())

    def live(self) -> list[_Part]:
        """The parts that nothing speaks against so far."""
        return [part for part in self.parts if not part.left_out]


def draw(claimed: Sequence[Claimed], desk: Desk, routes: Routes) -> dict[int, Message | Drop | Later]:
    """By delivery's id: the message to send now, or why there is none any more, or when to come back.

    What a message carries and has no line for is dropped from it in the store, so that it counts as no silence.
    """
    judge = _Judge(claimed, desk, routes)
    ones = [judge.judged(one) for one in claimed]
    _draw_items([one for one in ones if one.outcome is None], desk, routes)
    _drop_left_out(ones, desk)
    return {one.claimed.delivery.id: one.outcome or _message(one, routes) for one in ones}


class _Judge:
    """Whether each delivery may still go out, by what is looked up once for all of them."""

    def __init__(self, claimed: Sequence[Claimed], desk: Desk, routes: Routes) -> None:
        people = [one.recipient.person for one in claimed]
        networks = {network_id for person in people for network_id in person.network_ids}
        own = desk.store.schedules.of_networks(networks)
        self._own = {(one.wanted.network_id, one.wanted.occasion) for one in own}
        self._wishes = desk.store.wishes.of_people([person.id for person in people])
        self._desk = desk
        self._routes = routes

    def judged(self, claimed: Claimed) -> _One:
        """The delivery with its parts, and its outcome where that needs no drawing."""
        person, now = claimed.recipient.person, self._desk.now
        one = _One(claimed, own_zone(person, self._desk.programme), self._wishes.get(person.id, {}))
        for carried in claimed.carried:
            ids = self._network_ids(carried, person)
            is_again = carried.turn == 1 and claimed.delivery.unasked  # What someone put off is no reminder.
            one.parts.append(_Part(carried, ids, is_again=is_again, left_out=self._why_not(carried, ids, one)))
        today_on = now.astimezone(one.zone).date()
        for part in one.live():
            if today_on > last_on(claimed, part.carried, one.zone) + timedelta(days=LATE_DAYS):
                part.left_out = PAST
        if not one.live():
            one.outcome = _nothing(one)
        elif why := good_times.quiet_now(person, one.zone, now):
            one.outcome = _moved(one, why, now)
        return one

    def _network_ids(self, carried: Carried, person: Person) -> tuple[int, ...]:
        """The networks that a part is about: where the person still has the role, and the schedule still counts."""
        wanted = carried.schedule.wanted
        occasion = self._routes.occasions.get(wanted.occasion)
        if occasion is None:
            return ()
        if occasion.role is None:
            return person.network_ids
        ids = tuple(one for one in person.network_ids if person.holds(occasion.role, one))
        if wanted.network_id is not None:
            return tuple(one for one in ids if one == wanted.network_id)
        if wanted.person_id is not None:
            return ids
        return tuple(one for one in ids if (one, wanted.occasion) not in self._own)

    def _why_not(self, carried: Carried, network_ids: tuple[int, ...], one: _One) -> str:
        if is_letter(carried, self._routes):
            return ""
        if one.wishes.get(carried.schedule.wanted.occasion, Wish()).stopped_at is not None:
            return STOPPED
        occasion = self._routes.occasions.get(carried.schedule.wanted.occasion)
        is_for_no_role = occasion is not None and occasion.role is None
        return "" if network_ids or (is_for_no_role and one.claimed.recipient.person.roles) else LEFT


def is_letter(carried: Carried, routes: Routes) -> bool:
    """True if a person sent it, and no schedule."""
    occasion = routes.occasions.get(carried.schedule.wanted.occasion)
    return occasion is not None and occasion.is_letter


def last_on(claimed: Claimed, carried: Carried, zone: ZoneInfo) -> date:
    """The last day of the part's window, on the person's clock.

    What was put off, repeated or sent again was due after the window of its day: its own begins then.
    """
    window = timedelta(days=carried.schedule.wanted.window_days)
    due_on = claimed.delivery.due_at.astimezone(zone).date()
    return carried.on + window if due_on <= carried.on + window else due_on + window


def _nothing(one: _One) -> Drop:
    """Why there is nothing to say: the reason that most of its parts share, missed before all others."""
    reasons = [part.left_out for part in one.parts]
    if PAST in reasons:
        return Drop(PAST, missed=True)
    return Drop(max(reasons, key=reasons.count, default=ANSWERED))


def _moved(one: _One, why: str, now: datetime) -> Drop | Later:
    """To the next good time in the widest window of its parts, where they may move at all."""
    moving = [part.carried for part in one.live() if part.carried.schedule.wanted.moves or part.carried.turn]
    if not moving:
        return Drop(why)
    until_on = max(last_on(one.claimed, each, one.zone) for each in moving)
    at = moving[0].schedule.wanted.at
    due_at = good_times.next_good(one.claimed.recipient.person, one.zone, now, at, until_on)
    return Drop(why) if due_at is None else Later(due_at)


def _draw_items(ones: Sequence[_One], desk: Desk, routes: Routes) -> None:
    """Ask each occasion once for the lines of everyone; a message without any is dropped."""
    asked: dict[str, dict[int, Asked]] = {}
    for one in ones:
        for part in one.live():
            of_occasion = asked.setdefault(part.carried.schedule.wanted.occasion, {})
            person = one.claimed.recipient.person
            of_occasion[person.id] = _asked(one, part, of_occasion.get(person.id))
    lines = {name: routes.occasions[name].draw(list(people.values()), desk) for name, people in asked.items()}
    for one in ones:
        _take(one, lines)
        if not one.live():
            one.outcome = _nothing(one)


def _asked(one: _One, part: _Part, before: Asked | None) -> Asked:
    """Who is asked about what; two networks' schedules of one occasion are asked as one."""
    ids = {*part.network_ids, *(before.network_ids if before else ())}
    on = max(part.carried.on, before.on) if before else part.carried.on
    is_again = part.is_again and (before is None or before.again)
    return Asked(one.claimed.recipient.person, tuple(sorted(ids)), on, is_again)


def _take(one: _One, lines: Mapping[str, Mapping[int, Sequence[Item]]]) -> None:
    """Give the first part of each occasion its lines; the others of that occasion go with it."""
    taken: set[str] = set()
    for part in one.live():
        occasion = part.carried.schedule.wanted.occasion
        items = tuple(lines[occasion].get(one.claimed.recipient.person.id, ()))
        part.items = () if occasion in taken else items
        part.left_out = "" if items else ANSWERED
        taken.add(occasion)


def _drop_left_out(ones: Iterable[_One], desk: Desk) -> None:
    """Of each message that goes out, the carried parts that have no line in it."""
    by_reason: dict[str, list[int]] = {}
    for one in ones:
        for part in one.parts:
            if one.outcome is None and part.left_out and part.carried.delivery_id != one.claimed.delivery.id:
                by_reason.setdefault(part.left_out, []).append(part.carried.delivery_id)
    for why, ids in by_reason.items():
        desk.store.deliveries.drop(ids, why)


def _message(one: _One, routes: Routes) -> Message:
    # Of two lines that one button answers, as a co-ordinator's who is a member too, the first stands.
    items: dict[Button | str, Item] = {}
    for item in chain.from_iterable(part.items for part in one.live()):
        items.setdefault(item.button or item.text, item)
    own = one.claimed.delivery.id
    stays = [part for part in one.parts if not part.left_out or part.carried.delivery_id == own]
    wishes = {each.carried.schedule.wanted.occasion: Wish() for each in stays} | dict(one.wishes)
    unasked = [each for each in stays if not is_letter(each.carried, routes)]
    names = list(dict.fromkeys(each.carried.schedule.wanted.occasion for each in unasked))
    live = list(dict.fromkeys(part.carried.schedule.wanted.occasion for part in one.live()))
    halved = [name for name in live if wishes[name].halved]
    return views.nudge(
        one.claimed.recipient.person.name,
        own,
        sorted(items.values(), key=lambda item: not (item.button and item.button.primary)),
        rarer="".join(str(rules.rarer(wishes[name].every)) for name in names),
        is_again=one.is_again,
        was_put_off=bool(names) and one.claimed.delivery.turn > 0 and not one.claimed.delivery.unasked,
        halved=() if one.is_again else [(name, routes.occasions[name].title) for name in halved],
        is_all_halved=halved == live,
    )
