"""Says what is kept about a person, hands it over, and says what an erasure takes away."""

from collections.abc import Iterable, Sequence

from handlers.kit.content import (
    Again,
    Attachment,
    Block,
    Button,
    Example,
    Form,
    Heading,
    Message,
    Question,
    Span,
    paragraph,
)
from handlers.kit.text import listed
from handlers.privacy import rules
from storage.records import Network, QuestionKind

COPY = Button("Get a copy", "privacy.export")
ERASE = Button("Erase my data", "privacy.erase", opens_form=True, danger=True)
FILE_NAME = "what-weaver-keeps-about-me{}.md"
ABOUT = "All that Weaver keeps about you."
NOT_CONFIRMED = "Please type the word erase. To keep your data, close this form."
WHAT_GOES = (
    "Your name, accounts, roles, settings, check-ins, own goals and coaching talks go, with all they said. "
    "Your notes on one-to-ones and your answers in rapid reviews go too."
)
WHAT_IS_SHARED = (
    "What you agreed to do in a one-to-one stays with the other person, without your name. "
    "So does what a group agreed in a rapid review."
)
LOG_STAYS = "After an erasure, the log of what was done here stays, without your name."
WHAT_STAYS = (
    "A log of what was done in the bot stays, without your name. "
    "So do questions that you wrote for a network's check-in, and what a network's goals aim for. "
    "What you said of how those goals go is erased."
)
IN_THE_FILE = (
    "If you are named in the programme's file, ask for your name to be taken out too. "
    "The people who run this service can do that. If it stays there, I will know you again."
)


def privacy() -> Message:
    """What is kept, who can read it, for how long, and how to have it out or gone."""
    return Message(
        "This is what I keep about you, and who can read it.",
        (
            Heading("What I keep"),
            paragraph(
                "I keep your name, your accounts with where to write to you, your roles and your settings. "
                "I keep your check-ins, with what they said before you edited them. "
                "I keep your goals, with their stories."
            ),
            paragraph("I keep your coaching talks. Only you can read them, but for plans that you share."),
            paragraph("I keep your one-to-ones. Your notes are yours alone; the two of you can read the rest."),
            paragraph("I keep your answers in rapid reviews. The people of a review read them without your name."),
            paragraph("I keep a log of what you did here and when. It holds none of your words."),
            Heading("Who can read it"),
            paragraph(
                "Each question shows who can read your answer before you write. You can change that later. "
                "In this bot, only you can read what an answer said before you edited it."
            ),
            paragraph(
                "Your co-ordinators can see your name and roles. The people who run this service look after the "
                "database, and can read all of it. Nobody watches this chat."
            ),
            Heading("How long"),
            paragraph(
                "I keep it until you erase it. If you withdraw a check-in, its answers are deleted at once. "
                "Backups may hold it for longer: ask the people who run this service."
            ),
            Heading("Get it out, or erase it"),
            paragraph("You can get a copy of everything, or erase it. Both happen at once."),
            paragraph(LOG_STAYS),
        ),
        (COPY, ERASE),
    )


def copy_of(text: str) -> Message:
    """Hands over all that is kept."""
    opening = "Here is all that I keep about you. Only you can see this message."
    return Message(opening, (paragraph(opening),), (ERASE,), tuple(_files(rules.in_parts(text))))


def _files(parts: Sequence[str]) -> Iterable[Attachment]:
    for number, part in enumerate(parts, 1):
        name = FILE_NAME.format(f"-{number}" if len(parts) > 1 else "")
        yield Attachment.of_text(name, "text/markdown", part, ABOUT, Again(COPY.action))


def what_erasing_means(alone_in: Sequence[str]) -> Message:
    """What goes and what stays, before anything is asked."""
    body: list[Block] = [
        paragraph("Erasing is for good. Nobody can bring your data back."),
        paragraph(WHAT_GOES),
        paragraph(WHAT_STAYS),
        paragraph(WHAT_IS_SHARED),
        paragraph(IN_THE_FILE),
        paragraph("You may want a copy first."),
    ]
    if alone_in:
        body.append(paragraph(_alone(alone_in)))
    return Message("Erasing is for good. Please read what goes first.", tuple(body), (COPY, ERASE))


def _alone(networks: Sequence[str]) -> str:
    return (
        f"You are the only co-ordinator of {listed(networks)}. When you go, nobody can add people there or change its "
        "questions. To name someone new before you go, type people."
    )


def alone_since(networks: Sequence[str]) -> str:
    """Why an erasure waits: since the form opened, nobody else is left in these networks."""
    return f"You are now the only co-ordinator of {listed(networks)}. To erase your data all the same, send this again."


def erase_form(alone_in: Sequence[Network]) -> Form:
    """The form with the one question that confirms."""
    intro: list[Span] = [f"{WHAT_GOES} This is for good."]
    if alone_in:
        intro.append(f" You are the only co-ordinator of {listed([one.name for one in alone_in])}.")
    question = Question(
        "confirmation",
        "Type erase to confirm",
        QuestionKind.SHORT_TEXT,
        required=True,
        hint="To keep your data, close this form.",
        max_length=40,
    )
    return Form("privacy.erase", "Erase my data", (question,), rules.told_of(alone_in), tuple(intro), "Erase")


def erased() -> Message:
    """Says that everything is gone; the person is a stranger from now on, so there is nothing to press."""
    opening = "Your data is erased, and I no longer know you."
    return Message(
        opening,
        (
            paragraph(opening),
            paragraph("I can't delete the messages in this chat. You can delete the chat yourself."),
            paragraph(IN_THE_FILE),
            paragraph("To come back, ask a co-ordinator to add you."),
        ),
    )


def examples() -> Iterable[Example]:
    """Every message and form of this conversation, as it looks in use."""
    sections = [("Your profile", rules.listed_in_markdown(["Name: Ann <Example>"])), ("Your check-ins", "")]
    sexual_health = Network(7, "sh", "Sexual Health Improvement Network", "", None)
    networks = [sexual_health, Network(8, "mt", "Medical Training Voices", "", None)]
    names = [one.name for one in networks]
    yield Example("privacy", privacy())
    yield Example("copy", copy_of(rules.as_markdown("Ann <Example>", "12 January 2027", sections)))
    yield Example("what_erasing_means", what_erasing_means([]))
    yield Example("what_erasing_means_alone", what_erasing_means(names))
    yield Example("erase", erase_form([]))
    yield Example("erase_alone", erase_form(networks), {"confirmation": NOT_CONFIRMED})
    yield Example("erase_alone_since", erase_form(networks), {"confirmation": alone_since(names)})
    yield Example("erased", erased())
