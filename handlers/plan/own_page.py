"""The line on a plan that stands on the own page of those who run its network."""

from datetime import date

from handlers.kit.content import Button
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day
from handlers.plan import standing
from storage.plan_records import Plan
from storage.records import Network


def line(network: Network, plan: Plan, today_on: date) -> Item | None:
    """What waits in the plan of a network; None where nothing does."""
    late, point = standing.slipped(plan, today_on), standing.next_point(plan)
    said = []
    if late:
        said.append(f"{counted(len(late), 'item', 'items')} in the plan of {network.name} can have a new month.")
    if point is not None and standing.is_soon(point, today_on):
        when = "was planned for" if point.on < today_on else "is on"
        said.append(f"A review point of {'it' if late else network.name} {when} {day(point.on)}.")
    if not said:
        return None
    return Item(" ".join(said), Button("See the plan", "plan.show", str(network.id), about=network.name))
