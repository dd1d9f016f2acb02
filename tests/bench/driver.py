"""What every driver can do: play one platform over real sockets, and be one person's hands and eyes on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from storage.records import Account


@dataclass(frozen=True)
class SeenQuestion:
    """A question as a person sees it in an open form. `choices` are the labels that can be chosen."""

    label: str
    hint: str = ""
    value: str | tuple[str, ...] = ""
    choices: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class SeenForm:
    """An open form as a person sees it."""

    title: str
    intro: str = ""
    questions: tuple[SeenQuestion, ...] = ()

    @property
    def errors(self) -> dict[str, str]:
        """The sentences that stand at questions, by the question's label."""
        return {question.label: question.error for question in self.questions if question.error}

    def question(self, label: str) -> SeenQuestion:
        """The question whose label begins with these words."""
        return next(question for question in self.questions if question.label.startswith(label))


@dataclass(frozen=True)
class SeenMessage:
    """A message as a person sees it: its visible text, and the labels of its buttons, in order."""

    text: str
    buttons: tuple[str, ...] = ()
    private: bool = True
    files: Mapping[str, bytes] = field(default_factory=dict)


class Hands(Protocol):
    """One person on one platform. Each verb returns when the bot's answer has arrived (or certainly will not)."""

    account: Account

    async def says(self, text: str) -> None:
        """Type to the bot in the private conversation."""

    async def says_in_channel(self, text: str) -> None:
        """Type in a shared channel, after a mention of the bot."""

    async def opens_home(self) -> None:
        """Open the bot's own page (where there is none: what is nearest to it)."""

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press the button with that label in the newest message that has one (`nth` of them, last by default)."""

    async def sends(self, answers: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
        """Fill the open form (question label's beginning -> text, or labels of choices), leave the rest, send it."""

    async def saves(self) -> dict[str, bytes]:
        """Save the files that came last, agreeing to whatever the platform asks first; gives their bytes by name."""

    async def closes_form(self) -> None:
        """Close the open form without sending."""

    @property
    def form(self) -> SeenForm | None:
        """The form that is open, if one is."""

    @property
    def messages(self) -> list[SeenMessage]:
        """All messages that this person can see in the private conversation or privately in the channel, oldest first,
        replaced ones as they are now."""

    @property
    def home(self) -> str:
        """The text of the bot's own page."""


class Driver(Protocol):
    """One platform, played over real sockets."""

    name: str

    async def start(self) -> dict[str, str]:
        """Start the platform's servers; returns the settings (environment) that lead the bot to them."""

    async def connect(self, bot_url: str) -> None:
        """The bot is up at this address."""

    def person(self, user: str) -> Hands:
        """That user's hands and eyes; `user` is any short name such as "ann" (the driver makes an id of it)."""

    async def stop(self) -> None:
        """Stop the servers."""
