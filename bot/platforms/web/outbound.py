"""Keeps each person's conversation in memory, and tells their open tabs what is new in it."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.platforms.web.demo import DemoPerson
from bot.platforms.web.limits import MAX_ENTRIES, MAX_HELD_FORMS, MAX_SAID
from handlers.kit.content import Form, Message
from handlers.kit.door import MOST_SAID
from handlers.kit.patient_details import kinds_in

NOT_SHOWN = "(What you wrote was not kept.)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a conversation: the bot's message, or what was typed. `serial` grows with each change."""

    id: str
    serial: int
    at: datetime
    message: Message | None = None
    said: str = ""


class Conversation:
    """One person's conversation. Hold `turn` while their event is handled, so that lines stay in order."""

    def __init__(self, clock: Clock) -> None:
        self.turn = asyncio.Lock()
        self.streams = 0
        self._clock = clock
        self._changed = asyncio.Event()
        self._begin()

    def _begin(self) -> None:
        self.epoch = secrets.token_hex(4)
        self.home: Message | None = None
        self._entries: dict[str, Entry] = {}
        self._heard: dict[str, None] = {}
        self._forms: dict[tuple[str, str], Form] = {}
        self._serial = 0

    def forget(self) -> None:
        """Begin anew, with nothing said; open tabs take away what they show as soon as something is."""
        self._begin()
        self.wake()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lines that are kept, oldest first."""
        return tuple(self._entries.values())

    @property
    def mark(self) -> str:
        """Where the conversation stands: `since` later tells what came after it."""
        return f"{self.epoch}-{self._serial}"

    def since(self, mark: str) -> list[Entry]:
        """What is new or replaced since that mark; everything where the mark is not one of ours."""
        epoch, _, serial = mark.partition("-")
        known = int(serial) if epoch == self.epoch and re.fullmatch("[0-9]{1,12}", serial) else 0
        return sorted((one for one in self.entries if one.serial > known), key=lambda one: one.serial)

    def heard(self, event_id: str, text: str) -> None:
        """Add what the person typed, once for each event."""
        if event_id in self._heard:
            return
        self._heard[event_id] = None
        while len(self._heard) > MAX_ENTRIES:
            del self._heard[next(iter(self._heard))]
        shown = text if len(text) <= MAX_SAID else text[: MAX_SAID - 1] + "…"
        self._put(Entry("", 0, self._clock.now(), said=shown))

    def say(self, message: Message, instead_of: str = "") -> Entry:
        """Add the bot's message, or put it in the place of an earlier one; returns its line."""
        held = self._entries.get(instead_of)
        if held is not None and held.message is not None:
            return self._put(replace(held, message=message))
        return self._put(Entry("", 0, self._clock.now(), message))

    def find(self, entry_id: str) -> Entry | None:
        """The line with that id, if it is still kept."""
        return self._entries.get(entry_id)

    def hold(self, form: Form) -> None:
        """Remember a form without its answers, for showing it again when the database is away.

        What was typed comes again with whatever is sent, so none of it stays here.
        """
        self._forms.pop((form.name, form.argument), None)
        self._forms[form.name, form.argument] = form.filled({})
        while len(self._forms) > MAX_HELD_FORMS:
            del self._forms[next(iter(self._forms))]

    def held(self, name: str, argument: str) -> Form | None:
        """The form as it was last drawn."""
        return self._forms.get((name, argument))

    def wake(self) -> None:
        """Let every stream look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return when something has changed, or after so many seconds."""
        changed = self._changed
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except TimeoutError:
            return

    def _put(self, entry: Entry) -> Entry:
        self._serial += 1
        entry = replace(entry, serial=self._serial, id=entry.id or f"m{self.epoch}-{self._serial}")
        self._entries[entry.id] = entry
        while len(self._entries) > MAX_ENTRIES:
            del self._entries[next(iter(self._entries))]
        self.wake()
        return entry


class Conversations:
    """Everybody's conversation, each begun when it is first asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._talks: dict[str, Conversation] = {}

    def of(self, person: DemoPerson) -> Conversation:
        """That person's conversation, the same each time."""
        if person.user not in self._talks:
            self._talks[person.user] = Conversation(self._clock)
        return self._talks[person.user]

    def wake(self) -> None:
        """Let every stream of everybody look again."""
        for talk in self._talks.values():
            talk.wake()


async def changes(
    conversation: Conversation, mark: str, heartbeat: float, stopping: Callable[[], bool]
) -> AsyncIterator[Entry | None]:
    """Every line that is new or replaced since the mark, as it comes; None: time for a sign of life."""
    while not stopping():
        entries = conversation.since(mark)
        mark = conversation.mark
        for entry in entries:
            yield entry
        if not entries:
            yield None
        if conversation.mark == mark and not stopping():
            await conversation.wait(heartbeat)


async def shown(text: str) -> str:
    """What a person typed, unless it holds a patient's details or is longer than what is searched for them."""
    kinds = await asyncio.to_thread(kinds_in, text[:MOST_SAID])
    return NOT_SHOWN if kinds or len(text) > MOST_SAID else text
