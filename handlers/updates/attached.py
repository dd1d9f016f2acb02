"""The message that an update comes with as a file."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.kit import word_parts
from handlers.kit.content import Again, Attachment, Message, paragraph
from handlers.kit.text import counted
from handlers.updates import files, pages, word_file
from handlers.updates.document import Document


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the press that makes it, what it is, and how it is made."""

    action: str
    media_type: str
    about: str
    make: Callable[[Document], bytes]


KINDS = {
    "docx": Kind(
        "updates.word",
        word_parts.MEDIA_TYPE,
        "An update for Word",
        word_file.word,
    ),
    "md": Kind("updates.markdown", "text/markdown", "An update as text", lambda told: files.markdown(told).encode()),
    "csv": Kind("updates.csv", "text/csv", "An update’s sources", lambda told: files.table_of_sources(told).encode()),
}
"""By their endings."""


def message(told: Document, ending: str) -> Message:
    """The update as a file with that ending, with what is not in it said."""
    kind, name = KINDS[ending], files.file_name(told, ending)
    struck = sum(one.struck for one in told.sections)
    more = f" {counted(struck, 'line is', 'lines are')} not in it: look at what changed first." if struck else ""
    text = f"Here is the update as a file.{more} Keep it where only its readers can open it."
    file = Attachment(name, kind.media_type, kind.make(told), kind.about, Again(kind.action, str(told.draft.id)))
    return Message(text, (paragraph(text),), (pages.back(told.draft),), (file,))
