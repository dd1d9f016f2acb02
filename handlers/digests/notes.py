"""What notes between the faculty and a network's co-ordinators look like."""

from collections.abc import Sequence
from datetime import date

from handlers.kit.content import YES_NO, Block, Button, Form, Heading, Message, Question, Quote, pages, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import counted, listed, shortened, weekday
from storage.faculty_records import Note
from storage.records import Network, QuestionKind

PAGE = 5
"""Notes on one page."""
MOST_LOOKED_AT = 50
"""Notes, from the newest back, that say who of the faculty is in touch with a network."""
LONGEST = 2000
"""Characters of a note."""
LONGEST_QUOTED = 300
"""Characters of a note in a letter; the whole is a press away."""
WANTS = "Do you need an answer or a decision?"
STANDS_FIRST = "Then it stands first in the faculty’s digest until one of them writes back."
NOT_YOURS = "Only a network’s co-ordinators and the faculty can see these notes. Type help to see what you can do."
LEFT = "Someone who has left"


def form(network: Network, *, is_answer: bool) -> Form:
    """The form of one note; `is_answer`: a co-ordinator writes it."""
    label = "What do you want to say to the faculty?" if is_answer else "What do you want to say to them?"
    hint = f"The co-ordinators of {network.name} and the faculty can read this."
    questions = [Question("text", label, QuestionKind.LONG_TEXT, True, hint, max_length=LONGEST)]
    if is_answer:
        questions.append(Question("wants", WANTS, QuestionKind.YES_NO, hint=STANDS_FIRST, choices=YES_NO))
    return Form("digests.write", "A note", tuple(questions), str(network.id), (NO_PATIENTS,), "Send")


def written(
    network: Network,
    readers: Sequence[str],
    unreached: Sequence[str],
    *,
    is_answer: bool = False,
    stands_first: bool = False,
) -> Message:
    """Says to whom a note goes, and whom it cannot be brought to. `is_answer`: it is to the faculty; `stands_first`: it
    is in their digest, too."""
    reached = [one for one in readers if one not in unreached]
    said = f"I bring your note to {listed(reached)}." if reached else "Your note is kept."
    if not readers and stands_first:
        said = "Your note is kept. It stands first in the faculty’s digest until one of them writes back."
    elif not readers and is_answer:
        said = "Your note is kept. The faculty see it when they type faculty notes."
    elif not readers:
        said = f"Your note is kept. There is nobody in {network.name} to bring it to now."
    if unreached:
        said += f" I can’t write to {listed(list(unreached))}. They see it when they type faculty notes."
    return plain(said, _all(network))


def _all(network: Network) -> Button:
    return Button("All notes", "digests.notes", f"{network.id}.0", about=network.name)


def page(network: Network, notes: Sequence[tuple[Note, date]], number: int, total: int, person_id: int) -> Message:
    """A page of the notes, newest first."""
    title = f"Notes: {network.name}"
    body: list[Block] = [Heading(title), paragraph(f"The co-ordinators of {network.name} and the faculty read these.")]
    if not total:
        body.append(paragraph("There are none yet."))
    for note, on in notes:
        side = "" if note.is_answer else " (faculty)"
        who = "You" if note.author_id == person_id else f"{note.author_name or LEFT}{side}"
        body += [paragraph(f"{who}, on {weekday(on)}:"), Quote(note.text)]
    turns = pages("digests.notes", number, total, PAGE, f"{network.id}.")
    return Message(f"{title}, {counted(total, 'note', 'notes')}", tuple(body), (*turns, write(network)))


def write(network: Network) -> Button:
    """The button that opens the form of a note."""
    return Button("Write a note", "digests.write", str(network.id), opens_form=True, about=network.name)


def line(network_name: str, news: Sequence[Note]) -> Item:
    """The line that brings someone what is new to them of one network's notes."""
    newest = news[-1]
    who = newest.author_name or LEFT
    said = f"“{shortened(newest.text, LONGEST_QUOTED)}”"
    of = "answers" if newest.is_answer else "of the faculty writes"
    more = f" ({counted(len(news) - 1, 'more note', 'more notes')} before that)" if len(news) > 1 else ""
    text = f"{who} {of} about {network_name}{more}: {said}"
    network_id = str(newest.network_id)
    return Item(
        text,
        Button("Answer", "digests.write", network_id, opens_form=True, about=network_name),
        (Button("All notes", "digests.notes", f"{network_id}.0", about=network_name),),
    )
