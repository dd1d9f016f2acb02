"""What a digest says first, which networks have gone quiet, what they share, and which days are meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.digests import periods, rules, topics
from handlers.digests.periods import Period
from handlers.digests.rules import Waiting
from handlers.kit.facts import Fact, Section
from storage.faculty_records import Note
from storage.records import Audience, Network

TODAY, AT = date(2027, 5, 14), datetime(2027, 3, 1, 9, tzinfo=UTC)
PERIOD = periods.lately(TODAY)
A, B, C = (Network(number, name, f"{name} network", "", date(2026, 1, 5)) for number, name in enumerate("ABC", 1))


def _fact(number: int, network: Network, section: Section, text: str = "words", since: date | None = None) -> Fact:
    return Fact(
        f"checkins:{number}:moved", network.id, section, text, TODAY, Audience.FACULTY, "s", True, number, "Ann",
        since=since,
    )  # fmt: skip


def _goal(number: int, network: Network, part: str, since: date | None = None) -> Fact:
    fact = _fact(number, network, Section.GOALS, since=since)
    return replace(fact, key=f"goals:{number}:{part}", is_quoted=False)


def _digest(facts: list[Fact], quiet: list[rules.Heard] | None = None) -> rules.Digest:
    return rules.digest(PERIOD, [A, B, C], facts, quiet or [], TODAY)


def test_help_stands_before_decisions_before_goals_and_the_longest_wait_first() -> None:
    facts = [
        _goal(1, A, "slipped", date(2027, 1, 1)),
        _fact(3, C, Section.HELP, since=date(2027, 5, 2)),
        _fact(4, A, Section.HELP, since=date(2027, 5, 1)),
    ]
    asks = [(Note(2, B.id, 5, "Bea", True, "May we?", AT, wants_answer=True), date(2027, 3, 1))]
    told = rules.digest(PERIOD, [A, B, C], facts, [], TODAY, asks)
    found = [(one.network.name, one.kind, one.since_on) for one in told.needs]
    assert found == [
        ("A network", Waiting.HELP, date(2027, 5, 1)),
        ("C network", Waiting.HELP, date(2027, 5, 2)),
        ("B network", Waiting.ANSWER, date(2027, 3, 1)),
        ("A network", Waiting.GOALS, date(2027, 1, 1)),
    ]


def test_the_newest_of_a_network_is_what_was_said_then_what_moved_then_what_a_review_came_to() -> None:
    wheel = replace(_fact(7, A, Section.HEALTH), key="diagnostic:7:wheel", is_quoted=False)
    moved, said = _goal(1, A, "12"), _fact(3, A, Section.PRACTICE)
    for facts in ([wheel], [wheel, moved], [wheel, moved, said]):
        line = _digest(facts).line(A.id)
        assert line is not None
        assert line.newest == facts[-1]


def _of_plan(network: Network, part: str, since: date, *summed: str) -> Fact:
    fact = _goal(9, network, "x", since)
    return replace(fact, key=f"plan:{network.id}-{part}:waits", text=f"{part}.", sums_up=summed)


def test_what_a_plan_counts_is_told_with_the_plan_and_not_among_goals_again() -> None:
    facts = [
        _goal(1, A, "slipped", date(2027, 3, 31)),
        _goal(2, A, "slipped", date(2027, 2, 28)),
        _of_plan(A, "slipped", date(2027, 4, 1), "goals:1"),
        _of_plan(A, "unheld", date(2027, 4, 12)),
        _goal(1, B, "slipped", date(2027, 1, 31)),
    ]
    found = [(one.network, one.kind, one.since_on, [each.key for each in one.facts]) for one in _digest(facts).needs]
    assert found == [
        (A, Waiting.PLAN, date(2027, 3, 31), ["plan:1-slipped:waits", "plan:1-unheld:waits", "goals:1:slipped"]),
        (B, Waiting.GOALS, date(2027, 1, 31), ["goals:1:slipped"]),
        (A, Waiting.GOALS, date(2027, 2, 28), ["goals:2:slipped"]),
    ]


def test_plans_that_wait_stand_by_how_long_and_then_by_name_and_never_by_how_much() -> None:
    facts = [_of_plan(C, "slipped", date(2027, 4, 1)), _of_plan(B, "slipped", date(2027, 4, 1))]
    facts += [_of_plan(B, "unheld", date(2027, 4, 9)), _of_plan(A, "slipped", date(2027, 5, 1))]
    assert [one.network for one in _digest(facts).needs] == [B, C, A]


def test_what_a_plan_says_of_itself_needs_nobody() -> None:
    assert _digest([replace(_goal(1, A, "x"), key="plan:1:stands")]).needs == ()


def test_networks_stand_by_name_whatever_moved_in_them() -> None:
    many = [_fact(number, C, Section.PRACTICE) for number in range(10)]
    assert [one.network for one in _digest(many).lines] == [A, B, C]


def test_what_moved_is_counted_by_goal_and_by_person() -> None:
    facts = [_goal(1, A, "11"), _goal(1, A, "12"), _goal(2, A, "13"), _goal(3, A, "stands")]
    facts += [_fact(5, A, Section.PRACTICE), replace(_fact(5, A, Section.NEXT), key="checkins:5:next_step")]
    line = _digest(facts).line(A.id)
    assert line is not None
    assert line.moved == "2 goals moved and 1 person shared something with you"


@pytest.mark.parametrize(
    ("last_on", "people", "is_quiet"),
    [
        (date(2027, 4, 12), 5, False),
        (date(2027, 4, 5), 5, True),
        (date(2027, 4, 5), 4, False),
        (None, 5, True),
        (None, 4, False),
    ],
)
def test_four_whole_weeks_without_anyone_are_quiet_and_never_told_of_few_people(
    last_on: date | None, people: int, *, is_quiet: bool
) -> None:
    found = _digest([], [rules.Heard(A.id, last_on, people)]).quiet
    assert found == (((A, last_on),) if is_quiet else ())


def test_a_new_network_is_not_quiet_yet() -> None:
    young = replace(A, started_on=TODAY - timedelta(weeks=3))
    assert rules.digest(PERIOD, [young], [], [rules.Heard(A.id, None, 9)], TODAY).quiet == ()


def test_a_topic_is_a_word_of_two_networks_in_their_people_s_own_words() -> None:
    facts = [
        _fact(1, A, Section.PRACTICE, "No room for our interpreters."),
        _fact(2, B, Section.PRACTICE, "An interpreter comes on Mondays."),
        _fact(3, C, Section.PRACTICE, "People talked with people about everything."),
        _fact(4, A, Section.PRACTICE, "People talked about everything."),
    ]
    (topic,) = topics.shared(facts)
    assert topic.word == "interpreters"
    assert [network_id for network_id, _ in topic.facts] == [A.id, B.id]


def test_what_a_single_network_says_often_or_what_is_not_quoted_is_no_topic() -> None:
    facts = [_fact(number, A, Section.PRACTICE, "Interpreters again.") for number in range(5)]
    facts.append(replace(_fact(9, B, Section.GOALS, "Interpreters everywhere."), is_quoted=False))
    assert topics.shared(facts) == []


def test_one_sentence_is_told_under_one_topic_only() -> None:
    both = "Interpreters use the translation telephone."
    found = topics.shared([_fact(1, A, Section.PRACTICE, both), _fact(2, B, Section.PRACTICE, both)])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("words", "first_on", "last_on"),
    [
        ("", date(2027, 4, 17), TODAY),
        ("last month", date(2027, 4, 1), date(2027, 4, 30)),
        ("for the last quarter.", date(2027, 1, 1), date(2027, 3, 31)),
        ("this quarter", date(2027, 4, 1), TODAY),
        ("This Month", date(2027, 5, 1), TODAY),
        ("May", date(2027, 5, 1), TODAY),
        ("december", date(2026, 12, 1), date(2026, 12, 31)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_days_are_understood_as_people_type_them(words: str, first_on: date, last_on: date) -> None:
    assert periods.meant(words, TODAY) == Period(first_on, last_on)


@pytest.mark.parametrize("words", ["yesterday", "June 2027", "May 27", "May 0000", "May \uff12\uff17", "x" * 10_000])
def test_other_words_are_no_days(words: str) -> None:
    assert periods.meant(words, TODAY) is None


@pytest.mark.parametrize("numbers", [(0, 0), (20270101, 20261231), (20280101, 20280102), (20271301, 20271302), (1, 2)])
def test_a_button_carries_no_other_days(numbers: tuple[int, int]) -> None:
    assert periods.read(*numbers, TODAY) is None


def test_what_a_button_carries_is_read_as_it_was_written() -> None:
    first, last = map(int, PERIOD.written().split("."))
    assert periods.read(first, last, TODAY) == PERIOD


def test_one_network_is_read_with_help_first_and_nothing_twice() -> None:
    stands = replace(_fact(1, A, Section.GOALS, "It stands."), key="goals:3:stands", is_quoted=False)
    moved = replace(_fact(2, A, Section.GOALS, "It moved."), key="goals:3:7", is_quoted=False)
    still = replace(_fact(3, A, Section.GOALS, "Nothing moved."), key="goals:4:stands", is_quoted=False)
    asked = replace(_fact(4, A, Section.HELP, "Ann asked for help."), key="checkins:9:help", is_quoted=False)
    why = replace(_fact(4, A, Section.HELP, "No room."), key="checkins:9:in_the_way")
    assert rules.read_in_order([stands, moved, still, asked, why]) == [why, moved, still]
