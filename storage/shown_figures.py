"""The frozen records of figures; they know nothing of SQL."""

from dataclasses import dataclass
from datetime import date

Cell = tuple[int, date, str]
"""What a figure is of: the network, the first of the month, and the key of the scale."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to a scale. `is_known`: faculty may read it by itself."""

    person_id: int
    checkin_id: int
    number: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """What the answers of a month come to. `fingerprint` differs as soon as one of them does."""

    low: float
    high: float
    middle: float
    people: int
    answers: int
    fingerprint: str
