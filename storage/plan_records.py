"""The frozen records of development plans; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from storage.goal_records import GoalState
from storage.records import Audience

POINTS = (3, 6, 9, 12, 15, 18)
"""The months of a plan at which it is looked at (the faculty's method: support over 18 months)."""


class PlanState(enum.StrEnum):
    """Where a plan stands: it is the network's plan, another has taken its place, or it came to its end."""

    CURRENT = "current"
    REPLACED = "replaced"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of a plan.

    `action` is a key of the catalogue, or "" for the people's own. `dimension` is one of the five of `prompts.kinds`,
    or "". `why` says what it is for, and nothing that a review said. `month_on` is the first day of its month;
    `first_on` that of the month for which it was first planned, None unless that was another. `objective_id`: the
    objective that it became; then `title`, the first step and who looks after it are that objective's, and `state` is
    how it stands. `left_on`: it was taken out of the plan. `owner_id` None: that person has had their data erased, or
    has left the network.
    """

    id: int
    plan_id: int
    place: int
    action: str
    title: str
    dimension: str
    why: str
    month_on: date
    owner_id: int | None
    owner_name: str
    step_when: str = ""
    step_then: str = ""
    objective_id: int | None = None
    state: GoalState = GoalState.OPEN
    closed_at: datetime | None = None
    left_on: date | None = None
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A day on which the plan is looked at. `first_on`: when it was first meant to be; `on` differs once it was moved.

    `held_on`: it was held; `note` says in their words what came of it.
    """

    plan_id: int
    month: int
    first_on: date
    on: date
    held_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanEnd:
    """What the end review found, in the network's words."""

    changed: str
    lasts: str
    learned: str
    by_id: int | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A network's development plan over 18 months, as its reader may see it.

    `began_on`: its month 0. `number` counts a network's plans. `why`: why it took the place of the one before, in their
    words. `hidden`: how many items that stand in it are left out, since their objective is not for this reader.
    `version` changes with every change.
    """

    id: int
    network_id: int
    number: int
    state: PlanState
    review_id: int | None
    began_on: date
    audience: Audience
    made_by_id: int | None
    made_at: datetime
    version: int
    why: str = ""
    closed_at: datetime | None = None
    items: tuple[PlanItem, ...] = ()
    points: tuple[PlanPoint, ...] = ()
    end: PlanEnd | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to keep in a plan. `first_on` None: it was planned for no other month before. `owner_id` None: nobody
    looks after it, as with an objective whose owner has left."""

    action: str
    title: str
    dimension: str
    why: str
    month_on: date
    owner_id: int | None
    step_when: str = ""
    step_then: str = ""
    objective_id: int | None = None
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """What a plan holds of one person, for their export. `made_at` None, `why` "": another made it.

    `looks_after`: what they look after in it, where that is no goal, with its month. `end`: what they wrote at its end.
    """

    network_id: int
    number: int
    began_on: date
    made_at: datetime | None
    why: str
    looks_after: tuple[tuple[str, date], ...]
    end: PlanEnd | None
