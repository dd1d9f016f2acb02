"""What plans tell for updates and digests: as they stood when the period ended, to their audience and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from bench.plans import planned
from handlers import find_routes
from handlers.digests import rules
from handlers.digests.periods import Period
from handlers.digests.rules import Waiting
from handlers.kit.facts import Asked, Fact, Section
from storage.goal_records import GoalState, GoalWords
from storage.records import Audience, Network, Programme, Role, RoleHeld
from storage.unit import Store, Units, open_units

LONDON = Programme("A programme", "Europe/London")
BEGAN = date(2027, 1, 11)
AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
MARCH, MAY = date(2027, 3, 1), date(2027, 5, 1)
FIRST_ON = date(2027, 4, 1)
FEW = 4


@dataclass
class Desk:
    """A network, its co-ordinator, and a plan of two things that is shared with the faculty."""

    store: Store
    network: Network
    bea: int
    plan: int
    items: list[int]

    def told(
        self, last_on: date = date(2027, 6, 30), audience: Audience = Audience.FACULTY, first_on: date = FIRST_ON
    ) -> dict[str, Fact]:
        """The plan's facts, by their keys without the plan's own part."""
        asked = Asked((self.network,), first_on, last_on, audience, LONDON)
        found = find_routes().facts(asked, self.store)
        return {one.key.removeprefix("plan:"): one for one in found if one.key.startswith("plan:")}

    def objective(self, place: int, audience: Audience = Audience.FACULTY) -> int:
        """Make an objective of that thing of the plan."""
        words = GoalWords(f"Objective {place}", due_on=date(2027, 3, 31))
        goal_id = self.store.goals.add(
            words, self.bea, AT, network_id=self.network.id, audience=audience, is_personal=False, is_objective=True
        )
        self.store.plans.set_objective(self.items[place], goal_id)
        return goal_id


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as opened:
        yield opened


def _desk(store: Store, number: int = 0) -> Desk:
    network_id = store.networks.add(f"n{number}", f"Network {number}", "", BEGAN, None)
    bea = store.people.add("Bea")
    store.people.add_role(bea, RoleHeld(Role.COORDINATOR, network_id))
    network = store.networks.by_id(network_id)
    assert network is not None
    plan, items = planned(store, network_id, bea, BEGAN, AT, {"One": MARCH, "Two": MAY}, Audience.FACULTY)
    return Desk(store, network, bea, plan, items)


def test_it_says_where_the_plan_was_and_what_waited_when_the_period_ended(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        goal = desk.objective(0)
        store.goals.set_state(goal, GoalState.ACHIEVED, datetime(2027, 6, 7, 9, tzinfo=UTC))
        then = desk.told(date(2027, 5, 31))
        assert then["1:stands"].text == "Month 5 of 18: making it work. 0 of 2 items in the plan are done."
        waits = then["1-slipped:waits"]
        assert waits.text == "1 item in the plan is past its month since 1 April 2027."
        assert (waits.since, waits.sums_up) == (date(2027, 4, 1), (f"goals:{goal}",))
        assert then["1-unheld:waits"].since == date(2027, 4, 11)
        now = desk.told()
        assert now["1:stands"].text == "Month 6 of 18: making it work. 1 of 2 items in the plan is done."
        assert now["1-slipped:waits"].since == date(2027, 6, 1)
        assert {one.section for one in now.values()} == {Section.GOALS}
        assert all(one.opens and (one.opens.action, one.opens.argument) == ("plan.show", "1") for one in now.values())

    units.run(look).result()


def test_a_review_point_is_told_in_the_period_in_which_it_was_held_or_moved_away(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        store.plans.move_point(desk.plan, 3, date(2027, 5, 10))
        assert desk.told()["1-point-3:moved"].text == (
            "The review point of month 3 of the plan was moved from 11 April 2027 to 10 May 2027."
        )
        store.plans.hold_point(desk.plan, 3, date(2027, 5, 12), "We go on & meet more.")
        told = desk.told()
        assert "1-point-3:moved" not in told
        assert told["1-point-3:held"].on == date(2027, 5, 12)
        assert told["1-point-3:held"].text == (
            "The network held the review point of month 3 of its plan. They noted: “We go on & meet more.”"
        )
        assert "1-point-3:held" not in desk.told(first_on=date(2027, 6, 1))
        assert "1-point-3:held" not in desk.told(last_on=date(2027, 5, 11))

    units.run(look).result()


def test_the_end_is_told_in_three_parts_and_goes_with_who_wrote_it(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        store.plans.finish(desk.plan, "Clinics are open", "The rota", "", desk.bea, datetime(2027, 6, 28, tzinfo=UTC))
        told = desk.told()
        assert {key: (one.section, one.text, one.by) for key, one in told.items()} == {
            "1-end:changed": (Section.PRACTICE, "What changed by the plan: “Clinics are open”", "Bea"),
            "1-end:lasts": (Section.NEXT, "What lasts after the plan: “The rota”", "Bea"),
        }
        assert "1:stands" in desk.told(last_on=date(2027, 5, 31)), "it went on then"

    units.run(look).result()


def test_a_plan_that_another_took_the_place_of_still_tells_of_its_own_time(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        before = desk.told(date(2027, 4, 30))
        planned(store, 1, desk.bea, BEGAN, datetime(2027, 5, 10, tzinfo=UTC), {"New": MAY}, Audience.FACULTY)
        assert desk.told(date(2027, 4, 30)) == before
        assert {key.partition(":")[0].partition("-")[0] for key in desk.told()} == {"2"}

    units.run(look).result()


@pytest.mark.parametrize("plan_for", [Audience.LEADERS, Audience.NETWORK, Audience.FACULTY])
@pytest.mark.parametrize("asked_for", [Audience.NETWORK, Audience.FACULTY, Audience.FUNDER])
def test_nobody_is_told_of_a_plan_that_is_not_for_them(units: Units, plan_for: Audience, asked_for: Audience) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        store.plans.set_audience(desk.plan, plan_for)
        told = desk.told(audience=asked_for)
        assert bool(told) is (plan_for >= asked_for)
        assert all(one.audience >= asked_for for one in told.values())

    units.run(look).result()


def test_an_objective_that_is_not_for_them_is_not_counted(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        desk.objective(0, Audience.LEADERS)
        told = desk.told()
        assert "0 of 1 item in the plan" in told["1:stands"].text
        assert told["1-slipped:waits"].since == date(2027, 6, 1)

    units.run(look).result()


def test_the_digest_tells_what_slipped_once_and_with_its_plan(units: Units) -> None:
    def look(store: Store) -> None:
        desk = _desk(store)
        goal = desk.objective(0)
        asked = Asked((desk.network,), FIRST_ON, date(2027, 6, 30), Audience.FACULTY, LONDON)
        facts = find_routes().facts(asked, store)
        period = Period(FIRST_ON, asked.last_on)
        (need,) = rules.digest(period, [desk.network], facts, [], asked.last_on).needs
        assert need.kind is Waiting.PLAN
        assert [one.key for one in need.facts] == [
            "plan:1-slipped:waits",
            "plan:1-unheld:waits",
            f"goals:{goal}:slipped",
        ]

    units.run(look).result()


def test_many_networks_take_a_few_statements(units: Units) -> None:
    statements: list[str] = []

    def look(store: Store) -> int:
        networks = tuple(_desk(store, number).network for number in range(30))
        event.listen(store._connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        feature = next(one for one in find_routes().features if one.name == "plan")
        asked = Asked(networks, FIRST_ON, date(2027, 6, 30), Audience.FACULTY, LONDON)
        return len({fact.network_id for collect in feature.collects for fact in collect(asked, store)})

    assert units.run(look).result() == 30
    assert len(statements) <= FEW
