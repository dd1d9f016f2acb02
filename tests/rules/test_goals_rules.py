"""What decides about goals: what a line says, what is missing, what needs a look, who may do what, two edits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.goals import edits, rules, spoken
from handlers.goals.rules import Missing, Need
from handlers.kit.audience import goal_reader
from handlers.kit.text import if_then
from storage.goal_records import Change, Confidence, Entry, Goal, GoalState, GoalWords, Told
from storage.records import Audience, Person, Role, RoleHeld

TODAY = date(2027, 1, 12)
NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
MINE = Goal(
    1, GoalWords("A goal"), 5, 5, "Ann Example", 7, True, False, None, Audience.ONLY_ME, GoalState.OPEN, NOW, NOW,
    None, 0,
)  # fmt: skip
SHARED = replace(MINE, is_personal=False, audience=Audience.NETWORK)


def someone(person_id: int, *roles: Role, network_id: int = 7) -> Person:
    return Person(person_id, "Someone", roles=tuple(RoleHeld(role, network_id) for role in roles))


@pytest.mark.parametrize(
    ("text", "due_on", "about"),
    [
        ("Two workshops with patients by 30 June", date(2027, 6, 30), ""),
        ("Reduce falls by 20% by end of June", date(2027, 6, 30), ""),
        ("By Friday, a plan", date(2027, 1, 15), ""),
        ("Meet before Christmas (with Ann)", date(2027, 12, 25), ""),
        ("Cut waits by ringing the ward", None, ""),
        ("Get 3 by marching on", None, ""),
        ("by 40 beds", None, ""),
        ("Finish by 31 June", None, "I can't find “31 June” in the calendar, so I set no date."),
        ("Finish by 30 June 2020", None, "30 June 2020 has passed, so I set no date."),
        ("Finish by June 2140", None, "30 June 2140 is more than ten years away, so I set no date."),
    ],
)
def test_a_line_is_kept_whole_and_its_date_understood(text: str, due_on: date | None, about: str) -> None:
    line = rules.line(text, TODAY)
    assert (line.words.title, line.words.due_on, line.about_date) == (text, due_on, about)


@pytest.mark.parametrize(
    ("text", "due_on", "about"),
    [
        ("Two workshops by 30 July", date(2027, 7, 30), ""),
        ("Three workshops by 30 June", date(2027, 6, 1), ""),
        ("Three workshops", date(2027, 6, 1), ""),
        (
            "Two workshops by 31 June",
            date(2027, 6, 1),
            "I can't find “31 June” in the calendar. Please write another date.",
        ),
        ("Two workshops by 30 June 2020", date(2027, 6, 1), "30 June 2020 has passed. Please write another date."),
    ],
)
def test_another_line_moves_the_date_only_where_its_own_date_is_another(text: str, due_on: date, about: str) -> None:
    before = GoalWords("Two workshops by 30 June", date(2027, 6, 1), "Each has a room", 2.0)
    words, problem = rules.reworded(before, text, TODAY)
    assert (words, problem) == (replace(before, title=before.title if about else text, due_on=due_on), about)


@given(st.text(max_size=200))
def test_no_line_is_refused_and_none_loses_a_word(text: str) -> None:
    line = rules.line(text, TODAY)
    assert line.words.title == " ".join(text.split())
    assert line.words.due_on is None or line.words.due_on >= TODAY


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (GoalWords("Patients teach"), (Missing.MEASURE, Missing.DATE)),
        (GoalWords("Two workshops by 30 June", TODAY), (Missing.STEP, Missing.WHO)),
        (GoalWords("Workshops by 30 June", TODAY), (Missing.MEASURE, Missing.STEP)),
        (GoalWords("Workshops", TODAY, "A date each", 2.0, "", "ring"), (Missing.WHO,)),
        (GoalWords("Workshops", TODAY, "A date each", 2.0, "", "ring", "Ben"), ()),
    ],
)
def test_at_most_two_questions_are_asked_and_only_of_what_is_missing(
    words: GoalWords, asked: tuple[Missing, ...]
) -> None:
    assert rules.to_ask(words) == asked
    assert rules.to_ask(words, left=0) == ()


def test_after_one_question_only_a_later_one_is_asked() -> None:
    skipped_the_measure = rules.to_ask(GoalWords("Patients teach"), left=1, after=int(Missing.DATE))
    assert skipped_the_measure == (Missing.STEP,)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 of 2", 1.0), ("1,200", 1200.0), ("3.5%", 3.5), ("-2", -2.0), ("half booked", None), ("1e9", None),
        ("99999999999", None), ("nan", None), ("12:30", None), ("3rd ward", None), ("", None),
        ("2,5 of 5", None), ("1,2,3", None), ("3, on track", 3), ("3.", 3), ("1,200,000.5", 1200000.5),
        ("3: all", 3), ("10:30", None),
    ],
)  # fmt: skip
def test_a_number_is_one_only_where_it_stands_alone(text: str, number: float | None) -> None:
    assert rules.number_in(text) == number


def test_what_needs_a_look_stands_first() -> None:
    past = replace(SHARED, id=2, words=GoalWords("Past", TODAY - timedelta(days=1)))
    older = replace(SHARED, id=3, words=GoalWords("Past", TODAY - timedelta(days=9)))
    off = replace(SHARED, id=4, confidence=Confidence.OFF_TRACK)
    risk = replace(SHARED, id=5, confidence=Confidence.AT_RISK)
    left = replace(SHARED, id=6, owner_is_here=False)
    quiet = replace(SHARED, id=7, moved_at=NOW - timedelta(weeks=5))
    quietest = replace(SHARED, id=8, moved_at=NOW - timedelta(weeks=9))
    well = replace(SHARED, id=9, confidence=Confidence.ON_TRACK)
    wanted = [older, past, off, risk, left, quietest, quiet, well]
    for some in list(permutations(wanted))[::997]:
        assert rules.by_need(some, TODAY, NOW) == wanted


def test_a_goal_due_today_is_not_past_and_a_closed_one_needs_nothing() -> None:
    today = replace(SHARED, words=GoalWords("Today", TODAY))
    assert rules.need(today, TODAY, NOW) is Need.NONE
    assert rules.need(replace(today, state=GoalState.DROPPED), TODAY + timedelta(days=9), NOW) is Need.NONE
    assert rules.need(replace(SHARED, moved_at=NOW - rules.QUIET), TODAY, NOW) is Need.NONE


@pytest.mark.parametrize(
    ("person", "of_mine", "of_shared"),
    [
        (someone(5, Role.MEMBER), (True, True), (True, True)),
        (someone(5), (True, True), (False, False)),
        (someone(5, Role.MEMBER, network_id=8), (True, True), (False, False)),
        (someone(6, Role.MEMBER), (False, False), (False, False)),
        (someone(6, Role.COORDINATOR), (False, False), (True, True)),
        (someone(6, Role.LEADER), (False, False), (True, True)),
        (someone(6, Role.LEADER, network_id=8), (False, False), (False, False)),
        (someone(9, Role.MEMBER), (False, True), (False, True)),
        (someone(9), (False, True), (False, False)),
    ],
    ids=["author", "author gone", "author elsewhere", "member", "co-ordinator", "leader", "leader elsewhere", "helper",
         "helper gone"],
)  # fmt: skip
def test_who_may_change_a_goal_and_who_may_say_how_it_goes(
    person: Person, of_mine: tuple[bool, bool], of_shared: tuple[bool, bool]
) -> None:
    reader = goal_reader(person)
    for goal, (may_change, may_update) in ((MINE, of_mine), (SHARED, of_shared)):
        helped = replace(goal, helpers=((9, "Someone"),))
        assert rules.may_change(helped, person, reader) is may_change
        assert rules.may_update(helped, person, reader) is may_update


def test_only_its_author_can_widen_who_reads_a_goal() -> None:
    author, leader = someone(5, Role.MEMBER), someone(6, Role.LEADER)
    assert rules.audiences(MINE, author) == tuple(Audience)
    assert rules.audiences(SHARED, author)[0] is Audience.COORDINATOR
    assert rules.audiences(SHARED, leader) == (Audience.COORDINATOR, Audience.LEADERS, Audience.NETWORK)
    narrowed = replace(SHARED, audience=Audience.LEADERS)
    assert Audience.NETWORK not in rules.audiences(narrowed, leader)


def test_a_roll_up_counts_and_says_since_when_nothing_was_heard() -> None:
    quiet = replace(SHARED, moved_at=NOW - timedelta(weeks=7))
    sure = replace(SHARED, confidence=Confidence.ON_TRACK)
    done = replace(SHARED, state=GoalState.ACHIEVED)
    told = spoken.rolled_up(rules.roll_up([quiet, sure, sure, done], NOW, NOW.date()), NOW)
    assert told == ("3 goals are open: 2 on track and 1 not said yet. Closed: 1 achieved. 1 without news for 7 weeks.")
    assert spoken.rolled_up(rules.roll_up([], NOW, NOW.date()), NOW) == "No goal stands under it yet."


def test_a_goal_past_its_date_is_told_however_sure_somebody_was() -> None:
    late = replace(
        SHARED, confidence=Confidence.ON_TRACK, words=replace(SHARED.words, due_on=NOW.date() - timedelta(1))
    )
    ended = replace(late, state=GoalState.ACHIEVED)
    due = replace(late, words=replace(SHARED.words, due_on=NOW.date()))
    told = spoken.rolled_up(rules.roll_up([late, ended, due], NOW, NOW.date()), NOW)
    assert told == "2 goals are open, 1 past its date: 2 on track. Closed: 1 achieved."


@pytest.mark.parametrize(
    ("when", "then", "said"),
    [
        ("the rota is out", "ring the ward", "When the rota is out, I will ring the ward."),
        ("When the rota is out,", "I will ring the ward.", "When the rota is out, I will ring the ward."),
        ("", "ring the ward", "I will ring the ward."),
        ("the rota is out", "", ""),
    ],
)
def test_a_first_step_is_one_sentence_however_it_was_typed(when: str, then: str, said: str) -> None:
    assert if_then(when, then) == said


@given(st.dictionaries(st.sampled_from(list(spoken.LABELS)), st.sampled_from(["", "Old", "Theirs", "Mine"])))
def test_of_two_edits_each_keeps_what_the_other_left_alone(mine: dict[str, str]) -> None:
    theirs = Entry(Told.CHANGED, NOW, 6, "Bea", changes=(Change("measure", "Old", "Theirs"),))
    both = edits.merged(mine, [theirs])
    for key, value in mine.items():
        expected = "Theirs" if key == "measure" and value == "Old" else value
        assert both.values.get(key, "") == expected
    is_torn = mine.get("measure", "") not in ("Old", "Theirs")
    assert ("measure" in both.errors) is is_torn
    assert "Bea changed this goal since you opened it." in both.errors["title"]


def test_an_edit_is_read_and_only_what_differs_is_kept_as_changed() -> None:
    before = GoalWords("A goal", TODAY, "It is there", 2.0)
    values = {**spoken.written(before), "title": "A  better goal", "target": "1,200"}
    read = edits.read(values, before, TODAY)
    assert read.words == GoalWords("A better goal", TODAY, "It is there", 1200.0)
    assert [one.key for one in edits.differences(before, read.words)] == ["title", "target"]
    assert edits.differences(before, edits.read(spoken.written(before), before, TODAY).words) == ()


def test_a_date_that_has_passed_may_stay_and_a_new_one_may_not() -> None:
    gone = TODAY - timedelta(days=40)
    assert rules.due_from("3 December 2026", gone, TODAY) == (gone, "")
    assert rules.due_from("4 December 2026", gone, TODAY)[1] == "4 December 2026 has passed. Please choose another day."
    assert rules.due_from("", gone, TODAY) == (None, "")
