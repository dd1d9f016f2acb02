"""The frozen records of one-to-ones between faculty and those who run networks; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta


class Standing(enum.StrEnum):
    """How a one-to-one stands between its two."""

    SUGGESTED = "suggested"
    AGREED = "agreed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Deed(enum.StrEnum):
    """What one of the two did last, and the other is told."""

    ASKED = "asked"
    AGREED = "agreed"
    MOVED = "moved"
    KEPT = "kept"
    CHANGED = "changed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class About(enum.StrEnum):
    """What someone is to be told of a one-to-one: how it stands now, that the other prepared, that it comes soon."""

    STANDING = "standing"
    PREPARED = "prepared"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `person_id` None: they have erased their data; `time_zone` None: not known."""

    person_id: int | None
    name: str = ""
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """A time that one of the two suggests."""

    id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """What both can read of a one-to-one, in their own words: where it is, and what it is about. May be empty."""

    minutes: int
    place: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class OneToOne:
    """One talk of a coach and a coachee, which these two alone may read.

    `starts_at`: what was agreed. `times`: what `asked_by_id` suggests; beside an agreed time, to move it. `last_by_id`
    did the `deed`, which was the last. `sequence` counts what calendars must hear of, `version` every change.
    `known_at`: since when those who run the coachee's networks may see that the two meet; None: nobody may.
    """

    id: int
    pair_id: int
    coach: Side
    coachee: Side
    standing: Standing
    asked_by_id: int | None
    last_by_id: int | None
    deed: Deed
    starts_at: datetime | None
    words: Words
    uid: str
    sequence: int
    version: int
    changed_at: datetime
    known_at: datetime | None = None
    times: tuple[Suggested, ...] = ()

    def is_coachee(self, person_id: int) -> bool:
        """True if the person is coached here."""
        return self.coachee.person_id == person_id

    def own(self, person_id: int) -> Side:
        """The person's side."""
        return self.coachee if self.is_coachee(person_id) else self.coach

    def other(self, person_id: int) -> Side:
        """The side of whom the person meets."""
        return self.coach if self.is_coachee(person_id) else self.coachee

    @property
    def ends_at(self) -> datetime | None:
        """When the agreed time is over."""
        return self.starts_at + timedelta(minutes=self.words.minutes) if self.starts_at else None

    def is_coming(self, now: datetime) -> bool:
        """True if it is agreed, and has not begun."""
        return self.standing is Standing.AGREED and self.starts_at is not None and self.starts_at > now

    def is_past(self, now: datetime) -> bool:
        """True if it was agreed, and has begun."""
        return self.standing is Standing.AGREED and not self.is_coming(now)


@dataclass(frozen=True, slots=True)
class Note:
    """A note that one of the two keeps for themselves: nobody else ever reads it."""

    id: int
    pair_id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the coachee says would make a one-to-one useful; the coach reads it only where `is_shared`."""

    meeting_id: int
    text: str
    is_shared: bool
    version: int


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the two agreed; both read it. `owner_id` None: whoever's it was has left.

    `goal_at`: when its owner made a goal of it.
    """

    id: int
    pair_id: int
    owner_id: int | None
    owner_name: str
    text: str
    at: datetime
    done_at: datetime | None = None
    goal_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What someone is to be told."""

    person_id: int
    about: About
    meeting: OneToOne


@dataclass(frozen=True, slots=True)
class Known:
    """Two people of whom the coachee has said that they meet."""

    coach_name: str
    coachee_name: str
