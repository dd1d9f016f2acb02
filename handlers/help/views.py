"""What help shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handlers.kit.content import Bold, Button, Example, Message, paragraph


class Words(Protocol):
    """Words that one can type, and what they do."""

    @property
    def words(self) -> str:
        """What to type."""

    @property
    def does(self) -> str:
        """What happens then."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of help."""

    words: str
    does: str


def everything(routes: Sequence[Words]) -> Message:
    """All that someone can do now, a line each."""
    opening = "Here is what you can do. Type the words on the left."
    lines = (paragraph(Bold(route.words), f": {route.does}") for route in routes)
    return Message(opening, (paragraph(opening), *lines), _buttons(routes[:3]))


def did_you_mean(routes: Sequence[Words]) -> Message:
    """The nearest things to something that was not understood."""
    opening = "Sorry, I am a bot and did not understand that. These are the nearest things that I can do."
    lines = (paragraph(Bold(route.words), f": {route.does}") for route in routes)
    return Message(
        opening, (paragraph(opening), *lines), (*_buttons(routes), Button("All I can do", "help.everything"))
    )


def _buttons(routes: Sequence[Words]) -> tuple[Button, ...]:
    return tuple(Button(route.words.capitalize(), "help.do", route.words) for route in routes)


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    lines = (
        Line("check in", "Answer a short check-in, in about two minutes"),
        Line("history", "See your own check-ins, and change them"),
        Line("network", "See this week's check-ins that you may read"),
    )
    yield Example("everything", everything(lines))
    yield Example("did_you_mean", did_you_mean(lines))
