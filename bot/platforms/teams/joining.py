"""One welcome for one installation: Teams tells it twice, as `conversationUpdate` and as
`installationUpdate`."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.platforms.teams.inbound import Turn
from handlers.kit.events import Event, Joined, ProfileSeen
from storage.records import Account

SAME = timedelta(minutes=5)
"""Two tellings within this time are of one installation."""
REMEMBERED = 1_000


class Welcomes:
    """Remembers whom it saw join where, for a few minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: OrderedDict[tuple[str, Account], datetime] = OrderedDict()

    def once(self, event: Event, turn: Turn) -> Event:
        """The event; a second joining in a row as one that only tells the profile and is never answered."""
        if not isinstance(event, Joined):
            return event
        key, now = (turn.conversation["id"], event.sender), self._clock.now()
        before = self._seen.get(key)
        if before is not None and now - before < SAME:
            return ProfileSeen(
                id=event.id,
                sender=event.sender,
                place=event.place,
                profile=event.profile,
                address=event.address,
            )
        self._seen[key] = now
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return event
