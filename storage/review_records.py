"""The frozen records of rapid reviews; they know nothing of SQL."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.records import Audience


class ReviewState(enum.StrEnum):
    """Where a review stands: people answer apart, the joint session has begun, it has ended, or it was given up."""

    OPEN = "open"
    JOINT = "joint"
    ENDED = "ended"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Review:
    """One rapid review of a network; its first has number 1. It holds nobody's answer.

    `moved_at`: when anyone last did something in it. `led_by_id`: who leads the joint session, or led it last.
    `audience`: who besides its own people may read what was agreed; None: nobody. `version` changes with every change
    of what was agreed, and of `audience`.
    """

    id: int
    network_id: int
    number: int
    state: ReviewState
    began_by_id: int | None
    began_at: datetime
    moved_at: datetime
    joint_at: datetime | None = None
    ended_at: datetime | None = None
    led_by_id: int | None = None
    led_by_name: str = ""
    audience: Audience | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """True while people answer, and while the joint session goes on."""
        return self.state in (ReviewState.OPEN, ReviewState.JOINT)


@dataclass(frozen=True, slots=True)
class Seat:
    """One of a review's people. `finished_at` None: their answers do not count yet. `person_id` None: erased."""

    person_id: int | None
    name: str
    invited_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Views:
    """What the review's people answered, for themselves alone: by key, the answers of those who finished, sorted, and
    never whose. `changed_at`: by key, when one of them was last given or changed; it is there only for a change after
    the joint session began."""

    people: int
    by_key: Mapping[str, tuple[str, ...]]
    changed_at: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the joint session came to on one key. `value` "": the views differ, and that was kept as it is.

    `note` in their words, read by whoever may read the review. `by_id` None: that person has had their data erased.
    """

    key: str
    value: str
    note: str
    by_id: int | None
    by_name: str
    at: datetime


class PointKind(enum.StrEnum):
    """What a review ends with: three strengths and three things to work on."""

    STRENGTH = "strength"
    WORK_ON = "work on"


@dataclass(frozen=True, slots=True)
class Point:
    """One of them, in the group's words; `dimension` is one of the five of `prompts.kinds`, or ""."""

    kind: PointKind
    place: int
    text: str
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a review that has ended came to, for somebody who may read it.

    `people`: how many answered. `agreed` holds every key that was looked at or on which all gave the same answer, and
    for a level on which views differ the lower one. `ranges`: by key, the lowest and the highest answer; it holds none
    unless the reader is one of the review's people, or five or more answered.
    """

    review: Review
    people: int
    agreed: Mapping[str, Agreed]
    ranges: Mapping[str, tuple[str, str]]
    points: tuple[Point, ...]
    is_own: bool
