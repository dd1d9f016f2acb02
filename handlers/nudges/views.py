"""Shows what is sent unasked, and what its buttons answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.kit.content import Block, Bold, Button, Buttons, Facts, Message, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day, weekday
from handlers.nudges import words
from storage.scheduled import Wish

MOST_ITEMS = 12
"""Lines of one message: more than that is a list that nobody reads, and would not fit one message of Slack."""
HALVED = "The last two had no answer, and that is fine. I now write half as often. Is that right?"
LETTER = "Another person sent you this, or you agreed to it. So it does not wait for my one message a week."
GONE = "That message is too old, or it is not yours. Type prompts to see what comes to you."
NOT_YOURS = (
    "Only the network’s co-ordinators can see or change that. Type prompts to change what comes to you, or help."
)
NO_GOOD_TIME = "You are away for some time after that. Please choose a later day."
ANSWERED = "You have answered this already, so there is nothing to put off."
OLD_DAYS = 6
"""An answer that comes more days after the question than this says which question it answers."""
MINE = Button("My prompts", "nudges.mine")
_TITLES = ("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev")


def nudge(
    name: str,
    delivery_id: int,
    items: Sequence[Item],
    *,
    rarer: str = "2",
    is_again: bool = False,
    was_put_off: bool = False,
    asks_whether_right: bool = False,
) -> Message:
    """One message with a line for each thing that waits, its button beneath, and below all what one can do about it.

    `rarer`: for each thing that came round by itself a digit, how rare Less often makes it; without any, other people
    sent all of it, and it can be put off but not stopped.
    """
    opening = f"Hello {first_name(name)}."
    if is_again:
        opening += " This is a reminder, and the only one."
    elif was_put_off:
        opening += " You asked me to come back to this."
    body: list[Block] = [paragraph(opening)]
    for item in items[:MOST_ITEMS]:
        body.append(paragraph(item.text))
        if item.button:
            body.append(Buttons((item.button, *item.also)))
    more = len(items) - MOST_ITEMS
    if more > 0:
        body.append(paragraph(f"{counted(more, 'more waits', 'more wait')} for the next time."))
    own = str(delivery_id)
    if asks_whether_right:
        yes, no = Button("Yes, that is right", "nudges.right", own), Button("No, as before", "nudges.before", own)
        body += [paragraph(HALVED), Buttons((yes, no))]
    return Message(f"{opening} {items[0].text}", tuple(body), _actions(own, rarer))


def first_name(name: str) -> str:
    """What someone is greeted by: the first word of their name, or the one after a title."""
    parts = name.split()
    titled = len(parts) > 1 and parts[0].rstrip(".").casefold() in _TITLES
    return parts[1 if titled else 0] if parts else "there"


def _actions(own: str, rarer: str) -> tuple[Button, ...]:
    later, why = Button("Later", "nudges.later", own), Button("Why did I get this?", "nudges.why", own)
    if not rarer:
        return later, why
    return (
        later,
        Button("Skip this one", "nudges.skip", own),
        Button("Less often", "nudges.less", f"{own}/{rarer}"),
        Button("Stop", "nudges.stop", own),
        why,
    )


def later(delivery_id: int) -> Message:
    """Asks when the message shall come again."""
    return plain(
        "When shall I ask again?",
        *(
            Button(label, "nudges.snooze", f"{delivery_id}.{number}")
            for number, label in enumerate(("In an hour", "Tomorrow", "Next week"))
        ),
        Button("Choose a day", "nudges.day", str(delivery_id), opens_form=True),
    )


def put_off(at: datetime, today_on: date) -> Message:
    """Says when the message comes again. `at` is on the person's own clock."""
    return plain(f"I will ask again on {words.moment(at, today_on)}.", MINE)


def cannot_put_off(delivery_id: int) -> Message:
    """Says that no good time is near."""
    return plain(NO_GOOD_TIME, Button("Choose a day", "nudges.day", str(delivery_id), opens_form=True))


def nothing_to_put_off() -> Message:
    """Says that it is answered already."""
    return plain(ANSWERED, MINE)


def not_that_day(first_on: date, last_on: date) -> str:
    """Why a day cannot be chosen."""
    return f"Please choose a day from {day(first_on)} to {day(last_on)}."


def skipped(next_at: datetime | None, today_on: date) -> Message:
    """Says that this one is done with, and when the next comes."""
    following = f" The next one comes on {words.moment(next_at, today_on)}." if next_at else ""
    return plain(f"I skip this one, and send no reminder.{following}", MINE)


def rhythm(things: Sequence[tuple[str, Wish]], argument: str) -> Message:
    """Says how often each thing comes now. `argument` names them for a button."""
    lines = [f"You now get {title} {words.rhythm(wish.every)}." for title, wish in things]
    is_rarer = any(wish.every > 1 for _, wish in things)
    buttons = (Button("As before", "nudges.before", argument), MINE) if is_rarer else (MINE,)
    return Message(lines[0], tuple(paragraph(line) for line in lines), buttons)


def stopped(titles: Sequence[str], argument: str) -> Message:
    """Says that these come no more, and how to start them again."""
    text = f"I have stopped {words.titles(titles)} for you. To start again, press the button, or type prompts."
    return plain(text, Button("Start again", "nudges.resume", argument), MINE)


def resumed(titles: Sequence[str], next_at: datetime | None, today_on: date) -> Message:
    """Says that these come again."""
    following = f" The next comes on {words.moment(next_at, today_on)}." if next_at else ""
    return plain(f"You get {words.titles(titles)} again.{following}", MINE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message came, for one thing that it was about. `occasion` names it; empty where it is no more.

    All but the title empty: no schedule sent it, but a person.
    """

    title: str
    for_whom: str = ""
    how_often: str = ""
    time: str = ""
    who_set: str = ""
    occasion: str = ""


def why(reasons: Sequence[Reason]) -> Message:
    """Says which schedules sent a message, with what one can do about each."""
    together = " I put it all in one message, so that you get fewer." if len(reasons) > 1 else ""
    opening = f"This is why I wrote to you.{together}"
    body: list[Block] = [paragraph(opening)]
    for one in reasons:
        body.append(paragraph(Bold(words.began(one.title))))
        if not one.for_whom:
            body.append(paragraph(LETTER))
            continue
        rows = ("For", one.for_whom), ("How often", one.how_often), ("Time", one.time), ("Set by", one.who_set)
        body.append(Facts(rows))
        if one.occasion:
            body.append(Buttons((change_own(one.occasion, one.title),)))
    if any(one.for_whom for one in reasons):
        body.append(paragraph("You can choose your own day and time, get it less often, or stop it."))
    return Message(opening, tuple(body), (MINE,))


def change_own(occasion: str, title: str) -> Button:
    """The button that opens the form of one's own day and time."""
    return Button("Change day and time", "nudges.own", occasion, opens_form=True, about=title)


def said_of_late(ons: Sequence[date], today_on: date) -> str:
    """The sentence that says which question a late answer answers; empty where it is not late."""
    if not ons or (today_on - max(ons)).days <= OLD_DAYS:
        return ""
    return f"This also answers what I asked on {weekday(max(ons))}."
