"""What one wants to come back to looks like: for its person alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.kit.content import Block, Button, Buttons, Form, Heading, Message, Question, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import counted, day, weekday
from storage.faculty_records import FollowUp
from storage.records import Network, QuestionKind

AFTER = timedelta(days=7)
"""The day that the form begins with."""
FARTHEST = timedelta(days=365)
LONGEST = 300
"""Characters of what it is about."""
GONE = "That is done with, or it is not yours. Type digest to see all networks."
ALL = Button("All that I follow up", "digests.follow_ups")


def form(network: Network, today_on: date) -> Form:
    """Asks for a day, and what it is about."""
    on = Question("on", "When shall I remind you?", QuestionKind.DATE, True, value=(today_on + AFTER).isoformat())
    text = Question(
        "text", "What about?", QuestionKind.SHORT_TEXT, hint="You may leave it empty. Only you can read this.",
        max_length=LONGEST,
    )  # fmt: skip
    return Form("digests.follow", "I will follow up", (on, text), str(network.id), (NO_PATIENTS,), "Remind me")


def problem(on: date, today_on: date) -> str:
    """Why that day cannot be chosen, as a sentence; empty where it can."""
    if on <= today_on or on > today_on + FARTHEST:
        return f"Please choose a day from {day(today_on + timedelta(days=1))} to {day(today_on + FARTHEST)}."
    return ""


def kept(network: Network, on: date, *, is_brought: bool) -> Message:
    """Says when it comes back."""
    if not is_brought:
        text = f"I keep that for you. I can’t write to you around {weekday(on)}, so please look for yourself."
        return plain(text, ALL)
    return plain(f"I remind you of {network.name} on {weekday(on)}. Only you know of it.", ALL)


def line(one: FollowUp) -> Item:
    """The line that brings it back."""
    about = f": “{one.text}”" if one.text else "."
    text = f"You wanted to come back to {one.network_name}{about}"
    return Item(
        text,
        Button("Done", "digests.done", str(one.id), about=one.network_name),
        (Button("Write to them", "digests.write", str(one.network_id), opens_form=True, about=one.network_name),),
    )


def done(one: FollowUp) -> Message:
    """Says that it does not come again."""
    return plain(f"Done. I do not remind you of {one.network_name} again.", ALL)


def listing(still: Sequence[FollowUp]) -> Message:
    """All that is still to come."""
    title = f"You follow up {counted(len(still), 'thing', 'things')}" if still else "You follow up nothing now."
    body: list[Block] = [Heading(title) if still else paragraph(title)]
    for one in still:
        about = f": “{one.text}”" if one.text else ""
        body.append(paragraph(f"{day(one.on)}, {one.network_name}{about}"))
        body.append(Buttons((Button("Done", "digests.done", str(one.id), about=one.network_name),)))
    return Message(title, tuple(body), (Button("Show the digest", "digests.lately"),))
