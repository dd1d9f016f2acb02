"""The message that an update comes with as a file."""

from collections.abc import Callable

from handlers.kit.content import Again, Attachment, Message, paragraph
from handlers.kit.text import counted
from handlers.updates import files, pages, word_file
from handlers.updates.document import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[str, str, Callable[[Document], bytes]]] = {
    "docx": ("updates.word", WORD, word_file.word),
    "md": ("updates.markdown", "text/markdown", lambda told: files.markdown(told).encode("utf-8", "replace")),
    "csv": ("updates.csv", "text/csv", lambda told: files.table_of_sources(told).encode("utf-8", "replace")),
}
"""By ending, which press makes the file, what it is, and what makes it."""


def message(told: Document, ending: str) -> Message:
    """The update as a file with that ending, with what is not in it said."""
    name, (action, media_type, make) = files.file_name(told, ending), MAKERS[ending]
    struck = sum(one.struck for one in told.sections)
    more = f" {counted(struck, 'line is', 'lines are')} not in it: look at what changed first." if struck else ""
    text = f"Here is the update as a file.{more} Keep it where only its readers can open it."
    again = Again(action, str(told.draft.id))
    file = Attachment(name, media_type, make(told), f"Update of {told.title}", again)
    return Message(text, (paragraph(text),), (pages.back(told.draft),), (file,))
