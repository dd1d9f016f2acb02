"""Puts reviews that have ended, and plans, straight into the store, for tests that look at what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.plan.months import usual_points
from prompts.review import review_bank
from storage.plan_records import NewItem
from storage.records import Audience
from storage.review_records import Point
from storage.unit import Store


def reviewed(
    store: Store,
    network_id: int,
    people: Sequence[int],
    answers: Mapping[str, str],
    audience: Audience | None,
    at: datetime,
    *,
    levels: str = "3",
    points: Sequence[Point] = (),
) -> int:
    """A review of these people, who all answered alike, that ended at that time; `levels`: every level of today."""
    first, *others = people
    review_id = store.reviews.begin(network_id, first, at)
    assert review_id is not None
    everything = {one.now_key: levels for one in review_bank().statements} | dict(answers)
    for one in others:
        store.reviews.invite(review_id, one, at)
    for one in people:
        assert store.reviews.keep(review_id, one, everything, at)
        assert store.reviews.finish(review_id, one, at)
    assert store.reviews.begin_joint(review_id, first, at)
    assert store.reviews.keep_points(review_id, points)
    assert store.reviews.end(review_id, at)
    store.reviews.set_audience(review_id, audience)
    return review_id


def planned(
    store: Store,
    network_id: int,
    by_id: int,
    began_on: date,
    at: datetime,
    items: Mapping[str, date],
    audience: Audience = Audience.NETWORK,
) -> tuple[int, list[int]]:
    """A plan with items of these titles and months that are no objectives; its id, and theirs."""
    plan_id = store.plans.make(network_id, None, began_on, audience, by_id, at, usual_points(began_on))
    new = (
        NewItem("", title, "", "", month_on, by_id, "the rota is out", "ring the ward")
        for title, month_on in items.items()
    )
    return plan_id, [store.plans.add_item(plan_id, one) for one in new]
