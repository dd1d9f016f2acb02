"""What is proposed for a plan, which month it is, and how its items stand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from handlers.kit.reviewed import Reviewed, reviewed
from handlers.plan import examples, lines, months, rules, standing
from prompts.kinds import AXES, Axis, Dimension, Origin, Stance
from prompts.plan import catalogue
from storage.goal_records import GoalState
from storage.plan_records import PlanPoint
from storage.review_records import Agreed, Point, PointKind

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
EACH_VALUE = [(axis, value.value) for axis in Axis for value in AXES[axis]]
KEYS = [one.key for one in catalogue().actions]


def _seen(work_on: Dimension | None = None, **kind: str) -> Reviewed:
    agreed = {axis: Agreed(axis, value, "", None, "", NOW) for axis, value in kind.items()}
    points = (Point(PointKind.WORK_ON, 1, "It", work_on.value),) if work_on else ()
    return reviewed(replace(examples.RESULT, agreed=agreed, points=points))


def _keys(seen: Reviewed | None, taken: tuple[str, ...] = ()) -> list[str]:
    return [one.action.key for one in rules.propose(catalogue(), seen, taken)]


@pytest.mark.parametrize(("axis", "value"), EACH_VALUE)
def test_each_value_of_a_networks_kind_changes_what_is_proposed(axis: Axis, value: str) -> None:
    others = [_keys(_seen(None, **{axis.value: other.value})) for other in AXES[axis] if other.value != value]
    assert _keys(_seen(None, **{axis.value: value})) not in [*others, _keys(_seen())]


@pytest.mark.parametrize(("axis", "value"), EACH_VALUE)
def test_what_is_for_another_kind_is_never_proposed(axis: Axis, value: str) -> None:
    order = rules.in_order(catalogue(), _seen(None, **{axis.value: value}), ())
    tags = "stages" if axis is Axis.STAGE else axis.value
    found = [getattr(one, tags) for one in order]
    assert all(not one or value in one for one in found)
    assert any(found), "something is made for it"


def test_without_a_review_and_where_nobody_is_sure_only_what_fits_any_network_is_proposed() -> None:
    for seen in (None, _seen(), _seen(governance="unsure", stage="")):
        proposed = rules.propose(catalogue(), seen, ())
        assert len(proposed) == rules.AT_ONCE
        assert all(one.action.is_for_any_network and one.reason.endswith("It fits any network.") for one in proposed)


@pytest.mark.parametrize("dimension", Dimension)
def test_what_they_want_to_work_on_comes_first_and_the_reason_says_so(dimension: Dimension) -> None:
    for one in rules.propose(catalogue(), _seen(dimension, stage="starting"), ()):
        assert dimension in one.action.dimensions
        assert one.reason.startswith(f"You want to work on {dimension.value}.")


def test_a_reason_says_only_what_is_true() -> None:
    seen = _seen(Dimension.MASS)
    for action in catalogue().actions:
        said = rules.reason(action, seen)
        assert ("You want to work on critical mass." in said) is (Dimension.MASS in action.dimensions)
        low = [one for one in Dimension if f"Your levels for {one.value}" in said]
        assert set(low) <= {*action.dimensions} & {*seen.weak}
    action = next(one for one in catalogue().actions if "starting" in one.stages)
    assert "It fits a network that is just starting." in rules.reason(action, _seen(stage="starting"))
    assert "just starting" not in rules.reason(action, _seen(stage="growing"))
    assert rules.reason(action, None).startswith("It helps with ")


def test_where_two_axes_share_a_word_the_reason_is_of_the_right_one() -> None:
    origin = next(one for one in catalogue().actions if Origin.BOTH in one.origin)
    stance = next(one for one in catalogue().actions if Stance.BOTH in one.stance)
    assert rules.reason(origin, _seen(origin="both")).endswith("that members and others began together.")
    assert rules.reason(stance, _seen(stance="both")).endswith(
        "that supports its organisations and challenges them too."
    )


def test_three_of_different_forms_are_proposed_and_the_same_three_each_time() -> None:
    for axis, value in EACH_VALUE:
        seen = _seen(Dimension.MASS, **{axis.value: value})
        proposed = rules.propose(catalogue(), seen, ())
        assert len({one.action.form for one in proposed}) == rules.AT_ONCE
        assert proposed == rules.propose(catalogue(), seen, ())


def test_what_is_taken_is_not_proposed_again() -> None:
    first = _keys(None)
    assert not set(_keys(None, tuple(first))) & set(first)
    assert _keys(None, tuple(KEYS)) == []


def test_another_one_takes_one_place_alone_and_comes_to_all_in_turn() -> None:
    keys = tuple(_keys(None))
    found = {keys[1]}
    shown = keys
    for _ in range(40):
        before, shown = shown, rules.another(catalogue(), None, (), shown, shown[1])
        assert (shown[0], shown[2]) == (keys[0], keys[2])
        assert shown[1] != before[1]
        found.add(shown[1])
    forms = {one.form for one in catalogue().actions if one.key in (keys[0], keys[2])}
    fitting = [one.key for one in catalogue().actions if one.is_for_any_network and one.form not in forms]
    assert found >= set(fitting)
    assert [one.action.key for one in rules.shown(catalogue(), None, (), shown)] == list(shown)


def test_another_one_stays_where_there_is_none() -> None:
    taken = tuple(KEYS[2:])
    assert rules.another(catalogue(), None, taken, KEYS[:2], KEYS[0]) == tuple(KEYS[:2])


@pytest.mark.parametrize(
    ("on", "month", "doing"),
    [
        (date(2027, 1, 30), 0, "getting going"),
        (date(2027, 1, 31), 1, "getting going"),
        (date(2027, 2, 28), 1, "getting going"),
        (date(2027, 3, 1), 2, "getting going"),
        (date(2027, 4, 30), 3, "getting going"),
        (date(2027, 5, 1), 4, "making it work"),
        (date(2028, 1, 31), 12, "making it work"),
        (date(2028, 2, 1), 13, "making it last"),
        (date(2028, 7, 31), 18, "making it last"),
        (date(2028, 8, 1), 19, "making it last"),
    ],
)
def test_a_day_is_in_a_month_of_the_plan(on: date, month: int, doing: str) -> None:
    began_on = date(2027, 1, 31)
    assert months.month_number(began_on, on) == month
    assert months.phase_of(month).doing == doing


def test_phases_follow_each_other_and_hold_their_review_points() -> None:
    began_on = date(2027, 1, 31)
    days = [months.phase_days(began_on, one) for one in months.PHASES]
    assert days[0][0] == began_on
    assert days[-1][1] == months.ends_on(began_on) == date(2028, 7, 31)
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(days))
    points = months.usual_points(began_on)
    assert points[3] == days[0][1] == date(2027, 4, 30)
    assert points[12] == days[1][1]
    assert list(months.usual_points(began_on, points[9])) == [9, 12, 15, 18], "what is past at the start is no point"


def test_the_months_to_choose_are_those_to_come() -> None:
    choices = months.to_choose(date(2027, 1, 11), date(2027, 3, 20), date(2027, 2, 1))
    assert choices[:2] == [date(2027, 2, 1), date(2027, 3, 1)]
    assert choices[-1] == date(2028, 7, 1)
    assert months.to_choose(date(2027, 6, 11), date(2027, 3, 20))[0] == date(2027, 6, 1)
    assert months.to_choose(date(2025, 1, 11), date(2027, 3, 20)) == [date(2026, 7, 1)]
    assert months.usual_month(date(2027, 1, 11), date(2027, 3, 20), (1, 4)) == date(2027, 3, 1)
    assert months.usual_month(date(2027, 1, 11), date(2027, 3, 21), (1, 4)) == date(2027, 4, 1), "March ends soon"
    assert months.usual_month(date(2027, 1, 11), date(2028, 7, 25), (1, 4)) == date(2028, 7, 1), "it is the last"
    assert months.usual_month(date(2027, 1, 11), date(2027, 3, 20), (13, 18)) == date(2028, 1, 1)


def test_an_item_has_slipped_from_the_day_after_its_month() -> None:
    item = replace(examples.LATE, month_on=date(2027, 3, 1))
    assert standing.slipped_since(item, date(2027, 3, 31)) is None
    assert standing.slipped_since(item, date(2027, 4, 1)) == date(2027, 4, 1)
    for other in (replace(item, state=GoalState.ACHIEVED), replace(item, left_on=date(2027, 4, 2))):
        assert standing.slipped_since(other, date(2027, 5, 1)) is None


def test_a_slipped_item_is_said_kindly_and_since_when() -> None:
    said = lines.told(examples.LATE, examples.TODAY, examples.USUAL, runs=False)
    assert said[0] == "Planned for February 2027. Not done yet."
    assert said[1] == "Its month has been over since 1 March 2027. It was first planned for January 2027."
    assert said[2].endswith("First step: “When I next see a member, I will ask what it is for.”")


def test_the_next_review_point_is_none_that_was_passed_over() -> None:
    later = PlanPoint(12, 9, date(2027, 10, 11), date(2027, 10, 11), date(2027, 10, 12))
    points = (*examples.POINTS[:2], later, *examples.POINTS[3:])
    following = standing.next_point(replace(examples.PLAN, points=points))
    assert following is not None
    assert following.month == 12


def test_a_timeline_shows_everything_once_in_three_phases() -> None:
    shown = lines.timeline(examples.PLAN, examples.TODAY)
    stops = [stop for phase in shown.phases for stop in phase.stops]
    assert len(shown.phases) == 3
    assert len(stops) == len(examples.PLAN.items) + len(examples.PLAN.points)
    assert "It was first on 11 July 2027." in [one.note for one in stops]
