"""The frozen records of posts to a network's home; they know nothing of SQL."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Home
from storage.scheduled import State

FINAL = (State.SENT, State.GAVE_UP, State.DROPPED)
"""Where a post stands that nothing more happens to by itself."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message to a place. `kind` and `argument` say what is posted; `turn` counts how often that was begun anew.

    `wanted_by` None: whoever wanted it is gone. `ref` is what the platform calls it: where there is one, at least its
    beginning is shown, and whatever is still to be done puts that right. `token` guards every later write.
    `link` leads to it where the platform gives one. `sent_at`, `corrected_at`: when it was shown, and put right last.
    """

    id: int
    network_id: int
    kind: str
    argument: str
    turn: int
    home: Home
    wanted_by: int | None
    wanted_at: datetime
    state: State
    why: str = ""
    attempts: int = 0
    token: str = ""
    claimed_at: datetime | None = None
    ref: str = ""
    link: str = ""
    sent_at: datetime | None = None
    corrected_at: datetime | None = None

    @property
    def is_shown(self) -> bool:
        """True if at least its beginning is certainly shown."""
        return bool(self.ref)


@dataclass(frozen=True, slots=True)
class ClaimedPost:
    """A post that this process alone may send now, with what its platform needs to write to the place."""

    post: Post
    address: str | None = None


@dataclass(frozen=True, slots=True)
class PostOutcome:
    """How an attempt ended. It holds only while the post is still in the hands of whoever has `token`.

    PLANNED: it is tried again, not before `not_before` (machine time); `counts` False: this was no attempt.
    UNKNOWN: nobody looks for it before `not_before`, where one is given. SENT: at `at`, by the bot's clock. `ref` and
    `link` "" leave what stands; `is_gone`: there is nothing of it to be seen any more.
    """

    post_id: int
    token: str
    state: State
    at: datetime
    why: str = ""
    ref: str = ""
    link: str = ""
    not_before: datetime | None = None
    counts: bool = True
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class HomeAsk:
    """Someone asked in a place that it be a network's home; `place` is where."""

    id: int
    person_id: int
    place: Home
