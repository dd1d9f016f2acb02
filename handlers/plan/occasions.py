"""What plans bring to people by themselves: to co-ordinators what comes next, to leaders when the plan is looked at."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from handlers.kit.occasions import Asked, Desk, Item
from handlers.plan import weekly
from handlers.plan.feature import feature
from storage.plan_records import Plan
from storage.records import Audience, Network, Role

REMEMBERED = timedelta(days=800)
"""How far back a line looks at what was told: longer than any plan."""


@feature.occasion("next", title="what is next in the plan", role=Role.COORDINATOR, cadence="w1:0", answerable=False)
def tell_next(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """For each network at most one line: what is next in its plan, or what has slipped; none where nothing is new."""
    networks, plans = _plans(asked, Audience.COORDINATOR, desk)
    if not plans:
        return {}
    first_on = min(one.on for one in asked)
    told = desk.store.plans.told([one.person.id for one in asked], first_on - REMEMBERED)
    found: dict[int, list[Item]] = {}
    new: list[tuple[int, int, date]] = []
    for one in asked:
        before = told.get(one.person.id, {})
        for plan in _of(one, plans):
            if item := weekly.to_tell(plan, before, one.on):
                found.setdefault(one.person.id, []).append(weekly.item_line(networks[plan.network_id], item, one.on))
                new += [(one.person.id, item.id, one.on)] if before.get(item.id) != one.on else []
    if new:
        desk.store.plans.tell(new)
    return found


@feature.occasion("points", title="review points of the plan", role=Role.LEADER, cadence="w1:0", answerable=False)
def tell_points(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """For each network a line on the review point that is near, or that has passed and was not held."""
    networks, plans = _plans(asked, Audience.LEADERS, desk)
    found: dict[int, list[Item]] = {}
    for one in asked:
        for plan in _of(one, plans):
            if point := weekly.point_to_tell(plan, one.on):
                found.setdefault(one.person.id, []).append(weekly.point_line(networks[plan.network_id], point, one.on))
    return found


def _plans(asked: Sequence[Asked], tier: Audience, desk: Desk) -> tuple[dict[int, Network], Mapping[int, Plan]]:
    """The networks that have a plan, and the plans, as whoever holds that role there may read them."""
    wanted = tuple(sorted({network_id for one in asked for network_id in one.network_ids}))
    plans = desk.store.plans.for_networks(wanted, tier) if wanted else {}
    return {one.id: one for one in desk.store.networks.by_ids(tuple(plans))} if plans else {}, plans


def _of(one: Asked, plans: Mapping[int, Plan]) -> Iterable[Plan]:
    return (plans[network_id] for network_id in one.network_ids if network_id in plans)
