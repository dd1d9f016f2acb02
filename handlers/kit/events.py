"""What came in, said neutrally: a platform turns each verified request into one of these frozen events."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.records import Account

Values = Mapping[str, str | tuple[str, ...]]
"""What a form was filled with, by question key, as canonical text: dates ISO, yes/no "yes" or "no",
several choices a tuple, a person the id of the account on the sender's platform and workspace."""


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation an event came from. `private`: only the sender and the bot can read it.

    `address` is what the platform needs to post there later, for a shared place, as text that only that platform reads.
    `has_pages`: the platform keeps a page for each network, so that a home needs no channel.
    """

    platform: str
    workspace: str
    id: str
    private: bool
    address: str = ""
    has_pages: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What the platform says about the sender; empty where it says nothing."""

    name: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a person did. `id` names it for good: a redelivery has the same id, nothing else has.

    `sender` and `place` come from the verified part of a request only. `address` is what the platform needs to
    write to the sender later, as text that only that platform reads.
    """

    id: str
    sender: Account
    place: Place
    profile: Profile = field(default_factory=Profile)
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Event):
    """Words typed to the bot: after a slash command, in a direct message, or after a mention (which is cut off)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Event):
    """A button pressed."""

    action: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOpened(Event):
    """A button pressed that opens a form. `values`: what is typed already, where the form is open and changes."""

    form: str
    argument: str = ""
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Event):
    """A form sent."""

    form: str
    argument: str = ""
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """The bot was installed for the sender, or the sender came to a conversation that the bot is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Event):
    """The sender opened the bot's own page (Slack's App Home, the browser's start)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSeen(Event):
    """The platform told the sender's name or time zone, unasked; never answered."""
