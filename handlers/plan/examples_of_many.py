"""What comes of plans by itself, and what faculty see of them all, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.kit.content import Button, Example, Message, paragraph
from handlers.kit.occasions import Item
from handlers.plan import overview, weekly
from handlers.plan.months import usual_points
from handlers.plan.overview import Known
from storage.plan_records import Plan, PlanItem, PlanPoint, PlanState
from storage.records import Audience, Network

TODAY = date(2027, 6, 14)
AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
NETWORK = Network(7, "sh", "Sexual Health <Improvement> & *Network*", "", None)
ITEM = PlanItem(
    3, 4, 1, "", "“Two <workshops>” & an *open* day", "", "", date(2027, 6, 1), 5, "Ben Example", "the rota is out",
    "ring <the> ward", 12,
)  # fmt: skip
POINTS = tuple(PlanPoint(4, month, on, on) for month, on in usual_points(AT.date()).items())
PLAN = Plan(4, 7, 1, PlanState.CURRENT, None, AT.date(), Audience.FACULTY, 5, AT, 1, items=(ITEM,), points=POINTS)


def examples() -> Iterable[Example]:
    """All of them."""
    later = replace(ITEM, month_on=date(2027, 9, 1), step_then="")
    long = replace(ITEM, month_on=date(2027, 3, 1), title="اجتماع " * 40, objective_id=None, owner_name="")
    lines = [weekly.item_line(NETWORK, one, TODAY) for one in (ITEM, later, long)]
    points = [(POINTS[0], POINTS[0].on), (POINTS[2], TODAY), (POINTS[5], date(2028, 8, 1))]
    lines += [weekly.point_line(NETWORK, one, on) for one, on in points]
    yield from (Example(f"line_{number}", _line(one)) for number, one in enumerate(lines, 1))
    yield from _overviews()


def _line(item: Item) -> Message:
    buttons: tuple[Button, ...] = (*([item.button] if item.button else ()), *item.also)
    return Message(item.text, (paragraph(item.text),), buttons)


def _overviews() -> Iterable[Example]:
    held = tuple(replace(one, held_on=one.on) if one.on < TODAY else one for one in POINTS)
    well = replace(PLAN, points=held)
    late = replace(
        PLAN, items=(replace(ITEM, month_on=date(2027, 3, 1)), replace(ITEM, id=5, month_on=date(2027, 4, 1)))
    )
    known = [
        Known(NETWORK, late),
        Known(_network(8), well),
        Known(_network(9), reviewed_on=date(2027, 3, 1)),
        Known(_network(10), ended_on=date(2027, 5, 3)),
        Known(_network(11), moved_on=date(2027, 3, 1)),
        Known(_network(12)),
    ]
    yield Example("networks", overview.overview(known, 0, TODAY))
    yield Example("networks_well", overview.overview([Known(NETWORK, well)], 0, TODAY))
    many = [Known(_network(number), late if number % 5 == 0 else well) for number in range(20, 60)]
    silent = [Known(_network(number)) for number in range(60, 80)]
    yield Example("networks_first", overview.overview([*many, *silent], 0, TODAY))
    yield Example("networks_last", overview.overview([*many, *silent], 99, TODAY))
    yield Example("networks_without_plans", overview.overview(silent, 0, TODAY))


def _network(number: int) -> Network:
    return Network(number, f"n{number}", f"Network {number}", "", None)
