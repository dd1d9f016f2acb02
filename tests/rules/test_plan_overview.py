"""What faculty see of all plans: what waits first, then the rest, each by name; who shares none is not blamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.kit.content import Buttons, Message
from handlers.plan import overview
from handlers.plan.months import usual_points
from handlers.plan.overview import Known
from storage.plan_records import Plan, PlanItem, PlanPoint, PlanState
from storage.records import Audience, Network

BEGAN, TODAY = date(2027, 1, 11), date(2027, 6, 14)
AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
POINTS = tuple(PlanPoint(1, month, on, on, on if on < TODAY else None) for month, on in usual_points(BEGAN).items())
NEXT = PlanItem(1, 1, 1, "", "A leaflet", "", "", date(2027, 9, 1), 5, "Ben")
WELL = Plan(1, 1, 1, PlanState.CURRENT, None, BEGAN, Audience.FACULTY, 5, AT, 1, items=(NEXT,), points=POINTS)
LATE = replace(WELL, items=(replace(NEXT, month_on=date(2027, 3, 1)),))
LATER = replace(WELL, items=(replace(NEXT, month_on=date(2027, 4, 1)), replace(NEXT, month_on=date(2027, 2, 1))))


def _network(name: str) -> Network:
    return Network(ord(name[0]), name, name, "", None)


def _named(known: list[Known], page: int = 0) -> list[str]:
    """The networks that the buttons under them name, each once, in their order."""
    shown = overview.overview(known, page, TODAY)
    found = (one.buttons[0].about for one in shown.body if isinstance(one, Buttons))
    return list(dict.fromkeys(found))


def _text(message: Message) -> str:
    return " ".join(str(one) for one in message.body)


def test_what_waits_stands_first_and_all_by_name_whatever_waits_longest_or_most() -> None:
    plans = {"A": WELL, "B": LATE, "C": WELL, "D": LATER, "E": None}
    assert _named([Known(_network(name), plan) for name, plan in plans.items()]) == ["B", "D", "A", "C"]


def test_it_says_where_each_is_and_what_is_next() -> None:
    assert overview.where(Known(_network("A"), WELL), TODAY) == (
        "Month 6 of 18: making it work. The next review point is on 11 July 2027. Next: “A leaflet”, in September 2027."
    )
    assert overview.where(Known(_network("A"), ended_on=TODAY), TODAY) == "Its plan ended on 14 June 2027."


@pytest.mark.parametrize(("days", "is_told"), [(27, False), (28, True)])
def test_four_weeks_after_a_review_it_is_told_that_no_plan_is_shared(days: int, *, is_told: bool) -> None:
    known = Known(_network("A"), reviewed_on=TODAY - timedelta(days=days))
    assert bool(overview.waits(known, TODAY)) is is_told
    assert overview.waits(replace(known, plan=WELL), TODAY) == []


def test_the_review_at_the_end_of_a_plan_asks_for_no_other_plan() -> None:
    known = Known(_network("A"), ended_on=date(2027, 3, 1), reviewed_on=date(2027, 3, 15))
    assert overview.waits(known, TODAY) == []
    assert overview.waits(replace(known, reviewed_on=date(2027, 4, 15)), TODAY) != []


@pytest.mark.parametrize(("days", "is_told"), [(55, False), (56, True)])
def test_a_review_of_ones_own_that_rests_for_eight_weeks_is_told(days: int, *, is_told: bool) -> None:
    assert bool(overview.waits(Known(_network("A"), WELL, moved_on=TODAY - timedelta(days=days)), TODAY)) is is_told


def test_sixty_networks_are_turned_page_by_page_and_none_is_lost() -> None:
    known = [Known(_network(chr(200 + number)), LATE if number % 3 == 0 else WELL) for number in range(60)]
    pages = [_named(known, page) for page in range(8)]
    assert [len(one) for one in pages] == [8] * 7 + [4]
    assert len({name for page in pages for name in page}) == 60
    assert _named(known, 99) == pages[-1]
    assert max(len(overview.overview(known, page, TODAY).body) for page in range(8)) <= 28


def test_who_shares_no_plan_is_said_in_one_line_on_the_last_page() -> None:
    silent = [Known(_network(name)) for name in "ABC"]
    shared = [Known(_network(chr(200 + number)), WELL) for number in range(9)]
    line = "3 networks share no plan with the faculty. That is for each to decide. By name: A, B and C."
    assert line not in _text(overview.overview([*silent, *shared], 0, TODAY))
    assert line in _text(overview.overview([*silent, *shared], 1, TODAY))
    assert overview.ALL_WELL not in _text(overview.overview(silent, 0, TODAY))
