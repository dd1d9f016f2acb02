"""One welcome for one installation: Teams tells it twice, as `conversationUpdate` and as `installationUpdate`."""

from datetime import timedelta

from bot.clock import Clock
from bot.platforms.teams.inbound import Turn
from bot.platforms.teams.memory import Memory
from handlers.kit.events import Event, Joined, ProfileSeen
from storage.records import Account

SAME = timedelta(minutes=5)
"""Two tellings within this time are of one installation."""


class Welcomes:
    """Remembers whom it saw join where, for a few minutes."""

    def __init__(self, clock: Clock) -> None:
        self._seen: Memory[tuple[str, Account], bool] = Memory(clock, SAME)

    def once(self, event: Event, turn: Turn) -> Event:
        """The event; a second joining in a row as one that only tells the profile and is never answered."""
        if not isinstance(event, Joined):
            return event
        key = turn.conversation["id"], event.sender
        if not self._seen.get(key):
            self._seen.put(key, True)
            return event
        return ProfileSeen(
            id=event.id, sender=event.sender, place=event.place, profile=event.profile, address=event.address
        )
