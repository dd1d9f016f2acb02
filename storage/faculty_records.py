"""The frozen records of what faculty and networks write each other, and of what faculty want to come back to."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What a faculty member wrote to a network's co-ordinators, or what one of these answered.

    `author_id` None: that person has had their data erased. `is_answer`: a co-ordinator wrote it. `wants_answer`: they
    need an answer or a decision.
    """

    id: int
    network_id: int
    author_id: int | None
    author_name: str
    is_answer: bool
    text: str
    at: datetime
    wants_answer: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a person wants to come back to on a day, about a network; `text` is for them alone."""

    id: int
    person_id: int
    network_id: int
    network_name: str
    on: date
    text: str
    made_at: datetime
    done_at: datetime | None = None
