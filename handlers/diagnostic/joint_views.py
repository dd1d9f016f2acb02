"""Shows the joint session to one of its people: how it stands, one thing at a time, and all that was looked at."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from handlers.diagnostic import items
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.items import Item, Sort
from handlers.diagnostic.session import Session
from handlers.kit.content import Block, Bold, Button, Buttons, Facts, Heading, Message, Quote, paragraph
from handlers.kit.moments import in_short
from handlers.kit.text import counted, shortened
from prompts.review import UNSURE
from storage.review_records import Agreed

DIFFERS = "differs"
"""What a form carries for views that differ and stay so; it is kept as no value."""
AS_DIFFERENT = "We see it differently"
NOT_SURE = "We are not sure"
ALONE = "Only one person’s answers count here, so it shows one view."
TOO_EARLY = "The joint session can begin once two have answered. To see how it stands, type diagnostic."
CHANGED = "An answer was changed after you agreed this. Do you want to look again?"
LONGEST_LABEL = 60
LONGEST_QUOTE = 300
SOMEONE = "Someone who has left"


def asks_alone(found: Gathering) -> Message:
    """Asks before a session begins in which one person's answers count."""
    said = "Nobody else has answered. You can go on alone: then it shows one view, and the result says so."
    more = "Others can still add their answers until it ends."
    sure = "It shows one view. Begin alone?"
    begin = Button("Go on alone", "diagnostic.alone", str(found.review.id), confirm=sure)
    back = Button("Back", "diagnostic.open", str(found.network.id))
    return Message(said, (paragraph(said), paragraph(more)), (begin, back))


def overview(session: Session, opening: str = "") -> Message:
    """How the session stands: what is agreed, what was changed since, and how much is left."""
    found, left = session.gathering, items.left(session.items)
    title = f"Joint session: {found.network.name}"
    body: list[Block] = [paragraph(opening)] if opening else []
    body += [Heading(title), paragraph(_whose_answers(session), " If someone leaves, what you agreed stays.")]
    if session.beside:
        body.append(paragraph(f"{session.beside} led last. If two of you keep something at once, I tell the second."))
    body += _changed(session)
    if settled := items.settled(session.items):
        body += [Heading("What you kept so far"), Facts(tuple((one.label, standing(one)) for one in settled))]
    alike = len(items.alike(session.items))
    if alike:
        said = f"On {counted(alike, 'question', 'questions')} the answers are alike. They need no talk."
        body.append(paragraph(said, " You can open them under All questions."))
    body.append(paragraph(Bold(_left(left))))
    return Message(f"{title}. {_left(left)}", tuple(body), tuple(_overview_buttons(session, left)))


def _whose_answers(session: Session) -> str:
    if session.is_alone:
        return ALONE
    return f"This is what {session.views.people} people answered, without names."


def _changed(session: Session) -> list[Block]:
    found = items.changed(session.items)
    if not found:
        return []
    body: list[Block] = [
        Heading("Changed since you agreed it"),
        paragraph("What you agreed stands until you change it."),
    ]
    for one in found:
        body += [paragraph(one.label), Buttons((_open(session, one, "Look again"),))]
    return body


def _left(left: Sequence[Item]) -> str:
    differing = sum(one.differs for one in left)
    goals = len(left) - differing
    if not left:
        return "You have looked at everything that differs."
    if not differing:
        return f"{counted(goals, 'question is', 'questions are')} left, on the goals."
    first = "First come the goals." if goals else "The biggest difference comes first."
    return f"{counted(differing, 'thing still differs', 'things still differ')}. {first}"


def _overview_buttons(session: Session, left: Sequence[Item]) -> Iterable[Button]:
    own = str(session.id)
    if left:
        yield Button("Go on", "diagnostic.next", own, primary=True)
    yield Button("Name strengths", "diagnostic.points", own, opens_form=True, primary=not left)
    if session.points:
        yield Button("To the end", "diagnostic.closing", own)
    yield Button("All questions", "diagnostic.questions", own)
    yield Button("Enough for today", "diagnostic.rest", own)


def _open(session: Session, item: Item, label: str = "Open") -> Button:
    return Button(label, "diagnostic.item", f"{session.id}.{item.key}", about=shortened(item.label, LONGEST_LABEL))


def standing(item: Item) -> str:
    """What was kept of it, in a few words."""
    if item.agreed is None:
        return ""
    said = _kept(item, item.agreed.value)
    if item.hoped_agreed is not None:
        hoped = item.hoped_agreed.value
        said += f", hoped for {hoped}" if hoped else ", hopes differ"
    return said


def _kept(item: Item, value: str) -> str:
    if not value:
        return AS_DIFFERENT
    if value == UNSURE:
        return NOT_SURE
    return f"“{value}”" if item.sort is Sort.GOAL else value if item.sort is Sort.LEVEL else item.words(value)


def one(session: Session, item: Item, opening: str = "") -> Message:
    """One thing to talk about: what was answered, one question, and what can be kept."""
    body: list[Block] = [paragraph(opening)] if opening else []
    body.append(Heading(item.asks))
    if item.has_changed:
        body.append(paragraph(Bold(CHANGED)))
    body += _kept_so_far(item, session.zone)
    body += _words(item) if item.sort is Sort.GOAL else _answers(session, item)
    if item.question:
        body.append(paragraph(Bold(item.question)))
    return Message(f"{opening} {item.asks}".strip(), tuple(body), tuple(_item_buttons(session, item)))


def _item_buttons(session: Session, item: Item) -> Iterable[Button]:
    own = f"{session.id}.{item.key}"
    label = "Write one sentence" if item.sort is Sort.GOAL else "Agree or differ"
    yield Button("Change it" if item.agreed else label, "diagnostic.agree", own, opens_form=True, primary=True)
    if item.has_changed:
        yield Button("It stays as it is", "diagnostic.stays", f"{own}:{item.version}")
    yield Button("Next" if item.agreed else "Not now", "diagnostic.next", own)
    yield Button("Overview", "diagnostic.go_on", str(session.id))
    yield Button("Enough for today", "diagnostic.rest", str(session.id))


def _words(item: Item) -> list[Block]:
    if not item.answers:
        return [paragraph("Nobody wrote anything here. You can still agree on one sentence.")]
    return [paragraph("This is what was written, without names."), *map(Quote, item.answers)]


def _answers(session: Session, item: Item) -> list[Block]:
    number = counted(len(item.answers), "answer", "answers")
    if not item.answers:
        return [paragraph("Nobody answered this.")]
    if item.sort is Sort.AXIS:
        chosen = [(item.words(value) or "Not sure") for value in dict.fromkeys(item.answers)]
        alike = "All say the same." if len(chosen) == 1 and not session.is_alone else ""
        return [paragraph(f"{number}. {alike}".strip()), *map(Quote, chosen)]
    body: list[Block] = [paragraph(f"{number}: {spread(item.answers)}.", *_hopes(item))]
    return [*body, *(Quote(f"{level}: {item.words(str(level))}") for level in items.levels_in(item.answers))]


def _hopes(item: Item) -> list[str]:
    if not item.hoped:
        return []
    return [f" Hoped for in eighteen months: {spread(item.hoped)}, by {counted(len(item.hoped), 'person', 'people')}."]


def spread(answers: Iterable[str]) -> str:
    """The lowest and the highest level: "2 to 4", or "3" where they are alike."""
    levels = items.levels_in(answers)
    return str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"


def _kept_so_far(item: Item, zone: ZoneInfo) -> list[Block]:
    if item.agreed is None:
        return []
    body: list[Block] = [paragraph(_ended(f"{who_kept(item.agreed, zone)}: {standing(item)}"))]
    return [*body, Quote(item.agreed.note)] if item.agreed.note else body


def _ended(text: str) -> str:
    """The text with a full stop, unless it ends with one, also inside of quotation marks."""
    return text if text.rstrip("”")[-1:] in (".", "?", "!") else f"{text}."


def who_kept(kept: Agreed, zone: ZoneInfo) -> str:
    """Who kept it, and when."""
    return f"{kept.by_name or SOMEONE} kept this on {in_short(kept.at, zone)}"


def meanwhile(item: Item, zone: ZoneInfo) -> str:
    """Why a form waits: someone else kept something meanwhile; it is said in full."""
    assert item.agreed is not None, "something was kept"
    said = _ended(f"{who_kept(item.agreed, zone)}: {standing(item)}")
    note = f" Their note “{shortened(item.agreed.note, LONGEST_QUOTE)}” stays with yours." if item.agreed.note else ""
    stays = " Theirs then stays as a note." if item.sort is Sort.GOAL else ""
    return f"{said}{note} Yours stands here. To keep yours, send again.{stays}"


def kept(item: Item) -> str:
    """Says what was kept, and for what: the next thing stands right below."""
    label = item.label.rstrip(".")
    return _ended(f"Kept. {label if label.endswith('?') else label + ':'} {standing(item)}")


def questions(session: Session) -> Message:
    """All that was asked, with what was kept or said."""
    said = "These are all questions. You can open each one again."
    body: list[Block] = [paragraph(said)]
    for item in session.items:
        body += [paragraph(Bold(_led(item.label)), f" {_state(item)}"), Buttons((_open(session, item),))]
    return Message(said, tuple(body), (Button("Overview", "diagnostic.go_on", str(session.id)),))


def _led(label: str) -> str:
    """The label as it leads what follows on its line."""
    return label if label.endswith((".", "?")) else f"{label}:"


def _state(item: Item) -> str:
    if item.agreed is not None:
        return _ended(standing(item))
    if item.needs_talk:
        return "Not looked at yet."
    return _ended(f"Alike: {_kept(item, item.answers[0])}") if item.answers else "Nobody answered this."


def rest(session: Session) -> Message:
    """Enough for today."""
    said = "That is enough for today. Nothing is lost: what you kept is here when you come back."
    more = "To go on later, type diagnostic."
    return Message(
        said, (paragraph(said), paragraph(more)), (Button("Go on now", "diagnostic.go_on", str(session.id)),)
    )
