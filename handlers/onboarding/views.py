"""What someone sees first: the kind sentence to a stranger, the welcome, and the bot's own page."""

from collections.abc import Iterable, Sequence

from handlers.kit.content import Block, Button, Buttons, Example, Heading, Message, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.text import listed

CHECK_IN = Button("Check in", "help.do", "check in", primary=True)
HELP = Button("What can I do?", "help.do", "help")
GOALS = Button("Goals", "help.do", "goals")
COACH = Button("Coach me", "help.do", "coach me")
DIGEST = Button("See who needs you", "help.do", "digest", primary=True)
NETWORKS = Button("See the networks", "help.do", "network")
MOST_WAITING = 8
"""Lines on one's own page: more than that is a list that nobody reads."""
WHO = "I am Weaver, a bot. I take short check-ins, and you choose who reads them. Nobody watches this chat."


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
            DIGEST,
            HELP,
        )
    where = f" that works with {listed(networks)}" if networks else ""
    return plain(
        f"Hello {first_name}, I am Weaver, a bot{where}. I take short check-ins, and you choose who reads them. "
        "Nobody watches this chat, so please leave out anything about patients.",
        CHECK_IN,
        HELP,
    )


def home(
    first_name: str, waiting: Sequence[Item] = (), *, in_network: bool = False, is_faculty: bool = False
) -> Message:
    """The bot's own page: a greeting, what waits for the person, and what one can do."""
    greeting = f"Hello {first_name}"
    body: list[Block] = [Heading(greeting), paragraph(WHO)]
    if waiting:
        body.append(Heading("For you just now"))
    for item in waiting[:MOST_WAITING]:
        body.append(paragraph(item.text))
        if item.button:
            body.append(Buttons((item.button, *item.also)))
    if is_faculty:
        body.append(paragraph("You can read what the networks share with the faculty: their weeks and their goals."))
    words = "check in, new goal, history" if in_network else "digest, network" if is_faculty else "settings, privacy"
    body.append(paragraph(f"You can also type to me. Try {words} or help."))
    first = (DIGEST, NETWORKS) if is_faculty and not in_network else ()
    also = (GOALS, COACH) if in_network else (GOALS,) if is_faculty else ()
    return Message(greeting, tuple(body), (*first, *also, HELP))


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    yield Example("stranger", stranger("Practitioner networks 2027", ["Bea Sample", "Cal Sample"]))
    yield Example("stranger_alone", stranger("Practitioner networks 2027", []))
    yield Example("welcome", welcome("Ann", ["Sexual Health Improvement Network"]))
    yield Example("welcome_faculty", welcome("Fay", [], is_faculty=True))
    open_now = Button("Check in", "checkins.record", "7", opens_form=True, primary=True, about="Voices <& co>")
    to_goal = Button("Open this goal", "goals.show", "3", about="Two *workshops*")
    to_week = Button("See who", "network.look", "7.0.0", about="Voices <& co>")
    waiting = [
        Item("Your check-in for Voices <& co> is open this week. It takes about two minutes.", open_now),
        Item("2 of your goals could do with a look. The first is “Two *workshops*”. ▲ At risk.", to_goal),
        Item("1 person asked for help in Voices <& co>.", to_week),
    ]
    yield Example("home", home("Ann", waiting, in_network=True))
    yield Example("home_quiet", home("Ann", in_network=True))
    yield Example("home_faculty", home("Fay", is_faculty=True))
    yield Example("home_alone", home("Ada"))
