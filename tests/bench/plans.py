"""Plans for tests: a review that has ended, and what stands in a reply."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.reviews import answered_by, answers, of_user
from bench.straight import Straight
from handlers.kit.content import Button, Buttons, Message
from handlers.kit.replies import Replace, Reply, Say
from storage.goal_records import GoalReader
from storage.plan_records import Plan
from storage.records import Audience
from storage.review_records import Point, PointKind
from storage.store import Store

ENDED_AT = datetime(2027, 1, 8, 12, tzinfo=UTC)
NETWORK = 1


def reviewed(store: Store, audience: Audience | None = Audience.NETWORK) -> int:
    """A review that Bea and Cal have ended: a starting network of equals that wants to work on critical mass."""
    bea, cal = of_user(store, "bea"), of_user(store, "cal")
    said = answers(now=2, governance="enclave", stage="starting")
    review_id = answered_by(store, {bea: said, cal: said}, ENDED_AT)
    assert store.reviews.begin_joint(review_id, bea, ENDED_AT)
    store.reviews.keep_points(review_id, [Point(PointKind.WORK_ON, 1, "More people", "critical mass")])
    assert store.reviews.end(review_id, ENDED_AT)
    store.reviews.set_audience(review_id, audience)
    return review_id


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
