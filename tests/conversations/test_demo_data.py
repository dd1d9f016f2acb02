"""The demonstration's made-up half year: whole, believable, free of patient details, and the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.clock import MovedClock
from bot.demo import account, fill
from bot.platforms.web.demo import Demo
from handlers.goals.rules import LONGEST, need
from handlers.kit.audience import goal_reader
from handlers.kit.patient_details import kinds_in
from prompts import demo as words
from storage.coached import Talk
from storage.goal_records import Confidence, Entry, Goal, GoalReader, GoalState, Told
from storage.migrate import migrate
from storage.records import Audience, CheckIn, Network, Person, Reader, Role
from storage.unit import Store, Units, open_units

NOW = datetime(2027, 3, 10, 11, tzinfo=UTC)
THIS_WEEK = date(2027, 3, 8)
TEXTS = ("moved", "in_the_way", "next_step", "idea", "before")


class Filled:
    """A database with the demonstration in it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        url = f"sqlite:///{folder / 'demo.db'}"
        migrate(url)
        self.units: Units = open_units(url)
        clock = MovedClock(now)
        self.demo: Demo = fill(self.units, clock)

    def read(self, ask: Callable[..., Any], *about: object) -> Any:
        """What the store answers when it is asked about these."""

        def work(store: Store) -> Any:
            return ask(store, *about)

        return self.units.run(work).result()

    def networks(self) -> list[Network]:
        """The three networks."""
        found: list[Network] = self.read(lambda store: store.networks.all())
        return found

    def histories(self) -> dict[str, list[CheckIn]]:
        """Everyone's own check-ins, newest first."""
        return {
            person.name: self.read(lambda store, one: store.checkins.history(one.id, 100), person)
            for network in self.networks()
            for person in self.read(lambda store, one: store.people.in_network(one.id), network)
        }

    def goals(self) -> dict[int, list[Goal]]:
        """By network, each of its own goals that the faculty or its members read, open and closed."""
        return {one.id: self.goals_read_by(GoalReader(0, ((one.id, Audience.NETWORK),))) for one in self.networks()}

    def goals_read_by(self, reader: GoalReader) -> list[Goal]:
        """Every goal that the reader may read."""
        found: list[Goal] = self.read(
            lambda store, one: store.goals.open_for(one) + store.goals.closed_for(one), reader
        )
        return found

    def stories(self) -> dict[tuple[int, str], list[Entry]]:
        """By goal, the lines of its story, oldest first, private ones too."""
        everyone = [one for network in self.networks() for one in self._people_of(network)]
        readers = [goal_reader(one) for one in everyone]
        return {
            (goal.id, goal.words.title): self.read(_story, goal.id, reader)
            for reader in readers
            for goal in self.goals_read_by(reader)
        }

    def talks(self) -> list[Talk]:
        """Every coaching talk."""
        everyone = {one.id for network in self.networks() for one in self._people_of(network)}
        return [talk for one in sorted(everyone) for talk in self.read(_talks, one)]

    def _people_of(self, network: Network) -> list[Person]:
        found: list[Person] = self.read(lambda store, one: store.people.in_network(one.id), network)
        return found


def _story(store: Store, goal_id: int, reader: GoalReader) -> list[Entry]:
    return store.goals.story(goal_id, reader, 100)[::-1]


def _talks(store: Store, person_id: int) -> list[Talk]:
    return store.coaching.history(person_id, 100)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    filled = Filled(tmp_path, NOW)
    yield filled
    filled.units.close()


def _said() -> list[dict[str, Any]]:
    return [one for key in words.programme()["networks"] for one in words.network(key)["said"]]


def test_there_are_three_networks_each_with_its_people(filled: Filled) -> None:
    networks = filled.networks()
    assert len(networks) == 3
    for network in networks:
        people = filled.read(lambda store, one: store.people.in_network(one.id), network)
        roles = Counter(held.role for person in people for held in person.roles if held.network_id == network.id)
        assert (len(people), roles[Role.COORDINATOR], roles[Role.LEADER]) == (14, 1, 2)
    assert len(filled.read(lambda store: store.people.holding(Role.FACULTY))) == 2


def test_one_can_be_someone_of_each_kind_and_a_stranger(filled: Filled) -> None:
    chosen = {person.role for person in filled.demo.people}
    assert chosen >= {"Co-ordinator", "Leader", "Member", "Member of two networks", "Faculty"}
    strangers = [
        person for person in filled.demo.people
        if filled.read(lambda store, one: store.people.by_account(account(one.user)), person) is None
    ]  # fmt: skip
    assert [one.name for one in strangers] == ["Quentin Passerby"]


def test_what_people_wrote_is_theirs_alone_and_there_is_plenty_of_it() -> None:
    texts = [one[key] for one in _said() for key in TEXTS if key in one]
    assert len(texts) >= 120
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    openings = Counter(" ".join(text.split()[:4]) for text in texts)
    assert max(openings.values()) <= 2


def test_no_text_holds_a_patient_detail_and_none_is_too_long_for_its_question() -> None:
    texts = [one[key] for one in _said() for key in TEXTS if key in one]
    assert [text for text in texts if kinds_in(text)] == []
    assert [one["next_step"] for one in _said() if len(one.get("next_step", "")) > 200] == []


def test_check_ins_run_for_half_a_year_in_a_fortnightly_rhythm(filled: Filled) -> None:
    weeks = {one.week_on for history in filled.histories().values() for one in history}
    assert weeks == {THIS_WEEK - timedelta(weeks=ago) for ago in range(27)}
    gaps = [
        (later.week_on - earlier.week_on).days // 7
        for history in filled.histories().values()
        for later, earlier in pairwise(history)
        if later.network_id == earlier.network_id
    ]
    assert all(gap % 2 == 0 and gap >= 2 for gap in gaps)
    assert Counter(gaps)[2] > len(gaps) / 2


def test_everything_lies_in_its_week_and_in_the_past(filled: Filled) -> None:
    for history in filled.histories().values():
        for one in history:
            assert one.week_on <= one.recorded_at.date() < one.week_on + timedelta(weeks=1)
            assert max(one.recorded_at, one.edited_at or one.recorded_at, one.withdrawn_at or one.recorded_at) < NOW


def test_nobody_whom_one_can_be_has_checked_in_this_week_but_a_few_others_have(filled: Filled) -> None:
    names = {person.name for person in filled.demo.people}
    this_week = {name for name, history in filled.histories().items() if history and history[0].week_on == THIS_WEEK}
    assert len(this_week) == 6
    assert this_week.isdisjoint(names)


def test_some_are_edited_some_withdrawn_and_every_audience_is_met(filled: Filled) -> None:
    everything = [one for history in filled.histories().values() for one in history]
    edited = [one for one in everything if one.edited_at]
    assert len(edited) >= 3
    for one in edited:
        before = filled.read(lambda store, one: store.checkins.revisions(one.id), one)
        assert before[0].answers != one.answers
    assert sum(one.withdrawn_at is not None for one in everything) >= 3
    shared = {answer.audience for one in everything for answer in one.answers if answer.key in TEXTS}
    assert shared == set(Audience)


def test_only_they_themselves_read_what_people_kept_private(filled: Filled) -> None:
    private = {one[key] for one in _said() if "share" not in one for key in TEXTS if key in one}
    assert private
    for network in filled.networks():
        reader = Reader(0, Audience.COORDINATOR)
        for ago in range(27):
            week = THIS_WEEK - timedelta(weeks=ago)
            shown = filled.read(lambda store, *about: store.checkins.of_week(*about, 100), network.id, week, reader)
            assert private.isdisjoint(answer.value for one in shown for answer in one.answers)


def test_each_network_has_goals_of_every_fate_under_its_objectives(filled: Filled) -> None:
    stories = {goal_id: story for (goal_id, _), story in filled.stories().items()}
    for goals in filled.goals().values():
        objectives = {one.id for one in goals if one.is_objective}
        assert len(objectives) >= 2
        assert sum(one.objective_id in objectives for one in goals) >= 5
        assert {one.state for one in goals} == set(GoalState)
        sure = {one.confidence for one in goals if one.state is GoalState.OPEN}
        assert Confidence.ON_TRACK in sure
        assert sure & {Confidence.AT_RISK, Confidence.OFF_TRACK}
        told = [entry for one in goals for entry in stories[one.id]]
        assert {entry.told for entry in told} >= {
            Told.CHANGED, Told.PROGRESS, Told.CHECK_IN, Told.HELPER, Told.KEPT, Told.ACHIEVED, Told.DROPPED
        }  # fmt: skip
        ends = [entry for entry in told if entry.told in (Told.CHANGED, Told.ACHIEVED, Told.DROPPED)]
        assert all(entry.why for entry in ends), "with who would notice, or what was learned"
        assert max(sum(entry.value is not None for entry in stories[one.id]) for one in goals) >= 5, "a trend"


def test_goals_are_told_of_in_order_and_in_the_past(filled: Filled) -> None:
    for story in filled.stories().values():
        moments = [entry.at for entry in story]
        assert moments == sorted(moments)
        assert moments[-1] < NOW


def test_everyone_whom_one_can_be_finds_a_goal_that_needs_a_look(filled: Filled) -> None:
    for user in ("amara", "tomasz", "nell", "marisol", "adaeze", "winnie", "robin", "ottoline"):
        person: Person = filled.read(lambda store, one: store.people.by_account(one), account(user))
        read = filled.goals_read_by(goal_reader(person))
        assert min(need(one, NOW.date(), NOW) for one in read).name != "NONE", user


def test_every_network_shared_a_review_of_its_goals(filled: Filled) -> None:
    for network in filled.networks():
        review = filled.read(lambda store, one: store.goal_reviews.last_shared(one.id), network)
        member = GoalReader(0, ((network.id, Audience.NETWORK),))
        entries = filled.read(lambda store, *about: store.goal_reviews.entries(*about), review.id, member)
        assert {Told.KEPT, Told.DROPPED} <= {entry.told for entry in entries}
        assert all(review.began_at < entry.at < review.ended_at for entry in entries)


def test_each_coordinator_has_two_talks_and_the_second_looks_back_on_the_first(filled: Filled) -> None:
    talks = filled.talks()
    by_person = {one.person_id: [each for each in talks if each.person_id == one.person_id] for one in talks}
    assert len(by_person) == 3
    for second, first in by_person.values():
        assert (second.before_id, second.review != "", first.has_plan) == (first.id, True, True)
        assert first.ended_at is not None
        assert first.ended_at < second.started_at < NOW


def test_what_is_written_of_goals_is_theirs_alone_short_enough_and_free_of_patient_details() -> None:
    texts = [text for key in words.programme()["networks"] for text in _texts(words.goals(key))]
    assert len(texts) >= 120
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    assert [text for text in texts if kinds_in(text) or len(text) > LONGEST] == []


def _texts(told: Any) -> Iterator[str]:
    """Each sentence, or near to one, in a file."""
    if isinstance(told, str) and told.count(" ") > 4:
        yield told
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _texts(one)


def test_it_is_the_same_each_time(filled: Filled, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = Filled(tmp_path / "again", NOW)
    try:
        assert again.demo == filled.demo
        assert again.histories() == filled.histories()
        assert again.stories() == filled.stories()
        assert again.talks() == filled.talks()
    finally:
        again.units.close()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 8, 0, 1, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2027, 7, 4, 23, 30, tzinfo=UTC),
    ],
    ids=["just after a week began", "the clocks go on", "the clocks go back", "midnight has passed in summer"],
)
def test_it_can_be_shown_at_any_moment(tmp_path: Path, now: datetime) -> None:
    filled = Filled(tmp_path, now)
    try:
        assert all(one.recorded_at <= now for history in filled.histories().values() for one in history)
        assert all(one.at <= now for story in filled.stories().values() for one in story)
        assert all(one.started_at <= now for one in filled.talks())
    finally:
        filled.units.close()
