"""What someone sees first: the kind sentence to a stranger, the welcome, and the bot's own page."""

from collections.abc import Iterable, Sequence

from handlers.kit.content import Block, Button, Example, Heading, Message, paragraph, plain
from handlers.kit.text import listed

CHECK_IN = Button("Check in", "onboarding.check_in", primary=True)
HELP = Button("What can I do?", "onboarding.help")


def stranger(programme: str, to_ask: Sequence[str]) -> Message:
    """For someone whom the programme does not know."""
    ask = f"Please ask {listed(to_ask, 'or')}" if to_ask else "Please ask the person who runs your network"
    return plain(
        f"Hello. I am Weaver, a bot that helps the networks in {programme}. "
        f"I don't know you yet, so I have kept nothing of what you wrote. {ask} to add you."
    )


def welcome(first_name: str, networks: Sequence[str]) -> Message:
    """For someone who meets the bot for the first time."""
    where = f" I help {listed(networks)}." if networks else ""
    return plain(
        f"Hello {first_name}, I am Weaver, a bot.{where} I take short check-ins, and you choose who reads them. "
        "Nobody watches this chat, so please leave out anything about patients.",
        CHECK_IN,
        HELP,
    )


def home(first_name: str, parts: Sequence[Message]) -> Message:
    """The bot's own page: a greeting, what each feature shows there, and what one can do."""
    greeting = f"Hello {first_name}"
    body: list[Block] = [
        Heading(greeting),
        paragraph("You can also type to me. Try check in, history or help."),
    ]
    for part in parts:
        body.extend(part.body)
    buttons = tuple(button for part in parts for button in part.buttons)
    return Message(greeting, tuple(body), (CHECK_IN, *buttons, HELP))


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    yield Example("stranger", stranger("Practitioner networks 2027", ["Bea Sample", "Cal Sample"]))
    yield Example("stranger_alone", stranger("Practitioner networks 2027", []))
    yield Example("welcome", welcome("Ann", ["Sexual Health Improvement Network"]))
    yield Example("home", home("Ann", []))
