"""Plans for tests: a review that has ended, a plan straight in the store, and what stands in a reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from bench.reviews import answers, of_user, reviewed
from bench.straight import Straight
from handlers.kit.content import Button, Buttons, Message
from handlers.kit.replies import Replace, Reply, Say
from handlers.plan.months import usual_points
from storage.goal_records import GoalReader
from storage.plan_records import NewItem, Plan
from storage.records import Audience
from storage.review_records import Point, PointKind
from storage.store import Store

ENDED_AT = datetime(2027, 1, 8, 12, tzinfo=UTC)
NETWORK = 1


def reviewed_young(store: Store, audience: Audience | None = Audience.NETWORK) -> int:
    """A review that Bea and Cal have ended: a starting network of equals that wants to work on critical mass."""
    people = [of_user(store, "bea"), of_user(store, "cal")]
    said = answers(now=2, governance="enclave", stage="starting")
    more_people = Point(PointKind.WORK_ON, 1, "More people", "critical mass")
    return reviewed(store, NETWORK, people, said, audience, ENDED_AT, points=[more_people])


def planned(
    store: Store,
    network_id: int,
    by_id: int,
    began_on: date,
    at: datetime,
    items: Mapping[str, date],
    audience: Audience = Audience.NETWORK,
) -> tuple[int, list[int]]:
    """A plan with items of these titles and months that are no objectives; its id, and theirs."""
    plan_id = store.plans.make(network_id, None, began_on, audience, by_id, at, usual_points(began_on))
    new = (
        NewItem("", title, "", "", month_on, by_id, "the rota is out", "ring the ward")
        for title, month_on in items.items()
    )
    return plan_id, [store.plans.add_item(plan_id, one) for one in new]


def message_of(reply: Reply) -> Message:
    """The message of a reply."""
    assert isinstance(reply, Say | Replace), reply
    return reply.message


def buttons_of(reply: Reply) -> list[Button]:
    """Every button of a reply, in order."""
    found = message_of(reply)
    inside = [one for block in found.body if isinstance(block, Buttons) for one in block.buttons]
    return [*inside, *found.buttons]


def button_of(reply: Reply, label: str, nth: int = 0) -> Button:
    """The button with that label."""
    found = [one for one in buttons_of(reply) if one.label == label]
    assert len(found) > nth, f"{label} is not among {[one.label for one in buttons_of(reply)]}"
    return found[nth]


async def presses(straight: Straight, user: str, reply: Reply, label: str, nth: int = 0) -> Reply:
    """Press a button of a reply."""
    button = button_of(reply, label, nth)
    return await straight.presses(user, button.action, button.argument)


async def fills(straight: Straight, user: str, reply: Reply, label: str, **values: str | tuple[str, ...]) -> Reply:
    """Open the form behind a button of a reply, and send it with these values."""
    button = button_of(reply, label)
    return await straight.fills(user, button.action, button.argument, values)


async def made(straight: Straight, **begin: str) -> Reply:
    """Bea makes the plan; what is proposed."""
    return await fills(straight, "bea", await straight.says("bea", "plan"), "Make a plan", **begin)


async def with_item(straight: Straight, owner: str = "ben", month: str = "2027-03-01", **values: str) -> Reply:
    """Bea writes an item into the plan that she has made before."""
    who = str(await straight.store(lambda store: of_user(store, owner)))
    plan_id = (await plan_of(straight)).id
    filled = {"title": "Meet twice", "month": month, "who": who, "step_when": "the rota is out", **values}
    return await straight.fills("bea", "plan.own", str(plan_id), {"step_then": "ring the ward", **filled})


async def plan_of(straight: Straight) -> Plan:
    """The plan of now, as faculty and co-ordinators together could read it."""

    def read(store: Store) -> Plan:
        found = store.plans.current(NETWORK, GoalReader(0, ((NETWORK, Audience.COORDINATOR),)))
        assert found is not None
        return found

    return await straight.store(read)
