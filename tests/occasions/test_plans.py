"""What a network's plan brings by itself: to its co-ordinator in the weekly message, to its leader before it is looked
at; never more than one may read, and many at once in few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import event

from bench.eighteen_months_text import message_text
from bench.plans import planned
from bench.simulation import Simulation, newcomer
from handlers import find_routes
from handlers.kit.occasions import Asked, Desk
from storage.goal_records import GoalWords
from storage.records import Audience, Role, RoleHeld
from storage.unit import Store, Units, open_units

ROUTES = find_routes()
BEGIN = datetime(2027, 1, 9, 12, tzinfo=UTC)
MONDAY = date(2027, 1, 11)
MARCH, MAY = date(2027, 3, 1), date(2027, 5, 1)
FEW = 9


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as opened:
        yield opened


def _people(store: Store) -> dict[str, int]:
    """A network with one person in each role."""
    store.networks.keep_programme("Plans", "Europe/London")
    network_id = store.networks.add("n", "Open Door", "", None, None)
    held = {"bea": Role.COORDINATOR, "cal": Role.LEADER, "ann": Role.MEMBER}
    ids = {name: newcomer(store, name, time_zone="Europe/London").id for name in held}
    for name, role in held.items():
        store.people.add_role(ids[name], RoleHeld(role, network_id))
    return ids


def _lines(store: Store, name: str, person_id: int, on: date) -> list[str]:
    person = store.people.by_id(person_id)
    assert person is not None
    desk = Desk(store, BEGIN, store.networks.programme(), ROUTES)
    drawn = ROUTES.occasions[name].draw([Asked(person, person.network_ids, on)], desk)
    return [one.text for one in drawn.get(person_id, ())]


async def test_the_plan_comes_with_the_weekly_message_and_brings_no_message_of_its_own(units: Units) -> None:
    def fill(store: Store) -> dict[str, int]:
        ids = _people(store)
        planned(store, 1, ids["bea"], MONDAY, BEGIN, {"Two workshops": MARCH, "A leaflet": MAY, "A visit": MAY})
        return ids

    ids = units.run(fill).result()
    simulation = Simulation(units, ROUTES, BEGIN)
    sent = await simulation.run(BEGIN + timedelta(weeks=20))
    await simulation.stop()
    weeks = Counter((who, at.date() - timedelta(days=at.weekday())) for who, at in sent)
    assert set(weeks.values()) == {1}
    texts = [(one.at.date(), int(one.user), message_text(one.message)) for one in simulation.platform.shown]
    of_plan = [(on, who, text) for on, who, text in texts if "in the plan of" in text or "review point" in text]
    first = next((on, text) for on, who, text in of_plan if who == ids["bea"])
    assert first[0] == MONDAY
    assert "Next in the plan of Open Door, in March 2027: “Two workshops”. bea looks after it." in first[1]
    assert "check-in" in first[1], "it stands beside what comes each week anyway"
    told = [on for on, who, text in of_plan if who == ids["bea"] and "Two workshops" in text]
    assert told[1] >= MARCH
    assert all(later - earlier >= timedelta(weeks=4) for earlier, later in pairwise(told[1:]))
    points = [on for on, who, text in of_plan if who == ids["cal"] and "review point of month 3" in text]
    assert points[0] in (date(2027, 3, 29), date(2027, 3, 30)), "Easter Monday is a bank holiday"
    assert not [text for _, who, text in of_plan if who == ids["ann"]]


def test_nobody_hears_of_a_plan_or_an_objective_that_is_not_for_them(units: Units) -> None:
    def look(store: Store) -> None:
        ids = _people(store)
        words = GoalWords("Only for those who co-ordinate")
        goal_id = store.goals.add(
            words, ids["bea"], BEGIN, network_id=1, audience=Audience.ONLY_ME, is_personal=False, is_objective=True
        )
        plan_id, (first, _) = planned(store, 1, ids["bea"], MONDAY, BEGIN, {"One": MARCH, "Two": MAY})
        assert "“One”" in _lines(store, "plan.next", ids["bea"], MONDAY)[0]
        store.plans.set_objective(first, goal_id)
        (line,) = _lines(store, "plan.next", ids["bea"], MONDAY + timedelta(weeks=1))
        assert "“Two”" in line
        assert len(_lines(store, "plan.points", ids["cal"], date(2027, 4, 5))) == 1
        store.plans.set_audience(plan_id, Audience.COORDINATOR)
        assert _lines(store, "plan.points", ids["cal"], date(2027, 4, 5)) == []
        assert _lines(store, "plan.next", ids["bea"], date(2027, 5, 3)) != []

    units.run(look).result()


def test_a_plan_that_another_took_the_place_of_is_told_no_more(units: Units) -> None:
    def look(store: Store) -> None:
        ids = _people(store)
        planned(store, 1, ids["bea"], MONDAY, BEGIN, {"One": MARCH})
        planned(store, 1, ids["bea"], date(2027, 3, 8), BEGIN, {"Another": MAY})
        (line,) = _lines(store, "plan.next", ids["bea"], date(2027, 3, 15))
        assert "“Another”" in line
        assert _lines(store, "plan.points", ids["cal"], date(2027, 4, 5)) == []

    units.run(look).result()


@pytest.mark.parametrize(("name", "role"), [("plan.next", Role.COORDINATOR), ("plan.points", Role.LEADER)])
def test_thirty_plans_take_a_few_statements(units: Units, name: str, role: Role) -> None:
    statements: list[str] = []

    def draw(store: Store) -> int:
        asked = [_with_a_plan(store, role, number) for number in range(30)]
        desk = Desk(store, BEGIN, store.networks.programme(), ROUTES)
        event.listen(store._connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        return len(ROUTES.occasions[name].draw(asked, desk))

    assert units.run(draw).result() == 30
    assert len(statements) <= FEW


def _with_a_plan(store: Store, role: Role, number: int) -> Asked:
    network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
    person_id = store.people.add(f"Person {number}")
    store.people.add_role(person_id, RoleHeld(role, network_id))
    planned(store, network_id, person_id, MONDAY, BEGIN, {"One": MARCH})
    person = store.people.by_id(person_id)
    assert person is not None
    return Asked(person, (network_id,), date(2027, 4, 5))
