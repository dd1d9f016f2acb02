"""The message that an update comes with as a file."""

from handlers.kit import word_parts
from handlers.kit.content import Message, paragraph
from handlers.kit.file_kinds import FileKind
from handlers.kit.text import counted
from handlers.updates import files, pages, word_file
from handlers.updates.document import Document

KINDS = {
    "docx": FileKind("updates.word", word_parts.MEDIA_TYPE, "An update for Word", word_file.word),
    "md": FileKind(
        "updates.markdown", "text/markdown", "An update as text", lambda told: files.markdown(told).encode()
    ),
    "csv": FileKind(
        "updates.csv", "text/csv", "An update’s sources", lambda told: files.table_of_sources(told).encode()
    ),
}
"""By their endings."""


def message(told: Document, ending: str) -> Message:
    """The update as a file with that ending, with what is not in it said."""
    struck = sum(one.struck for one in told.sections)
    more = f" {counted(struck, 'line is', 'lines are')} not in it: look at what changed first." if struck else ""
    text = f"Here is the update as a file.{more} Keep it where only its readers can open it."
    file = KINDS[ending].of(told, files.file_name(told, ending), told.draft.id)
    return Message(text, (paragraph(text),), (pages.back(told.draft),), (file,))
