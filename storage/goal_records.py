"""The frozen records of goals, their story and their reviews; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Audience


class GoalState(enum.StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    ACHIEVED = "achieved"
    DROPPED = "dropped"


class Confidence(enum.StrEnum):
    """How sure someone is that a goal will be reached."""

    ON_TRACK = "on"
    AT_RISK = "risk"
    OFF_TRACK = "off"


class Told(enum.StrEnum):
    """What one line of a goal's story tells."""

    MADE = "made"
    CHANGED = "changed"
    PROGRESS = "progress"
    CHECK_IN = "check-in"
    OWNER = "owner"
    HELPER = "helper"
    LEFT = "left"
    KEPT = "kept"
    ACHIEVED = "achieved"
    DROPPED = "dropped"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What a goal says, in its author's own words. `step_when` and `step_then`: when X happens, I will Y."""

    title: str
    due_on: date | None = None
    measure: str = ""
    target: float | None = None
    step_when: str = ""
    step_then: str = ""
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as its reader sees it. `is_personal` False: it is the network's. `network_id` None: nobody else's.

    `moved_at`: when it was last told of. `version` changes whenever its words do.
    `now` is where it stands: a number or a word; `value` the number in it. `owner_is_here`: the owner is still in the
    network. `author_id` or `owner_id` None: that person has had their data erased.
    """

    id: int
    words: GoalWords
    author_id: int | None
    owner_id: int | None
    owner_name: str
    network_id: int | None
    is_personal: bool
    is_objective: bool
    objective_id: int | None
    audience: Audience
    state: GoalState
    made_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    version: int
    confidence: Confidence | None = None
    now: str = ""
    value: float | None = None
    owner_is_here: bool = True
    helpers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QuietGoal:
    """An open goal that nobody has touched of late, for the person who looks after it. `network_id` None: their own."""

    id: int
    owner_id: int
    network_id: int | None
    title: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an edit changed: the form's key, and what stood there before and after, as people write it."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a goal's story: who, when, what and why. `person_name` empty: someone who has left. `about`: whom it
    concerns, such as a new owner.

    `checkin_on`: the week of the check-in that moved it, unless that was withdrawn.
    """

    told: Told
    at: datetime
    person_id: int | None
    person_name: str = ""
    confidence: Confidence | None = None
    now: str = ""
    value: float | None = None
    why: str = ""
    changes: tuple[Change, ...] = ()
    about_id: int | None = None
    about_name: str = ""
    checkin_id: int | None = None
    checkin_on: date | None = None
    review_id: int | None = None
    goal_id: int = 0
    goal_title: str = ""


@dataclass(frozen=True, slots=True)
class GoalReview:
    """A walk through a network's open goals. `shared_at`: since then everyone in the network can read its summary."""

    id: int
    network_id: int
    leader_id: int | None
    leader_name: str
    began_at: datetime
    ended_at: datetime | None = None
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoalReader:
    """Someone who reads goals: by network, the narrowest audience that includes them. `everywhere`: in all others."""

    person_id: int
    tiers: tuple[tuple[int, Audience], ...] = ()
    everywhere: Audience | None = None

    def is_in(self, network_id: int | None) -> bool:
        """True if the person has a role in that network."""
        return any(one == network_id for one, _ in self.tiers)


class Kind(enum.StrEnum):
    """What there is to tell someone of a goal."""

    GIVEN = "given"
    BACK = "back"
    HELPER = "helper"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell someone. `by_id` None: that person has had their data erased. `title` is the goal's; of a
    review, `network_name` says whose."""

    to_id: int
    kind: Kind
    by_id: int | None
    by_name: str
    goal_id: int | None
    title: str
    review_id: int | None
    network_name: str
