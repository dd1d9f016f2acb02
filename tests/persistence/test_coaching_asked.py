"""The weekly coaching question as it is drawn: one for each, the same however often, in few statements for many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from handlers.coaching.occasions import ask, stage_of, whose_turn
from handlers.kit.occasions import Asked, Desk
from prompts.coaching import question_bank
from prompts.kinds import Stage
from storage.coached import AskedQuestion, Step
from storage.goal_records import Entry, GoalState, GoalWords, Told
from storage.records import Audience, Network, Person, Programme, Role, RoleHeld
from storage.store import Store
from storage.unit import Units, open_units

AT = datetime(2027, 1, 18, 9, tzinfo=UTC)
MONDAY = date(2027, 1, 18)
WEEK = timedelta(weeks=1)
ROLES = (Role.MEMBER, Role.COORDINATOR, Role.LEADER)
BANK = question_bank()


@dataclass
class Folk:
    """A network with many people."""

    units: Units
    network: int
    people: list[Person]


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Folk:
    network = store.networks.add("n", "A network", "", None, None)
    return Folk(units, network, [_someone(store, network, number) for number in range(42)])


def _someone(store: Store, network: int, number: int) -> Person:
    person = store.people.add(f"Person {number}")
    store.people.add_role(person, RoleHeld(ROLES[number % 3], network))
    known = store.people.by_id(person)
    assert known is not None
    return known


def _drawn(store: Store, people: Sequence[Person], on: date = MONDAY) -> dict[int, list[str]]:
    asked = [Asked(person, person.network_ids, on) for person in people]
    lines = ask(asked, Desk(store, AT, Programme("P", "Europe/London")))
    return {person_id: [item.text for item in items] for person_id, items in lines.items()}


def test_each_gets_one_question_and_the_same_when_it_is_drawn_again(folk: Folk) -> None:
    def look(store: Store) -> None:
        drawn = _drawn(store, folk.people)
        assert {len(lines) for lines in drawn.values()} == {1}
        assert _drawn(store, folk.people) == drawn
        assert store.coaching_questions.count_of(folk.people[0].id) == 1

    folk.units.run(look).result()


def test_half_a_year_brings_no_question_twice(folk: Folk) -> None:
    def look(store: Store) -> None:
        for person in folk.people[:3]:
            weeks = [_drawn(store, [person], MONDAY + number * WEEK)[person.id][0] for number in range(26)]
            assert len(set(weeks)) == 26

    folk.units.run(look).result()


def test_who_has_answered_is_not_asked_again_on_that_date(folk: Folk) -> None:
    ann, ben = folk.people[:2]

    def look(store: Store) -> None:
        _drawn(store, [ann])
        (asked,) = store.coaching_questions.history(ann.id, 5)
        assert store.coaching_questions.own(asked.id, ben.id) is None
        store.coaching_questions.answer(asked, "Something", AT)
        assert _drawn(store, [ann]) == {ann.id: []}
        kept = store.coaching_questions.own(asked.id, ann.id)
        assert kept is not None
        assert kept.answer == "Something"

    folk.units.run(look).result()


def test_many_cost_as_many_statements_as_one(folk: Folk) -> None:
    def statements(store: Store, people: Sequence[Person]) -> int:
        count: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            count.append(statement)

        event.listen(store._connection, "before_cursor_execute", note)
        assert len(_drawn(store, people)) == len(people)
        event.remove(store._connection, "before_cursor_execute", note)
        return len(count)

    def look(store: Store) -> tuple[int, int]:
        return statements(store, folk.people[:1]), statements(store, folk.people[1:])

    one, many = folk.units.run(look).result()
    assert one == many <= 9


def test_what_a_network_switched_off_is_not_asked_and_its_own_questions_are(folk: Folk) -> None:
    ann, ben = folk.people[0], folk.people[3]

    def look(store: Store) -> None:
        keeper = store.coaching_questions
        keeper.add_own(folk.network, "What would your grandmother say?", None, AT, ann.id)
        assert "What would your grandmother say?" in _drawn(store, [ann])[ann.id][0]
        for question in BANK.questions:
            keeper.switch_off(folk.network, question.key)
            keeper.switch_off(folk.network, question.key)
        (own,) = keeper.own_in([folk.network])[folk.network]
        keeper.remove_own(own.id, folk.network + 1)
        keeper.remove_own(own.id, folk.network)
        assert _drawn(store, [ben]) == {ben.id: []}
        keeper.switch_on(folk.network, "patient-notices")
        assert len(_drawn(store, [ben])[ben.id]) == 1
        assert len(_drawn(store, [ann])[ann.id]) == 1, "what was asked stays, though the question is gone"

    folk.units.run(look).result()


def test_a_plan_that_a_talk_has_looked_back_on_is_not_asked_about(folk: Folk) -> None:
    ann = folk.people[0]

    def look(store: Store) -> None:
        store.coaching.start(ann.id, Step.OUTCOME, None, AT)
        talk = store.coaching.going_on(ann.id)
        assert talk is not None
        plan = {"when": "it rains", "then": "ring", "moment_on": MONDAY - timedelta(days=3), "ended_at": AT}
        store.coaching.change(talk, plan)
        assert "“When it rains, I will ring”" in _drawn(store, [ann])[ann.id][0]
        store.coaching.start(ann.id, Step.REVIEW, talk.id, AT)
        later = store.coaching.going_on(ann.id)
        assert later is not None
        assert [one.id for one in store.coaching.plans_due([ann.id], MONDAY - WEEK)[ann.id]] == [talk.id]
        store.coaching.change(later, {"review": "She rang"})
        assert store.coaching.plans_due([ann.id], MONDAY - WEEK) == {}
        assert store.coaching_questions.count_of(ann.id) == 1
        store.coaching.delete(talk.id, ann.id)
        assert store.coaching_questions.count_of(ann.id) == 0, "the question quotes what was said in the talk"

    folk.units.run(look).result()


def _before(network_id: int | None, days: int) -> AskedQuestion:
    return AskedQuestion(1, 5, network_id, MONDAY - timedelta(days=days), "k", "What?", "because")


def test_networks_take_turns() -> None:
    assert whose_turn((8, 7), []) == 7
    assert whose_turn((7, 8), [_before(7, 7)]) == 8
    assert whose_turn((7, 8), [_before(7, 14), _before(8, 7)]) == 7
    assert whose_turn((7, 8), [_before(None, 7)]) == 7


@pytest.mark.parametrize(
    ("began", "stage"),
    [(None, None), (MONDAY + WEEK, Stage.STARTING), (MONDAY - 25 * WEEK, Stage.STARTING), (MONDAY - 26 * WEEK, None)],
)
def test_only_the_beginning_of_a_network_is_told_by_its_age(began: date | None, stage: Stage | None) -> None:
    assert stage_of(Network(7, "n", "A network", "", began), MONDAY) is stage


def _goal(store: Store, person: Person, network: int | None, *, title: str = "Patient voice", at: datetime = AT) -> int:
    return store.goals.add(
        GoalWords(title), person.id, at, network_id=network, audience=Audience.NETWORK, is_personal=network is None
    )


def test_only_ones_own_quiet_goals_are_asked_about_and_those_that_one_looks_after(folk: Folk) -> None:
    ann, ben, cal = folk.people[:3]
    old = AT - 5 * WEEK

    def look(store: Store) -> None:
        own = _goal(store, ann, None, at=old)
        handed = _goal(store, ann, folk.network, title="The rota", at=old)
        store.goals.set_owner(handed, ben.id)
        _goal(store, cal, None, at=AT - 3 * WEEK)
        closed = _goal(store, cal, None, at=old)
        store.goals.set_state(closed, GoalState.DROPPED, AT)
        left = _goal(store, cal, folk.network, at=old)
        store.people.remove_role(cal.id, RoleHeld(Role.LEADER, folk.network))
        drawn = _drawn(store, [ann, ben])
        assert "“Patient voice”" in drawn[ann.id][0]
        assert "“The rota”" in drawn[ben.id][0]
        found = store.goals.quiet_of([one.id for one in folk.people], AT - 4 * WEEK)
        assert [(one.id, one.owner_id) for one in found] == [(own, ann.id), (handed, ben.id)]
        store.people.add_role(cal.id, RoleHeld(Role.LEADER, folk.network))
        assert left in [one.id for one in store.goals.quiet_of([cal.id], AT - 4 * WEEK)]

    folk.units.run(look).result()


def test_a_reminder_says_nothing_of_a_goal_that_has_news_or_another_owner(folk: Folk) -> None:
    ann, ben = folk.people[:2]

    def look(store: Store) -> None:
        def has_news(goal: int) -> None:
            store.goals.tell(goal, Entry(Told.PROGRESS, AT, ann.id, now="1"))

        def is_handed_over(goal: int) -> None:
            store.goals.set_owner(goal, ben.id)

        for change in (has_news, is_handed_over):
            goal = _goal(store, ann, folk.network, at=AT - 5 * WEEK)
            on = MONDAY + goal * 5 * WEEK
            assert "“Patient voice”" in _drawn(store, [ann], on)[ann.id][0]
            change(goal)
            assert _drawn(store, [ann], on) == {ann.id: []}

    folk.units.run(look).result()
