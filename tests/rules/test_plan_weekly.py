"""What a weekly message says of a plan: what is new, what has slipped now and then, and when the plan is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.plan import exceptions, weekly
from handlers.plan.months import usual_points
from storage.goal_records import GoalState
from storage.plan_records import Plan, PlanItem, PlanPoint, PlanState
from storage.records import Audience, Network

BEGAN = date(2027, 1, 11)
AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
MONDAY = date(2027, 1, 18)
WEEK = timedelta(weeks=1)
NETWORK = Network(7, "n", "Open Door", "", None)
POINTS = tuple(PlanPoint(1, month, on, on) for month, on in usual_points(BEGAN).items())


def _item(number: int, month_on: date) -> PlanItem:
    title, step = f"Thing {number}", ("it rains", "ring")
    return PlanItem(number, 1, number, "", title, "", "", month_on, 5, "Ben", *step, objective_id=number * 10)


FIRST, SECOND, THIRD = (_item(number, date(2027, month, 1)) for number, month in ((1, 3), (2, 4), (3, 9)))


def _plan(items: Iterable[PlanItem] = (FIRST, SECOND, THIRD), points: Iterable[PlanPoint] = POINTS) -> Plan:
    return Plan(
        1, 7, 1, PlanState.CURRENT, None, BEGAN, Audience.NETWORK, 5, AT, 1, items=tuple(items), points=tuple(points)
    )


def _weeks(plan: Plan, count: int, from_on: date = MONDAY) -> list[tuple[date, int]]:
    """Which item is told on which Monday, week after week."""
    told: dict[int, date] = {}
    found = []
    for week in range(count):
        on = from_on + week * WEEK
        if item := weekly.to_tell(plan, told, on):
            told[item.id] = on
            found.append((on, item.id))
    return found


def test_what_is_first_is_told_the_week_after_and_again_when_its_month_comes_and_then_no_more() -> None:
    assert _weeks(_plan(), 10) == [(MONDAY, 1), (date(2027, 3, 1), 1)]


def test_a_second_look_on_one_date_says_the_same() -> None:
    told = {FIRST.id: MONDAY}
    assert weekly.to_tell(_plan(), told, MONDAY) == FIRST
    assert weekly.to_tell(_plan(), told, MONDAY + WEEK) is None


def test_once_the_first_is_done_the_next_is_told() -> None:
    done = replace(FIRST, state=GoalState.ACHIEVED, closed_at=AT)
    assert weekly.to_tell(_plan([done, SECOND]), {FIRST.id: MONDAY - WEEK}, MONDAY) == SECOND
    left = replace(SECOND, left_on=MONDAY)
    assert weekly.to_tell(_plan([done, left]), {}, MONDAY) is None


def test_each_of_several_in_one_month_has_its_week_before_the_month_is_over() -> None:
    beside = replace(SECOND, month_on=FIRST.month_on)
    assert [number for _, number in _weeks(_plan([FIRST, beside, THIRD]), 9)] == [1, 2, 1, 2]


def test_what_slipped_comes_every_four_weeks_and_two_such_take_turns_with_a_week_of_peace_between() -> None:
    one = _weeks(_plan([FIRST]), 14, date(2027, 4, 5))
    assert [on for on, _ in one] == [date(2027, 4, 5) + week * WEEK for week in (0, 4, 8, 12)]
    two = _weeks(_plan([FIRST, SECOND]), 8, date(2027, 5, 3))
    assert two == [(date(2027, 5, 3) + week * WEEK, number) for week, number in ((0, 1), (2, 2), (4, 1), (6, 2))]


def test_what_comes_next_goes_before_what_slipped() -> None:
    assert _weeks(_plan(), 3, date(2027, 5, 3))[:2] == [(date(2027, 5, 3), 3), (date(2027, 5, 10), 1)]


def test_something_that_is_moved_to_a_later_month_is_told_when_that_comes() -> None:
    moved, told = replace(FIRST, month_on=date(2027, 6, 1)), {FIRST.id: date(2027, 4, 5)}
    assert weekly.to_tell(_plan([moved]), told, date(2027, 5, 31)) is None
    assert weekly.to_tell(_plan([moved]), told, date(2027, 6, 7)) == moved


def test_the_line_says_what_whose_and_the_first_step() -> None:
    line = weekly.item_line(NETWORK, FIRST, date(2027, 3, 1))
    assert line.text == (
        "This month in the plan of Open Door: “Thing 1”. Ben looks after it. "
        "First step: “When it rains, I will ring.”"
    )  # fmt: skip
    assert line.button is not None
    assert [(one.label, one.action, one.argument) for one in (line.button, *line.also)] == [
        ("Open it", "goals.show", "10"), ("See the plan", "plan.show", "7"),
    ]  # fmt: skip
    assert weekly.item_line(NETWORK, FIRST, MONDAY).text.startswith("Next in the plan of Open Door, in March 2027:")


def test_a_slipped_one_is_told_kindly() -> None:
    line = weekly.item_line(NETWORK, replace(FIRST, objective_id=None), date(2027, 4, 5))
    said = "In the plan of Open Door, planned for March 2027 and not done yet: “Thing 1”. Is another month better?"
    assert line.text == said
    assert line.button is not None
    assert (line.button.action, line.also) == ("plan.show", ())


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(-15, False), (-14, True), (0, True), (6, True), (7, False), (27, False), (28, True), (34, True), (35, False)],
)
def test_a_review_point_is_told_two_weeks_before_and_then_every_four_weeks_until_it_is_held(
    days: int, *, is_told: bool
) -> None:
    assert (weekly.point_to_tell(_plan(), POINTS[0].on + timedelta(days=days)) is not None) is is_told


def test_a_point_that_is_held_or_was_passed_over_is_told_no_more() -> None:
    on = POINTS[1].on + timedelta(days=1)
    later = replace(POINTS[1], held_on=on)
    assert weekly.point_to_tell(_plan(points=(POINTS[0], later, *POINTS[2:])), on) is None
    first = replace(POINTS[0], held_on=on)
    assert weekly.point_to_tell(_plan(points=(first, *POINTS[1:])), on) == POINTS[1]


@pytest.mark.parametrize(("place", "again", "last"), [(0, False, False), (2, True, False), (5, True, True)])
def test_months_nine_and_eighteen_bring_the_review_again_and_the_last_says_so(
    place: int, *, again: bool, last: bool
) -> None:
    said = weekly.point_line(NETWORK, POINTS[place], POINTS[place].on).text
    assert ("do the review again" in said, weekly.LAST in said) == (again, last)


def test_what_slipped_is_counted_with_the_first_day() -> None:
    (slip,) = exceptions.slips(_plan(), date(2027, 4, 12))
    assert slip.text == "1 item in the plan is past its month since 1 April 2027."
    assert (slip.since_on, slip.objective_ids) == (date(2027, 4, 1), (10,))
    things, look = exceptions.slips(_plan(), date(2027, 5, 3))
    assert things.text == "2 items in the plan are past their month, the first since 1 April 2027."
    assert look.text == "The review point of month 3 was planned for 11 April 2027, and has not been held yet."


def test_a_review_point_has_two_weeks_of_grace_before_others_hear_of_it() -> None:
    on = POINTS[0].on
    assert exceptions.slips(_plan([]), on + timedelta(days=14)) == []
    assert [one.since_on for one in exceptions.slips(_plan([]), on + timedelta(days=15))] == [on]


def test_a_plan_of_an_earlier_day_knows_nothing_of_what_came_later() -> None:
    done = replace(FIRST, state=GoalState.ACHIEVED, closed_at=datetime(2027, 6, 1, 9, tzinfo=UTC))
    left = replace(SECOND, left_on=date(2027, 6, 2))
    held = replace(POINTS[0], held_on=date(2027, 6, 3), note="Well")
    plan, zone = _plan([done, left], (held, *POINTS[1:])), ZoneInfo("Europe/London")
    before = exceptions.as_of(plan, date(2027, 5, 31), zone)
    assert (exceptions.done(before), len(exceptions.slips(before, date(2027, 5, 31)))) == (
        "0 of 2 items in the plan are done.", 2,
    )  # fmt: skip
    after = exceptions.as_of(plan, date(2027, 6, 3), zone)
    assert (exceptions.done(after), exceptions.slips(after, date(2027, 6, 3))) == (
        "1 of 1 item in the plan is done.", [],
    )  # fmt: skip
