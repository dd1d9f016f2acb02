"""Finds what comes to a person unasked: which schedules count for them, and when the next message comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum

from handlers.kit.context import Context
from handlers.kit.occasions import Occasion
from handlers.kit.text import week_of
from handlers.nudges import rules, whose
from storage.records import Network
from storage.scheduled import Schedule, Wanted, Wish


class Again(Enum):
    """Whether a message comes for the first time, as the reminder, or because it was put off."""

    NO = "no"
    REMINDER = "reminder"
    PUT_OFF = "put off"


@dataclass(frozen=True, slots=True)
class Coming:
    """One occasion of a person: its schedules that count for them, and when it comes next, on their own clock.

    `again`: what is planned next was sent before: it is the reminder, or what the person put off.
    """

    occasion: Occasion
    schedules: tuple[Schedule, ...]
    networks: tuple[Network, ...]
    wish: Wish
    next_at: datetime | None
    again: Again = Again.NO

    @property
    def own(self) -> Schedule | None:
        """The person's own schedule, where they set one."""
        return next((one for one in self.schedules if one.wanted.person_id is not None), None)


def to_me(context: Context, only: Sequence[Occasion] | None = None) -> list[Coming]:
    """All that comes to the person, in a steady order; with `only`, those."""
    occasions = [one for one in only or context.routes.occasions.values() if whose.is_for(one, context)]
    wishes = context.store.wishes.of(context.person.id)
    standing = [*context.store.schedules.of_person(context.person.id), *context.store.schedules.of_programme()]
    for network_id in context.person.network_ids:
        standing += context.store.schedules.of_network(network_id)
    networks = context.store.networks.by_ids(context.person.network_ids)
    found = []
    for one in sorted(occasions, key=lambda each: each.name):
        mine = [network for network in networks if context.person.holds(one.role, network.id)]
        schedules = _that_count(one, [each for each in standing if each.wanted.occasion == one.name], mine, context)
        wish = wishes.get(one.name, Wish())
        found.append(Coming(one, schedules, tuple(mine), wish, *_next(one, schedules, wish, context)))
    return found


def default(occasion: Occasion, context: Context) -> Schedule:
    """The programme's way before planning has written it down."""
    from_on = week_of(context.now.date())
    wanted = Wanted(occasion.name, occasion.cadence, time.fromisoformat(occasion.at), from_on)
    return Schedule(0, wanted, None, context.now, None, context.now)


def _that_count(
    occasion: Occasion, standing: Sequence[Schedule], mine: Sequence[Network], context: Context
) -> tuple[Schedule, ...]:
    """The more specific setting wins: the person's, else each network's, else the programme's."""
    personal = [one for one in standing if one.wanted.person_id is not None]
    if personal:
        return tuple(personal)
    ids = [one.id for one in mine]
    of_networks = [one for one in standing if one.wanted.network_id in ids]
    covered = {one.wanted.network_id for one in of_networks}
    if all(one in covered for one in ids):
        return tuple(of_networks)
    of_programme = [one for one in standing if one.wanted.network_id is None]
    return (*of_networks, *(of_programme or [default(occasion, context)]))


def _next(
    occasion: Occasion, schedules: Sequence[Schedule], wish: Wish, context: Context
) -> tuple[datetime | None, Again]:
    if wish.stopped_at is not None:
        return None, Again.NO
    store, person = context.store, context.person
    if planned := store.deliveries.planned_of(person.id, [occasion.name]):
        first = min(planned, key=lambda one: one.due_at)
        again = Again.NO if not first.turn else Again.REMINDER if first.unasked else Again.PUT_OFF
        return first.due_at.astimezone(context.zone), again
    ids = [one.id for one in schedules]
    last, had = store.schedules.last_number(ids), store.deliveries.last_had([person.id], ids)
    found = (
        rules.next_for(
            one, last.get(one.id, -1), had.get((one.id, person.id)), wish.every, person, context.programme, context.now
        )
        for one in schedules
    )
    due = [one for one in found if one is not None]
    return (min(due).astimezone(context.zone) if due else None), Again.NO
