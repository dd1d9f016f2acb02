"""The frozen records of coaching: conversations, what is shared of them, questions asked; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime


class Step(enum.StrEnum):
    """What a coaching conversation asks next, in its order; ACTION is the last question."""

    REVIEW = "review"
    OUTCOME = "outcome"
    SCALE = "scale"
    KNOW_HOW = "know-how"
    ACTION = "action"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Talk:
    """One coaching conversation, which only its person may ever read. Empty or None: not said, or skipped.

    `when` and `then` are the if-then plan in the person's words, `moment_on` the day of its moment. `before_id` is the
    talk whose plan this one looks back on. `ended_at` None: it goes on.
    """

    id: int
    person_id: int
    step: Step
    started_at: datetime
    moved_at: datetime
    ended_at: datetime | None = None
    before_id: int | None = None
    review: str = ""
    outcome: str = ""
    scale: int | None = None
    know_how: str = ""
    when: str = ""
    then: str = ""
    moment_on: date | None = None

    @property
    def has_plan(self) -> bool:
        """True if it came to an if-then plan."""
        return bool(self.then)

    @property
    def is_empty(self) -> bool:
        """True if nothing was said in it."""
        return self.scale is None and not (self.review or self.outcome or self.know_how or self.then)


@dataclass(frozen=True, slots=True)
class Share:
    """A plan that its author shared with one person of a network."""

    id: int
    talk_id: int
    with_name: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """What someone may read of another's talk: the plan, and nothing else."""

    share_id: int
    with_id: int
    author_name: str
    when: str
    then: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A coaching question that a person is asked on a date, about a network, a goal or a plan of theirs, and why."""

    person_id: int
    network_id: int | None
    on: date
    key: str
    text: str
    reason: str
    plan_id: int | None = None
    goal_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A coaching question that a person was asked; `answer` is empty until they answer, and theirs alone."""

    id: int
    person_id: int
    network_id: int | None
    on: date
    key: str
    text: str
    reason: str
    plan_id: int | None = None
    goal_id: int | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A coaching question that a network's co-ordinators added; `dimension` as in the bank, or None."""

    id: int
    network_id: int
    text: str
    dimension: str | None = None
