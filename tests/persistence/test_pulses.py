"""Pulses: single answers are their author's alone while one is open, and are gone once it has closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy.exc import IntegrityError

from storage.pulse_records import Counted, Pulse, PulseFigure
from storage.pulse_tables import pulse_answers
from storage.records import Audience
from storage.unit import Store, Units, open_units

T = TypeVar("T")
MAY = datetime(2027, 5, 4, 10, tzinfo=UTC)
JUNE = MAY + timedelta(weeks=4)
KEY = "purpose-known"


def count(people: int, levels: Mapping[str, Sequence[int]]) -> Counted:
    """Shows all, so that a test can see what storage hands over."""
    return Counted(people, {key: PulseFigure(given[0], given[-1], given[0], people) for key, given in levels.items()})


def nothing(people: int, levels: Mapping[str, Sequence[int]]) -> Counted:
    return Counted()


@dataclass
class Desk:
    """Two networks and six people."""

    units: Units
    networks: list[int]
    people: list[int]

    def do(self, work: Callable[[Store], T]) -> T:
        return self.units.run(work).result()

    def begins(self, network: int = 0, at: datetime = MAY) -> int:
        where, by = self.networks[network], self.people[0]
        return self.do(lambda store: store.pulses.begin(where, by, at, at + timedelta(weeks=4), 6))

    def answers(self, pulse_id: int, *levels: int) -> None:
        def keep(store: Store) -> None:
            for person_id, level in zip(self.people, levels, strict=False):
                store.pulses.keep(pulse_id, person_id, {KEY: level})

        self.do(keep)

    def closes(self, at: datetime = JUNE) -> None:
        self.do(lambda store: store.pulses.close_due(at, count))

    def reads(self, pulse_id: int, tier: Audience | None = Audience.NETWORK) -> Pulse:
        found = self.do(lambda store: store.pulses.by_id(pulse_id, tier))
        assert found is not None
        return found

    def answer_rows(self) -> int:
        return self.do(lambda store: len(store._connection.execute(pulse_answers.select()).all()))


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    def fill(store: Store) -> Desk:
        networks = [store.networks.add(key, key, "", None, None) for key in ("one", "two")]
        return Desk(units, networks, [store.people.add(f"P{number}") for number in range(6)])

    with closing(open_units(database_url)) as units:
        yield units.run(fill).result()


def test_a_pulse_is_counted_once_and_its_answers_are_deleted(desk: Desk) -> None:
    pulse_id = desk.begins()
    desk.answers(pulse_id, 5, 1, 4, 2, 3)
    desk.closes(JUNE - timedelta(seconds=1))
    assert desk.answer_rows() == 5
    assert desk.reads(pulse_id).closed_at is None
    desk.closes()
    assert desk.answer_rows() == 0
    assert desk.reads(pulse_id).figures == {KEY: PulseFigure(1, 5, 1, 5)}
    desk.do(lambda store: store.pulses.close_due(JUNE + timedelta(days=9), nothing))
    assert desk.reads(pulse_id).figures == {KEY: PulseFigure(1, 5, 1, 5)}


def test_where_nothing_may_be_kept_nothing_is(desk: Desk) -> None:
    pulse_id = desk.begins()
    desk.answers(pulse_id, 5, 1)
    desk.do(lambda store: store.pulses.close_due(JUNE, nothing))
    assert desk.answer_rows() == 0
    assert (desk.reads(pulse_id).answered, desk.reads(pulse_id).figures) == (None, {})
    assert desk.do(lambda store: store.pulses.last_told(desk.networks[0], Audience.NETWORK)) is None


def test_an_answer_is_read_by_its_author_alone_and_can_be_changed_and_taken_out(desk: Desk) -> None:
    pulse_id = desk.begins()
    desk.answers(pulse_id, 5, 1)
    desk.answers(pulse_id, 4)
    first, second, third = desk.people[:3]
    own = desk.do(lambda store: {one: store.pulses.own(pulse_id, one) for one in desk.people[:3]})
    assert own == {first: {KEY: 4}, second: {KEY: 1}, third: {}}
    desk.do(lambda store: store.pulses.keep(pulse_id, first, {}))
    assert desk.do(lambda store: store.pulses.own(pulse_id, first)) == {}
    waiting = desk.do(lambda store: store.pulses.waiting([pulse_id], [first, second]))
    assert waiting == {first: {pulse_id}, second: set()}
    assert desk.do(lambda store: store.pulses.kept_of(second))[0][1] == {KEY: 1}


def test_who_erases_their_data_is_in_no_later_figure_and_what_was_counted_stays(desk: Desk) -> None:
    earlier = desk.begins(1)
    desk.answers(earlier, 5, 5, 5, 5, 5)
    desk.closes()
    pulse_id = desk.begins(0, JUNE)
    desk.answers(pulse_id, 5, 1, 1, 1, 1, 1)
    desk.do(lambda store: store.pulses.erase_person(desk.people[0]))
    desk.closes(JUNE + timedelta(weeks=4))
    assert desk.reads(pulse_id).figures == {KEY: PulseFigure(1, 1, 1, 5)}
    assert desk.reads(earlier).figures == {KEY: PulseFigure(5, 5, 5, 5)}
    desk.do(lambda store: store.people.erase(desk.people[0]))
    assert desk.reads(pulse_id).began_by_id is None


def test_what_a_pulse_came_to_is_read_at_its_audience_and_by_nobody_beyond(desk: Desk) -> None:
    pulse_id, network = desk.begins(), desk.networks[0]
    desk.answers(pulse_id, 5, 1, 2, 3, 4)
    desk.closes()

    def lately(tier: Audience) -> list[Pulse]:
        return desk.do(lambda store: store.pulses.closed([network], MAY, tier))

    def told(tier: Audience) -> list[int]:
        found = desk.do(lambda store: store.pulses.told([network], MAY, JUNE + timedelta(days=1), tier))
        last = desk.do(lambda store: store.pulses.last_told(network, tier))
        networks = desk.do(lambda store: store.pulses.shared(tier))
        assert [network] * len(found) == networks
        assert bool(last and last.figures) == bool(found)
        assert [one.answered for one in found] == [one.answered for one in lately(tier) if one.answered]
        return [one.answered or 0 for one in found]

    assert told(Audience.COORDINATOR) == told(Audience.NETWORK) == [5]
    assert told(Audience.FACULTY) == []
    for tier in (None, Audience.FACULTY):
        assert (desk.reads(pulse_id, tier).figures, desk.reads(pulse_id, tier).answered) == ({}, None)
    desk.do(lambda store: store.pulses.set_audience(pulse_id, Audience.FACULTY))
    assert told(Audience.FACULTY) == [5]
    assert told(Audience.FUNDER) == []
    outside = desk.do(lambda store: store.pulses.told([network], MAY, JUNE, Audience.NETWORK))
    assert outside == []


def test_a_network_has_one_open_pulse_and_numbers_its_own(desk: Desk) -> None:
    first = desk.begins()
    with pytest.raises(IntegrityError):
        desk.begins()
    other = desk.begins(1)
    assert [one.id for one in desk.do(lambda store: store.pulses.open_in(desk.networks, MAY))] == [first, other]
    assert desk.do(lambda store: store.pulses.open_in(desk.networks, JUNE)) == []
    desk.closes()
    second = desk.begins(0, JUNE)
    assert [desk.reads(one).number for one in (first, second, other)] == [1, 2, 1]
    newest = desk.do(lambda store: store.pulses.newest(desk.networks[0]))
    assert newest is not None
    assert newest.id == second
