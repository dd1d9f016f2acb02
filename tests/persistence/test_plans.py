"""What is kept of development plans: one at a time, the old ones beside it, and what goes with a person."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial

import pytest

from bench.reviews import AT, LATER, Folk, ended, gathered
from storage.goal_records import GoalReader
from storage.plan_records import POINTS, NewItem, Plan, PlanEnd, PlanPoint, PlanState
from storage.records import Audience, Role, RoleHeld
from storage.store import Store
from storage.unit import open_units

ON, MOVED, HELD = date(2027, 1, 1), date(2027, 4, 20), date(2027, 4, 21)
DAYS = {month: date(2027 + (month > 11), 1 + month % 12, 1) for month in POINTS}
ROUNDS = 6


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: gathered(store, units)).result()


def _made(store: Store, folk: Folk, why: str = "", review_id: int | None = None) -> int:
    return store.plans.make(folk.network, review_id, ON, Audience.NETWORK, folk.bea, AT, DAYS, why)


def _item(title: str, month: int, owner_id: int) -> NewItem:
    return NewItem("", title, "", "they want it", date(2027, month, 1), owner_id, "it is May", "I ring")


def _read(store: Store, folk: Folk, plan_id: int) -> Plan:
    plan = store.plans.by_id(plan_id, GoalReader(folk.ann, ((folk.network, Audience.NETWORK),)))
    assert plan is not None
    return plan


def test_a_new_plan_takes_the_place_of_the_one_before_which_stays_to_be_read(folk: Folk) -> None:
    def look(store: Store) -> None:
        review_id = ended(store, folk, folk.bea, folk.cal)
        first = _made(store, folk, review_id=review_id)
        second = _made(store, folk, "Half of us have left")
        reader = GoalReader(folk.ann, ((folk.network, Audience.NETWORK),))
        new, old = store.plans.all_of(folk.network, reader)
        assert (old.id, old.number, old.state, old.closed_at, old.review_id) == (
            first, 1, PlanState.REPLACED, AT, review_id,
        )  # fmt: skip
        assert (new.id, new.number, new.state, new.closed_at, new.why) == (
            second, 2, PlanState.CURRENT, None, "Half of us have left",
        )  # fmt: skip
        assert store.plans.current(folk.network, reader) == new
        assert (new.made_by_id, new.made_at, new.began_on, new.audience) == (folk.bea, AT, ON, Audience.NETWORK)
        assert new.points == tuple(PlanPoint(second, month, on, on) for month, on in DAYS.items())

    folk.look(look)


def test_items_stand_in_the_order_of_their_months_and_every_change_counts_up_the_version(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id, plans = _made(store, folk), store.plans
        versions = [_read(store, folk, plan_id).version]
        later = plans.add_item(plan_id, _item("Later", 9, folk.ann))
        versions.append(_read(store, folk, plan_id).version)
        sooner = plans.add_item(plan_id, _item("Sooner", 2, folk.bea))
        changes: list[Callable[[], None]] = [
            lambda: plans.leave_item(later, HELD),
            lambda: plans.change_item(
                sooner, title="Soon", dimension="critical mass", month_on=MOVED.replace(day=1), owner_id=folk.ann,
                step_when="x", step_then="y",
            ),
            lambda: plans.move_point(plan_id, 3, MOVED),
            lambda: plans.hold_point(plan_id, 3, HELD, "We go on"),
            lambda: plans.set_audience(plan_id, Audience.FACULTY),
        ]  # fmt: skip
        for change in changes:
            change()
            versions.append(_read(store, folk, plan_id).version)
        assert versions == [1, 2, 4, 5, 6, 7, 8]
        plan = _read(store, folk, plan_id)
        assert [(one.title, one.place, one.left_on) for one in plan.items] == [("Soon", 2, None), ("Later", 1, HELD)]
        assert (plan.items[0].owner_name, plan.items[0].dimension, plan.items[0].why) == (
            "Ann", "critical mass", "they want it",
        )  # fmt: skip
        assert plan.points[0] == PlanPoint(plan_id, 3, DAYS[3], MOVED, HELD, "We go on")
        assert plan.audience is Audience.FACULTY
        plans.put_back(later)
        assert _read(store, folk, plan_id).items[1].left_on is None

    folk.look(look)


def test_a_plan_ends_once_and_its_end_is_read_like_the_plan(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id = _made(store, folk)
        assert store.plans.ended_of([folk.network], Audience.NETWORK) == {}
        assert store.plans.finish(plan_id, "This", "That", "Much", folk.cal, LATER)
        assert not store.plans.finish(plan_id, "x", "y", "z", folk.cal, LATER)
        plan = _read(store, folk, plan_id)
        assert (plan.state, plan.closed_at) == (PlanState.ENDED, LATER)
        assert plan.end == PlanEnd("This", "That", "Much", folk.cal, "Cal", LATER)
        assert store.plans.ended_of([folk.network], Audience.NETWORK) == {folk.network: [plan]}
        assert store.plans.ended_of([folk.network], Audience.FACULTY) == {}
        assert store.plans.for_networks([folk.network], Audience.NETWORK) == {}
        again = _made(store, folk)
        assert _read(store, folk, plan_id).state is PlanState.ENDED, "it was not replaced"
        assert not store.plans.finish(plan_id, "x", "y", "z", folk.cal, LATER)
        assert _read(store, folk, again).number == 2

    folk.look(look)


def test_whom_what_was_told_last_is_kept(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id, plans = _made(store, folk), store.plans
        one, two = (plans.add_item(plan_id, _item(title, 3, folk.ann)) for title in ("One", "Two"))
        plans.tell([(folk.ann, one, ON), (folk.ann, two, ON), (folk.ben, one, HELD)])
        plans.tell([(folk.ann, one, HELD)])
        plans.tell([])
        people = [folk.ann, folk.ben, folk.cal]
        assert plans.told(people, ON) == {folk.ann: {one: HELD, two: ON}, folk.ben: {one: HELD}}
        assert plans.told(people, MOVED) == {folk.ann: {one: HELD}, folk.ben: {one: HELD}}
        plans.erase_person(folk.ann)
        assert plans.told(people, ON) == {folk.ben: {one: HELD}}

    folk.look(look)


def test_an_export_holds_what_is_ones_own_and_an_erasure_takes_the_name_alone(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id, plans = _made(store, folk, "We want more"), store.plans
        plans.add_item(plan_id, _item("Ann's", 3, folk.ann))
        plans.add_item(plan_id, _item("Bea's", 4, folk.bea))
        plans.finish(plan_id, "This", "That", "Much", folk.cal, LATER)
        ((beas,), (cals,), (anns,), none) = (plans.kept_of(one) for one in folk.four)
        assert (beas.made_at, beas.why, beas.looks_after, beas.end) == (
            AT, "We want more", (("Bea's", date(2027, 4, 1)),), None,
        )  # fmt: skip
        assert (anns.made_at, anns.why, anns.looks_after) == (None, "", (("Ann's", date(2027, 3, 1)),))
        assert (cals.looks_after, cals.end) == ((), PlanEnd("This", "That", "Much", folk.cal, "Cal", LATER))
        assert none == []
        store.people.remove_role(folk.ann, RoleHeld(Role.MEMBER, folk.network))
        assert plans.kept_of(folk.ann) == [], "who has left reads no more what others wrote there"
        store.people.add_role(folk.ann, RoleHeld(Role.MEMBER, folk.network))
        for person_id in folk.four[:3]:
            plans.erase_person(person_id)
        plan = _read(store, folk, plan_id)
        assert (plan.made_by_id, plan.why, plan.items[0].owner_id, plan.items[0].title) == (
            None, "We want more", None, "Ann's",
        )  # fmt: skip
        assert plan.end == PlanEnd("This", "That", "Much", None, "", LATER)
        assert [plans.kept_of(one) for one in folk.four] == [[], [], [], []]

    folk.look(look)


def test_of_two_plans_that_are_made_at_once_one_is_the_networks_and_the_other_stays_to_be_read(folk: Folk) -> None:
    is_sqlite = folk.look(lambda store: store._connection.dialect.name == "sqlite")
    for number in range(ROUNDS):
        ready = threading.Barrier(1 if is_sqlite else 2)

        def make(store: Store, ready: threading.Barrier = ready) -> int:
            ready.wait(5)
            return _made(store, folk)

        both = sorted(future.result() for future in [folk.units.run(make), folk.units.run(make)])
        plans = folk.look(partial(_all, folk))
        assert [one.number for one in plans] == list(range(2 * number + 2, 0, -1))
        assert {one.id for one in plans[:2]} == set(both)
        assert [one.state for one in plans if one.state is not PlanState.REPLACED] == [PlanState.CURRENT]


def _all(folk: Folk, store: Store) -> list[Plan]:
    return store.plans.all_of(folk.network, GoalReader(folk.ann, ((folk.network, Audience.NETWORK),)))
