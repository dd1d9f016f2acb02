"""Who may read a plan, and what of it, is one clause: for every audience, every tier and every kind of objective."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import product

import pytest
from sqlalchemy import select

from bench.reviews import AT, LATER, Folk, counted, gathered
from storage.goal_records import GoalReader, GoalState, GoalWords
from storage.plan_records import POINTS, NewItem, Plan, PlanItem
from storage.plan_tables import items
from storage.records import Audience, Role, RoleHeld
from storage.store import Store
from storage.unit import open_units

ON = date(2027, 1, 1)
TIERS = [tier for tier in Audience if tier is not Audience.ONLY_ME]


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: gathered(store, units)).result()


def _made(store: Store, folk: Folk, audience: Audience, network_id: int | None = None) -> int:
    return store.plans.make(
        network_id or folk.network, None, ON, audience, folk.bea, AT, {month: ON for month in POINTS}
    )


def _reader(folk: Folk, tier: Audience, person_id: int | None = None) -> GoalReader:
    return GoalReader(person_id or folk.ben, ((folk.network, tier),))


def _item(owner_id: int, title: str = "Own words", month: int = 3) -> NewItem:
    return NewItem("visit", title, "critical mass", "since it is weak", date(2027, month, 1), owner_id, "then", "do")


def _objective(store: Store, folk: Folk, plan_id: int, audience: Audience, *, is_personal: bool = False) -> int:
    """An item that has become an objective of this audience, which Cal looks after."""
    words = GoalWords("What the goal says", step_when="when", step_then="go")
    goal_id = store.goals.add(
        words, folk.cal, AT, network_id=folk.network, audience=audience, is_personal=is_personal, is_objective=True
    )
    store.plans.set_objective(store.plans.add_item(plan_id, _item(folk.bea)), goal_id)
    return goal_id


def _only(plan: Plan | None) -> PlanItem:
    assert plan is not None
    (item,) = plan.items
    return item


@pytest.mark.parametrize("audience", Audience)
def test_a_plan_is_read_by_those_in_its_network_whom_it_reaches_and_by_faculty_once_it_does(
    folk: Folk, audience: Audience
) -> None:
    def look(store: Store) -> None:
        plan_id = _made(store, folk, audience)

        def ways(reader: GoalReader) -> set[bool]:
            plans = store.plans
            return {
                plans.by_id(plan_id, reader) is not None,
                plans.current(folk.network, reader) is not None,
                bool(plans.all_of(folk.network, reader)),
            }

        for tier in TIERS:
            assert ways(_reader(folk, tier)) == {audience >= tier}
            assert ways(GoalReader(folk.kit, ((folk.network + 1, tier),))) == {False}
            assert bool(store.plans.for_networks([folk.network], tier)) is (audience >= tier)
            assert ways(GoalReader(folk.fay, (), tier)) == {audience >= tier}
        assert ways(GoalReader(folk.bea)) == {False}, "who made it has left the network"
        assert ways(_reader(folk, Audience.ONLY_ME)) == {audience > Audience.ONLY_ME}

    folk.look(look)


def test_an_item_whose_objective_is_not_for_the_reader_is_left_out_and_counted(folk: Folk) -> None:
    def look(store: Store) -> None:
        for audience, tier in product(Audience, TIERS):
            plan_id = _made(store, folk, Audience.FUNDER)
            store.plans.add_item(plan_id, _item(folk.bea))
            _objective(store, folk, plan_id, audience)
            reaches, wrong = audience >= tier, (audience, tier)
            seen = [
                store.plans.by_id(plan_id, _reader(folk, tier)),
                store.plans.current(folk.network, _reader(folk, tier)),
                store.plans.all_of(folk.network, _reader(folk, tier))[0],
                store.plans.for_networks([folk.network], tier)[folk.network],
            ]
            for plan in seen:
                assert plan is not None
                assert (len(plan.items), plan.hidden) == ((2, 0) if reaches else (1, 1)), wrong
                assert ("What the goal says" in repr(plan)) is reaches, wrong
            assert "What the goal says" in repr(store.plans.by_id(plan_id, _reader(folk, tier, folk.cal))), "it is hers"

    folk.look(look)


def test_a_goal_of_somebodys_own_of_another_network_or_erased_is_in_no_plan(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id = _made(store, folk, Audience.FUNDER)
        _objective(store, folk, plan_id, Audience.FUNDER, is_personal=True)
        elsewhere = store.goals.add(
            GoalWords("Elsewhere"), folk.kit, AT, network_id=folk.network + 1, audience=Audience.FUNDER,
            is_personal=False, is_objective=True,
        )  # fmt: skip
        store.plans.set_objective(store.plans.add_item(plan_id, _item(folk.bea)), elsewhere)
        gone = store.plans.add_item(plan_id, _item(folk.bea))
        store.plans.set_objective(gone, _objective(store, folk, plan_id, Audience.FUNDER, is_personal=True))
        readers = [_reader(folk, Audience.COORDINATOR, folk.cal), GoalReader(folk.kit, (), Audience.FACULTY)]
        readers.append(GoalReader(folk.kit, ((folk.network, Audience.LEADERS), (folk.network + 1, Audience.LEADERS))))
        for _ in range(2):
            for reader in readers:
                plan = store.plans.by_id(plan_id, reader)
                assert plan is not None
                assert (plan.items, plan.hidden) == ((), 4)
            store.goals.erase_person(folk.cal)
        store.plans.leave_item(gone, ON)
        plan = store.plans.by_id(plan_id, readers[0])
        assert plan is not None
        assert plan.hidden == 3, "what was taken out is not missed"

    folk.look(look)


def test_an_item_says_what_its_objective_says_and_keeps_no_other_words(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id = _made(store, folk, Audience.NETWORK)
        goal_id = _objective(store, folk, plan_id, Audience.NETWORK)
        item = _only(store.plans.by_id(plan_id, _reader(folk, Audience.NETWORK)))
        assert (item.title, item.step_when, item.step_then) == ("What the goal says", "when", "go")
        assert (item.owner_id, item.owner_name, item.objective_id) == (folk.cal, "Cal", goal_id)
        assert _words_kept(store) == {("", "", "")}
        store.plans.change_item(
            item.id, title="Not this", dimension="", month_on=date(2027, 5, 1), owner_id=folk.ann, step_when="not",
            step_then="this",
        )  # fmt: skip
        assert _words_kept(store) == {("", "", "")}
        store.goals.set_owner(goal_id, folk.ben)
        store.goals.set_state(goal_id, GoalState.ACHIEVED, LATER)
        store.goals.change(goal_id, GoalWords("Said anew"), None)
        item = _only(store.plans.for_networks([folk.network], Audience.NETWORK)[folk.network])
        assert (item.title, item.owner_name, item.state, item.closed_at) == (
            "Said anew", "Ben", GoalState.ACHIEVED, LATER,
        )  # fmt: skip
        assert (item.month_on, item.dimension, item.step_when) == (date(2027, 5, 1), "", "")

    folk.look(look)


def _words_kept(store: Store) -> set[tuple[str, str, str]]:
    kept = store._connection.execute(select(items.c.title, items.c.step_when, items.c.step_then))
    return {(row.title, row.step_when, row.step_then) for row in kept}


def test_who_looks_after_an_item_is_named_while_they_are_in_the_network(folk: Folk) -> None:
    def look(store: Store) -> None:
        plan_id = _made(store, folk, Audience.NETWORK)
        store.plans.add_item(plan_id, _item(folk.ann))
        reader, role = _reader(folk, Audience.NETWORK), RoleHeld(Role.MEMBER, folk.network)
        assert _only(store.plans.by_id(plan_id, reader)).owner_name == "Ann"
        store.people.remove_role(folk.ann, role)
        item = _only(store.plans.by_id(plan_id, reader))
        assert (item.owner_id, item.owner_name, item.title) == (None, "", "Own words")
        store.people.add_role(folk.ann, role)
        store.plans.erase_person(folk.ann)
        assert _only(store.plans.by_id(plan_id, reader)).owner_id is None

    folk.look(look)


def test_plans_of_many_networks_cost_no_more_statements_than_of_one(folk: Folk) -> None:
    def look(store: Store) -> None:
        networks = [store.networks.add(f"n{number}", "N", "", None, None) for number in range(12)]
        for network_id in networks:
            plan_id = _made(store, folk, Audience.FACULTY, network_id)
            store.plans.add_item(plan_id, _item(folk.bea))
        many, plans = counted(store, lambda: store.plans.for_networks(networks, Audience.FACULTY))
        assert sorted(plans) == networks
        assert all(len(plan.items) == 1 and len(plan.points) == 6 for plan in plans.values())
        assert many == counted(store, lambda: store.plans.for_networks(networks[:1], Audience.FACULTY))[0] == 4
        assert store.plans.for_networks([], Audience.FACULTY) == {}

    folk.look(look)


def test_words_reach_nobody_new_when_a_plan_is_widened(folk: Folk) -> None:
    def reads(store: Store, tier: Audience) -> tuple[str, str, bool]:
        plan = store.plans.all_of(folk.network, _reader(folk, tier))[0]
        at_tier = store.plans.of_networks([folk.network], tier, AT)[folk.network][-1]
        assert (at_tier.why, at_tier.points, at_tier.end) == (plan.why, plan.points, plan.end)
        return plan.why, plan.points[0].note, plan.end is not None

    def lives(store: Store) -> None:
        plan_id = store.plans.make(
            folk.network, None, ON, Audience.LEADERS, folk.bea, AT, {month: ON for month in POINTS}, "Half have left"
        )
        store.plans.hold_point(plan_id, 3, ON, "We are few")
        store.plans.set_audience(plan_id, Audience.FACULTY)
        assert reads(store, Audience.LEADERS) == ("Half have left", "We are few", False)
        assert reads(store, Audience.NETWORK) == reads(store, Audience.FACULTY) == ("", "", False)
        store.plans.hold_point(plan_id, 3, ON, "We are many")
        store.plans.set_audience(plan_id, Audience.NETWORK)
        store.plans.finish(plan_id, "This", "That", "Much", folk.cal, LATER)
        store.plans.set_audience(plan_id, Audience.FACULTY)
        assert reads(store, Audience.NETWORK) == ("", "We are many", True)
        assert reads(store, Audience.FACULTY) == ("", "We are many", False)

    folk.units.run(lives).result()
