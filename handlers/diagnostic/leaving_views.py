"""Shows how a review is left, or ended before it is done, and what one can do about one that was abandoned."""

from handlers.diagnostic import views
from handlers.diagnostic.gathering import Gathering
from handlers.kit.content import Block, Button, Heading, Message, paragraph, plain
from handlers.kit.text import counted, shortened
from storage.records import Network
from storage.review_records import ReviewState

ANEW = "Begin a new review? Nobody reads the answers of the old one any more, but each can still get their own."
END = "End this review for everyone? Nobody reads its answers any more, but each can still get their own."
LEFT = "That is fine. Your answers are erased, and I write no more to you about this review."


def abandoned(seen: views.Seen) -> Message:
    """Nobody has done anything in it for a long time: go on, begin a new one, or end it."""
    gathered = seen.gathered
    own, about = str(gathered.review.id), gathered.network.name
    weeks = (seen.now - gathered.review.moved_at).days // 7
    opening = f"This review has waited for {counted(weeks, 'week', 'weeks')}. That happens, and nothing is lost."
    told = f"It began on {seen.began}. {views.who(gathered)} {views.how_far(gathered)}".strip()
    on = Button("Go on with it", "diagnostic.resume", own, primary=True, about=about)
    buttons = [on] if gathered.mine or gathered.may_run else []
    if gathered.may_run:
        buttons += [
            Button("Begin a new one", "diagnostic.anew", own, about=about, confirm=ANEW),
            Button("End it", "diagnostic.end_old", own, danger=True, about=about, confirm=END),
        ]
    elif gathered.mine:
        buttons.append(Button("Not for me", "diagnostic.leave", own, about=about))
    body = (Heading(views.title(gathered.network)), paragraph(opening), paragraph(told))
    return Message(opening, body, tuple(buttons))


def leaving(gathered: Gathering) -> Message:
    """Whether one really wants to leave; those who run the network can end it for everyone instead."""
    own, about = str(gathered.review.id), gathered.network.name
    body: list[Block] = [Heading(views.title(gathered.network))]
    buttons = [Button("Go back", "diagnostic.open", str(gathered.network.id), about=about)]
    if gathered.may_run:
        buttons.insert(0, Button("End it for everyone", "diagnostic.give_up", own, danger=True, confirm=END))
    if gathered.mine:
        body += [
            paragraph("If you leave, your answers are erased at once, and I write no more to you about it."),
            paragraph("Nobody asks you why. The others can see that you are no longer in it."),
        ]
        if gathered.review.state is ReviewState.JOINT:
            body.append(paragraph("What you have agreed together stays."))
        buttons.insert(0, Button("Leave it", "diagnostic.left", own, danger=True))
        question = "Do you want to leave this review?"
    else:
        question = "Do you want to end this review?"
    return Message(question, (*body, paragraph(question)), tuple(buttons))


def left(*, was_last: bool = False, may_run: bool = False) -> Message:
    """The person has left."""
    last = " You were the last one in it, so it has ended." if was_last else ""
    again = "type diagnostic" if may_run else "ask whoever asked you"
    return plain(f"{LEFT}{last} If you change your mind, {again}.")


def given_up(network: Network) -> Message:
    """The review was ended for everyone."""
    told = f"The review of {shortened(network.name, 100)} has ended. Nobody reads its answers any more."
    return plain(told, Button("Begin a new one", "diagnostic.new", str(network.id), about=network.name))
