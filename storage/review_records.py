"""The frozen records of rapid reviews; they know nothing of SQL."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from storage.records import Audience

TEXTS = frozenset({"purpose", "difference"})
"""The keys of answers that people write in words of their own."""


def is_level(key: str) -> bool:
    """True for the key of a described level, "1" to "5": how it is now, or how it is hoped to be."""
    return key.endswith((".now", ".hoped"))


def common(key: str, answers: Sequence[str]) -> str:
    """What sorted answers to a key come to where nobody agreed anything: what all gave, else of levels the lower one,
    else ""."""
    return answers[0] if is_level(key) or answers[0] == answers[-1] else ""


class ReviewState(enum.StrEnum):
    """Where a review stands: people answer apart, the joint session has begun, it has ended, or it was given up."""

    OPEN = "open"
    JOINT = "joint"
    ENDED = "ended"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Review:
    """One rapid review of a network; its first has number 1. It holds nobody's answer.

    `moved_at`: when anyone last did something in it. `ended_at`: when it ended, or was given up. `led_by_id`: who leads
    the joint session, or led it last.
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
    """One of a review's people. `finished_at` None: their answers do not count yet.

    `is_here` False: they have no role in the network any more and are not of the faculty, so they read nothing of it.
    """

    person_id: int
    name: str
    invited_at: datetime
    finished_at: datetime | None = None
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Views:
    """What the review's people answered, for themselves alone: by key, the answers of those who finished, sorted, and
    never whose.

    `changed_at` holds the keys of which an answer was given, changed or taken back since the joint session began, and
    since something was agreed on it. Its time is the newest change of them all, one for every key, so that it does not
    tell which answers are of one person.
    """

    people: int
    by_key: Mapping[str, tuple[str, ...]]
    changed_at: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the joint session came to on one key. `value` "": the views differ, and that was kept as it is.

    `note` in their words, read by whoever may read the review. `by_id` None: that person has had their data erased, or
    nobody agreed it in the session. `version`: the review's when it was kept, 0 for what nobody agreed.
    """

    key: str
    value: str
    note: str
    by_id: int | None
    by_name: str
    at: datetime
    version: int = 0


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

    `people`: how many answered. `agreed` holds every key that was looked at, and every other but those of `TEXTS`: with
    the answer that all gave, or for a level on which views differ the lower one, or else "". `differing`: the keys on
    which the session kept that views differ. `ranges`: by the key of a level that all of them answered, the lowest and
    the highest answer; it holds none unless the reader is one of those who answered, or five or more did, and none once
    one of them has had their data erased. `is_own`: the reader has a seat in the review; nobody else is told who kept
    what in the session.
    """

    review: Review
    people: int
    agreed: Mapping[str, Agreed]
    ranges: Mapping[str, tuple[str, str]]
    points: tuple[Point, ...]
    is_own: bool
    differing: frozenset[str] = frozenset()


def came_to(common_of: Mapping[str, str], agreed: Mapping[str, Agreed], at: datetime) -> dict[str, Agreed]:
    """All that a review came to, by key: what the session kept, and elsewhere what the answers come to alone. A level
    on which views were kept apart stands at the lower one."""
    found = {key: Agreed(key, value, "", None, "", at) for key, value in common_of.items()}
    for key, kept in agreed.items():
        lower = common_of.get(key, "") if is_level(key) else ""
        found[key] = replace(kept, value=kept.value or lower)
    return {key: found[key] for key in sorted(found)}
