"""The frozen records of pulses; they know nothing of SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from storage.records import Audience


@dataclass(frozen=True, slots=True)
class PulseFigure:
    """What the answers to one statement came to: the lowest level, the highest, the middle, and of how many people."""

    low: int
    high: int
    middle: float
    people: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a pulse came to when it closed. `answered` None: too few for anything to be said, even how many."""

    answered: int | None = None
    figures: Mapping[str, PulseFigure] = field(default_factory=dict)


class Count(Protocol):
    """Decides what may be kept of a pulse that closes; it is given no name and no order that tells one."""

    def __call__(self, people: int, levels: Mapping[str, Sequence[int]]) -> Counted:
        """`people`: how many answered; `levels`: by key, all levels that were given, sorted."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """One pulse of a network; its first has number 1. It holds nobody's answer.

    `asked`: how many people the network had when it began. `closed_at` None: its answers are not counted yet; anyone
    of the network may answer until `closes_at`. `answered` and `figures` are there once it closed, where enough people
    answered and the reader may read it; a statement in no figure is not shown. `audience`: who may read them.
    """

    id: int
    network_id: int
    number: int
    began_by_id: int | None
    began_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    asked: int
    answered: int | None
    audience: Audience
    figures: Mapping[str, PulseFigure] = field(default_factory=dict)

    def is_open(self, now: datetime) -> bool:
        """True while people may answer."""
        return self.closed_at is None and now < self.closes_at
