"""How one of the two sees a one-to-one: with whom it is, and when, on both clocks where they differ."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.kit import moments
from handlers.kit.context import zone_named
from storage.one_to_one_records import OneToOne, Standing

SOMEONE = "the other person"
"""What whoever has erased their data is called."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks, on which clock; `usual` is the clock of those whose own is not known."""

    me: int
    zone: ZoneInfo
    usual: ZoneInfo
    now: datetime

    def name(self, meeting: OneToOne) -> str:
        """What the other is called, in the middle of a sentence."""
        return meeting.other(self.me).name or SOMEONE

    def began(self, meeting: OneToOne) -> str:
        """What the other is called, at the beginning of a sentence."""
        return meeting.other(self.me).name or SOMEONE.capitalize()

    def when(self, at: datetime, meeting: OneToOne) -> str:
        """The moment in words, on the clocks of both where they differ."""
        return moments.in_words(at, self.zone, zone_named(meeting.other(self.me).time_zone or "") or self.usual)

    def in_short(self, at: datetime) -> str:
        """The moment on one's own clock, as a button says it."""
        return moments.in_short(at, self.zone)

    def is_asked(self, meeting: OneToOne) -> bool:
        """True if the other suggests times, and an answer is awaited."""
        return self._is_open(meeting) and meeting.asked_by_id != self.me

    def has_asked(self, meeting: OneToOne) -> bool:
        """True if the person suggests times, and awaits an answer."""
        return self._is_open(meeting) and meeting.asked_by_id == self.me

    def _is_open(self, meeting: OneToOne) -> bool:
        """True if times are suggested, and what they would move is not over."""
        is_live = meeting.standing is Standing.SUGGESTED or meeting.is_coming(self.now)
        return bool(meeting.times) and is_live

    def ahead(self, meeting: OneToOne) -> bool:
        """True if a time that was suggested can still be chosen."""
        return any(one.at > self.now for one in meeting.times)
