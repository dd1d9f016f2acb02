"""How a feature says what it would send unasked: an occasion draws one part of a person's bundled message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.kit.content import Button
from storage.records import Person, Programme, Role

if TYPE_CHECKING:
    from handlers.kit.feature import Routes
    from storage.unit import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """One person whom an occasion is for now: of which networks, for which local date.

    `again`: the first message had no answer, and this is the one reworded reminder.
    """

    person: Person
    network_ids: tuple[int, ...]
    on: date
    again: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What an occasion is given besides whom to ask: the store of this unit of work, the time, the programme, and all
    routes for what other features tell (None where only a part is drawn)."""

    store: "Store"
    now: datetime
    programme: Programme
    routes: "Routes | None" = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a bundled message: a sentence or two, the one button that does what it asks, and others beside."""

    text: str
    button: Button | None = None
    also: tuple[Button, ...] = ()


Draw = Callable[[Sequence[Asked], Desk], Mapping[int, Sequence[Item]]]
"""Called with many people at once: the lines for each by the person's id. No lines: there is nothing to ask, since it
was answered already or nothing waits; then that part is not sent. Few statements for all, not some for each."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What may be sent unasked to everyone who holds `role`. `name` is `feature.action`; `title` says what it is, in
    the middle of a sentence ("check-in prompts"). `cadence` and `at` are the programme's way until one is set.

    `role` None: it comes only to whoever has a schedule of their own for it, whatever their role in a network. Nobody
    has it by default, and networks cannot set it.

    `answerable`: silence means something (no answer came); reminders of what waits are not.

    `is_letter`: it never comes round; `handlers.kit.letters` brings it when another person sent it by a press, or on
    the day that its person agreed to. It counts for no limit, is for whoever it is sent to, and cannot be stopped.
    """

    name: str
    title: str
    role: Role | None
    cadence: str
    at: str
    draw: Draw
    answerable: bool = True
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """A claimed message is not sent: `why` in words that a co-ordinator may read. `missed`: it is too late for it."""

    why: str
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A claimed message waits until then: it is quiet time for its recipient now."""

    due_at: datetime
