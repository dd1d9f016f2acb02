"""What someone sees first: the kind sentence to a stranger, the welcome, and the bot's own page."""

from collections.abc import Iterable, Sequence

from handlers.kit.content import Button, Example, Heading, Message, paragraph, plain
from handlers.kit.text import listed

CHECK_IN = Button("Check in", "help.do", "check in", primary=True)
HELP = Button("What can I do?", "help.do", "help")
NETWORKS = Button("See the networks", "help.do", "network", primary=True)


def stranger(programme: str, to_ask: Sequence[str]) -> Message:
    """For someone whom the programme does not know."""
    ask = f"Please ask {listed(to_ask, 'or')}" if to_ask else "Please ask the person who runs your network"
    return plain(
        f"Hello. I am Weaver, a bot that helps the networks in {programme}. "
        f"I don't know you yet, so I keep nothing of what you write. {ask} to add you."
    )


def welcome(first_name: str, networks: Sequence[str], *, is_faculty: bool = False) -> Message:
    """For someone who meets the bot for the first time."""
    if is_faculty and not networks:
        return plain(
            f"Hello {first_name}, I am Weaver, a bot. I take short check-ins from the networks, and show you what "
            "people share with the faculty. Nobody watches this chat, so please leave out anything about patients.",
            NETWORKS,
            HELP,
        )
    where = f" that works with {listed(networks)}" if networks else ""
    return plain(
        f"Hello {first_name}, I am Weaver, a bot{where}. I take short check-ins, and you choose who reads them. "
        "Nobody watches this chat, so please leave out anything about patients.",
        CHECK_IN,
        HELP,
    )


def home(first_name: str, *, checks_in: bool, is_faculty: bool = False) -> Message:
    """The bot's own page: a greeting, and what one can do."""
    greeting = f"Hello {first_name}"
    words = "check in, network, history" if checks_in else "network, settings" if is_faculty else "settings, privacy"
    who = "I am Weaver, a bot. I take short check-ins, and you choose who reads them. Nobody watches this chat."
    body = (Heading(greeting), paragraph(who), paragraph(f"You can also type to me. Try {words} or help."))
    first = (CHECK_IN,) if checks_in else (NETWORKS,) if is_faculty else ()
    return Message(greeting, body, (*first, HELP))


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    yield Example("stranger", stranger("Practitioner networks 2027", ["Bea Sample", "Cal Sample"]))
    yield Example("stranger_alone", stranger("Practitioner networks 2027", []))
    yield Example("welcome", welcome("Ann", ["Sexual Health Improvement Network"]))
    yield Example("welcome_faculty", welcome("Fay", [], is_faculty=True))
    yield Example("home", home("Ann", checks_in=True))
    yield Example("home_faculty", home("Fay", checks_in=False, is_faculty=True))
