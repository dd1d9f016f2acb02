"""Only their two read a one-to-one, only its writer a note, and only whom the coachee lets know that they meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from storage.one_to_one_records import About, Deed, Known, OneToOne, Preparation, Standing, Words
from storage.records import Role, RoleHeld
from storage.store import Store
from storage.unit import Units, open_units

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
ON = date(2027, 1, 12)
STARTS = AT + timedelta(days=7)


@dataclass
class Folk:
    """A coach and a coachee who have agreed on a time, a leader beside her, and the leader of another network."""

    units: Units
    network: int
    coach: int
    coachee: int
    beside: int
    elsewhere: int
    meeting: OneToOne


@pytest.fixture
def folk(database_url: str) -> Iterator[Folk]:
    with closing(open_units(database_url)) as units:
        yield units.run(lambda store: _fill(store, units)).result()


def _fill(store: Store, units: Units) -> Folk:
    here, there = (store.networks.add(key, key, "", None, None) for key in ("here", "there"))
    coach = _person(store, "Fay", RoleHeld(Role.FACULTY))
    coachee = _person(store, "Bea", RoleHeld(Role.COORDINATOR, here))
    beside = _person(store, "Cal", RoleHeld(Role.LEADER, here))
    elsewhere = _person(store, "Kit", RoleHeld(Role.LEADER, there))
    pair = store.one_to_ones.pair_of(coach, coachee)
    store.one_to_ones.begin(pair, coach, Words(45, "Room 4", "secret"), "u-1", AT)
    (meeting,) = store.one_to_ones.all_of(coach)
    store.one_to_ones.suggest(meeting.id, [STARTS, STARTS + timedelta(days=1)])
    agreed = {"standing": Standing.AGREED.value, "starts_at": STARTS}
    store.one_to_ones.change(meeting, Deed.AGREED, coachee, AT, agreed)
    (meeting,) = store.one_to_ones.all_of(coach)
    return Folk(units, here, coach, coachee, beside, elsewhere, meeting)


def _person(store: Store, name: str, role: RoleHeld) -> int:
    person_id = store.people.add(name)
    store.people.add_role(person_id, role)
    return person_id


def test_a_one_to_one_is_read_by_its_two_and_by_nobody_else(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper, one = store.one_to_ones, folk.meeting
        assert (one.starts_at, one.words, one.version, one.times[0].at) == (
            STARTS, Words(45, "Room 4", "secret"), 2, STARTS,
        )  # fmt: skip
        for person in (folk.coach, folk.coachee):
            assert keeper.own(one.id, person) == one
            assert keeper.newest_of(one.pair_id, person) == one
            assert keeper.to_come(person, AT) == [one]
            assert keeper.past(person, STARTS, 5) == [one]
        for person in (folk.beside, folk.elsewhere):
            assert keeper.own(one.id, person) is None
            assert keeper.newest_of(one.pair_id, person) is None
            assert keeper.suggested_in(one.pair_id, person) is None
            assert (keeper.to_come(person, AT), keeper.past(person, STARTS, 5), keeper.all_of(person)) == ([], [], [])
            assert keeper.count_past(person, STARTS) == 0

    folk.units.run(look).result()


def test_notes_are_their_writers_and_a_preparation_is_the_coachees_until_it_is_shared(folk: Folk) -> None:
    def look(store: Store) -> None:
        words, one = store.one_to_one_words, folk.meeting
        words.add_note(one.pair_id, folk.coach, "hers", AT)
        (note,) = words.notes(one.pair_id, folk.coach, 5)
        assert words.notes(one.pair_id, folk.coachee, 5) == []
        words.delete_note(note.id, folk.coachee)
        assert words.count_notes(one.pair_id, folk.coach) == 1
        readers = (folk.coachee, folk.coach, folk.beside)
        for is_shared, may in ((False, [True, False, False]), (True, [True, True, False])):
            words.prepare(Preparation(one.id, "useful", is_shared, 1), folk.coachee)
            assert [words.preparation(one.id, person) is not None for person in readers] == may
            assert words.shared_for([one.id]) == ({one.id: "useful"} if is_shared else {})

    folk.units.run(look).result()


def test_what_was_agreed_is_read_by_both_and_by_nobody_else(folk: Folk) -> None:
    def look(store: Store) -> None:
        words, one = store.one_to_one_words, folk.meeting
        words.add_action(one.pair_id, folk.coachee, "Ring", AT)
        (action,) = words.actions(one.pair_id, folk.coach)
        assert (action.text, action.owner_name) == ("Ring", "Bea")
        assert words.action(action.id, folk.coachee) == action
        assert words.action(action.id, folk.beside) is None
        assert words.actions(one.pair_id, folk.beside) == []
        assert words.open_in([one.pair_id]) == {one.pair_id: ["Ring"]}
        words.finish(action.id, AT)
        assert words.open_in([one.pair_id]) == {}

    folk.units.run(look).result()


def test_others_know_that_two_meet_only_as_the_coachee_says_and_while_both_are_there(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper, pair = store.one_to_ones, folk.meeting.pair_id
        keeper.let_know(pair, folk.coach, AT)
        assert keeper.known_to([folk.network], folk.beside) == [], "it is not for the coach to say"
        keeper.let_know(pair, folk.coachee, AT)
        assert keeper.known_to([folk.network], folk.beside) == [Known("Fay", "Bea")]
        assert keeper.known_to([folk.network + 1], folk.elsewhere) == []
        assert keeper.known_to([folk.network], folk.coachee) == [], "she knows"
        for person, role in (
            (folk.coach, RoleHeld(Role.FACULTY)),
            (folk.coachee, RoleHeld(Role.COORDINATOR, folk.network)),
        ):
            store.people.remove_role(person, role)
            assert keeper.known_to([folk.network], folk.beside) == []
            store.people.add_role(person, role)
        keeper.change(folk.meeting, Deed.CANCELLED, folk.coach, AT, {"standing": Standing.CANCELLED.value})
        assert keeper.known_to([folk.network], folk.beside) == [], "they do not meet"
        keeper.change(folk.meeting, Deed.AGREED, folk.coach, AT, {"standing": Standing.AGREED.value})
        keeper.let_know(pair, folk.coachee, None)
        assert keeper.known_to([folk.network], folk.beside) == []

    folk.units.run(look).result()


def test_someone_is_told_on_one_date_however_often_it_is_drawn_and_again_of_what_is_new(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper, one = store.one_to_ones, folk.meeting
        keeper.tell(one.id, folk.coach, About.STANDING, AT)
        keeper.tell(one.id, folk.coach, About.REMINDER, AT + timedelta(days=6))
        assert not keeper.was_told(one.id, folk.coach, About.STANDING)
        everyone = {folk.coach: ON, folk.coachee: ON, folk.beside: ON}
        for _ in range(2):
            assert [(each.person_id, each.about) for each in keeper.news_for(everyone, AT)] == [
                (folk.coach, About.STANDING)
            ]
        assert keeper.was_told(one.id, folk.coach, About.STANDING)
        later = dict.fromkeys(everyone, ON + timedelta(days=6))
        assert [each.about for each in keeper.news_for(later, AT + timedelta(days=6))] == [About.REMINDER]
        keeper.tell(one.id, folk.coach, About.STANDING, AT)
        later = dict.fromkeys(everyone, ON + timedelta(days=7))
        assert [each.about for each in keeper.news_for(later, AT + timedelta(days=7))] == [About.STANDING]

    folk.units.run(look).result()


def test_news_for_many_people_cost_no_more_statements_than_for_one(folk: Folk) -> None:
    def statements(store: Store, people: list[int]) -> int:
        count: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            count.append(statement)

        event.listen(store._connection, "before_cursor_execute", note)
        assert len(store.one_to_ones.news_for(dict.fromkeys(people, ON), AT)) == len(people)
        event.remove(store._connection, "before_cursor_execute", note)
        return len(count)

    def look(store: Store) -> tuple[int, int]:
        coaches = [_person(store, f"Fay {number}", RoleHeld(Role.FACULTY)) for number in range(21)]
        for number, coach in enumerate(coaches):
            pair = store.one_to_ones.pair_of(coach, folk.coachee)
            meeting = store.one_to_ones.begin(pair, folk.coachee, Words(45), f"u{number}", AT)
            store.one_to_ones.tell(meeting, coach, About.STANDING, AT)
        return statements(store, coaches[:1]), statements(store, coaches[1:])

    one, many = folk.units.run(look).result()
    assert one == many


def test_an_erasure_takes_ones_own_words_and_leaves_the_other_theirs(folk: Folk) -> None:
    def look(store: Store) -> None:
        keeper, words, one = store.one_to_ones, store.one_to_one_words, folk.meeting
        words.add_note(one.pair_id, folk.coach, "hers", AT)
        words.add_note(one.pair_id, folk.coachee, "mine", AT)
        words.prepare(Preparation(one.id, "useful", True, 1), folk.coachee)
        words.add_action(one.pair_id, folk.coachee, "Ring", AT)
        keeper.erase_person(folk.coachee, AT)
        store.people.erase(folk.coachee)
        (left,) = keeper.all_of(folk.coach)
        assert (left.coachee.person_id, left.coachee.name, left.words) == (None, "", Words(45))
        assert (left.standing, left.sequence, left.times) == (Standing.CANCELLED, 1, ())
        assert [each.text for each in words.notes(one.pair_id, folk.coach, 5)] == ["hers"]
        assert words.preparation(one.id, folk.coach) is None
        assert [(each.text, each.owner_id) for each in words.actions(one.pair_id, folk.coach)] == [("Ring", None)]
        keeper.erase_person(folk.coach, AT)
        assert keeper.all_of(folk.coach) == []
        assert words.open_in([one.pair_id]) == {}

    folk.units.run(look).result()
