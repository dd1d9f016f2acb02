"""Which days an update tells of, which facts stand in it, and which say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.kit.facts import Fact, Section
from handlers.kit.text import days_in_words
from handlers.updates import drafted, rules, stale
from handlers.updates.rules import Period
from storage.records import Audience

ON = date(2027, 2, 10)


def fact(number: int, text: str = "", *, section: Section = Section.PRACTICE, person: int = 0, key: str = "") -> Fact:
    return Fact(
        key or f"checkins:{number}:moved", 7, section, text or f"Thing number {number} moved",
        ON + timedelta(days=number % 28), Audience.NETWORK, f"stamp {text or number}", True, person or number,
        f"Person {person or number}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "today", "told", "days"),
    [
        (Period.THIS_MONTH, date(2027, 1, 12), None, (date(2027, 1, 1), date(2027, 1, 12))),
        (Period.LAST_MONTH, date(2027, 3, 31), None, (date(2027, 2, 1), date(2027, 2, 28))),
        (Period.LAST_MONTH, date(2027, 1, 1), None, (date(2026, 12, 1), date(2026, 12, 31))),
        (Period.LAST_QUARTER, date(2027, 1, 12), None, (date(2026, 10, 1), date(2026, 12, 31))),
        (Period.LAST_QUARTER, date(2027, 5, 1), None, (date(2027, 1, 1), date(2027, 3, 31))),
        (Period.SINCE_LAST, date(2027, 5, 1), date(2027, 3, 31), (date(2027, 4, 1), date(2027, 5, 1))),
        (Period.SINCE_LAST, date(2027, 5, 1), date(2027, 5, 1), (date(2027, 5, 1), date(2027, 5, 1))),
    ],
)
def test_the_days_of_each_period(period: Period, today: date, told: date | None, days: tuple[date, date]) -> None:
    assert rules.span(period, today, told) == days


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 1, 1), date(2027, 1, 31), "January 2027"),
        (date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
        (date(2027, 1, 1), date(2027, 1, 12), "1 to 12 January 2027"),
        (date(2027, 1, 12), date(2027, 1, 12), "12 January 2027"),
        (date(2027, 1, 12), date(2027, 2, 3), "12 January to 3 February 2027"),
        (date(2026, 12, 12), date(2027, 2, 3), "12 December 2026 to 3 February 2027"),
    ],
)
def test_days_are_said_as_people_say_them(first: date, last: date, said: str) -> None:
    assert days_in_words(first, last) == said


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        (None, date(2027, 1, 2), "first"),
        (date(2027, 1, 2), None, "last"),
        (date(2027, 1, 2), date(2027, 1, 1), "last"),
        (date(2027, 3, 2), date(2027, 3, 3), "first"),
        (date(2020, 1, 2), date(2027, 1, 1), "first"),
        (date(2026, 1, 2), date(2027, 1, 1), ""),
    ],
)
def test_days_that_do_not_fit_are_said_at_the_right_question(first: date | None, last: date | None, where: str) -> None:
    assert rules.days_problem(first, last, ON)[0] == where


def test_what_people_say_almost_alike_is_said_once_with_all_their_names() -> None:
    same = [fact(1, "We opened a walk-in hour, on Tuesdays."), fact(2, "we opened a walk in hour on Tuesdays")]
    (group,) = rules.chosen(same)
    assert drafted.said(group) == "“We opened a walk-in hour, on Tuesdays.” Person 1 and Person 2, 11 Feb."
    assert len(rules.chosen([fact(1, "We opened a clinic in May"), fact(2, "We closed a clinic in May")])) == 2


@pytest.mark.parametrize(
    "other", ["We saw 2 new people in the clinic on Tuesday", "We did not see 12 new people there"]
)
def test_two_that_differ_by_a_number_or_a_not_are_two(other: str) -> None:
    assert len(rules.chosen([fact(1, "We saw 12 new people in the clinic on Tuesday"), fact(2, other)])) == 2
    two = [
        fact(1, "We can now book the room on all five Fridays"),
        fact(2, "We can’t now book the room on all five Fridays"),
    ]
    assert len(rules.chosen(two)) == 2


def test_everyone_has_a_turn_before_anyone_has_a_second_and_the_rest_is_counted() -> None:
    loud = [fact(number, person=1) for number in range(1, 20)]
    others = [fact(30, person=2), fact(31, person=3)]
    groups = rules.chosen([*loud, *others])
    assert len(groups) == rules.MOST[Section.PRACTICE]
    assert {2, 3} <= {group[0].person_id for group in groups}
    assert [group[0].on for group in groups] == sorted(group[0].on for group in groups)
    lines = stale.lines(drafted.sentences([*loud, *others]), [*loud, *others])
    assert len(stale.unused(lines, [*loud, *others])[Section.PRACTICE]) == 21 - rules.MOST[Section.PRACTICE]


def test_of_a_goal_its_newest_move_counts_and_that_its_date_has_passed() -> None:
    told = {
        "goals:3:1": "It was made.", "goals:3:9": "It moved.", "goals:3:slipped": "Its date has passed.",
        "goals:4:stands": "It stands.", "goals:5:2": "It moved too.", "goals:5:stands": "It stands too.",
    }  # fmt: skip
    facts = [fact(1, text, section=Section.GOALS, key=key) for key, text in told.items()]
    assert {group[0].key for group in rules.chosen(facts)} == {
        "goals:3:9", "goals:3:slipped", "goals:4:stands", "goals:5:2",
    }  # fmt: skip


def test_five_hundred_facts_make_a_page() -> None:
    facts = [
        fact(number, f"Ward {number} began a clinic for {number} people", section=section, person=number % 40)
        for number, section in enumerate(list(Section) * 72)
    ]
    sentences = drafted.sentences(facts)
    assert len(sentences) == sum(rules.MOST.values())
    lines = stale.lines(sentences, facts)
    assert sum(len(one.text.split()) for one in lines) < 600, "about a page"
    assert sum(map(len, stale.unused(lines, facts).values())) == len(facts) - len(sentences)


def test_a_long_quote_is_cut_and_marks_that_it_has_are_not_doubled() -> None:
    assert drafted.said([fact(1, "“Said in marks”")]).startswith("“Said in marks” Person 1")
    assert len(drafted.said([fact(1, "word " * 400)])) < 300
    assert "\n" not in drafted.said([fact(1, "one\n\ntwo")])


def test_a_name_that_many_share_words_with_is_counted() -> None:
    group = [fact(number, "The same") for number in range(1, 7)]
    assert drafted.said(group).startswith("“The same” Person 1, Person 2, Person 3 and 3 more")


def test_what_a_goal_was_before_it_ended_is_not_told_beside_its_end() -> None:
    def fact(key: str, section: Section, on: date) -> Fact:
        return Fact(key, 1, section, key, on, Audience.NETWORK, "")

    before = fact("goals:3:7", Section.GOALS, date(2027, 1, 4))
    ended = fact("goals:3:8", Section.LEARNED, date(2027, 1, 5))
    again = fact("goals:3:9", Section.GOALS, date(2027, 1, 6))
    other = fact("goals:4:6", Section.GOALS, date(2027, 1, 4))
    assert rules.until_it_ended([before, ended, again, other]) == [ended, again, other]


def test_that_somebody_asked_for_help_is_not_told_beside_their_own_words() -> None:
    def fact(key: str, *, is_quoted: bool) -> Fact:
        return Fact(key, 1, Section.HELP, key, date(2027, 1, 4), Audience.NETWORK, "", is_quoted)

    asked, said = fact("checkins:3:help", is_quoted=False), fact("checkins:3:in_the_way", is_quoted=True)
    silent = fact("checkins:4:help", is_quoted=False)
    assert rules.in_words_where_said([asked, said, silent]) == [said, silent]
