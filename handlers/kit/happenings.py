"""What features tell each other, so that none imports another."""

from dataclasses import dataclass, field
from datetime import date

from handlers.kit.content import Button
from handlers.kit.occasions import Item
from storage.records import Audience


@dataclass(frozen=True, slots=True)
class DataAsked:
    """A person asks for all that is kept about them; each feature adds its part with `sections`."""

    person_id: int
    sections: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """A person asks that all of theirs be erased; each feature erases what it keeps."""

    person_id: int


@dataclass(frozen=True, slots=True)
class CheckInRecorded:
    """A person checked in, or changed a check-in, for a network; hearers may add a sentence for the reply to `said`,
    and what one can do next to `buttons`."""

    person_id: int
    network_id: int
    checkin_id: int
    said: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """A person changed their settings: hours, leave, the platform that they prefer."""

    person_id: int


@dataclass(frozen=True, slots=True)
class GoalWanted:
    """A person wants a goal of a plan of theirs, or of what they agreed in a one-to-one; others may know those words.

    Whoever makes the goal adds the sentences for the reply to `said`. It is offered only where somebody hears it.
    """

    person_id: int
    text: str
    said: list[str]


@dataclass(frozen=True, slots=True)
class ObjectiveWanted:
    """Someone who runs a network wants what stands in its plan as an objective, with goals under it.

    Whoever makes them adds the ids to `made`, the objective's first. The owner, if it is someone else, is told by them,
    and what whoever wants it must know of that is added to `said`.
    """

    network_id: int
    title: str
    owner_id: int
    due_on: date
    audience: Audience
    step_when: str
    step_then: str
    goals: tuple[str, ...]
    made: list[int]
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ObjectiveChanged:
    """Someone who runs a network changes in its plan what an open objective says, when it is due or who looks after it.

    Whoever keeps it tells a new owner, and adds what whoever changed it must know of that to `said`.
    """

    goal_id: int
    title: str
    owner_id: int | None
    due_on: date
    step_when: str
    step_then: str
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GoalMoved:
    """A person added a line to a goal's story: how it goes, what changed, how it ended."""

    person_id: int
    goal_id: int


@dataclass(frozen=True, slots=True)
class HomeDrawn:
    """A person opens the bot's own page: each feature adds what waits for them, a line with its button, to `items`.

    Only that person sees it. Few statements and at most a few lines each: it is drawn anew at every look.
    """

    person_id: int
    items: list[Item]


Happening = (
    DataAsked
    | ErasureAsked
    | CheckInRecorded
    | SettingsChanged
    | GoalWanted
    | ObjectiveWanted
    | ObjectiveChanged
    | GoalMoved
    | HomeDrawn
)
