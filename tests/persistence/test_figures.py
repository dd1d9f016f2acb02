"""A closed month's figure is shown to faculty as it was first, and never again once what it was made of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import TypeVar

import pytest
from sqlalchemy import event, text

from bench.postgres import PostgresServer
from handlers.kit.figures import figures_for
from handlers.kit.template import product_questions
from handlers.kit.text import week_of
from storage.migrate import migrate
from storage.records import Answer, Audience, QuestionKind, TemplateQuestion
from storage.unit import Store, Units, open_units

T = TypeVar("T")
MAY = datetime(2027, 5, 4, 10, tzinfo=UTC)
JUNE = datetime(2027, 6, 2, 10, tzinfo=UTC)
MONTHS = [date(2027, month, 1) for month in (4, 5, 6)]
FEW = 10
"""Statements for three months of many networks: four for each of two things kept, and one a month."""


@dataclass
class Desk:
    """A network of nine people, and the ways to fill it and to ask what faculty are shown."""

    units: Units
    network: int
    template: int
    people: list[int]
    checkins: list[int] = field(default_factory=list)

    def do(self, work: Callable[[Store], T]) -> T:
        return self.units.run(work).result()

    def records(self, *numbers: int, audience: Audience = Audience.NETWORK, at: datetime = MAY, text: str = "") -> None:
        def record(store: Store) -> None:
            for number in numbers:
                person = self.people[len(self.checkins) % len(self.people)]
                given = [Answer("feeling", str(number), audience)]
                given += [Answer("moved", text, audience)] if text else []
                week = week_of(at.date())
                added = store.checkins.record(self.network, person, self.template, week, at, given)
                assert added is not None
                self.checkins.append(added)

        self.do(record)

    def edits(self, checkin_id: int, *given: Answer) -> None:
        def edit(store: Store) -> None:
            person = self.people[self.checkins.index(checkin_id) % len(self.people)]
            before = store.checkins.own(checkin_id, person)
            assert before is not None
            store.checkins.edit(before, self.template, JUNE, given)

        self.do(edit)

    def shown(self, now: datetime = JUNE) -> list[str]:
        def ask(store: Store) -> list[str]:
            return [one.sentence for one in figures_for(store.networks.all(), MONTHS, store, now)]

        return [sentence.partition("?” in ")[2] for sentence in self.do(ask)]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Desk:
    network = store.networks.add("n", "A network", "", None, None)
    template = store.templates.add(network, product_questions(), MAY, None)
    return Desk(units, network, template.id, [store.people.add(f"P{number}") for number in range(9)])


NOT_SHOWN = "not shown, as too few answered or answers have changed."
AS_FIRST = "May 2027: 1 to 5, middle 3, 5 answers by 5 people."


def test_a_month_is_shown_once_it_has_ended_on_the_programmes_clock(desk: Desk) -> None:
    desk.records(1, 2, 3, 4, 5)
    assert desk.shown(datetime(2027, 5, 31, 22, 59, tzinfo=UTC)) == [f"April 2027: {NOT_SHOWN}"]
    assert desk.shown(datetime(2027, 5, 31, 23, tzinfo=UTC)) == [f"April 2027: {NOT_SHOWN}", AS_FIRST]


def test_only_what_everyone_in_the_network_may_read_is_in_a_figure(desk: Desk) -> None:
    desk.records(2, 3, 4, 5)
    desk.records(1, audience=Audience.LEADERS)
    assert desk.shown()[1] == f"May 2027: {NOT_SHOWN}"
    desk.do(lambda store: store.checkins.set_audiences(desk.checkins[4], {"feeling": Audience.NETWORK}))
    assert desk.shown()[1] == AS_FIRST


def test_no_one_is_left_over_beside_what_faculty_may_read_one_by_one(desk: Desk) -> None:
    desk.records(2, 3, 4, 5, audience=Audience.FACULTY)
    desk.records(1)
    assert desk.shown()[1] == f"May 2027: {NOT_SHOWN}"


CHANGES: dict[str, Callable[[Desk], None]] = {
    "edited": lambda desk: desk.edits(desk.checkins[0], Answer("feeling", "2", Audience.NETWORK)),
    "taken out": lambda desk: desk.edits(desk.checkins[0], Answer("moved", "Only words.", Audience.NETWORK)),
    "narrowed": lambda desk: desk.do(
        lambda store: store.checkins.set_audiences(desk.checkins[0], {"feeling": Audience.LEADERS})
    ),
    "widened": lambda desk: desk.do(
        lambda store: store.checkins.set_audiences(desk.checkins[0], {"feeling": Audience.FACULTY})
    ),
    "withdrawn": lambda desk: desk.do(lambda store: store.checkins.withdraw(desk.checkins[0], JUNE)),
    "erased": lambda desk: desk.do(lambda store: store.checkins.erase_person(desk.people[0])),
    "late": lambda desk: desk.records(3, at=MAY + timedelta(days=1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_shown_is_never_shown_again_once_its_answers_change(desk: Desk, change: str) -> None:
    desk.records(1, 2, 3, 4, 5)
    assert desk.shown()[1] == AS_FIRST
    assert desk.shown()[1] == AS_FIRST
    CHANGES[change](desk)
    assert desk.shown()[1] == f"May 2027: {NOT_SHOWN}"
    assert desk.do(lambda store: store.figures.kept([desk.network], MONTHS)) == {
        (desk.network, MONTHS[1], "feeling"): None
    }
    desk.records(1, 2, 3, at=MAY + timedelta(weeks=1))
    assert desk.shown()[1] == f"May 2027: {NOT_SHOWN}"


@pytest.mark.parametrize("change", ["withdrawn", "erased"])
def test_what_a_person_takes_back_is_in_no_kept_figure_from_that_moment(desk: Desk, change: str) -> None:
    desk.records(1, 2, 3, 4, 5)
    desk.shown()
    CHANGES[change](desk)
    assert desk.do(lambda store: store.figures.kept([desk.network], MONTHS)) == {
        (desk.network, MONTHS[1], "feeling"): None
    }


def test_words_that_change_leave_the_figure_as_it_is(desk: Desk) -> None:
    desk.records(1, 2, 3, 4, 5, text="Before.")
    assert desk.shown()[1] == AS_FIRST
    feeling = Answer("feeling", "1", Audience.NETWORK)
    desk.edits(desk.checkins[0], feeling, Answer("moved", "After.", Audience.NETWORK))
    assert desk.shown()[1] == AS_FIRST


def test_a_scale_that_is_asked_no_more_is_told_only_where_it_is_shown(desk: Desk) -> None:
    desk.records(1, 2, 3, 4, 5)
    desk.records(1, at=MAY - timedelta(weeks=3))
    other = TemplateQuestion("hope", "How much hope is there?", QuestionKind.SCALE, low="none", high="much")
    desk.do(lambda store: store.templates.add(desk.network, (other,), JUNE, None))
    assert desk.shown() == [f"April 2027: {NOT_SHOWN}", AS_FIRST, f"May 2027: {NOT_SHOWN}"]


def test_numbers_that_answer_other_questions_are_in_no_figure(desk: Desk) -> None:
    def record(store: Store) -> None:
        for person in desk.people:
            given = [Answer("moved", "3", Audience.NETWORK), Answer("idea", "1e300", Audience.NETWORK)]
            store.checkins.record(desk.network, person, desk.template, week_of(MAY.date()), MAY, given)

    desk.do(record)
    assert desk.shown() == [f"{month} 2027: {NOT_SHOWN}" for month in ("April", "May")]


def test_many_networks_take_a_few_statements(desk: Desk) -> None:
    statements: list[str] = []
    desk.records(1, 2, 3, 4, 5)

    def ask(store: Store) -> int:
        for number in range(30):
            network = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
            template = store.templates.add(network, product_questions(), MAY, None)
            for person in desk.people:
                given = [Answer("feeling", str(person % 5 + 1), Audience.NETWORK)]
                store.checkins.record(network, person, template.id, week_of(MAY.date()), MAY, given)
        networks = store.networks.all()
        event.listen(store._connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        return len([one for one in figures_for(networks, MONTHS, store, JUNE) if one.figure])

    assert desk.do(ask) == 31
    assert 0 < len(statements) <= FEW


def test_two_digests_at_once_show_one_figure(postgres_server: PostgresServer) -> None:
    """What one has kept and not yet committed is waited for; where the other reads other answers, it shows nothing."""
    with closing(open_units(postgres_server.fresh(migrate).sqlalchemy)) as units:
        desk = units.run(lambda store: _fill(store, units)).result()
        desk.records(1, 2, 3, 4, 5)
        first_has_asked = Event()

        def ask(store: Store) -> str:
            return figures_for(store.networks.all(), MONTHS[1:2], store, JUNE)[0].sentence

        def first(store: Store) -> str:
            said = ask(store)
            first_has_asked.set()
            waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            assert any(store._connection.scalar(waits) for _ in range(20_000)), "the other waits for this one"
            return said

        before = units.run(first)
        assert first_has_asked.wait(10)
        CHANGES["edited"](desk)
        after = units.run(ask)
        assert before.result(10).endswith(AS_FIRST)
        assert after.result(10).endswith(NOT_SHOWN)
        assert units.run(ask).result().endswith(NOT_SHOWN)
