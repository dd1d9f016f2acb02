"""A review with its network and its people, as somebody sees it who has a part in it; it holds nobody's answer."""

from dataclasses import dataclass

from storage.records import Network
from storage.review_records import Review, Seat


@dataclass(frozen=True, slots=True)
class Gathering:
    """A review and who is in it, for `me`. `may_run`: they run the network or are faculty, so they may ask others."""

    review: Review
    network: Network
    seats: tuple[Seat, ...]
    me: int
    may_run: bool

    @property
    def people(self) -> tuple[Seat, ...]:
        """The seats that count: of everyone who is here still, and of those who answered before they went."""
        return tuple(one for one in self.seats if one.is_here or one.finished_at is not None)

    @property
    def mine(self) -> Seat | None:
        """The seat of whoever looks; None where they have none."""
        return next((one for one in self.seats if one.person_id == self.me and one.is_here), None)

    @property
    def has_finished(self) -> bool:
        """True if whoever looks has finished their own answers."""
        return self.mine is not None and self.mine.finished_at is not None

    @property
    def finished(self) -> int:
        """How many have finished."""
        return sum(one.finished_at is not None for one in self.people)

    @property
    def others(self) -> tuple[str, ...]:
        """The names of everyone else who is in it, and so may read what is answered."""
        return tuple(one.name for one in self.seats if one.is_here and one.person_id != self.me)
