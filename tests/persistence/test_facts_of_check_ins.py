"""What check-ins tell for updates reaches its audience and no more: every tier, every change, many networks at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import TypeVar

import pytest
from sqlalchemy import event

from handlers import find_routes
from handlers.kit.facts import Asked, Fact, Section
from handlers.kit.template import product_questions
from handlers.kit.text import week_of
from storage.records import Answer, Audience, Network, Programme, Role, RoleHeld
from storage.unit import Store, Units, open_units

T = TypeVar("T")
LONDON = Programme("A programme", "Europe/London")
FIRST_ON, LAST_ON = date(2027, 4, 1), date(2027, 6, 30)
AT = datetime(2027, 5, 4, 10, tzinfo=UTC)
TEXTS = ("moved", "in_the_way", "next_step", "idea")
FEW = 8
"""Statements for all features' facts of many networks."""


@dataclass
class Desk:
    """A network with one member, and the ways to fill it and to ask what it tells."""

    units: Units
    network: Network
    template: int
    ann: int

    def do(self, work: Callable[[Store], T]) -> T:
        return self.units.run(work).result()

    def records(self, *given: Answer, at: datetime = AT, person: int = 0) -> int:
        def record(store: Store) -> int:
            week = week_of(at.date())
            added = store.checkins.record(self.network.id, person or self.ann, self.template, week, at, given)
            assert added is not None
            return added

        return self.do(record)

    def told(self, audience: Audience) -> list[Fact]:
        asked = Asked((self.network,), FIRST_ON, LAST_ON, audience, LONDON)
        return self.do(lambda store: find_routes().facts(asked, store))

    def words(self, audience: Audience) -> set[str]:
        return {fact.text for fact in self.told(audience) if fact.section is not Section.HEALTH}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Desk:
    network_id = store.networks.add("n", "A network", "", None, None)
    template = store.templates.add(network_id, product_questions(), AT, None)
    network = store.networks.by_id(network_id)
    assert network is not None
    return Desk(units, network, template.id, _member(store, network_id, "Ann"))


def _member(store: Store, network_id: int, name: str) -> int:
    person_id = store.people.add(name)
    store.people.add_role(person_id, RoleHeld(Role.MEMBER, network_id))
    return person_id


def test_each_audience_is_told_what_reaches_it_and_nothing_else(desk: Desk) -> None:
    for number, (key, audience) in enumerate(product(TEXTS, Audience)):
        desk.records(Answer(key, f"{key} for {audience.name}", audience), at=AT + timedelta(weeks=number - 4))
    asked = Asked((desk.network,), date(2026, 1, 1), date(2028, 1, 1), Audience.ONLY_ME, LONDON)
    for tier in Audience:
        wanted = Asked(asked.networks, asked.first_on, asked.last_on, tier, LONDON)
        told = desk.do(lambda store, wanted=wanted: find_routes().facts(wanted, store))  # type: ignore[misc]  # a lambda
        reached = [one for one in Audience if one >= max(tier, Audience.COORDINATOR)]
        quoted = [fact for fact in told if fact.is_quoted]
        assert {fact.text for fact in quoted} == {f"{key} for {one.name}" for key in TEXTS for one in reached}, tier
        assert all(fact.audience >= max(tier, Audience.COORDINATOR) for fact in told)
        assert all(fact.text.endswith(f"for {fact.audience.name}") for fact in quoted)


def test_what_is_only_its_authors_is_not_even_read(desk: Desk) -> None:
    desk.records(Answer("moved", "Mine.", Audience.ONLY_ME), Answer("idea", "Ours.", Audience.COORDINATOR))
    day = timedelta(days=1)
    read = desk.do(lambda store: store.checkin_facts.shared([desk.network.id], AT - day, AT + day, Audience.ONLY_ME))
    assert [one.value for one in read] == ["Ours."]


def test_a_fact_says_whose_words_it_holds_from_when_and_where_they_stand(desk: Desk) -> None:
    checkin = desk.records(Answer("moved", "Two wards said yes.", Audience.NETWORK))
    (fact,) = (one for one in desk.told(Audience.NETWORK) if one.is_quoted)
    assert (fact.key, fact.by, fact.person_id) == (f"checkins:{checkin}:moved", "Ann", desk.ann)
    assert (fact.section, fact.on, fact.network_id) == (Section.PRACTICE, AT.date(), desk.network.id)
    assert fact.opens is not None
    assert (fact.opens.action, fact.opens.argument) == ("checkins.shown", str(checkin))


def test_what_is_in_the_way_is_a_call_for_help_where_both_reach_the_audience(desk: Desk) -> None:
    desk.records(
        Answer("in_the_way", "No room.", Audience.FACULTY),
        Answer("help", "yes", Audience.NETWORK),
    )
    desk.records(Answer("help", "no", Audience.FUNDER), at=AT + timedelta(weeks=1))

    def sections(tier: Audience) -> dict[str, Section]:
        return {one.text: one.section for one in desk.told(tier) if one.section is not Section.HEALTH}

    assert sections(Audience.NETWORK) == {"No room.": Section.HELP, "Ann asked for help.": Section.HELP}
    assert sections(Audience.FACULTY) == {"No room.": Section.LEARNED}


def test_what_was_narrowed_edited_or_withdrawn_is_told_as_it_is_now(desk: Desk) -> None:
    checkin = desk.records(Answer("moved", "Before.", Audience.FACULTY), Answer("idea", "Mine.", Audience.FACULTY))
    before = {fact.key: fact.stamp for fact in desk.told(Audience.FACULTY)}

    def edit(store: Store) -> None:
        own = store.checkins.own(checkin, desk.ann)
        assert own is not None
        given = (Answer("moved", "After.", Audience.FACULTY), Answer("idea", "Mine.", Audience.FACULTY))
        store.checkins.edit(own, desk.template, AT, given)

    desk.do(edit)
    after = {fact.key: fact.stamp for fact in desk.told(Audience.FACULTY)}
    assert desk.words(Audience.FACULTY) == {"After.", "Mine."}
    assert {key for key in before if before[key] != after[key]} == {f"checkins:{checkin}:moved"}
    desk.do(lambda store: store.checkins.set_audiences(checkin, {"idea": Audience.LEADERS}))
    assert desk.words(Audience.FACULTY) == {"After."}
    assert desk.words(Audience.LEADERS) == {"After.", "Mine."}
    desk.do(lambda store: store.checkins.withdraw(checkin, AT))
    assert desk.words(Audience.COORDINATOR) == set()


@pytest.mark.parametrize(
    "words", ["He said “no”.", 'A "quote"', "Two\nlines", "C:\\ward", "Zoë, 5 \u20ac", '["a"]', "4"]
)
def test_words_are_told_as_they_were_written(desk: Desk, words: str) -> None:
    desk.records(Answer("moved", words, Audience.NETWORK))
    assert desk.words(Audience.NETWORK) == {words}


def test_who_left_is_still_told_of_and_who_was_erased_is_not(desk: Desk) -> None:
    desk.records(Answer("moved", "Shared.", Audience.FACULTY))
    desk.do(lambda store: store.people.remove_role(desk.ann, RoleHeld(Role.MEMBER, desk.network.id)))
    assert desk.words(Audience.FACULTY) == {"Shared."}
    desk.do(lambda store: store.checkins.erase_person(desk.ann))
    assert desk.words(Audience.COORDINATOR) == set()


def test_the_period_is_of_dates_on_the_programmes_clock(desk: Desk) -> None:
    summer_midnights = (datetime(2027, 3, 31, 23, tzinfo=UTC), datetime(2027, 6, 30, 23, tzinfo=UTC))
    for number, (midnight, minute) in enumerate(product(summer_midnights, (-1, 0))):
        person = desk.do(lambda store, number=number: _member(store, desk.network.id, f"P{number}"))  # type: ignore[misc]  # a lambda
        at = midnight + timedelta(minutes=minute)
        desk.records(Answer("moved", f"{midnight.month} {minute}", Audience.NETWORK), at=at, person=person)
    assert desk.words(Audience.NETWORK) == {"3 0", "6 -1"}


def test_how_it_goes_is_told_from_five_people_up_who_let_the_audience_read_it(desk: Desk) -> None:
    people = [desk.ann, *(desk.do(lambda store, n=n: _member(store, desk.network.id, f"P{n}")) for n in range(5))]  # type: ignore[misc]  # a lambda
    for number, person in enumerate(people):
        audience = Audience.LEADERS if number == 5 else Audience.FACULTY if number == 4 else Audience.NETWORK
        desk.records(Answer("feeling", str(min(number + 1, 5)), audience), person=person)

    def scale(tier: Audience) -> Fact:
        (fact,) = (one for one in desk.told(tier) if one.key.endswith(":feeling"))
        return fact

    assert "1 to 5, middle 3.5, 6 answers by 6 people" in scale(Audience.LEADERS).text
    assert "1 to 5, middle 3, 5 answers by 5 people" in scale(Audience.NETWORK).text
    assert scale(Audience.NETWORK).chart is not None
    assert "too few" in scale(Audience.FACULTY).text
    assert scale(Audience.FACULTY).chart is None
    assert not any(character in scale(Audience.FACULTY).text for character in "12345")


def test_a_network_tells_how_many_shared_and_when_nobody_did_with_that_audience(desk: Desk) -> None:
    desk.records(Answer("moved", "Ours.", Audience.NETWORK))
    desk.records(Answer("moved", "All.", Audience.FACULTY), at=AT + timedelta(weeks=1))

    def said(tier: Audience) -> list[str]:
        return [fact.text for fact in desk.told(tier) if fact.section is Section.HEALTH]

    in_ten = "No check-ins were shared in 10 of 12 weeks. The longest time without was 6 weeks, from 17 May."
    assert said(Audience.NETWORK) == [in_ten, "1 person shared 2 check-ins."]
    assert said(Audience.FACULTY)[1] == "1 person shared 1 check-in with the faculty."
    assert said(Audience.FACULTY)[0].startswith("No check-ins were shared with the faculty in 11 of 12 weeks.")


def test_when_a_network_was_last_heard_of_counts_every_check_in_that_stands(desk: Desk) -> None:
    def last(store: Store) -> dict[int, date]:
        return store.checkin_facts.last_weeks([desk.network.id, desk.network.id + 1])

    assert desk.do(last) == {}
    desk.records(Answer("moved", "Mine.", Audience.ONLY_ME))
    later = desk.records(Answer("moved", "Mine.", Audience.ONLY_ME), at=AT + timedelta(weeks=1))
    assert desk.do(last) == {desk.network.id: week_of(AT.date()) + timedelta(weeks=1)}
    desk.do(lambda store: store.checkins.withdraw(later, AT))
    assert desk.do(last) == {desk.network.id: week_of(AT.date())}


def test_many_networks_take_a_few_statements(desk: Desk) -> None:
    statements: list[str] = []

    def ask(store: Store) -> int:
        for number in range(30):
            network_id = store.networks.add(f"n{number}", f"Network {number}", "", None, None)
            template = store.templates.add(network_id, product_questions(), AT, None)
            person = _member(store, network_id, f"P{number}")
            given = [Answer("moved", "Yes.", Audience.NETWORK)]
            store.checkins.record(network_id, person, template.id, week_of(AT.date()), AT, given)
        asked = Asked(tuple(store.networks.all()), FIRST_ON, LAST_ON, Audience.NETWORK, LONDON)
        event.listen(store._connection, "before_cursor_execute", lambda *what: statements.append(what[2]))
        return len([fact for fact in find_routes().facts(asked, store) if fact.is_quoted])

    assert desk.do(ask) == 30
    assert 0 < len(statements) <= FEW
